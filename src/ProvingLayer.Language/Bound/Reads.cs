using System.Collections.Immutable;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>An argument or a local.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Local">Which.</param>
public sealed record BoundLocal(SourceSpan Span, LocalSymbol Local) : BoundExpression(Span, Local.Type);

/// <summary>A field of the machine's data, not a vault, as earlier writes left it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Field">Which.</param>
public sealed record BoundDataField(SourceSpan Span, FieldSymbol Field) : BoundExpression(Span, Field.Type);

/// <summary>A field of the state the machine is in: in a transition, before the step; in an invariant, after it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="State">The state, which is known to be it here.</param>
/// <param name="Field">Which of its fields.</param>
public sealed record BoundStateField(SourceSpan Span, StateSymbol State, FieldSymbol Field) : BoundExpression(Span, Field.Type);

/// <summary><c>vault.balance</c>, as earlier moves left it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Vault">The vault.</param>
public sealed record BoundBalance(SourceSpan Span, FieldSymbol Vault) : BoundExpression(Span, ((VaultType)Vault.Type).Balance);

/// <summary>Which end of the interval that <c>now</c> is.</summary>
public enum NowEnd
{
    /// <summary><c>now.from</c>: notBefore.</summary>
    From,

    /// <summary><c>now.to</c>: notAfter.</summary>
    To,
}

/// <summary><c>now.from</c>, <c>now.to</c>; <c>now &gt;= t</c> and its like are written out with them.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="End">Which end.</param>
public sealed record BoundNow(SourceSpan Span, NowEnd End) : BoundExpression(Span, NumberType.Time);

/// <summary><c>self is Open</c>: the state as a <see cref="BoundStateMatch"/> would see it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="States">The states asked for.</param>
public sealed record BoundIsState(SourceSpan Span, ImmutableArray<StateSymbol> States) : BoundExpression(Span, BooleanType.Instance);

/// <summary><c>s.field</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The field's type.</param>
/// <param name="Receiver">The struct.</param>
/// <param name="Index">Which field, from 0.</param>
public sealed record BoundStructElement(SourceSpan Span, TenorType Type, BoundExpression Receiver, int Index) : BoundExpression(Span, Type);

/// <summary><c>t.0</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The element's type.</param>
/// <param name="Receiver">The tuple.</param>
/// <param name="Index">Which element, from 0.</param>
public sealed record BoundTupleElement(SourceSpan Span, TenorType Type, BoundExpression Receiver, int Index) : BoundExpression(Span, Type);

/// <summary><c>a[i]</c>. A constant index is in range; any other is checked, and fails as <see cref="ErrorSymbol.IndexOutOfRange"/>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The element's type.</param>
/// <param name="Receiver">The array.</param>
/// <param name="Index">A whole number without unit; constant after unrolling where it is built from loop variables and constants.</param>
public sealed record BoundArrayElement(SourceSpan Span, TenorType Type, BoundExpression Receiver, BoundExpression Index) : BoundExpression(Span, Type);
