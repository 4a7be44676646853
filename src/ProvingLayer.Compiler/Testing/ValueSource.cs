using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Testing;

/// <summary>Values of any type for properties: made up, made smaller, and written for people.</summary>
internal static class ValueSource
{
    /// <summary>A value: of a number often an end of its range, 0, or small, else of any length.</summary>
    public static Concrete Next(TenorType type, Random random)
    {
        switch (type)
        {
            case NumberType number:
                return new ConcreteNumber(Next(number.Min, number.Max, random), 1, number.Places);
            case BooleanType:
                return new ConcreteScalar(Scalar.Of(random.Next(2) == 1));
            case DigestType:
                return new ConcreteScalar(Scalar.Of(new Digest([.. Enumerable.Range(0, 8).Select(_ => KoalaBear.FromCanonical((uint)random.Next(0x7f000001)))])));
            case BytesType bytes:
                var drawn = new byte[bytes.Length];
                random.NextBytes(drawn);
                return Bytes(bytes, drawn);
            case StructType structure:
                return new ConcreteAggregate([.. structure.Fields.Select(f => Next(f.Type, random))]);
            case TupleType tuple:
                return new ConcreteAggregate([.. tuple.Elements.Select(e => Next(e, random))]);
            case ArrayType array:
                return new ConcreteAggregate([.. Enumerable.Range(0, array.Length).Select(_ => Next(array.Element, random))]);
            case ChoiceType choice:
                var variant = random.Next(choice.Variants.Length);
                return Case(choice, variant, [.. choice.Variants[variant].Fields.Select(f => Next(f.Type, random))]);
            default:
                throw new InvalidOperationException($"compiler bug: a property has a parameter of type {type}");
        }
    }

    /// <summary>Smaller values of the same type, the smallest first. Each is a step towards one that has none.</summary>
    public static IEnumerable<Concrete> Smaller(TenorType type, Concrete value)
    {
        switch (type, value)
        {
            case (NumberType number, ConcreteNumber { Numerator: var n } whole):
                return SmallerNumbers(n, BigInteger.Clamp(0, number.Min, number.Max)).Select(s => whole with { Numerator = s });
            case (BooleanType, ConcreteScalar { Value.IsTrue: true }):
                return [new ConcreteScalar(Scalar.Of(false))];
            case (DigestType, ConcreteScalar { Value: var digest }) when digest != Scalar.Of(default(Digest)):
                return [new ConcreteScalar(Scalar.Of(default(Digest)))];
            case (BytesType bytes, _) when value.Scalars().Any(s => !s.Number.IsZero):
                return [Zero(bytes)];
            case (StructType structure, ConcreteAggregate parts):
                return SmallerParts(parts, i => structure.Fields[i].Type);
            case (TupleType tuple, ConcreteAggregate parts):
                return SmallerParts(parts, i => tuple.Elements[i]);
            case (ArrayType array, ConcreteAggregate parts):
                return SmallerParts(parts, _ => array.Element);
            case (ChoiceType choice, ConcreteAggregate parts):
                var (variant, fields) = CaseOf(choice, parts);
                var earlier = Enumerable.Range(0, variant).Select(v => Case(choice, v, [.. choice.Variants[v].Fields.Select(f => Least(f.Type))]));
                var own = SmallerParts(new(fields), i => choice.Variants[variant].Fields[i].Type).Select(f => Case(choice, variant, ((ConcreteAggregate)f).Elements));
                return earlier.Concat(own);
            default:
                return [];
        }
    }

    /// <summary>The value as it is written in a source text, but for thousands and units.</summary>
    public static string Describe(TenorType type, Concrete value)
    {
        switch (type, value)
        {
            case (BytesType bytes, _):
                return "0x" + string.Concat(value.Scalars().Select((s, i) => ScalarFormat.Bytes(bytes.LengthOf(i)).Write(s)[2..]));
            case (StructType structure, ConcreteAggregate { Elements: var parts }):
                return $"{structure} {{ {string.Join(", ", structure.Fields.Zip(parts, (f, v) => $"{f.Name}: {Describe(f.Type, v)}"))} }}";
            case (TupleType tuple, ConcreteAggregate { Elements: var parts }):
                return $"({string.Join(", ", tuple.Elements.Zip(parts, Describe))})";
            case (ArrayType array, ConcreteAggregate { Elements: var parts }):
                return $"[{string.Join(", ", parts.Select(v => Describe(array.Element, v)))}]";
            case (OptionType option, ConcreteAggregate { Elements: [ConcreteScalar some, var inside] }):
                return some.Value.IsTrue ? $"some({Describe(option.Element, inside)})" : "none";
            case (EnumType choice, ConcreteAggregate parts):
                var (variant, fields) = CaseOf(choice, parts);
                var (name, types) = (choice.Cases[variant].Name, choice.Cases[variant].Fields);
                return types.IsEmpty ? name : $"{name} {{ {string.Join(", ", types.Zip(fields, (f, v) => $"{f.Name}: {Describe(f.Type, v)}"))} }}";
            default:
                return Shape.FormatOf(type).Print(value.Scalars().Single());
        }
    }

    private static BigInteger Next(BigInteger low, BigInteger high, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                return low;
            case 1:
                return high;
            case 2:
                return BigInteger.Clamp(0, low, high);
            case 3:
                return BigInteger.Clamp(random.Next(-3, 4), low, high);
            case < 6:
                // Of any length: most values of a wide range are long.
                var bits = random.Next(1, (int)BigInteger.Max(BigInteger.Abs(low), BigInteger.Abs(high)).GetBitLength() + 2);
                var number = Uniform(BigInteger.One << bits, random);
                return BigInteger.Clamp(low.Sign < 0 && random.Next(2) == 0 ? -number : number, low, high);
            default:
                return low + Uniform(high - low + 1, random);
        }
    }

    // Below a bound; 64 bits more than it has, so that no remainder is preferred noticeably.
    private static BigInteger Uniform(BigInteger bound, Random random)
    {
        var bytes = new byte[((int)bound.GetBitLength() / 8) + 9];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % bound;
    }

    private static IEnumerable<BigInteger> SmallerNumbers(BigInteger value, BigInteger least)
    {
        for (var distance = value - least; !distance.IsZero; distance /= 2)
            yield return value - distance;
    }

    private static IEnumerable<Concrete> SmallerParts(ConcreteAggregate whole, Func<int, TenorType> typeOf) =>
        Enumerable.Range(0, whole.Elements.Length).SelectMany(i => Smaller(typeOf(i), whole.Elements[i]).Select(s => new ConcreteAggregate(whole.Elements.SetItem(i, s))));

    private static Concrete Least(TenorType type) => type switch
    {
        NumberType number => new ConcreteNumber(BigInteger.Clamp(0, number.Min, number.Max), 1, number.Places),
        BooleanType => new ConcreteScalar(Scalar.Of(false)),
        DigestType => new ConcreteScalar(Scalar.Of(default(Digest))),
        BytesType => Zero(type),
        StructType structure => new ConcreteAggregate([.. structure.Fields.Select(f => Least(f.Type))]),
        TupleType tuple => new ConcreteAggregate([.. tuple.Elements.Select(Least)]),
        ArrayType array => new ConcreteAggregate([.. Enumerable.Repeat(Least(array.Element), array.Length)]),
        ChoiceType choice => Case(choice, 0, [.. choice.Variants[0].Fields.Select(f => Least(f.Type))]),
        _ => throw new InvalidOperationException($"compiler bug: a property has a parameter of type {type}"),
    };

    // As Shape lays choices out: a tag, then the fields of all cases, zeros for those it is not.
    private static ConcreteAggregate Case(ChoiceType choice, int variant, ImmutableArray<Concrete> fields)
    {
        if (choice is OptionType option)
            return new([new ConcreteScalar(Scalar.Of(variant == 1)), variant == 1 ? fields[0] : Zero(option.Element)]);
        var cases = choice.Variants.Select((v, i) => new ConcreteAggregate(i == variant ? fields : [.. v.Fields.Select(f => Zero(f.Type))]));
        return new([new ConcreteNumber(variant, 1, 0), .. cases]);
    }

    private static (int Variant, ImmutableArray<Concrete> Fields) CaseOf(ChoiceType choice, ConcreteAggregate value)
    {
        if (choice is OptionType)
            return ((ConcreteScalar)value.Elements[0]).Value.IsTrue ? (1, [value.Elements[1]]) : (0, []);
        var variant = (int)((ConcreteNumber)value.Elements[0]).Numerator;
        return (variant, ((ConcreteAggregate)value.Elements[variant + 1]).Elements);
    }

    private static Concrete Bytes(BytesType type, byte[] bytes)
    {
        var pieces = bytes.Chunk(BytesType.PieceLength).Select(piece => (Concrete)new ConcreteScalar(ScalarFormat.OfBytes(piece))).ToList();
        return type.Pieces == 1 ? pieces[0] : new ConcreteAggregate([.. pieces]);
    }

    private static Concrete Zero(TenorType type) => type switch
    {
        NumberType number => new ConcreteNumber(0, 1, number.Places),
        BooleanType => new ConcreteScalar(Scalar.Of(false)),
        DigestType => new ConcreteScalar(Scalar.Of(default(Digest))),
        BytesType bytes => Bytes(bytes, new byte[bytes.Length]),
        StructType structure => new ConcreteAggregate([.. structure.Fields.Select(f => Zero(f.Type))]),
        TupleType tuple => new ConcreteAggregate([.. tuple.Elements.Select(Zero)]),
        ArrayType array => new ConcreteAggregate([.. Enumerable.Repeat(Zero(array.Element), array.Length)]),
        OptionType option => new ConcreteAggregate([new ConcreteScalar(Scalar.Of(false)), Zero(option.Element)]),
        EnumType choice => new ConcreteAggregate(
            [new ConcreteNumber(0, 1, 0), .. choice.Cases.Select(c => new ConcreteAggregate([.. c.Fields.Select(f => Zero(f.Type))]))]),
        _ => throw new InvalidOperationException($"compiler bug: {type} has no zero"),
    };
}
