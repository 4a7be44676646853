using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Symbols;

/// <summary>A field of a machine's <c>data</c>, of a state, or of an event.</summary>
public sealed class FieldSymbol
{
    /// <summary>A field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ordinal">Its place among its siblings, from 0.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isPublic">Whether it is <c>pub</c>.</param>
    /// <param name="isMutable">Whether it is <c>mut</c>.</param>
    /// <param name="defaultValue">What <c>new</c> gives it if it is not named, stored already.</param>
    /// <param name="documentation">Its <c>///</c> text.</param>
    /// <param name="span">Where it is declared.</param>
    public FieldSymbol(
        string name, int ordinal, TenorType type, bool isPublic, bool isMutable, BoundExpression? defaultValue, string? documentation, SourceSpan span)
    {
        Name = name;
        Ordinal = ordinal;
        Type = type;
        IsPublic = isPublic;
        IsMutable = isMutable;
        Default = defaultValue;
        Documentation = documentation;
        Span = span;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its place among its siblings, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>Its type; a <see cref="VaultType"/> or <see cref="MapType"/> in <c>data</c> only.</summary>
    public TenorType Type { get; }

    /// <summary>Whether it is <c>pub</c>. Event fields are public without it.</summary>
    public bool IsPublic { get; }

    /// <summary>Whether it is <c>mut</c>: a <c>data</c> field without it is fixed by <c>new</c> and part of the instance. Vaults and maps are never fixed.</summary>
    public bool IsMutable { get; }

    /// <summary>Whether it is a vault.</summary>
    public bool IsVault => Type is VaultType;

    /// <summary>Whether it is a ledger: a map of vaults.</summary>
    public bool IsLedger => Type is MapType { IsLedger: true };

    /// <summary>The vault that it is, or that each key of it has; null of what holds no value.</summary>
    public VaultType? Held => Type as VaultType ?? (Type as MapType)?.Value as VaultType;

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => Type is MapType;

    /// <summary>Whether <c>new</c> makes it empty and is not told its value: a vault or a map.</summary>
    public bool StartsEmpty => IsVault || IsMap;

    /// <summary>Whether <c>new</c> fixes it for good.</summary>
    public bool IsFixed => !IsMutable && !StartsEmpty;

    /// <summary>What <c>new</c> gives it if it is not named: a constant, stored already. Vaults and maps start empty without one.</summary>
    public BoundExpression? Default { get; }

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan Span { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
