using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.SourceGenerator;

/// <summary>Types of Tenor as types of C#, and the structs and enums that are met on the way.</summary>
/// <param name="namespaceOf">The namespace of a module.</param>
/// <param name="classOf">The class of a statement, or of a history's machine; null if it has none.</param>
internal sealed class TypeMapping(Func<string, string> namespaceOf, Func<ClaimSymbol, string?> classOf)
{
    private const string Runtime = "global::ProvingLayer.Runtime";
    private const string Values = "global::ProvingLayer.Runtime.Values";
    private const string Codecs = "global::ProvingLayer.Runtime.Bindings.Codecs";

    /// <summary>The structs met so far, by name in full.</summary>
    public SortedDictionary<string, StructType> Structs { get; } = new(StringComparer.Ordinal);

    /// <summary>The enums met so far, by name in full.</summary>
    public SortedDictionary<string, EnumType> Enums { get; } = new(StringComparer.Ordinal);

    /// <summary>The sets of statements met so far, by name in full.</summary>
    public SortedDictionary<string, ClaimSymbol> Sets { get; } = new(StringComparer.Ordinal);

    /// <summary>The module of a qualified name: what is before the last dot outside of brackets.</summary>
    public static (string Module, string Name) Split(string qualifiedName)
    {
        var bracket = qualifiedName.IndexOf('<');
        var dot = qualifiedName.LastIndexOf('.', bracket < 0 ? qualifiedName.Length - 1 : bracket);
        return dot < 0 ? ("", qualifiedName) : (qualifiedName.Substring(0, dot), qualifiedName.Substring(dot + 1));
    }

    /// <summary>The class of a name that may have arguments: <c>Pair&lt;u8, m.USD&gt;</c> → <c>Pair_u8_m_USD</c>.</summary>
    public static string Simple(string name) =>
        string.Concat(name.Where(c => c is not ('>' or ' ' or ')' or ']')).Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_'));

    /// <summary>A type's model; of a map the arguments of its classes, and the codecs of key and value.</summary>
    public TypeModel Map(TenorType type) => type switch
    {
        BooleanType => new("bool", $"{Codecs}.Boolean"),
        DigestType { Kind: DigestKind.Key } => new($"{Values}.PartyKey", $"{Codecs}.Key"),
        DigestType => new($"{Values}.HashValue", $"{Codecs}.Hash"),
        BytesType { IsAddress: true } => new($"{Values}.AddressValue", $"{Codecs}.Address"),
        BytesType bytes => new($"{Values}.ByteString", FormattableString.Invariant($"{Codecs}.Bytes({bytes.Length})")),
        VaultType vault => Map(vault.Balance),
        NumberType number => Map(number),
        StructType structure => Map(structure),
        ArrayType array => Map(array),
        TupleType tuple => Map(tuple),
        OptionType { Element: not OptionType } option => Map(option),
        EnumType choice => Map(choice),
        MapType map => Map(map),
        ProofType { Claim: { IsSet: true } set } => Map(set),
        ProofType { Claim: var claim } proof => classOf(claim) is { } made
            ? new(claim.IsHistory ? $"{Runtime}.ProvedHistory<{made}.History>" : $"{Runtime}.ProvedClaim<{made}.Statement>", "") { IsReference = true, IsProof = true }
            : throw new NotBoundException(proof.Name),
        SignedType signed => Map(signed.Element), // the signature is made by one of a step's signers
        _ => throw new NotBoundException(type.Name),
    };

    private TypeModel Map(ClaimSymbol set)
    {
        if (set.Members.Any(member => classOf(member) is null))
        {
            throw new NotBoundException($"proof<{set.Name}>");
        }

        var name = FullName(set.QualifiedName);
        Sets[name] = set;
        return new($"global::{name}", "") { IsReference = true, IsProof = true };
    }

    private TypeModel Map(NumberType number) => number.Kind switch
    {
        NumberKind.U8 => new("byte", $"{Codecs}.U8"),
        NumberKind.U16 => new("ushort", $"{Codecs}.U16"),
        NumberKind.U32 => new("uint", $"{Codecs}.U32"),
        NumberKind.U64 => new("ulong", $"{Codecs}.U64"),
        NumberKind.U128 => new("global::System.UInt128", $"{Codecs}.U128"),
        NumberKind.I64 => new("long", $"{Codecs}.I64"),
        NumberKind.I128 => new("global::System.Int128", $"{Codecs}.I128"),
        NumberKind.Time => new("global::System.DateTimeOffset", $"{Codecs}.Time"),
        NumberKind.Duration => new("global::System.TimeSpan", $"{Codecs}.Duration"),
        NumberKind.Quantity => new($"{Values}.Qty<{UnitOf(number.Unit)}>", $"{Codecs}.Quantity<{UnitOf(number.Unit)}>()"),
        NumberKind.FixedPoint when number.Bits == 128 => new(
            FormattableString.Invariant($"{Values}.FixedDecimal<{Values}.Places.P{number.Places}, {UnitOf(number.Unit)}>"),
            FormattableString.Invariant($"{Codecs}.FixedDecimal<{Values}.Places.P{number.Places}, {UnitOf(number.Unit)}>()")),
        _ => new("global::System.Numerics.BigInteger", $"{Codecs}.Wide"), // of 256 bits: a decimal as the whole number that is stored
    };

    private TypeModel Map(StructType structure)
    {
        var name = FullName(structure.QualifiedName);
        Structs[name] = structure;
        foreach (var field in structure.Fields)
        {
            Map(field.Type);
        }

        return new($"global::{name}", $"global::{name}.Codec") { IsReference = true };
    }

    private TypeModel Map(EnumType choice)
    {
        var name = FullName(choice.QualifiedName);
        Enums[name] = choice;
        foreach (var field in choice.Cases.SelectMany(c => c.Fields))
        {
            Map(field.Type);
        }

        return new($"global::{name}", $"global::{name}.Codec") { IsReference = true };
    }

    private TypeModel Map(MapType map)
    {
        var (key, value) = (Map(map.KeyType), Map(map.Value));
        return new($"<{key.Name}, {value.Name}>", $"{key.Codec}, {value.Codec}") { MapDepth = map.Levels };
    }

    private TypeModel Map(OptionType option)
    {
        var element = Map(option.Element);
        return new($"{element.Name}?", $"{Codecs}.{(element.IsReference ? "OptionalReference" : "Optional")}({element.Codec})") { IsOptional = true };
    }

    private TypeModel Map(ArrayType array)
    {
        var element = Map(array.Element);
        return new(
            $"global::System.Collections.Immutable.ImmutableArray<{element.Name}>", FormattableString.Invariant($"{Codecs}.Array({element.Codec}, {array.Length})"));
    }

    private TypeModel Map(TupleType tuple)
    {
        var elements = tuple.Elements.Select(Map).ToList();
        var name = elements.Count == 0 ? "global::System.ValueTuple"
            : elements.Count == 1 ? $"global::System.ValueTuple<{elements[0].Name}>"
            : $"({string.Join(", ", elements.Select(e => e.Name))})";
        var read = elements.Count switch
        {
            0 => "default",
            1 => $"new({elements[0].Codec}.Read(p + \".0\", from))",
            _ => $"({string.Join(", ", elements.Select((e, i) => FormattableString.Invariant($"{e.Codec}.Read(p + \".{i}\", from)")))})",
        };
        var write = string.Concat(elements.Select((e, i) => FormattableString.Invariant($"{e.Codec}.Write(v.Item{i + 1}, p + \".{i}\", into); ")));
        var clear = string.Concat(elements.Select((e, i) => FormattableString.Invariant($"{e.Codec}.Clear(p + \".{i}\", into); ")));
        return new(name, $"new global::ProvingLayer.Runtime.Bindings.ValueCodec<{name}>(static (v, p, into) => {{ {write}}}, static (p, into) => {{ {clear}}}, static (p, from) => {read})");
    }

    /// <summary>The class of a struct or enum in full.</summary>
    private string FullName(string qualifiedName)
    {
        var (module, name) = Split(qualifiedName);
        return $"{namespaceOf(module)}.{Simple(name)}";
    }

    private string UnitOf(Unit unit)
    {
        var above = unit.Powers.Where(p => p.Power > 0).SelectMany(p => Enumerable.Repeat(AtomOf(p.Atom), p.Power)).ToList();
        var below = unit.Powers.Where(p => p.Power < 0).SelectMany(p => Enumerable.Repeat(AtomOf(p.Atom), -p.Power)).ToList();
        return below.Count == 0 ? Product(above) : $"{Values}.Per<{Product(above)}, {Product(below)}>";
    }

    private static string Product(List<string> factors) => factors.Count switch
    {
        0 => $"{Values}.One",
        1 => factors[0],
        _ => $"{Values}.Times<{factors[0]}, {Product(factors.GetRange(1, factors.Count - 1))}>",
    };

    private string AtomOf(UnitAtom atom)
    {
        if (ReferenceEquals(atom, MeasureSymbol.Second))
        {
            return $"{Values}.Second";
        }

        return $"global::{namespaceOf(Split(atom.QualifiedName).Module)}.{Naming.Pascal(atom.Name)}";
    }
}

/// <summary>A type that bindings cannot express yet. It ends one machine's or statement's file, with a message, and nothing else.</summary>
internal sealed class NotBoundException(string type) : Exception(type);
