using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Histories;

namespace ProvingLayer.Compiler.Ir;

/// <summary>An inner proof: an argument that the function verifies. What it says are inputs of role <see cref="IrInputRole.InnerStatement"/>, whose names begin with its own.</summary>
/// <param name="Name">The argument's path: <c>args.p</c>.</param>
/// <param name="Program">The statement, or the machine of the history, that it is a proof of, compiled.</param>
public sealed record IrInnerProof(string Name, IrProgram Program)
{
    /// <summary>Of a history, how many steps of each transition it has room for, powers of two; 0 of one that it does not have.</summary>
    public ImmutableArray<int> Room { get; init; } = [];

    /// <summary>Of a proof of any of a set of statements the programs of them all, the first of which is <see cref="Program"/>; else empty.</summary>
    public ImmutableArray<IrProgram> Choices { get; init; } = [];

    /// <summary>The programs that it may be a proof of.</summary>
    public ImmutableArray<IrProgram> Programs => Choices.IsEmpty ? [Program] : Choices;

    /// <summary>Their names, for messages and dumps.</summary>
    public string ProgramText => Choices.IsEmpty ? Program.Name : $"any of {string.Join(", ", Choices.Select(program => program.Name))}";

    /// <summary>Whether it is a proof of a history.</summary>
    public bool IsHistory => Program.IsMachine;

    /// <summary>How often each circuit of the key is in the proof.</summary>
    public InstanceCounts Instances => IsHistory
        ? new([.. Room.Select(count => count == 0 ? InstanceCounts.Absent : BitOperations.Log2((uint)count))])
        : InstanceCounts.Single;

    /// <summary>The room as text: <c>open=1,add=4</c>.</summary>
    public string RoomText => Instances.Describe(Program.Functions.Select(function => function.Name));

    /// <summary>The one function of the statement; of no history.</summary>
    public IrFunction Claim => Program.Functions[0];

    /// <summary>What the proof of a history says.</summary>
    /// <param name="said">The scalars of the outer function's inputs, by name.</param>
    public HistoryClaim HistoryOf(IReadOnlyDictionary<string, Scalar> said)
    {
        ArgumentNullException.ThrowIfNull(said);
        return HistoryClaim.Of([.. HistoryClaim.Parts.Select(part => said[$"{Name}.{part.Path}"])]);
    }

    /// <summary>The digests of the inner public statement, computed from what the proof says.</summary>
    /// <param name="said">The scalars of the outer function's inputs, by name.</param>
    public (Digest Arguments, Digest Result) DigestsOf(IReadOnlyDictionary<string, Scalar> said)
    {
        ArgumentNullException.ThrowIfNull(said);
        return (
            Digests.Of(DomainTag.Arguments, [.. Claim.Inputs.Where(i => i.Role == IrInputRole.PublicArgument).Select(i => (said[$"{Name}.{i.Name}"], i.Layout))]),
            Digests.Of(DomainTag.Result, [.. Claim.Outputs.Where(o => o.Role == IrOutputRole.Result).Select(o => (said[$"{Name}.{o.Name}"], o.Layout))]));
    }

    /// <summary>The names that an outer function's inputs have, with the scalars of a run of the statement: what a proof of that run would say.</summary>
    /// <param name="inputs">The run's inputs, by name.</param>
    /// <param name="outputs">The run's outputs, in order.</param>
    public IEnumerable<(string Name, Scalar Value)> SaidBy(IReadOnlyDictionary<string, Scalar> inputs, ImmutableArray<Scalar> outputs) =>
    [
        .. Claim.Inputs.Where(i => i.Role == IrInputRole.PublicArgument).Select(i => ($"{Name}.{i.Name}", inputs[i.Name])),
        .. Claim.Outputs.Select((o, i) => (o, Value: outputs[i])).Where(o => o.o.Role == IrOutputRole.Result).Select(o => ($"{Name}.{o.o.Name}", o.Value)),
    ];
}
