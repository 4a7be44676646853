using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Runtime.Maps;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Runtime;

/// <summary>A run of a circuit whose checks all hold.</summary>
/// <param name="Statement">What a proof of it says.</param>
/// <param name="Outputs">What it reports beyond that, by path: the record after the step among it. Private.</param>
/// <param name="Trace">What is proved.</param>
public sealed record TenorExecution(TenorStatement Statement, ImmutableDictionary<string, Scalar> Outputs, Trace Trace)
{
    /// <summary>What went in, with the witnesses that were found on the way. Private.</summary>
    public required WitnessInput Input { get; init; }

    /// <summary>What it leaves in the leaves of maps that it wrote. Private.</summary>
    public ImmutableArray<MapWrite> Writes { get; init; } = [];
}

/// <summary>A proof, and what it says.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
/// <param name="Outputs">What the run reports beyond the statement. Private.</param>
public sealed record TenorProof(TenorStatement Statement, byte[] Proof, ImmutableDictionary<string, Scalar> Outputs);

/// <summary>Runs and proves the transitions of one program.</summary>
public sealed class TenorProver
{
    private readonly ImmutableArray<ProvingKey> keys;
    private readonly HistoryProver? histories;

    internal TenorProver(TenorArtifact artifact, Profile profile, bool isHiding, CancellationToken cancellation)
    {
        Artifact = artifact;
        var generated = new ProvingKey[artifact.Circuits.Length];
        for (var i = 0; i < generated.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            generated[i] = ProvingKey.Generate(artifact.Circuits[i], profile, isHiding: isHiding);
        }

        keys = [.. generated];
        histories = HistoryProver.Of(artifact, profile, isHiding);
        Key = new(artifact.Abi, [.. generated.Select(key => key.VerifyingKey)], histories?.Key);
    }

    /// <summary>The program.</summary>
    public TenorArtifact Artifact { get; }

    /// <summary>The key that verifies its proofs.</summary>
    public TenorKey Key { get; }

    /// <summary>Runs a transition or statement, or says which of its checks fails.</summary>
    /// <param name="input">What goes in.</param>
    /// <param name="execution">The run.</param>
    /// <param name="error">The check that fails, with its place in the source.</param>
    /// <returns>Whether all checks hold.</returns>
    public bool TryExecute(WitnessInput input, [NotNullWhen(true)] out TenorExecution? execution, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(input);
        var circuit = CircuitOf(input);
        if (TrySlots(input, out var slots, out error))
        {
            return TryFinish(input, CircuitExecutor.Run(circuit, slots), out execution, out error);
        }

        execution = null;
        return false;
    }

    /// <summary>Runs a transition whose inputs lack the witnesses of maps, or says which leaf it came to that is not known.</summary>
    internal bool TryExecute(
        WitnessInput input,
        IReadOnlyDictionary<string, OpenedMap> maps,
        [NotNullWhen(true)] out TenorExecution? execution,
        out (string Map, UInt128 Index)? missing,
        [NotNullWhen(false)] out TenorError? error)
    {
        var circuit = CircuitOf(input);
        if (!TrySlots(input, out var slots, out error))
        {
            (execution, missing) = (null, null);
            return false;
        }

        var late = new MapRun(input.Function, circuit, slots, maps);
        var result = CircuitExecutor.Run(circuit, slots, late);
        missing = late.Missing;
        if (missing is { } leaf)
        {
            execution = null;
            error = new(TenorErrorKind.Mismatch, $"the record does not hold the entries of {leaf.Map}, and no witness source was given that does");
            return false;
        }

        if (!TryFinish(input.With(late.Values), result, out execution, out error))
        {
            return false;
        }

        late.Finish(result.Outputs);
        var outputs = execution.Outputs;
        execution = execution with
        {
            Writes = [.. maps.OrderBy(map => map.Key, StringComparer.Ordinal).SelectMany(map => map.Value.WrittenAt(outputs.TryGetValue(map.Key, out var root) ? root.Digest : input[map.Key].Digest)
                .OrderBy(leaf => leaf.Key).Select(leaf => new MapWrite(map.Key, leaf.Key, leaf.Value)))],
        };
        return true;
    }

    private Circuit CircuitOf(WitnessInput input) => Artifact.Circuits[IndexOf(input.Function)];

    private bool TryFinish(WitnessInput input, ExecutionResult result, [NotNullWhen(true)] out TenorExecution? execution, [NotNullWhen(false)] out TenorError? error)
    {
        var function = input.Function;
        if (result.Trace is not { } trace || !result.Succeeded)
        {
            execution = null;
            error = ErrorOf(result.Failures[0]);
            return false;
        }

        var outputs = OutputsOf(function, result.Outputs);
        var statement = StatementOf(input, trace, outputs);
        if (!statement.TryOpen(out var contradiction))
        {
            throw new InvalidOperationException($"compiler bug: the statement of {function.Name} cannot be opened: {contradiction.Message}");
        }

        execution = new(statement, outputs, trace) { Input = input };
        error = null;
        return true;
    }

    /// <summary>Runs and proves a transition or statement, or says which of its checks fails.</summary>
    /// <param name="input">What goes in.</param>
    /// <param name="proof">The proof.</param>
    /// <param name="error">The check that fails.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>Whether all checks hold.</returns>
    public bool TryProve(
        WitnessInput input,
        [NotNullWhen(true)] out TenorProof? proof,
        [NotNullWhen(false)] out TenorError? error,
        IProgress<ProvingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        proof = TryExecute(input, out var execution, out error) ? Prove(execution, progress, cancellation) : null;
        return proof is not null;
    }

    /// <summary>Runs and proves a transition or statement.</summary>
    /// <param name="input">What goes in.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="TenorException">A check fails.</exception>
    public TenorProof Prove(WitnessInput input, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default) =>
        TryProve(input, out var proof, out var error, progress, cancellation) ? proof : throw new TenorException(error);

    /// <summary>Proves a run of this program.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>The proof.</returns>
    public TenorProof Prove(TenorExecution execution, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var proof = Prover.Prove(keys[IndexOf(execution.Statement.Function)], execution.Trace, progress, cancellation);
        return new(execution.Statement, ProofFormat.Write(proof), execution.Outputs);
    }

    /// <summary>
    /// Runs and proves a history: steps of one record, each beginning with what the one before it left. It is one proof if the memory allows, else as many as
    /// it needs, each a segment that continues the one before; they come as they are proved.
    /// </summary>
    /// <param name="inputs">The steps' inputs, in order.</param>
    /// <param name="options">Window, log and memory; the default if null.</param>
    /// <param name="progress">Told as stages begin.</param>
    /// <param name="cancellation">Ends the work early, by an exception.</param>
    /// <returns>The proofs.</returns>
    /// <exception cref="TenorException">A check of a step fails, or a step does not begin where the one before ended.</exception>
    /// <exception cref="InvalidOperationException">The program is a statement, which has no histories.</exception>
    public IEnumerable<TenorHistoryProof> ProveHistory(
        IReadOnlyList<WitnessInput> inputs, HistoryOptions? options = null, IProgress<ProvingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (histories is null)
        {
            throw new InvalidOperationException($"{Artifact.Name} is a statement, and only machines have histories");
        }

        foreach (var input in inputs)
        {
            _ = IndexOf(input.Function);
        }

        return histories.Prove(this, inputs, options ?? new(), progress, cancellation);
    }

    /// <summary>A check that fails, with its place in the source.</summary>
    internal static TenorError ErrorOf(ExecutionFailure failure) =>
        new(TenorErrorKind.Execution, $"{failure.Name}: {failure.Mark.Text}", failure.Mark.File.Length > 0 ? failure.Mark.File : null, failure.Mark.Line, failure.Mark.Column)
        {
            Failure = failure.Name,
        };

    /// <summary>The inputs by the slots of the transition's circuit.</summary>
    /// <exception cref="TenorException">An inner proof does not hold.</exception>
    internal CellValue[] SlotsOf(WitnessInput input) => TrySlots(input, out var slots, out var error) ? slots : throw new TenorException(error);

    private bool TrySlots(WitnessInput input, out CellValue[] slots, [NotNullWhen(false)] out TenorError? error)
    {
        slots = new CellValue[input.Function.SlotCount];
        foreach (var asked in input.Function.Inputs)
        {
            AbiCells.Write(asked, ValueOf(input, asked), slots);
        }

        error = InnerProofInput.Write(input, slots);
        return error is null;
    }

    /// <summary>What a run reports beyond its statement, by path.</summary>
    internal static ImmutableDictionary<string, Scalar> OutputsOf(AbiFunction function, ImmutableArray<OutputValue> outputs) =>
        function.Outputs.Zip(outputs, (output, values) => (output.Name, Value: AbiCells.Read(output, values.Values)))
            .ToImmutableDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>What the digests of a run's statement are opened with, by path.</summary>
    internal ImmutableDictionary<string, Scalar> OpenedOf(WitnessInput input, ImmutableDictionary<string, Scalar> outputs) => TenorStatement.OpenedBy(input.Function)
        .ToImmutableDictionary(part => part.Path, part => input.Function.FindInput(part.Path) is { } asked ? ValueOf(input, asked) : outputs[part.Path], StringComparer.Ordinal);

    private Scalar ValueOf(WitnessInput input, AbiInput asked) => asked.Role == AbiInputRole.Program ? Scalar.Of(Key.ProgramId) : input[asked.Name];

    private int IndexOf(AbiFunction function)
    {
        var index = Artifact.Abi.Functions.IndexOf(function);
        return index >= 0 ? index : throw new ArgumentException($"{Artifact.Name} has no such transition: these inputs or this run belong to another program", nameof(function));
    }

    private TenorStatement StatementOf(WitnessInput input, Trace trace, ImmutableDictionary<string, Scalar> outputs)
    {
        var function = input.Function;
        var publics = ImmutableArray.CreateBuilder<Scalar>(function.Publics.Length);
        var next = 0;
        foreach (var field in function.Publics)
        {
            var limbs = trace.PublicValues.AsSpan().Slice(next, field.Type.Layout.Limbs);
            publics.Add(field.Type.TryReadLimbs(limbs, out var value) ? value : throw new InvalidOperationException($"compiler bug: {field.Name} of {function.Name} does not fit its type"));
            next += field.Type.Layout.Limbs;
        }

        return new(Artifact.Name, function, publics.MoveToImmutable(), OpenedOf(input, outputs));
    }
}
