using System.Collections.Immutable;
using ProvingLayer.Runtime.State;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Runtime;

/// <summary>A history in the making: the steps of one record, each run as it is added, so that one which the rules refuse is refused there; then all are proved together.</summary>
/// <typeparam name="TState">The base of the machine's states.</typeparam>
public sealed class HistoryBuilder<TState>
    where TState : class
{
    private readonly TenorMachine<TState> machine;
    private readonly List<WitnessInput> inputs = [];
    private TenorRecord? end;

    internal HistoryBuilder(TenorMachine<TState> machine) => this.machine = machine;

    /// <summary>How many steps it has.</summary>
    public int Count => inputs.Count;

    /// <summary>Runs a step and adds it.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What a proof of it alone says.</typeparam>
    /// <param name="step">The step, of the state that the one before led to.</param>
    /// <returns>The state it leads to.</returns>
    /// <exception cref="TenorException">A check fails, or the step begins elsewhere.</exception>
    public TAfter Add<TAfter, TStatement>(TenorStep<TAfter, TStatement> step)
        where TAfter : class, TState
        where TStatement : StepStatement
    {
        Check(step);
        return Added(step, machine.Run(step));
    }

    /// <summary>Runs a step on a record whose maps are elsewhere, and adds it.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What a proof of it alone says.</typeparam>
    /// <param name="step">The step, of the state that the one before led to.</param>
    /// <param name="source">Where the leaves are, with all steps before this one.</param>
    /// <param name="id">The record's name there.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>The state it leads to.</returns>
    /// <exception cref="TenorException">A check fails, the step begins elsewhere, or what the source says does not lead to the record's roots.</exception>
    public async Task<TAfter> AddAsync<TAfter, TStatement>(TenorStep<TAfter, TStatement> step, IWitnessSource source, string id, CancellationToken cancellation = default)
        where TAfter : class, TState
        where TStatement : StepStatement
    {
        Check(step);
        return Added(step, await machine.RunAsync(step, source, id, cancellation).ConfigureAwait(false));
    }

    /// <summary>Proves the steps so far, away from the caller's thread.</summary>
    /// <param name="options">Window, log and memory; the default if null.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>One proof, or as many as the memory makes necessary.</returns>
    /// <exception cref="TenorException">There is no step.</exception>
    public Task<ProvedHistory> ProveAsync(HistoryOptions? options = null, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ImmutableArray<WitnessInput> steps = [.. inputs];
        return Task.Run(() => new ProvedHistory([.. machine.Prover.ProveHistory(steps, options, progress, cancellation)]), cancellation);
    }

    private void Check<TAfter, TStatement>(TenorStep<TAfter, TStatement> step)
        where TAfter : class, TState
        where TStatement : StepStatement
    {
        ArgumentNullException.ThrowIfNull(step);
        if (end is not null && !end.Equals(step.Before))
        {
            throw new TenorException(new(TenorErrorKind.Mismatch, $"this step of {step.Before.Machine} does not begin with the state that the step before it led to"));
        }
    }

    private TAfter Added<TAfter, TStatement>(TenorStep<TAfter, TStatement> step, TenorExecution run)
        where TAfter : class, TState
        where TStatement : StepStatement
    {
        inputs.Add(run.Input);
        end = step.Before.After(run.Statement.Function, run.Outputs, run.Writes);
        return step.StateOf(end);
    }
}

/// <summary>A history that was proved.</summary>
/// <param name="Segments">One proof, or several that continue each other.</param>
public sealed record ProvedHistory(ImmutableArray<TenorHistoryProof> Segments)
{
    /// <summary>The segments, to go into an aggregate: as one history again.</summary>
    /// <returns>The leaves, in their order.</returns>
    public ImmutableArray<TenorLeaf> AsLeaves() => [.. Segments.Select(segment => TenorLeaf.Of(segment.Statement, segment.Proof))];

    /// <summary>Writes what a verifier needs besides the key: <c>NAME.proof</c> and <c>NAME.json</c>; of several segments <c>NAME.1.proof</c> and so on.</summary>
    /// <param name="name">Their path without extension.</param>
    /// <returns>The files' paths without extension, a segment each.</returns>
    public ImmutableArray<string> Save(string name)
    {
        var names = ImmutableArray.CreateBuilder<string>(Segments.Length);
        for (var i = 0; i < Segments.Length; i++)
        {
            names.Add(Segments.Length == 1 ? name : FormattableString.Invariant($"{name}.{i + 1}"));
            Files.DurableFile.Write(names[i] + ".proof", Segments[i].Proof);
            Files.DurableFile.Write(names[i] + ".json", Segments[i].Statement.ToJson());
        }

        return names.MoveToImmutable();
    }
}
