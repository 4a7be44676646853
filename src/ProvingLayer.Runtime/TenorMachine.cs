using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Bindings;
using ProvingLayer.Runtime.Maps;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.State;
using ProvingLayer.Runtime.Values;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Runtime;

/// <summary>A step that was asked for and not made yet: a transition, where it starts, its arguments and its time. Made by the states of generated machines.</summary>
/// <typeparam name="TAfter">The state it leads to.</typeparam>
/// <typeparam name="TStatement">What its proof says.</typeparam>
public sealed class TenorStep<TAfter, TStatement>
    where TAfter : class
    where TStatement : StepStatement
{
    private readonly Func<TenorRecord, TAfter> after;
    private readonly Func<TenorStatement, TStatement> typed;

    /// <summary>A step. For generated code.</summary>
    /// <param name="transition">The transition.</param>
    /// <param name="before">The record before it.</param>
    /// <param name="arguments">Its arguments' scalars by path.</param>
    /// <param name="now">Its time.</param>
    /// <param name="after">Makes the state after it.</param>
    /// <param name="typed">Makes its statement.</param>
    public TenorStep(
        string transition, TenorRecord before, IReadOnlyDictionary<string, Scalar> arguments, TimeWindow now, Func<TenorRecord, TAfter> after, Func<TenorStatement, TStatement> typed)
    {
        (Transition, Before, Arguments, Now) = (transition, before, arguments, now);
        (this.after, this.typed) = (after, typed);
    }

    /// <summary>The transition.</summary>
    public string Transition { get; }

    /// <summary>When it is made.</summary>
    public TimeWindow Now { get; }

    /// <summary>The record before it.</summary>
    public TenorRecord Before { get; }

    /// <summary>Who signs it, when it is run or proved: those among them that the rules name after <c>by</c>.</summary>
    public IReadOnlyList<ISigner> Signers { get; private init; } = [];

    /// <summary>The proofs that it verifies, by the paths of the arguments.</summary>
    public IReadOnlyDictionary<string, TenorInnerProof> Proofs { get; init; } = ImmutableDictionary<string, TenorInnerProof>.Empty;

    /// <summary>The step, signed. Each run and each proof of it asks the signers anew.</summary>
    /// <param name="signers">Who signs.</param>
    /// <returns>The step.</returns>
    public TenorStep<TAfter, TStatement> By(params IReadOnlyList<ISigner> signers) => new(Transition, Before, Arguments, Now, after, typed) { Signers = signers, Proofs = Proofs };

    internal IReadOnlyDictionary<string, Scalar> Arguments { get; }

    /// <summary>The step without its arguments: some may be private.</summary>
    /// <returns>That text.</returns>
    public override string ToString() => $"{Before.Machine}.{Transition} at {Now.NotBefore:u}";

    internal WitnessInput InputOf(TenorProver prover)
    {
        var abi = prover.Artifact.Abi;
        var function = abi.Find(Transition) ?? throw new TenorException(new(TenorErrorKind.Mismatch, $"{abi.Name} has no transition {Transition}"));
        return Before.InputOf(abi, function, Arguments, Proofs, Codecs.Seconds(Now.NotBefore), Codecs.Seconds(Now.NotAfter));
    }

    internal TAfter StateOf(TenorRecord record) => after(record);

    internal TAfter After(TenorExecution run) => after(Before.After(run.Statement.Function, run.Outputs, run.Writes));

    internal TStatement StatementOf(TenorStatement statement) => typed(statement);
}

/// <summary>A step that was run: all its checks hold.</summary>
/// <typeparam name="TAfter">The state it leads to.</typeparam>
/// <typeparam name="TStatement">What its proof says.</typeparam>
/// <param name="State">The machine after it. Private.</param>
/// <param name="Statement">What a proof of it says.</param>
public sealed record ExecutedStep<TAfter, TStatement>(TAfter State, TStatement Statement)
{
    /// <summary>What it leaves in the leaves of maps that it wrote. Private.</summary>
    public ImmutableArray<MapWrite> Writes { get; init; } = [];
}

/// <summary>A step that was proved.</summary>
/// <typeparam name="TAfter">The state it leads to.</typeparam>
/// <typeparam name="TStatement">What its proof says.</typeparam>
/// <param name="State">The machine after it. Private.</param>
/// <param name="Statement">What the proof says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
public sealed record ProvedStep<TAfter, TStatement>(TAfter State, TStatement Statement, byte[] Proof)
    where TStatement : StepStatement
{
    /// <summary>What it leaves in the leaves of maps that it wrote. Private.</summary>
    public ImmutableArray<MapWrite> Writes { get; init; } = [];

    /// <summary>The proof, to go into an aggregate.</summary>
    /// <returns>The leaf.</returns>
    public TenorLeaf AsLeaf() => Statement.AsLeaf(Proof);

    /// <summary>Writes what a verifier needs besides the key: two files, <c>NAME.proof</c> and <c>NAME.json</c>.</summary>
    /// <param name="name">Their path without extension.</param>
    public void Save(string name) => Statement.SaveWith(Proof, name);
}

/// <summary>A loaded machine: runs and proves its steps.</summary>
/// <typeparam name="TState">The base of its states: a step of another machine does not compile.</typeparam>
public sealed class TenorMachine<TState> : TenorProgram
    where TState : class
{
    /// <summary>A machine. For generated code.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="path">The artifact's file; null for the one beside the application.</param>
    /// <param name="profile">The profile of the keys; standard if null.</param>
    public TenorMachine(ProgramBinding binding, string? path, Profile? profile)
        : base(binding, path, profile)
    {
    }

    /// <summary>A history to be made: its steps are run as they are added, and proved together.</summary>
    /// <returns>The history, without steps.</returns>
    public HistoryBuilder<TState> BeginHistory() => new(this);

    /// <summary>Runs a step without proving it.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What its proof says.</typeparam>
    /// <param name="step">The step.</param>
    /// <returns>What it leads to.</returns>
    /// <exception cref="TenorException">A check fails: <see cref="TenorError.Failure"/> names it. Or the record does not hold a map that the step opens.</exception>
    public ExecutedStep<TAfter, TStatement> Execute<TAfter, TStatement>(TenorStep<TAfter, TStatement> step)
        where TAfter : class, TState
        where TStatement : StepStatement => Executed(step, Run(step));

    /// <summary>Runs a step on a record whose maps are elsewhere.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What its proof says.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="source">Where the leaves are; it is not trusted.</param>
    /// <param name="id">The record's name there.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>What it leads to; <see cref="ExecutedStep{TAfter, TStatement}.Writes"/> is what the source must follow.</returns>
    /// <exception cref="TenorException">A check fails, or what the source says does not lead to the record's roots.</exception>
    public async Task<ExecutedStep<TAfter, TStatement>> ExecuteAsync<TAfter, TStatement>(
        TenorStep<TAfter, TStatement> step, IWitnessSource source, string id, CancellationToken cancellation = default)
        where TAfter : class, TState
        where TStatement : StepStatement => Executed(step, await RunAsync(step, source, id, cancellation).ConfigureAwait(false));

    /// <summary>Runs and proves a step.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What its proof says.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>What it leads to, and the proof.</returns>
    /// <exception cref="TenorException">A check fails: <see cref="TenorError.Failure"/> names it.</exception>
    public ProvedStep<TAfter, TStatement> Prove<TAfter, TStatement>(
        TenorStep<TAfter, TStatement> step, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
        where TAfter : class, TState
        where TStatement : StepStatement => Proved(step, Run(step), progress, cancellation);

    /// <summary>Runs and proves a step, away from the caller's thread.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What its proof says.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>What it leads to, and the proof.</returns>
    public Task<ProvedStep<TAfter, TStatement>> ProveAsync<TAfter, TStatement>(
        TenorStep<TAfter, TStatement> step, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
        where TAfter : class, TState
        where TStatement : StepStatement => Task.Run(() => Prove(step, progress, cancellation), cancellation);

    /// <summary>Runs and proves a step on a record whose maps are elsewhere, away from the caller's thread.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What its proof says.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="source">Where the leaves are; it is not trusted.</param>
    /// <param name="id">The record's name there.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>What it leads to, and the proof.</returns>
    public async Task<ProvedStep<TAfter, TStatement>> ProveAsync<TAfter, TStatement>(
        TenorStep<TAfter, TStatement> step, IWitnessSource source, string id, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
        where TAfter : class, TState
        where TStatement : StepStatement
    {
        var run = await RunAsync(step, source, id, cancellation).ConfigureAwait(false);
        return await Task.Run(() => Proved(step, run, progress, cancellation), cancellation).ConfigureAwait(false);
    }

    internal TenorExecution Run<TAfter, TStatement>(TenorStep<TAfter, TStatement> step)
        where TAfter : class
        where TStatement : StepStatement
    {
        ArgumentNullException.ThrowIfNull(step);
        var input = step.InputOf(Prover);
        var maps = step.Before.Open(input.Function);
        return TrySign(step, ref input, maps, out _, out var error) && Prover.TryExecute(input, maps, out var run, out _, out error) ? run : throw new TenorException(error);
    }

    // A key of a map is known only when the run has come to it, and a source takes its time: so the run ends there, and begins again with the leaf.
    internal async Task<TenorExecution> RunAsync<TAfter, TStatement>(TenorStep<TAfter, TStatement> step, IWitnessSource source, string id, CancellationToken cancellation)
        where TAfter : class
        where TStatement : StepStatement
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(source);
        var input = step.InputOf(Prover);
        var maps = step.Before.Open(input.Function);
        var isSigned = false;
        while (true)
        {
            isSigned = TrySign(isSigned ? null : step, ref input, maps, out var missing, out var error);
            if (isSigned && Prover.TryExecute(input, maps, out var run, out missing, out error))
            {
                return run;
            }

            if (missing is not { } leaf)
            {
                throw new TenorException(error!);
            }

            cancellation.ThrowIfCancellationRequested();
            if (await source.WitnessOfAsync(id, leaf.Map, leaf.Index, cancellation).ConfigureAwait(false) is not { } witness)
            {
                throw new TenorException(new(TenorErrorKind.Mismatch, $"the witness source has no {leaf.Map} of '{id}'"));
            }

            if (!maps[leaf.Map].TryLearn(leaf.Index, witness, out error))
            {
                throw new TenorException(error);
            }
        }
    }

    // Signers are asked when all that they sign is known and the step holds but for them: an index is not spent on a step that fails.
    private bool TrySign<TAfter, TStatement>(
        TenorStep<TAfter, TStatement>? step,
        ref WitnessInput input,
        IReadOnlyDictionary<string, OpenedMap> maps,
        out (string Map, UInt128 Index)? missing,
        [NotNullWhen(false)] out TenorError? error)
        where TAfter : class
        where TStatement : StepStatement
    {
        (missing, error) = (null, null);
        if (step is null || step.Signers.Count == 0)
        {
            return true;
        }

        return Authorization.TrySign(Prover.Artifact, Prover.Key.ProgramId, ref input, maps, step.Signers, out missing, out error);
    }

    private static ExecutedStep<TAfter, TStatement> Executed<TAfter, TStatement>(TenorStep<TAfter, TStatement> step, TenorExecution run)
        where TAfter : class
        where TStatement : StepStatement => new(step.After(run), step.StatementOf(run.Statement)) { Writes = run.Writes };

    private ProvedStep<TAfter, TStatement> Proved<TAfter, TStatement>(
        TenorStep<TAfter, TStatement> step, TenorExecution run, IProgress<ProvingProgress>? progress, CancellationToken cancellation)
        where TAfter : class
        where TStatement : StepStatement => new(step.After(run), step.StatementOf(run.Statement), Prover.Prove(run, progress, cancellation).Proof) { Writes = run.Writes };
}
