using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Symbols;

/// <summary>Where a local comes from.</summary>
public enum LocalKind
{
    /// <summary>An argument of a transition or statement.</summary>
    Parameter,

    /// <summary><c>let</c>, or a name bound by a pattern.</summary>
    Let,

    /// <summary><c>let mut</c></summary>
    Mutable,

    /// <summary>The variable of a <c>for</c>: in every turn of the unrolled loop a constant.</summary>
    Loop,
}

/// <summary>A name inside a body. Two locals are the same if they are the same object.</summary>
public sealed class LocalSymbol
{
    /// <summary>A local.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Where it comes from.</param>
    /// <param name="type">Its type: an <see cref="ExactType"/> where a <c>let</c> only names an exact number.</param>
    /// <param name="isPublic">Whether it is a <c>pub</c> argument.</param>
    /// <param name="span">Where it is declared.</param>
    public LocalSymbol(string name, LocalKind kind, TenorType type, bool isPublic, SourceSpan span)
    {
        Name = name;
        Kind = kind;
        Type = type;
        IsPublic = isPublic;
        Span = span;
    }

    /// <summary>Its name; unique among all names visible with it.</summary>
    public string Name { get; }

    /// <summary>Where it comes from.</summary>
    public LocalKind Kind { get; }

    /// <summary>Its type.</summary>
    public TenorType Type { get; }

    /// <summary>Whether it is a <c>pub</c> argument.</summary>
    public bool IsPublic { get; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan Span { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
