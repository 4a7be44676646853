using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Bindings;
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

    internal IReadOnlyDictionary<string, Scalar> Arguments { get; }

    /// <summary>The step without its arguments: some may be private.</summary>
    /// <returns>That text.</returns>
    public override string ToString() => $"{Before.Machine}.{Transition} at {Now.NotBefore:u}";

    internal WitnessInput InputOf(TenorProver prover)
    {
        var abi = prover.Artifact.Abi;
        var function = abi.Find(Transition) ?? throw new TenorException(new(TenorErrorKind.Mismatch, $"{abi.Name} has no transition {Transition}"));
        return Before.InputOf(abi, function, Arguments, Codecs.Seconds(Now.NotBefore), Codecs.Seconds(Now.NotAfter));
    }

    internal TAfter After(TenorStatement statement, ImmutableDictionary<string, Scalar> outputs) => after(Before.After(statement.Function, outputs));

    internal TStatement StatementOf(TenorStatement statement) => typed(statement);
}

/// <summary>A step that was run: all its checks hold.</summary>
/// <typeparam name="TAfter">The state it leads to.</typeparam>
/// <typeparam name="TStatement">What its proof says.</typeparam>
/// <param name="State">The machine after it. Private.</param>
/// <param name="Statement">What a proof of it says.</param>
public sealed record ExecutedStep<TAfter, TStatement>(TAfter State, TStatement Statement);

/// <summary>A step that was proved.</summary>
/// <typeparam name="TAfter">The state it leads to.</typeparam>
/// <typeparam name="TStatement">What its proof says.</typeparam>
/// <param name="State">The machine after it. Private.</param>
/// <param name="Statement">What the proof says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
public sealed record ProvedStep<TAfter, TStatement>(TAfter State, TStatement Statement, byte[] Proof)
    where TStatement : StepStatement
{
    /// <summary>Writes what a verifier needs besides the key: two files, <c>NAME.proof</c> and <c>NAME.json</c>.</summary>
    /// <param name="name">Their path without extension.</param>
    public void Save(string name) => Statement.SaveWith(Proof, name);
}

/// <summary>A loaded machine: runs and proves its steps.</summary>
/// <typeparam name="TState">The base of its states: a step of another machine does not compile.</typeparam>
public sealed class TenorMachine<TState>
    where TState : class
{
    /// <summary>A machine. For generated code.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="path">The artifact's file; null for the one beside the application.</param>
    /// <param name="profile">The profile of the keys; standard if null.</param>
    public TenorMachine(ProgramBinding binding, string? path, Profile? profile)
    {
        ArgumentNullException.ThrowIfNull(binding);
        Prover = binding.LoadProver(path, profile);
    }

    /// <summary>The key that verifies its proofs.</summary>
    public TenorKey Key => Prover.Key;

    /// <summary>The prover, untyped.</summary>
    public TenorProver Prover { get; }

    /// <summary>Runs a step without proving it.</summary>
    /// <typeparam name="TAfter">The state it leads to.</typeparam>
    /// <typeparam name="TStatement">What its proof says.</typeparam>
    /// <param name="step">The step.</param>
    /// <returns>What it leads to.</returns>
    /// <exception cref="TenorException">A check fails: <see cref="TenorError.Failure"/> names it.</exception>
    public ExecutedStep<TAfter, TStatement> Execute<TAfter, TStatement>(TenorStep<TAfter, TStatement> step)
        where TAfter : class, TState
        where TStatement : StepStatement
    {
        ArgumentNullException.ThrowIfNull(step);
        return Prover.TryExecute(step.InputOf(Prover), out var run, out var error)
            ? new(step.After(run.Statement, run.Outputs), step.StatementOf(run.Statement))
            : throw new TenorException(error);
    }

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
        where TStatement : StepStatement
    {
        ArgumentNullException.ThrowIfNull(step);
        var proof = Prover.Prove(step.InputOf(Prover), progress, cancellation);
        return new(step.After(proof.Statement, proof.Outputs), step.StatementOf(proof.Statement), proof.Proof);
    }

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
}
