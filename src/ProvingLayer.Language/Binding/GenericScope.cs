using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>What a generic parameter is replaced by.</summary>
internal abstract record GenericArgument
{
    /// <summary>As it is written.</summary>
    public abstract string Name { get; }

    /// <summary>Its identity: two arguments are the same if it is.</summary>
    public abstract string Key { get; }

    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>For <c>asset U</c>.</summary>
internal sealed record AssetArgument(AssetSymbol Asset) : GenericArgument
{
    public override string Name => Asset.Name;

    public override string Key => Asset.QualifiedName;

    public override string Kind => "an asset";
}

/// <summary>For <c>measure M</c>.</summary>
internal sealed record UnitArgument(Unit Unit) : GenericArgument
{
    public override string Name => Unit.ToString();

    public override string Key => Unit.Key;

    public override string Kind => "a measure";
}

/// <summary>For <c>const N: u32</c>.</summary>
internal sealed record ConstArgument(BigInteger Value, NumberType Type) : GenericArgument
{
    public override string Name => Value.ToString(CultureInfo.InvariantCulture);

    public override string Key => Name;

    public override string Kind => "a constant";
}

/// <summary>For a plain type parameter.</summary>
internal sealed record TypeArgument(TenorType Type) : GenericArgument
{
    public override string Name => Type.Name;

    public override string Key => Type.Identity;

    public override string Kind => "a type";
}

/// <summary>The generic parameters visible in a declaration, with their arguments.</summary>
/// <param name="names">The parameters.</param>
/// <param name="arguments">Their arguments, in order.</param>
/// <param name="isSymbolic">Whether the arguments stand for any: the declaration is checked by itself.</param>
internal sealed class GenericScope(ImmutableArray<string> names, ImmutableArray<GenericArgument> arguments, bool isSymbolic)
{
    public static GenericScope Empty { get; } = new(ImmutableArray<string>.Empty, ImmutableArray<GenericArgument>.Empty, false);

    public bool IsSymbolic => isSymbolic;

    public ImmutableArray<string> Names => names;

    public GenericArgument? Find(string name)
    {
        var index = names.IndexOf(name);
        return index < 0 ? null : arguments[index];
    }

    /// <summary>These, and those of a member inside.</summary>
    public GenericScope And(GenericScope inner) =>
        inner.Names.IsEmpty ? this : new(names.AddRange(inner.Names), arguments.AddRange(inner.Arguments), isSymbolic || inner.IsSymbolic);

    /// <summary>The arguments, in order.</summary>
    public ImmutableArray<GenericArgument> Arguments => arguments;

    /// <summary>The arguments in angle brackets as they are written, or nothing.</summary>
    public string Suffix => arguments.IsEmpty ? "" : $"<{string.Join(", ", arguments.Select(a => a.Name))}>";

    /// <summary>The same as identities.</summary>
    public string Key => arguments.IsEmpty ? "" : $"<{string.Join(", ", arguments.Select(a => a.Key))}>";
}
