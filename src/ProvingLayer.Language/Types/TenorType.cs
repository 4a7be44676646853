using System.Collections.Immutable;

namespace ProvingLayer.Language.Types;

/// <summary>A type, free of parameters. Equal types are equal objects.</summary>
public abstract record TenorType
{
    /// <summary>The type as it is written.</summary>
    public abstract string Name { get; }

    /// <summary>Its identity as a text: the name, with every declared name in full. Equal types have equal identities, and others other ones.</summary>
    public virtual string Identity => Name;

    /// <summary>How many elementary values it holds; at least 1, and at most about a million in a program without errors.</summary>
    public virtual long Cells => 1;

    /// <summary>How deep it is nested: 1 where it holds no other type.</summary>
    public virtual int Depth => 1;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>The type of what could not be bound: it fits everywhere, so that one mistake is one message.</summary>
public sealed record ErrorType : TenorType
{
    /// <summary>The only one.</summary>
    public static ErrorType Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "?";
}

/// <summary><c>bool</c></summary>
public sealed record BooleanType : TenorType
{
    /// <summary>The only one.</summary>
    public static BooleanType Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "bool";
}

/// <summary>What a <see cref="DigestType"/> is for.</summary>
public enum DigestKind
{
    /// <summary><c>hash</c></summary>
    Hash,

    /// <summary><c>key</c></summary>
    Key,

    /// <summary><c>root&lt;M&gt;</c></summary>
    Root,
}

/// <summary><c>hash</c>, <c>key</c>, <c>root&lt;M&gt;</c>: eight field elements, opaque, only <c>==</c>.</summary>
/// <param name="Kind">Which.</param>
public sealed record DigestType(DigestKind Kind) : TenorType
{
    /// <summary><c>hash</c></summary>
    public static DigestType Hash { get; } = new(DigestKind.Hash);

    /// <summary><c>key</c></summary>
    public static DigestType Key { get; } = new(DigestKind.Key);

    /// <summary>The full name of the machine whose record a root is of; empty of a hash or key.</summary>
    public string Machine { get; private init; } = "";

    /// <summary>The same as it is written.</summary>
    public string MachineName { get; private init; } = "";

    /// <inheritdoc/>
    public override string Name => Kind switch { DigestKind.Key => "key", DigestKind.Root => $"root<{MachineName}>", _ => "hash" };

    /// <inheritdoc/>
    public override string Identity => Kind == DigestKind.Root ? $"root<{Machine}>" : Name;

    /// <summary><c>root&lt;M&gt;</c>: the root of a record of M.</summary>
    /// <param name="name">M, as it is written.</param>
    /// <param name="qualifiedName">M with its module.</param>
    /// <returns>The type.</returns>
    public static DigestType RootOf(string name, string qualifiedName) => new(DigestKind.Root) { Machine = qualifiedName, MachineName = name };

    /// <inheritdoc/>
    public bool Equals(DigestType? other) => other is not null && Kind == other.Kind && Machine == other.Machine;

    /// <inheritdoc/>
    public override int GetHashCode() => ((int)Kind * 397) ^ StringComparer.Ordinal.GetHashCode(Machine);
}

/// <summary><c>[T; N]</c></summary>
/// <param name="Element">T.</param>
/// <param name="Length">N.</param>
public sealed record ArrayType(TenorType Element, int Length) : TenorType
{
    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"[{Element}; {Length}]");

    /// <inheritdoc/>
    public override string Identity => FormattableString.Invariant($"[{Element.Identity}; {Length}]");

    /// <inheritdoc/>
    public override long Cells { get; } = Element.Cells * Length;

    /// <inheritdoc/>
    public override int Depth { get; } = Element.Depth + 1;
}

/// <summary><c>(A, B)</c>; <c>()</c> is what a block without a value has.</summary>
/// <param name="Elements">The elements' types.</param>
public sealed record TupleType(ImmutableArray<TenorType> Elements) : TenorType
{
    /// <summary><c>()</c></summary>
    public static TupleType Empty { get; } = new(ImmutableArray<TenorType>.Empty);

    /// <inheritdoc/>
    public override string Name => Elements.Length == 1 ? $"({Elements[0]},)" : $"({string.Join(", ", Elements)})";

    /// <inheritdoc/>
    public override string Identity => $"({string.Join(", ", Elements.Select(e => e.Identity))},)";

    /// <inheritdoc/>
    public override long Cells { get; } = Math.Max(1, Elements.Sum(e => e.Cells));

    /// <inheritdoc/>
    public override int Depth { get; } = Elements.Select(e => e.Depth).DefaultIfEmpty().Max() + 1;

    /// <inheritdoc/>
    public bool Equals(TupleType? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.Length;
}

/// <summary>A field of a struct.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
public sealed record StructField(string Name, TenorType Type, string? Documentation = null);

/// <summary>A <c>struct</c> with its type arguments: two are the same if module, name and arguments are.</summary>
/// <param name="DisplayName">Name and arguments.</param>
/// <param name="QualifiedName">Module, name and qualified arguments.</param>
/// <param name="Fields">The fields in order.</param>
public sealed record StructType(string DisplayName, string QualifiedName, ImmutableArray<StructField> Fields) : TenorType
{
    /// <inheritdoc/>
    public override string Name => DisplayName;

    /// <inheritdoc/>
    public override string Identity => QualifiedName;

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; init; }

    /// <inheritdoc/>
    public override long Cells { get; } = Math.Max(1, Fields.Sum(f => f.Type.Cells));

    /// <inheritdoc/>
    public override int Depth { get; } = Fields.Select(f => f.Type.Depth).DefaultIfEmpty().Max() + 1;

    /// <summary>Which field has a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its index, or −1.</returns>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public bool Equals(StructType? other) => other is not null && QualifiedName == other.QualifiedName;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(QualifiedName);
}

/// <summary><c>vault&lt;A&gt;</c>, <c>guarded vault&lt;A&gt;</c>: in <c>data</c> only, not copyable. Its balance is a <c>qty&lt;A&gt;</c>.</summary>
/// <param name="Asset">A.</param>
/// <param name="IsGuarded">Whether it pays out only exact or <c>lo</c> and takes in only exact or <c>hi</c>.</param>
public sealed record VaultType(AssetSymbol Asset, bool IsGuarded) : TenorType
{
    /// <inheritdoc/>
    public override string Name => $"{(IsGuarded ? "guarded " : "")}vault<{Asset.Name}>";

    /// <inheritdoc/>
    public override string Identity => $"{(IsGuarded ? "guarded " : "")}vault<{Asset.QualifiedName}>";

    /// <summary>The type of its balance.</summary>
    public NumberType Balance => NumberType.Quantity(Asset);
}

/// <summary>
/// <c>map&lt;K, V, depth&gt;</c>: in <c>data</c> only, not copyable; the record holds its root. Starts empty and changes by its own methods alone.
/// </summary>
/// <param name="KeyType">K.</param>
/// <param name="Value">V.</param>
/// <param name="Levels">depth: levels between the root and the leaves, 1 to 128.</param>
public sealed record MapType(TenorType KeyType, TenorType Value, int Levels) : TenorType
{
    /// <summary>The greatest depth: an index has at most 128 bits.</summary>
    public const int MaximumLevels = 128;

    /// <summary>Whether its values are vaults: then <c>move</c> alone changes it, and a key that it has not holds 0.</summary>
    public bool IsLedger => Value is VaultType;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"map<{KeyType}, {Value}, {Levels}>");
}

/// <summary>
/// <c>signed&lt;T&gt;</c>: a T that somebody has signed, as an argument, and what is built of arguments. What it holds is read by opening it with the signer's key.
/// </summary>
/// <param name="Element">T.</param>
public sealed record SignedType(TenorType Element) : TenorType
{
    /// <inheritdoc/>
    public override string Name => $"signed<{Element}>";

    /// <inheritdoc/>
    public override string Identity => $"signed<{Element.Identity}>";

    /// <inheritdoc/>
    public override long Cells { get; } = Element.Cells;

    /// <inheritdoc/>
    public override int Depth { get; } = Element.Depth + 1;
}

/// <summary>A machine a test holds. It names an instance's present state; calls change it.</summary>
/// <param name="Machine">The machine.</param>
public sealed record MachineType(Symbols.MachineSymbol Machine) : TenorType
{
    /// <inheritdoc/>
    public override string Name => Machine.Name;

    /// <inheritdoc/>
    public override string Identity => Machine.QualifiedName;
}
