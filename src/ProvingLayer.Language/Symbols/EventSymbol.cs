using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Symbols;

/// <summary>An event.</summary>
public sealed class EventSymbol
{
    /// <summary>An event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="qualifiedName">Its name with module and machine (without type arguments): what its tag is made of.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="documentation">Its <c>///</c> text.</param>
    /// <param name="span">Where it is declared.</param>
    public EventSymbol(string name, string qualifiedName, ImmutableArray<FieldSymbol> fields, string? documentation, SourceSpan span)
    {
        Name = name;
        QualifiedName = qualifiedName;
        Fields = fields;
        Documentation = documentation;
        Span = span;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its name with module and machine.</summary>
    public string QualifiedName { get; }

    /// <summary>Its fields.</summary>
    public ImmutableArray<FieldSymbol> Fields { get; }

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan Span { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
