using System.Collections.Immutable;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>A number known now: a literal, a constant, <c>asset.unit</c>, <c>time("…")</c>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its value in whole units: not yet multiplied by 10^Places.</param>
public sealed record BoundNumber(SourceSpan Span, TenorType Type, Rational Value) : BoundExpression(Span, Type);

/// <summary><c>true</c>, <c>false</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Value">Which.</param>
public sealed record BoundBoolean(SourceSpan Span, bool Value) : BoundExpression(Span, BooleanType.Instance);

/// <summary><c>0x…</c> where a <c>hash</c> or <c>key</c> stands.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Digest">Which of them.</param>
/// <param name="Words">Eight field elements in canonical form, the first written first.</param>
public sealed record BoundDigest(SourceSpan Span, DigestType Digest, ImmutableArray<uint> Words) : BoundExpression(Span, Digest);

/// <summary><c>0x…</c> where a <c>bytes&lt;N&gt;</c> or <c>address</c> stands.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Bytes">Its type.</param>
/// <param name="Value">N bytes, the first written first.</param>
public sealed record BoundBytes(SourceSpan Span, BytesType Bytes, ImmutableArray<byte> Value) : BoundExpression(Span, Bytes)
{
    /// <summary>The bytes as hexadecimal digits, lower case.</summary>
    public string Digits => string.Concat(Value.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}

/// <summary><c>(a, b)</c>; also <c>()</c>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Tuple">Its type.</param>
/// <param name="Elements">The elements.</param>
public sealed record BoundTuple(SourceSpan Span, TupleType Tuple, ImmutableArray<BoundExpression> Elements) : BoundExpression(Span, Tuple);

/// <summary><c>[a, b]</c>; <c>[e; N]</c> is <see cref="BoundRepeat"/>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Array">Its type.</param>
/// <param name="Elements">The elements, stored.</param>
public sealed record BoundArray(SourceSpan Span, ArrayType Array, ImmutableArray<BoundExpression> Elements) : BoundExpression(Span, Array);

/// <summary><c>[e; N]</c>: e is evaluated once.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Array">Its type, with N.</param>
/// <param name="Element">The element, stored.</param>
public sealed record BoundRepeat(SourceSpan Span, ArrayType Array, BoundExpression Element) : BoundExpression(Span, Array);

/// <summary>A struct.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Struct">Its type.</param>
/// <param name="Values">
/// A value for each field in the order they are written, stored: evaluated so. <see cref="Order"/> says which field each is of.
/// </param>
/// <param name="Order">For each value, its field's index.</param>
public sealed record BoundStruct(SourceSpan Span, StructType Struct, ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order)
    : BoundExpression(Span, Struct);

/// <summary><c>disclose(e)</c>: e itself. What it reveals is meant to be revealed.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">e.</param>
public sealed record BoundDisclose(SourceSpan Span, BoundExpression Operand) : BoundExpression(Span, Operand.Type);
