using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Symbols;

/// <summary>A state of a machine, or <c>init</c>, in which <c>new</c> leaves it.</summary>
public sealed class StateSymbol
{
    /// <summary>A state.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tag">Its number in encodings: 0 for <c>init</c>, then from 1 in source order.</param>
    /// <param name="isFinal">Whether no step leaves it.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="documentation">Its <c>///</c> text.</param>
    /// <param name="span">Where it is declared.</param>
    public StateSymbol(string name, int tag, bool isFinal, ImmutableArray<FieldSymbol> fields, string? documentation, SourceSpan span)
    {
        Name = name;
        Tag = tag;
        IsFinal = isFinal;
        Fields = fields;
        Documentation = documentation;
        Span = span;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its number in encodings: 0 for <c>init</c>, then from 1 in source order.</summary>
    public int Tag { get; }

    /// <summary>Whether it is <c>init</c>.</summary>
    public bool IsInitial => Tag == 0;

    /// <summary>Whether no step leaves it.</summary>
    public bool IsFinal { get; }

    /// <summary>Its fields.</summary>
    public ImmutableArray<FieldSymbol> Fields { get; }

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; }

    /// <summary>Where it is declared; for <c>init</c>, the machine's name.</summary>
    public SourceSpan Span { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
