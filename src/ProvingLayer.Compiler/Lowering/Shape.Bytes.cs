using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Values as bytes.</content>
internal static partial class Shape
{
    /// <summary>The bytes of a value, in order: <see cref="BytesType.LengthOf(TenorType)"/> of them.</summary>
    public static IEnumerable<IrByte> BytesOf(TenorType type, Value value) => (type, value) switch
    {
        (BytesType bytes, _) => ScalarsOf(bytes, value).SelectMany((piece, i) => Enumerable.Range(0, bytes.LengthOf(i)).Select(at => new IrByte(piece, at))),
        (NumberType number, _) => ScalarsOf(number, value).SelectMany(scalar => Enumerable.Range(0, number.Bits / 8).Select(at => new IrByte(scalar, at))),
        (ArrayType array, AggregateValue parts) => parts.Elements.SelectMany(e => BytesOf(array.Element, e)),
        (TupleType tuple, AggregateValue parts) => tuple.Elements.Zip(parts.Elements, BytesOf).SelectMany(b => b),
        _ => throw new InvalidOperationException($"compiler bug: {type} has no bytes"),
    };

    /// <summary>The value of a type whose bytes these are, taken one by one.</summary>
    public static Value OfBytes(IrBuilder builder, TenorType type, Queue<IrByte> bytes) => type switch
    {
        BytesType { Pieces: 1 } single => new ScalarValue(Take(builder, single.Length, bytes)),
        BytesType many => new AggregateValue([.. Enumerable.Range(0, many.Pieces).Select(i => new ScalarValue(Take(builder, many.LengthOf(i), bytes)))]),
        NumberType number => new NumberValue(Take(builder, number.Bits / 8, bytes), null, 0),
        ArrayType array => new AggregateValue([.. Enumerable.Range(0, array.Length).Select(_ => OfBytes(builder, array.Element, bytes))]),
        TupleType tuple => new AggregateValue([.. tuple.Elements.Select(e => OfBytes(builder, e, bytes))]),
        _ => throw new InvalidOperationException($"compiler bug: bytes are no {type}"),
    };

    private static IrValue Take(IrBuilder builder, int count, Queue<IrByte> bytes) =>
        builder.Write(new IrBytes([.. Enumerable.Range(0, count).Select(_ => bytes.Dequeue())])).First;
}
