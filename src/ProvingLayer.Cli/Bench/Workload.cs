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

/// <summary>A program and inputs that are proved over and over.</summary>
/// <param name="Name">Its name on the command line and in reports.</param>
/// <param name="What">What is proved.</param>
/// <param name="Steps">Steps in the proof; several are proved as a history.</param>
/// <param name="Prepare">Compiles, generates keys, and finds the inputs of each step.</param>
internal sealed record Workload(string Name, string What, int Steps, Func<CancellationToken, (TenorProver Prover, ImmutableArray<WitnessInput> Inputs)> Prepare)
{
    private const int MostRuns = 200;

    /// <summary>All workloads.</summary>
    public static ImmutableArray<Workload> All { get; } =
    [
        new("O1", "the exercise of an option", 1, cancellation => Option(isHiding: true, cancellation)),
        new("O1-transparent", "the same, its private inputs not hidden", 1, cancellation => Option(isHiding: false, cancellation)),
        new("W1", "a settlement between two accounts of a map of depth 20", 1, cancellation => SettlementLedger.Settle(1, isHiding: true, cancellation)),
        new("W1-transparent", "the same, its private inputs not hidden", 1, cancellation => SettlementLedger.Settle(1, isHiding: false, cancellation)),
        new("W3", "a history of 16 settlements, from the inputs on", 16, cancellation => SettlementLedger.Settle(16, isHiding: true, cancellation)),
        new("W4", "a history of 1,024 settlements, from the inputs on", 1_024, cancellation => SettlementLedger.Settle(1_024, isHiding: true, cancellation)),
    ];

    /// <summary>Proves and verifies again and again.</summary>
    /// <param name="seconds">How long to prove at least. Half as long before that warms up.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public WorkloadMeasurement Measure(double seconds, CancellationToken cancellation)
    {
        var (prover, inputs) = Prepare(cancellation);
        var (prove, verify) = Steps == 1 ? Single(prover, inputs[0], cancellation) : History(prover, inputs, cancellation);
        prove();
        var security = verify().Security;
        Repeat(seconds / 2, () => prove());
        PeakMemory.Restart();
        var proofBytes = 0;
        var proving = Repeat(seconds, () => proofBytes = prove());
        var peakBytes = PeakMemory.Bytes;
        Repeat(seconds / 4, () => verify());
        var verifying = Repeat(seconds / 2, () => verify());
        var index = prover.Artifact.Abi.Functions.IndexOf(inputs[0].Function);
        var size = CircuitSize.Of(prover.Artifact.Circuits[index], prover.Key.Functions[index]);
        return new(
            Name, Steps, Timing.Of(proving), Timing.Of(verifying), proofBytes, prover.Key.ToBytes().Length, peakBytes, security!, prover.Key.IsHiding, size);
    }

    /// <summary>Proves a run of one step; gives the proof's bytes. Verifies what was proved last.</summary>
    private (Func<int> Prove, Func<TenorVerification> Verify) Single(TenorProver prover, WitnessInput input, CancellationToken cancellation)
    {
        if (!prover.TryExecute(input, out var execution, out var error))
            throw new InvalidOperationException($"compiler bug: the inputs of {Name} do not satisfy its program: {error}");
        TenorProof? last = null;
        return (
            () => (last = prover.Prove(execution, null, cancellation)).Proof.Length,
            () => Accepted(TenorVerifier.Verify(prover.Key, last!.Statement, last.Proof)));
    }

    /// <summary>Runs and proves a history, in as many segments as the memory asks for; gives the bytes of all their proofs.</summary>
    private (Func<int> Prove, Func<TenorVerification> Verify) History(TenorProver prover, ImmutableArray<WitnessInput> inputs, CancellationToken cancellation)
    {
        TenorHistoryProof[] last = [];
        return (
            () => (last = [.. prover.ProveHistory(inputs, null, null, cancellation)]).Sum(segment => segment.Proof.Length),
            () => last.Select(segment => Accepted(TenorVerifier.Verify(prover.Key, segment.Statement, segment.Proof))).MinBy(found => found.Security!.Bits)!);
    }

    private TenorVerification Accepted(TenorVerification found) =>
        found.IsAccepted ? found : throw new InvalidOperationException($"compiler bug: the proof of {Name} is refused: {found.Message}");

    // At least three times, and as long as is asked for.
    private static List<TimeSpan> Repeat(double seconds, Action action)
    {
        var times = new List<TimeSpan>();
        var all = Stopwatch.StartNew();
        while (times.Count < 3 || (all.Elapsed.TotalSeconds < seconds && times.Count < MostRuns))
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
