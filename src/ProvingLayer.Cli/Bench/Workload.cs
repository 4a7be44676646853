using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProvingLayer.Cli.Commands;
using ProvingLayer.Cli.Demo;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Bench;

/// <summary>Milliseconds of some runs.</summary>
/// <param name="Median">The median.</param>
/// <param name="Min">The least.</param>
internal readonly record struct Timing(double Median, double Min)
{
    /// <summary>Of some times.</summary>
    public static Timing Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return new((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0]);
    }
}

/// <summary>What a proof of a workload costs.</summary>
/// <param name="Name">The workload.</param>
/// <param name="Steps">Steps in the proof.</param>
/// <param name="Prove">Proving, from the trace to the bytes of the proof.</param>
/// <param name="Verify">Verifying, from the bytes of the proof.</param>
/// <param name="ProofBytes">The proof's size.</param>
/// <param name="KeyBytes">The size of the program's verifying key.</param>
/// <param name="PeakBytes">The most memory that the process held while it proved.</param>
/// <param name="Security">The proof's level.</param>
/// <param name="Hiding">Whether the proof hides its private inputs.</param>
/// <param name="Size">Rows and cells.</param>
internal sealed record WorkloadMeasurement(
    string Name, int Steps, Timing Prove, Timing Verify, int ProofBytes, int KeyBytes, long PeakBytes, SecurityLevel Security, bool Hiding, CircuitSize Size);

/// <summary>What is done over and over.</summary>
/// <param name="Prove">Proves; gives the proof's bytes.</param>
/// <param name="Verify">Verifies what was proved last.</param>
/// <param name="KeyBytes">What a verifier holds, as the bytes of its file.</param>
/// <param name="Hiding">Whether the proof hides its private inputs.</param>
/// <param name="Size">Rows and cells of the circuit.</param>
internal sealed record Work(Func<int> Prove, Func<TenorVerification> Verify, int KeyBytes, bool Hiding, CircuitSize Size);

/// <summary>A piece of work that is measured.</summary>
/// <param name="Name">Its name on the command line and in reports.</param>
/// <param name="What">What is proved.</param>
/// <param name="Steps">Steps in the proof, or proofs in an aggregate.</param>
/// <param name="Prepare">Compiles, generates keys, and finds the inputs.</param>
/// <param name="IsLong">Whether once is enough to measure it, and it is done only where it is asked for by name.</param>
internal sealed record Workload(string Name, string What, int Steps, Func<CancellationToken, Work> Prepare, bool IsLong = false)
{
    private const int LeastRuns = 3;
    private const int MostRuns = 200;

    /// <summary>All workloads.</summary>
    public static ImmutableArray<Workload> All { get; } =
    [
        new("O1", "the exercise of an option", 1, cancellation => Single(Option(isHiding: true, cancellation), cancellation)),
        new("O1-transparent", "the same, its private inputs not hidden", 1, cancellation => Single(Option(isHiding: false, cancellation), cancellation)),
        new("W1", "a settlement between two accounts of a map of depth 20", 1, cancellation => Single(SettlementLedger.Settle(1, isHiding: true, cancellation), cancellation)),
        new("W1-transparent", "the same, its private inputs not hidden", 1, cancellation => Single(SettlementLedger.Settle(1, isHiding: false, cancellation), cancellation)),
        new("W3", "a history of 16 settlements, from the inputs on", 16, cancellation => History(SettlementLedger.Settle(16, isHiding: true, cancellation), cancellation)),
        new("W4", "a history of 1,024 settlements, from the inputs on", 1_024, cancellation => History(SettlementLedger.Settle(1_024, isHiding: true, cancellation), cancellation)),
        new("wrap", "a proof of W1 verified in a circuit", 1, cancellation => SettlementAggregates.Wrap(cancellation)),
        new("join", "two wrapped proofs of W1 made one", 2, cancellation => SettlementAggregates.Join(cancellation)),
        new("seal", "a wrapped proof of W1 verified once more, with a hiding key", 1, cancellation => SettlementAggregates.Seal(cancellation)),
        new("W2", "two proofs of W1 made one: two wraps and a join", 2, cancellation => SettlementAggregates.Aggregate(2, cancellation)),
        new("W5", "64 proofs of W1 made one: 64 wraps and 63 joins", 64, cancellation => SettlementAggregates.Aggregate(64, cancellation), IsLong: true),
    ];

    /// <summary>Proves and verifies again and again.</summary>
    /// <param name="seconds">How long to prove at least. Half as long before that warms up.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public WorkloadMeasurement Measure(double seconds, CancellationToken cancellation)
    {
        var work = Prepare(cancellation);
        var security = default(SecurityLevel);
        if (!IsLong)
        {
            work.Prove();
            security = work.Verify().Security;
            Repeat(seconds / 2, () => work.Prove());
        }

        PeakMemory.Restart();
        var proofBytes = 0;
        var proving = Repeat(IsLong ? 0 : seconds, () => proofBytes = work.Prove(), IsLong ? 1 : LeastRuns);
        var peakBytes = PeakMemory.Bytes;
        security ??= work.Verify().Security;
        Repeat(seconds / 4, () => work.Verify());
        var verifying = Repeat(seconds / 2, () => work.Verify());
        return new(Name, Steps, Timing.Of(proving), Timing.Of(verifying), proofBytes, work.KeyBytes, peakBytes, security!, work.Hiding, work.Size);
    }

    /// <summary>A proof that was just made must be accepted.</summary>
    public static TenorVerification Accepted(TenorVerification found) =>
        found.IsAccepted ? found : throw new InvalidOperationException($"compiler bug: a proof is refused: {found.Message}");

    /// <summary>Proves a run of one step.</summary>
    private static Work Single((TenorProver Prover, ImmutableArray<WitnessInput> Inputs) program, CancellationToken cancellation)
    {
        var (prover, inputs) = program;
        if (!prover.TryExecute(inputs[0], out var execution, out var error))
            throw new InvalidOperationException($"compiler bug: the inputs do not satisfy the program: {error}");
        TenorProof? last = null;
        return Of(
            prover, inputs[0],
            () => (last = prover.Prove(execution, null, cancellation)).Proof.Length,
            () => Accepted(TenorVerifier.Verify(prover.Key, last!.Statement, last.Proof)));
    }

    /// <summary>Runs and proves a history, in as many segments as the memory asks for; gives the bytes of all their proofs.</summary>
    private static Work History((TenorProver Prover, ImmutableArray<WitnessInput> Inputs) program, CancellationToken cancellation)
    {
        var (prover, inputs) = program;
        TenorHistoryProof[] last = [];
        return Of(
            prover, inputs[0],
            () => (last = [.. prover.ProveHistory(inputs, null, null, cancellation)]).Sum(segment => segment.Proof.Length),
            () => last.Select(segment => Accepted(TenorVerifier.Verify(prover.Key, segment.Statement, segment.Proof))).MinBy(found => found.Security!.Bits)!);
    }

    private static Work Of(TenorProver prover, WitnessInput input, Func<int> prove, Func<TenorVerification> verify)
    {
        var index = prover.Artifact.Abi.Functions.IndexOf(input.Function);
        return new(prove, verify, prover.Key.ToBytes().Length, prover.Key.IsHiding, CircuitSize.Of(prover.Artifact.Circuits[index], prover.Key.Functions[index]));
    }

    // So often at least, and as long as is asked for.
    private static List<TimeSpan> Repeat(double seconds, Action action, int runs = LeastRuns)
    {
        var times = new List<TimeSpan>();
        var all = Stopwatch.StartNew();
        while (times.Count < runs || (all.Elapsed.TotalSeconds < seconds && times.Count < MostRuns))
        {
            var watch = Stopwatch.StartNew();
            action();
            times.Add(watch.Elapsed);
        }

        return times;
    }

    private static (TenorProver Prover, ImmutableArray<WitnessInput> Inputs) Option(bool isHiding, CancellationToken cancellation)
    {
        var closes = Close.Read(OptionDemonstration.Resource("closes.csv"));
        var contract = new OptionContract(IsPut: true, 80.00m, closes.Single(close => close is { Share: "AAPL", Date: "2020-03-30" }));
        var run = Scenario.Run(OptionDemonstration.Bind(), contract.Scenario(), SaltSource.Random());
        if (!run.Errors.IsEmpty)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"compiler bug: {contract}: {run.Errors[0]}"));
        var step = run.Steps.Single(step => step.Function.Name == "exercise" && step.Result.IsAccepted);
        var prover = TenorArtifact.Of(CircuitEmitter.Emit(step.Program).ToArtifact()).GenerateKeys(isHiding, cancellation: cancellation);
        return (prover, [WitnessInput.Of(prover.Artifact.Abi, step.Function.Name, step.Inputs!)]);
    }
}
