using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Runtime;

/// <summary>A proof of a history, or of a segment of one.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
public sealed record TenorHistoryProof(TenorHistory Statement, byte[] Proof);

/// <summary>Proves histories of a machine: any number of steps of any transitions, as one proof under one key, or as few as the memory allows.</summary>
internal sealed class HistoryProver
{
    /// <summary>Steps that are run side by side: enough for all cores, few enough to be held at once.</summary>
    private const int StepsAtOnce = 64;

    /// <summary>Bytes from which on a proof is worth a collection before it: that takes a thousandth of its time.</summary>
    private const long LargeProof = 1L << 29;

    private readonly TenorArtifact artifact;
    private readonly ImmutableArray<StepCircuit> circuits;
    private readonly CircuitUnion union;
    private readonly ProvingKey key;

    private HistoryProver(TenorArtifact artifact, ImmutableArray<StepCircuit> circuits, ProvingKey key, CircuitUnion union) =>
        (this.artifact, this.circuits, this.key, this.union) = (artifact, circuits, key, union);

    public VerifyingKey Key => key.VerifyingKey;

    /// <summary>The prover of a machine's histories; null for a statement, which has none.</summary>
    public static HistoryProver? Of(TenorArtifact artifact, Profile profile, bool isHiding)
    {
        if (!artifact.Abi.IsMachine)
        {
            return null;
        }

        var (circuits, union, key) = HistoryKey.Generate(artifact.Circuits, artifact.Abi.Functions, profile, isHiding);
        return new(artifact, circuits, key, union);
    }

    /// <summary>Runs the steps one after the other and proves them in as few segments as fit the memory.</summary>
    public IEnumerable<TenorHistoryProof> Prove(
        TenorProver prover, IReadOnlyList<WitnessInput> inputs, HistoryOptions options, IProgress<ProvingProgress>? progress, CancellationToken cancellation)
    {
        if (inputs.Count == 0)
        {
            throw new TenorException(new(TenorErrorKind.Execution, "a history has at least one step"));
        }

        var window = (
            NotBefore: options.NotBefore ?? inputs.Min(input => input["now.from"].Number),
            NotAfter: options.NotAfter ?? inputs.Max(input => input["now.to"].Number));
        var log = options.PreLog ?? HistoryDigests.EmptyLog;
        var reached = default(Digest?); // by the last step so far, of an earlier segment too
        var room = options.Room is null ? null : RoomFor(options.Room, inputs);
        for (var first = 0; first < inputs.Count;)
        {
            var count = room is null ? Fitting(inputs, first, options.MemoryBudget) : inputs.Count;
            var (proof, after) = Segment([.. inputs.Skip(first).Take(count)], first);
            yield return proof;
            (log, first) = (after, first + count);
        }

        (TenorHistoryProof Proof, Digest Log) Segment(WitnessInput[] steps, int first)
        {
            var kinds = steps.Select(step => artifact.Abi.Functions.IndexOf(step.Function)).ToArray();
            var counts = room ?? Counts(kinds);
            var batch = new BatchTrace(union, counts);
            var next = new int[circuits.Length];
            var said = ImmutableArray.CreateBuilder<TenorStep>(steps.Length);
            var (from, logBefore) = (default(Digest), log);
            var fill = new Trace?[circuits.Length];
            for (var start = 0; start < steps.Length; start += StepsAtOnce)
            {
                RunSome(start, Math.Min(steps.Length, start + StepsAtOnce));
            }

            // A kind is filled up to a power of two with repeats of its first run, which are no steps.
            for (var kind = 0; kind < next.Length; kind++)
            {
                for (; next[kind] > 0 && next[kind] < 1 << counts.LogOf(kind); next[kind]++)
                {
                    batch.Write(kind, next[kind], fill[kind]!);
                }
            }

            var statement = new TenorHistory(artifact.Abi, prover.Key.ProgramId, from, reached!.Value, logBefore, log, window.NotBefore, window.NotAfter, said.MoveToImmutable());
            if (key.BytesToProve(counts) > LargeProof)
            {
                // What the segment or the proof before this one left is collected first: two do not lie in memory at once.
                GC.Collect();
            }

            var proof = Prover.Prove(key, batch.Build([.. statement.ToPublicValues()]), progress, cancellation);
            return (new(statement, ProofFormat.Write(proof)), log);

            // A step's transition knows nothing of the log: those of several steps run side by side, then the logs follow one from the other, then the rest runs side by side too.
            void RunSome(int start, int end)
            {
                var runs = new CircuitRun[end - start];
                var slots = new CellValue[runs.Length][];
                for (var k = 0; k < runs.Length; k++)
                {
                    slots[k] = prover.SlotsOf(steps[start + k]);
                }

                var parallel = new ParallelOptions { CancellationToken = cancellation };
                Parallel.For(0, runs.Length, parallel, k =>
                {
                    var step = circuits[kinds[start + k]];
                    runs[k] = CircuitRun.Start(step.Circuit, StepCircuit.Inputs(slots[k], log, window.NotBefore, window.NotAfter), step.LogStart);
                });

                // Up to the first step that cannot be run or does not go on from the one before.
                var logs = new Digest[runs.Length];
                var instances = new int[runs.Length];
                TenorError? error = null;
                var good = 0;
                for (; good < runs.Length && error is null; good++)
                {
                    (logs[good], instances[good]) = (log, next[kinds[start + good]]++);
                    error = Follow(start + good, runs[good]);
                }

                good -= error is null ? 0 : 1;
                var finished = new ExecutionResult[good];
                Parallel.For(0, good, parallel, k =>
                {
                    finished[k] = runs[k].Finish(StepCircuit.Inputs(slots[k], logs[k], window.NotBefore, window.NotAfter));
                    if (finished[k] is { Succeeded: true, Trace: { } trace })
                    {
                        batch.Write(kinds[start + k], instances[k], trace, start + k);
                    }
                });
                for (var k = 0; k < good; k++)
                {
                    if (!finished[k].Succeeded)
                    {
                        throw new TenorException(ErrorAt(start + k, finished[k].Failures[0]));
                    }

                    fill[kinds[start + k]] ??= finished[k].Trace;
                }

                if (error is not null)
                {
                    throw new TenorException(error);
                }
            }

            // Takes a step's transition into the statement, or says why it is none.
            TenorError? Follow(int i, CircuitRun run)
            {
                var function = steps[i].Function;
                if (run.Failure is { } failure)
                {
                    return ErrorAt(i, failure);
                }

                var step = StepOf(prover, run.Outputs(), steps[i], out var preRoot, out var postRoot);
                from = i == 0 ? preRoot : from;
                if (reached is { } last && preRoot != last)
                {
                    return new(TenorErrorKind.Execution, $"step {first + i}, {function.Name}: it does not begin where the step before it ended: its record is not the one that step left");
                }

                if (!step.TryEntry(artifact.Abi, out var entry, out var error))
                {
                    throw new InvalidOperationException($"compiler bug: {error.Message}");
                }

                (reached, log) = (postRoot, HistoryDigests.Append(log, entry));
                said.Add(step);
                return null;
            }

            TenorError ErrorAt(int i, ExecutionFailure failure) =>
                TenorProver.ErrorOf(failure) is var e ? e with { Message = $"step {first + i}, {steps[i].Function.Name}: {e.Message}" } : e;
        }
    }

    /// <summary>The most steps from one on that one proof can hold within the memory; at least one.</summary>
    private int Fitting(IReadOnlyList<WitnessInput> inputs, int first, long budget)
    {
        var counts = new int[circuits.Length];
        for (var i = first; i < inputs.Count; i++)
        {
            // Only a step that doubles its kind's instances, or is the first of its kind, makes the proof larger.
            var before = counts[artifact.Abi.Functions.IndexOf(inputs[i].Function)]++;
            var grows = before == 0 || int.IsPow2(before);
            if (grows && i > first && !Fits(Rounded(counts)))
            {
                return i - first;
            }
        }

        return inputs.Count - first;

        bool Fits(InstanceCounts instances) => instances.Greatest <= Key.MaxLogInstances && key.BytesToProve(instances) <= budget;
    }

    // A transition that there is room for has one step at least: what fills it up repeats one.
    private InstanceCounts RoomFor(ImmutableDictionary<string, int> room, IReadOnlyList<WitnessInput> inputs)
    {
        var logs = new int[circuits.Length];
        for (var kind = 0; kind < logs.Length; kind++)
        {
            var name = artifact.Abi.Functions[kind].Name;
            var steps = inputs.Count(input => input.Function.Name == name);
            var most = room.GetValueOrDefault(name);
            logs[kind] = most == 0 ? InstanceCounts.Absent : int.IsPow2(most) && most > 0 && BitOperations.Log2((uint)most) <= Key.MaxLogInstances ? BitOperations.Log2((uint)most)
                : throw Misfit($"there is no room for {most} steps of {name}: a power of two up to {1 << Key.MaxLogInstances} is");
            if (steps > most || (steps == 0 && most > 0))
            {
                throw Misfit(steps == 0 ? $"there is room for steps of {name}, and the history has none" : $"the history has {steps} steps of {name}, and there is room for {most}");
            }
        }

        return room.Keys.Where(name => artifact.Abi.Find(name) is null).Order(StringComparer.Ordinal).FirstOrDefault() is { } stranger
            ? throw Misfit($"{artifact.Name} has no transition {stranger}")
            : new([.. logs]);

        static TenorException Misfit(string message) => new(new(TenorErrorKind.Mismatch, message));
    }

    private InstanceCounts Counts(int[] kinds)
    {
        var counts = new int[circuits.Length];
        foreach (var kind in kinds)
        {
            counts[kind]++;
        }

        return Rounded(counts);
    }

    /// <summary>Each kind filled up to a power of two; one without steps is absent.</summary>
    private static InstanceCounts Rounded(int[] counts) =>
        new([.. counts.Select(n => n == 0 ? InstanceCounts.Absent : BitOperations.Log2((uint)n) + (int.IsPow2(n) ? 0 : 1))]);

    private static TenorStep StepOf(TenorProver prover, ImmutableArray<OutputValue> outputs, WitnessInput input, out Digest preRoot, out Digest postRoot)
    {
        var function = input.Function;
        var statement = outputs.Skip(function.Outputs.Length).ToDictionary(output => output.Name[StepCircuit.StatementPrefix.Length..], output => output.Values[0], StringComparer.Ordinal);
        (preRoot, postRoot) = (new(statement["preRoot"].Limbs), new(statement["postRoot"].Limbs));
        return new(function, statement["notBefore"].ToUInt128(), statement["notAfter"].ToUInt128(), prover.OpenedOf(input, TenorProver.OutputsOf(function, outputs)));
    }
}

/// <summary>How a history is proved.</summary>
public sealed record HistoryOptions
{
    /// <summary>The window's first second; by default the first step's.</summary>
    public BigInteger? NotBefore { get; init; }

    /// <summary>The window's last second; by default the last step's.</summary>
    public BigInteger? NotAfter { get; init; }

    /// <summary>The log of what came before, when this goes on with another history; by default the empty one.</summary>
    public Digest? PreLog { get; init; }

    /// <summary>
    /// How many steps of each transition the proof has room for, powers of two by the transitions' names: then there is one proof, of this form and no other, as a program that verifies it asks
    /// with <c>@steps</c>. By default as little as the steps need.
    /// </summary>
    public ImmutableDictionary<string, int>? Room { get; init; }

    /// <summary>Bytes that proving may hold at once; a longer history is cut into segments. By default half of the machine's memory.</summary>
    public long MemoryBudget { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
