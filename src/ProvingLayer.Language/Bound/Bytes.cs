using System.Collections.Immutable;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// <c>a.concat(b)</c>, <c>b.slice&lt;FROM, LEN&gt;()</c>, <c>b.resize&lt;N&gt;()</c>, <c>b.reversed()</c>, <c>x.reinterpret&lt;T&gt;()</c>: the bytes of the operands, one after the
/// other, in another order and as a value of another type.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operands">What has the bytes: types of which <see cref="BytesType.LengthOf(TenorType)"/> is known.</param>
/// <param name="Result">What they are read as.</param>
/// <param name="Order">For each byte of the result the place of the one that it is, among all of the operands; <see cref="Zero"/> for a zero.</param>
public sealed record BoundShuffle(SourceSpan Span, ImmutableArray<BoundExpression> Operands, TenorType Result, ImmutableArray<int> Order)
    : BoundExpression(Span, Result)
{
    /// <summary>Stands in <see cref="Order"/> for a byte that is zero.</summary>
    public const int Zero = -1;
}
