using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Symbols;

/// <summary>
/// What a proof that another program verifies is of: a statement, any one of a set of statements, or a history of a machine, with what the proof says in public. Two are the same if their qualified names are.
/// </summary>
public sealed class ClaimSymbol
{
    private readonly BoundStatementDeclaration? _statement;
    private readonly Func<BoundMachine?>? _bound;

    private ClaimSymbol(BoundStatementDeclaration statement)
    {
        _statement = statement;
        (Name, QualifiedName) = (statement.Name, statement.QualifiedName);
        Inputs = [.. statement.Parameters.Where(p => p.IsPublic)];
        ResultType = statement.ResultType;
    }

    private ClaimSymbol(MachineSymbol machine, Func<BoundMachine?> bound)
    {
        (Machine, _bound) = (machine, bound);
        (Name, QualifiedName) = ($"{machine.Name}.history", $"{machine.QualifiedName}.history");
        var root = DigestType.RootOf(machine.Name, machine.QualifiedName);
        Inputs = [new("from", LocalKind.Parameter, root, true, machine.Span), new("to", LocalKind.Parameter, root, true, machine.Span)];
        ResultType = History;
    }

    private ClaimSymbol(string name, string qualifiedName, ImmutableArray<ClaimSymbol> members)
    {
        (Name, QualifiedName, Members) = (name, qualifiedName, members);
        (Inputs, ResultType) = (members[0].Inputs, members[0].ResultType);
    }

    /// <summary>
    /// What the proof of a history shows beside the two roots: the number of its steps, the log of what they say (arguments, receipts, events, times), and the window in which they were made.
    /// </summary>
    public static StructType History { get; } = new(
        "history",
        "history",
        [
            new("steps", NumberType.OfKind(NumberKind.U64) with { Min = 1, Max = MostSteps }, null),
            new("log", DigestType.Hash, null),
            new("window", new StructType("window", "window", [new("notBefore", NumberType.Time, null), new("notAfter", NumberType.Time, null)]), null),
        ]);

    /// <summary>A history in one proof has fewer steps than the field's largest domain has points.</summary>
    public const int MostSteps = (1 << 24) - 1;

    /// <summary>The statement; only of a claim that is one.</summary>
    public BoundStatementDeclaration Statement => _statement ?? throw new InvalidOperationException("compiler bug: a history is no statement, nor is a set");

    /// <summary>The machine whose history it is; null of a statement.</summary>
    public MachineSymbol? Machine { get; }

    /// <summary>The same with its bodies, once the whole program is bound.</summary>
    public BoundMachine BoundMachine => _bound?.Invoke() ?? throw new InvalidOperationException("compiler bug: the machine of a history is not bound");

    /// <summary>Of a set the statements in it, which all have the same public inputs and result; else empty.</summary>
    public ImmutableArray<ClaimSymbol> Members { get; } = [];

    /// <summary>Whether it is a set: a proof of it is one of a statement in it, and does not say of which.</summary>
    public bool IsSet => !Members.IsEmpty;

    /// <summary>Most statements in a set.</summary>
    public const int MostMembers = 8;

    /// <summary>Whether it is a history.</summary>
    public bool IsHistory => Machine is not null;

    /// <summary>What it is, for messages.</summary>
    public string Description => IsHistory ? Name : $"{(IsSet ? "set" : "statement")} {Name}";

    /// <summary>Name and type arguments.</summary>
    public string Name { get; }

    /// <summary>Module, name and type arguments.</summary>
    public string QualifiedName { get; }

    /// <summary>The public inputs: the <c>pub</c> arguments, in order; of a history the roots that it leads from and to.</summary>
    public ImmutableArray<LocalSymbol> Inputs { get; }

    /// <summary>The result, which a proof shows as well.</summary>
    public TenorType ResultType { get; }

    /// <summary>The claim of a statement.</summary>
    public static ClaimSymbol Of(BoundStatementDeclaration statement) => new(statement);

    /// <summary>The claim of any one of a set of statements.</summary>
    /// <param name="name">The set's name.</param>
    /// <param name="qualifiedName">The same with its module.</param>
    /// <param name="members">The statements: one at least, all with the same public inputs and result.</param>
    public static ClaimSymbol AnyOf(string name, string qualifiedName, ImmutableArray<ClaimSymbol> members) => new(name, qualifiedName, members);

    /// <summary>That some steps lead a machine from one root to another.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="bound">Gives it with its bodies, once the whole program is bound.</param>
    public static ClaimSymbol HistoryOf(MachineSymbol machine, Func<BoundMachine?> bound) => new(machine, bound);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
