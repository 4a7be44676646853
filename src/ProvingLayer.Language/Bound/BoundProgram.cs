using System.Collections.Immutable;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>A machine, concrete: its bodies bound.</summary>
/// <param name="Symbol">Its signature.</param>
/// <param name="Transitions">The bodies, one for each of the symbol's transitions, in that order.</param>
/// <param name="Invariants">Its invariants, in source order.</param>
public sealed record BoundMachine(MachineSymbol Symbol, ImmutableArray<BoundTransition> Transitions, ImmutableArray<BoundInvariant> Invariants)
{
    /// <summary>Name and type arguments.</summary>
    public string Name => Symbol.Name;
}

/// <summary>A transition's body. Every path ends in <see cref="BoundBecome"/> or <see cref="BoundStay"/>.</summary>
/// <param name="Symbol">Its signature.</param>
/// <param name="Body">What it does.</param>
public sealed record BoundTransition(TransitionSymbol Symbol, BoundBlock Body)
{
    /// <summary>Who has to sign it: the keys after <c>by</c>, in order.</summary>
    public ImmutableArray<BoundExpression> Authority { get; init; } = ImmutableArray<BoundExpression>.Empty;

    /// <summary>The conditions of its <c>ensures</c>, in source order: constrained of the record after the step.</summary>
    public ImmutableArray<BoundExpression> Ensures { get; init; } = ImmutableArray<BoundExpression>.Empty;
}

/// <summary><c>invariant name: e;</c>: constrained of the record after every step.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Condition">e, over the state after the step.</param>
/// <param name="Span">What of the source it stands for.</param>
public sealed record BoundInvariant(string Name, BoundExpression Condition, SourceSpan Span);

/// <summary><c>statement S(…) -&gt; R { … }</c>, concrete.</summary>
/// <param name="Name">Name and type arguments.</param>
/// <param name="QualifiedName">Module, name and type arguments.</param>
/// <param name="Parameters">Its arguments.</param>
/// <param name="ResultType">R.</param>
/// <param name="Body">What it does; its value is stored as R.</param>
/// <param name="Documentation">Its <c>///</c> text.</param>
/// <param name="Span">The place of its name.</param>
public sealed record BoundStatementDeclaration(
    string Name,
    string QualifiedName,
    ImmutableArray<LocalSymbol> Parameters,
    TenorType ResultType,
    BoundBlock Body,
    string? Documentation,
    SourceSpan Span);

/// <summary>What <c>tenor build</c> makes of a program, under the name its files get.</summary>
/// <param name="Name">The machine's or statement's name, or the alias that instantiates it.</param>
/// <param name="Machine">The machine, or null.</param>
/// <param name="Statement">The statement, or null.</param>
public sealed record BuildTarget(string Name, BoundMachine? Machine, BoundStatementDeclaration? Statement)
{
    /// <summary>The module that declares the name; empty for one without a name, and for an instance that is in no file.</summary>
    public string Module { get; init; } = "";

    /// <summary>The place of the name; null for an instance that is in no file.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>The <c>///</c> text of the name's declaration; of what an alias names where the alias has none.</summary>
    public string? Documentation { get; init; }

    /// <summary>The declared errors it can fail with, and perhaps others: those of its module and of all modules that one uses; by qualified name.</summary>
    public ImmutableArray<ErrorSymbol> Errors { get; init; } = ImmutableArray<ErrorSymbol>.Empty;
}

/// <summary>A module, for those who need its declarations and not its bodies.</summary>
/// <param name="Name">Its name; empty for files that declare none.</param>
/// <param name="Files">Its files.</param>
/// <param name="Units">The assets and base measures that it declares, by name.</param>
/// <param name="Documentation">The <c>///</c> text of what it declares, by name.</param>
public sealed record BoundModule(
    string Name, ImmutableArray<SourceFile> Files, ImmutableArray<UnitAtom> Units, ImmutableSortedDictionary<string, string> Documentation);

/// <summary>A program, bound: every concrete machine and statement, and on demand the instances of generic ones. Several threads may use it at the same time.</summary>
public abstract class BoundProgram
{
    /// <summary>What is wrong with the program, by place. With an error among it nothing else may be lowered.</summary>
    public abstract ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whether there is an error.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>All machines and statements that are not generic, and every instance that a <c>type</c> alias names; by name.</summary>
    public abstract ImmutableArray<BuildTarget> Targets { get; }

    /// <summary>Every machine instance that was bound: of the targets, and those that tests use; in the order they were needed.</summary>
    public abstract ImmutableArray<BoundMachine> Machines { get; }

    /// <summary>Every function and view that was bound, for each list of its type arguments; in the order they were finished.</summary>
    public abstract ImmutableArray<BoundFunction> Functions { get; }

    /// <summary>The tests, by file, then place.</summary>
    public abstract ImmutableArray<BoundTest> Tests { get; }

    /// <summary>All assets declared, by qualified name.</summary>
    public abstract ImmutableArray<AssetSymbol> Assets { get; }

    /// <summary>The modules by name; none in a program with errors.</summary>
    public abstract ImmutableArray<BoundModule> Modules { get; }

    /// <summary>A machine by its symbol: a test's <see cref="MachineType"/> leads here.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The machine.</returns>
    public BoundMachine MachineOf(MachineSymbol symbol) => Machines.First(m => ReferenceEquals(m.Symbol, symbol));

    /// <summary>The instance that a text names: <c>EuropeanPut&lt;AAPL, USD&gt;</c>, an alias, a machine or statement without parameters.</summary>
    /// <param name="text">The text: names need no <c>use</c> where only one module declares them, or are written with their module.</param>
    /// <param name="diagnostics">Where what is wrong with the text, or with the instance, is reported.</param>
    /// <returns>The target, or null if there is none without errors.</returns>
    public abstract BuildTarget? Instantiate(string text, DiagnosticBag diagnostics);

    /// <summary>A value written as a literal of the language, as scenarios do: <c>80.00</c>, <c>100 AAPL</c>, <c>2020-03-30T00:00:00Z</c>, <c>K.alice</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The type it is stored as.</param>
    /// <param name="diagnostics">Where what is wrong with it is reported.</param>
    /// <returns>The value, stored: a constant or a <see cref="BoundTestKey"/>; null if the text is wrong.</returns>
    public abstract BoundExpression? ReadValue(string text, TenorType type, DiagnosticBag diagnostics);
}
