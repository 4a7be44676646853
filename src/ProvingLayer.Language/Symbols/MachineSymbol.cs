using System.Collections.Immutable;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Symbols;

/// <summary>A machine with its type arguments, its members' signatures known and their bodies not looked at.</summary>
public sealed class MachineSymbol
{
    /// <summary>A machine.</summary>
    /// <param name="name">Name and type arguments.</param>
    /// <param name="qualifiedName">Module, name and type arguments.</param>
    /// <param name="data">The fields of its data.</param>
    /// <param name="states">Its states, <c>init</c> first.</param>
    /// <param name="transitions">Its transitions.</param>
    /// <param name="events">The events it declares.</param>
    /// <param name="documentation">Its <c>///</c> text.</param>
    /// <param name="span">The place of its name.</param>
    public MachineSymbol(
        string name,
        string qualifiedName,
        ImmutableArray<FieldSymbol> data,
        ImmutableArray<StateSymbol> states,
        ImmutableArray<TransitionSymbol> transitions,
        ImmutableArray<EventSymbol> events,
        string? documentation,
        SourceSpan span)
    {
        Name = name;
        QualifiedName = qualifiedName;
        Data = data;
        States = states;
        Transitions = transitions;
        Events = events;
        Documentation = documentation;
        Span = span;
    }

    /// <summary>Name and type arguments: <c>EuropeanPut&lt;AAPL, USD&gt;</c>.</summary>
    public string Name { get; }

    /// <summary>Module, name and type arguments.</summary>
    public string QualifiedName { get; }

    /// <summary>The fields of its data, in source order.</summary>
    public ImmutableArray<FieldSymbol> Data { get; }

    /// <summary>Its states: <c>init</c>, then the others in source order; a state's tag is its index.</summary>
    public ImmutableArray<StateSymbol> States { get; }

    /// <summary>Its transitions, in source order.</summary>
    public ImmutableArray<TransitionSymbol> Transitions { get; }

    /// <summary>The events it declares.</summary>
    public ImmutableArray<EventSymbol> Events { get; }

    /// <summary>The assets that it may mint and burn: those of its <c>@issuer</c>.</summary>
    public ImmutableArray<AssetSymbol> Issues { get; init; } = ImmutableArray<AssetSymbol>.Empty;

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; }

    /// <summary>The place of its name.</summary>
    public SourceSpan Span { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What <c>@budget(rows = n, verifications = m)</c> allows.</summary>
/// <param name="Rows">The most rows, those of inner verifications apart; null where it does not say.</param>
/// <param name="Verifications">The most inner proofs that are verified; null where it does not say.</param>
/// <param name="Span">The attribute.</param>
public sealed record RowBudget(int? Rows, int? Verifications, SourceSpan Span);

/// <summary>A transition's signature.</summary>
public sealed class TransitionSymbol
{
    /// <summary>A transition.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ordinal">Its place among the machine's transitions, from 0: its number in statements.</param>
    /// <param name="parameters">Its arguments.</param>
    /// <param name="sources">The states it leaves.</param>
    /// <param name="targets">The states it may reach.</param>
    /// <param name="documentation">Its <c>///</c> text.</param>
    /// <param name="span">The place of its name.</param>
    public TransitionSymbol(
        string name,
        int ordinal,
        ImmutableArray<LocalSymbol> parameters,
        ImmutableArray<StateSymbol> sources,
        ImmutableArray<StateSymbol> targets,
        string? documentation,
        SourceSpan span)
    {
        Name = name;
        Ordinal = ordinal;
        Parameters = parameters;
        Sources = sources;
        Targets = targets;
        Documentation = documentation;
        Span = span;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its place among the machine's transitions, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>Its arguments.</summary>
    public ImmutableArray<LocalSymbol> Parameters { get; }

    /// <summary>What it may cost, if that is said.</summary>
    public RowBudget? Budget { get; init; }

    /// <summary>How many have to sign it.</summary>
    public int SignerCount { get; init; }

    /// <summary>The states it leaves, by tag.</summary>
    public ImmutableArray<StateSymbol> Sources { get; }

    /// <summary>The states it may reach, by tag.</summary>
    public ImmutableArray<StateSymbol> Targets { get; }

    /// <summary>Its <c>///</c> text.</summary>
    public string? Documentation { get; }

    /// <summary>The place of its name.</summary>
    public SourceSpan Span { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
