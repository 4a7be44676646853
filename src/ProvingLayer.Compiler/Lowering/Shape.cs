using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>A scalar inside a stored value.</summary>
/// <param name="Path">Its path: the name of the whole, then <c>.field</c> and <c>[i]</c>.</param>
/// <param name="Type">Kind and interval.</param>
/// <param name="Layout">Its limbs.</param>
/// <param name="Format">How it is written.</param>
internal sealed record Leaf(string Path, IrType Type, ScalarLayout Layout, ScalarFormat Format);

/// <summary>Types as lists of scalars: structs, tuples and arrays in order.</summary>
internal static partial class Shape
{
    /// <summary>The scalars of a stored type.</summary>
    public static IEnumerable<Leaf> LeavesOf(TenorType type, string path) => type switch
    {
        NumberType number => [new(path, IrType.Integer(new(number.Min, number.Max)), LayoutOf(number), FormatOf(number))],
        BooleanType => [new(path, IrType.Boolean, ScalarLayout.Boolean, ScalarFormat.Boolean)],
        DigestType => [new(path, IrType.Digest, ScalarLayout.Digest, ScalarFormat.Digest)],
        BytesType { Pieces: 1 } bytes => [PieceOf(bytes, 0, path)],
        BytesType bytes => Enumerable.Range(0, bytes.Pieces).Select(i => PieceOf(bytes, i, $"{path}[{i}]")),
        MapType => [new(path, IrType.Digest, ScalarLayout.Digest, ScalarFormat.Digest)],
        VaultType vault => LeavesOf(vault.Balance, path),
        SignedType signed => LeavesOf(signed.Element, path),
        StructType structure => structure.Fields.SelectMany(f => LeavesOf(f.Type, $"{path}.{f.Name}")),
        TupleType tuple => tuple.Elements.SelectMany((t, i) => LeavesOf(t, $"{path}.{i}")),
        ArrayType array => Enumerable.Range(0, array.Length).SelectMany(i => LeavesOf(array.Element, $"{path}[{i}]")),
        OptionType option => LeavesOf(option.Element, $"{path}.value").Select(WithZero).Prepend(new($"{path}.some", IrType.Boolean, ScalarLayout.Boolean, ScalarFormat.Boolean)),
        ProofType proof => proof.Claim.Inputs.SelectMany(i => LeavesOf(i.Type, $"{path}.args.{i.Name}")).Concat(LeavesOf(proof.Claim.ResultType, $"{path}.result")),
        EnumType choice => choice.Cases
            .SelectMany(c => c.Fields.SelectMany(f => LeavesOf(f.Type, $"{path}.{c.Name}.{f.Name}")))
            .Select(WithZero)
            .Prepend(new($"{path}.tag", IrType.Integer(new(0, choice.Cases.Length - 1)), ScalarLayout.Tag, ScalarFormat.Integer)),
        _ => throw new InvalidOperationException($"compiler bug: {type} is stored"),
    };

    /// <summary>The leaf where it may be left out: a refined type need not hold the zero that then stands there.</summary>
    public static Leaf WithZero(Leaf leaf) =>
        leaf.Type.Kind == ScalarKind.Integer ? leaf with { Type = IrType.Integer(leaf.Type.Interval.Union(Interval.Of(0))) } : leaf;

    /// <summary>How a number is printed, stored or exact.</summary>
    public static ScalarFormat FormatOf(TenorType type) => type switch
    {
        NumberType { IsTime: true } or ExactType { IsTime: true } => ScalarFormat.Time,
        NumberType number => FormatOf(number.Unit, number.Places),
        ExactType exact => FormatOf(exact.Unit, 0),
        BooleanType => ScalarFormat.Boolean,
        BytesType bytes => ScalarFormat.Bytes(bytes.LengthOf(0)),
        _ => ScalarFormat.Digest,
    };

    /// <summary>The value of a type whose scalars these are, taken one by one.</summary>
    public static Value Build(TenorType type, Queue<IrValue> scalars) => type switch
    {
        NumberType number => new NumberValue(scalars.Dequeue(), null, number.Places),
        VaultType vault => Build(vault.Balance, scalars),
        SignedType signed => new SignedValue(Build(signed.Element, scalars), signed.Element, null),
        StructType structure => new AggregateValue([.. structure.Fields.Select(f => Build(f.Type, scalars))]),
        TupleType tuple => new AggregateValue([.. tuple.Elements.Select(t => Build(t, scalars))]),
        ArrayType array => new AggregateValue([.. Enumerable.Range(0, array.Length).Select(_ => Build(array.Element, scalars))]),
        BytesType { Pieces: > 1 } bytes => new AggregateValue([.. Enumerable.Range(0, bytes.Pieces).Select(_ => new ScalarValue(scalars.Dequeue()))]),
        ProofType proof => new AggregateValue([.. proof.Claim.Inputs.Select(i => Build(i.Type, scalars)), Build(proof.Claim.ResultType, scalars)]),
        OptionType option => new AggregateValue([new ScalarValue(scalars.Dequeue()), Build(option.Element, scalars)]),
        EnumType choice => new AggregateValue(
        [
            new NumberValue(scalars.Dequeue(), null, 0),
            .. choice.Cases.Select(c => new AggregateValue([.. c.Fields.Select(f => Build(f.Type, scalars))])),
        ]),
        _ => new ScalarValue(scalars.Dequeue()),
    };

    /// <summary>The scalars of a stored value, in the order of its type's leaves.</summary>
    public static IEnumerable<IrValue> ScalarsOf(TenorType type, Value value) => (type, value) switch
    {
        (NumberType stored, NumberValue { Denominator: null } number) when number.Places == stored.Places => [number.Numerator],
        (VaultType vault, _) => ScalarsOf(vault.Balance, value),
        (SignedType signed, SignedValue data) => ScalarsOf(signed.Element, data.Content),
        (StructType structure, AggregateValue parts) => structure.Fields.Zip(parts.Elements, (f, v) => ScalarsOf(f.Type, v)).SelectMany(s => s),
        (TupleType tuple, AggregateValue parts) => tuple.Elements.Zip(parts.Elements, ScalarsOf).SelectMany(s => s),
        (ArrayType array, AggregateValue parts) => parts.Elements.SelectMany(v => ScalarsOf(array.Element, v)),
        (ProofType proof, AggregateValue parts) => TypesOf(proof).Zip(parts.Elements, ScalarsOf).SelectMany(s => s),
        (OptionType option, AggregateValue parts) => ScalarsOf(option.Element, parts.Elements[1]).Prepend(((ScalarValue)parts.Elements[0]).Scalar),
        (EnumType choice, AggregateValue parts) => choice.Cases
            .SelectMany((c, i) => c.Fields.Zip(((AggregateValue)parts.Elements[i + 1]).Elements, (f, v) => ScalarsOf(f.Type, v)).SelectMany(s => s))
            .Prepend(((NumberValue)parts.Elements[0]).Numerator),
        (BytesType, AggregateValue parts) => parts.Elements.Select(p => ((ScalarValue)p).Scalar),
        (BooleanType or DigestType or BytesType or MapType, ScalarValue scalar) => [scalar.Scalar],
        _ => throw new InvalidOperationException($"compiler bug: an exact number where a stored {type} stands"),
    };

    /// <summary>Bytes that are known.</summary>
    public static Value Bytes(IrBuilder builder, BytesType type, ReadOnlySpan<byte> bytes)
    {
        var pieces = new List<Value>();
        for (var i = 0; i < type.Pieces; i++)
            pieces.Add(new ScalarValue(builder.Constant(ScalarFormat.OfBytes(bytes.Slice(i * BytesType.PieceLength, type.LengthOf(i))))));
        return pieces is [var only] ? only : new AggregateValue([.. pieces]);
    }

    /// <summary>What a proof says: the types of its public inputs and of its result, in order.</summary>
    public static IEnumerable<TenorType> TypesOf(ProofType proof) => proof.Claim.Inputs.Select(i => i.Type).Append(proof.Claim.ResultType);

    /// <summary>What a map's type fixes of its encoding.</summary>
    public static MapShape ShapeOf(MapType map)
    {
        var key = LeavesOf(map.KeyType, "").ToList();
        var bits = key is not [var only] || only.Layout.Limbs > BlockPacking.BlockLength ? 0
            : only.Type.Kind == ScalarKind.Boolean ? 1
            : only.Type.Kind == ScalarKind.Integer && only.Type.Interval.IsNonNegative ? Math.Max(1, only.Type.Interval.MagnitudeBits)
            : 0;
        return new(map.Levels, [.. key.Select(l => l.Layout)], bits, [.. LeavesOf(map.Value, "").Select(l => l.Layout)]);
    }

    private static Leaf PieceOf(BytesType bytes, int piece, string path)
    {
        var length = bytes.LengthOf(piece);
        return new(path, IrType.Integer(Interval.Unsigned(8 * length)), ScalarLayout.Unsigned(8 * length), ScalarFormat.Bytes(length));
    }

    private static ScalarFormat FormatOf(Unit unit, int places) => unit.Equals(Unit.Seconds)
        ? ScalarFormat.Duration
        : new(FormatKind.Number, places, unit.IsNone ? null : unit.ToString());

    private static ScalarLayout LayoutOf(NumberType number) => number.Kind is NumberKind.Time or NumberKind.Duration
        ? ScalarLayout.Time
        : number.IsSigned ? ScalarLayout.Signed(number.Bits) : ScalarLayout.Unsigned(number.Bits);
}
