using System.Collections.Immutable;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>A value of an enum, <c>none</c> or <c>some(x)</c>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Choice">Its type.</param>
/// <param name="Variant">Which case it is.</param>
/// <param name="Values">A value for each field of the case in the order they are written, stored.</param>
/// <param name="Order">For each value, its field's index.</param>
public sealed record BoundVariant(SourceSpan Span, ChoiceType Choice, int Variant, ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order)
    : BoundExpression(Span, Choice);

/// <summary>Whether a value is of a case.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">A value of a <see cref="ChoiceType"/>.</param>
/// <param name="Variant">The case.</param>
public sealed record BoundIsVariant(SourceSpan Span, BoundExpression Operand, int Variant) : BoundExpression(Span, BooleanType.Instance)
{
    /// <summary>The operand's type.</summary>
    public ChoiceType Choice => (ChoiceType)Operand.Type;
}

/// <summary>What a case holds: read only where the value is known to be of it; where it is not, the value is zero.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The field's type.</param>
/// <param name="Receiver">A value of a <see cref="ChoiceType"/>.</param>
/// <param name="Variant">The case.</param>
/// <param name="Index">Which field, from 0.</param>
public sealed record BoundPayload(SourceSpan Span, TenorType Type, BoundExpression Receiver, int Variant, int Index) : BoundExpression(Span, Type)
{
    /// <summary>The receiver's type.</summary>
    public ChoiceType Choice => (ChoiceType)Receiver.Type;
}
