using System.Collections.Immutable;

namespace ProvingLayer.Language.Types;

/// <summary>A type whose values are of one of several cases, each with values of its own: an <c>enum</c>, or <c>T?</c>.</summary>
public abstract record ChoiceType : TenorType
{
    /// <summary>The cases by their numbers.</summary>
    public abstract ImmutableArray<EnumVariant> Variants { get; }

    /// <summary>Which case has a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its number, or −1.</returns>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Variants.Length; i++)
        {
            if (Variants[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A case of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What it holds.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
public sealed record EnumVariant(string Name, ImmutableArray<StructField> Fields, string? Documentation = null);

/// <summary><c>T?</c>: <c>none</c>, case 0, or <c>some(x)</c>, case 1 with one field.</summary>
/// <param name="Element">T.</param>
public sealed record OptionType(TenorType Element) : ChoiceType
{
    /// <inheritdoc/>
    public override string Name => $"{Element}?";

    /// <inheritdoc/>
    public override string Identity => $"{Element.Identity}?";

    /// <inheritdoc/>
    public override long Cells { get; } = Element.Cells + 1;

    /// <inheritdoc/>
    public override int Depth { get; } = Element.Depth + 1;

    /// <inheritdoc/>
    public override ImmutableArray<EnumVariant> Variants => [new("none", []), new("some", [new("value", Element)])];
}

/// <summary>An <c>enum</c> with its type arguments: two are the same if module, name and arguments are.</summary>
/// <param name="DisplayName">Name and arguments.</param>
/// <param name="QualifiedName">Module, name and qualified arguments.</param>
/// <param name="Cases">The variants in order; a variant's tag is its index.</param>
public sealed record EnumType(string DisplayName, string QualifiedName, ImmutableArray<EnumVariant> Cases) : ChoiceType
{
    /// <inheritdoc/>
    public override string Name => DisplayName;

    /// <inheritdoc/>
    public override string Identity => QualifiedName;

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<EnumVariant> Variants => Cases;

    /// <inheritdoc/>
    public override long Cells { get; } = 1 + Cases.Sum(c => c.Fields.Sum(f => f.Type.Cells));

    /// <inheritdoc/>
    public override int Depth { get; } = Cases.SelectMany(c => c.Fields).Select(f => f.Type.Depth).DefaultIfEmpty().Max() + 1;

    /// <inheritdoc/>
    public bool Equals(EnumType? other) => other is not null && QualifiedName == other.QualifiedName;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(QualifiedName);
}
