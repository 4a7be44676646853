using System.Diagnostics;
using System.Numerics;
using System.Text;
using ProvingLayer.Algebra;
using ProvingLayer.Cli.Commands;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Demo;

/// <summary>A step that was proved and verified.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Transition">The step.</param>
/// <param name="Size">The circuit's size.</param>
/// <param name="Proving">How long proving took.</param>
/// <param name="Verifying">How long verifying takes, from the bytes of proof and statement: the median of <see cref="OptionDemonstration.Verifications"/> runs.</param>
/// <param name="FirstVerifying">How long the first of those runs took: the process's very first one compiles the verifier's code.</param>
/// <param name="ProofBytes">The proof's size.</param>
/// <param name="Security">The proof's security, computed from the key.</param>
internal sealed record ProvedStep(OptionContract Contract, string Transition, CircuitSize Size, TimeSpan Proving, TimeSpan Verifying, TimeSpan FirstVerifying, int ProofBytes, SecurityLevel Security);

/// <summary>Something that the verifier must refuse, and why it did.</summary>
/// <param name="What">What was changed.</param>
/// <param name="Verification">What the verifier said.</param>
internal sealed record Refusal(string What, TenorVerification Verification);

/// <summary>Compiles the option example, runs every contract, proves and verifies some to the end, and tries to deceive the verifier.</summary>
internal sealed class OptionDemonstration(Session session, CancellationToken cancellation)
{
    /// <summary>How often each proof is verified.</summary>
    public const int Verifications = 5;

    private readonly BoundProgram program = Bind();
    private readonly Dictionary<string, TenorProver> provers = new(StringComparer.Ordinal);

    /// <summary>Contracts that were run in the interpreter, with what they paid.</summary>
    public List<OptionContract> Ran { get; } = [];

    /// <summary>The steps that were proved.</summary>
    public List<ProvedStep> Steps { get; } = [];

    /// <summary>What the verifier refused.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>Whether every proof hides what went into it.</summary>
    public bool IsHiding => provers.Values.All(prover => prover.Key.IsHiding);

    /// <summary>Does it all.</summary>
    /// <exception cref="InvalidOperationException">Something did not come out as it must.</exception>
    public void Run()
    {
        var closes = Close.Read(Resource("closes.csv"));
        foreach (var contract in OptionContract.All(closes))
        {
            cancellation.ThrowIfCancellationRequested();
            session.Progress.Show($"running {contract}");
            RunLife(contract);
            Ran.Add(contract);
        }

        // Both machines, each way through its states.
        OptionContract[] proved =
        [
            new(true, 80.00m, closes.Single(close => close is { Share: "AAPL", Date: "2020-03-30" })),
            new(true, 200.00m, closes.Single(close => close is { Share: "MSFT", Date: "2020-06-30" })),
            new(false, 80.00m, closes.Single(close => close is { Share: "AAPL", Date: "2020-09-30" })),
            new(false, 250.00m, closes.Single(close => close is { Share: "MSFT", Date: "2020-09-30" })),
        ];
        TenorProof? exercise = null;
        foreach (var contract in proved)
        {
            foreach (var step in RunLife(contract, ProverOf(contract).Key.ProgramId).Steps.Where(step => step.Result.IsAccepted))
            {
                var proof = Prove(contract, step);
                exercise ??= step.Function.Name == "exercise" ? proof : null;
            }
        }

        Deceive(exercise!);
    }

    /// <summary>The example, bound.</summary>
    internal static BoundProgram Bind()
    {
        var bound = Binder.Bind([new SourceFile("examples/01-european-option/option.tenor", Resource("option.tenor"))]);
        return bound.HasErrors ? throw new InvalidOperationException($"compiler bug: the example does not compile: {bound.Diagnostics[0]}") : bound;
    }

    /// <summary>The text of a file of the example.</summary>
    internal static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(OptionDemonstration).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // The interpreter's flows against decimal arithmetic that knows nothing of it: to the cent, for both sides.
    private ScenarioRun RunLife(OptionContract contract, Digest programId = default)
    {
        var run = Scenario.Run(program, contract.Scenario(), SaltSource.Random(), programId: programId);
        if (!run.Errors.IsEmpty)
        {
            throw new InvalidOperationException($"{contract}: {run.Errors[0]}");
        }

        var holder = Cents(run, "K.bob");
        if (holder != (contract.Payoff - OptionContract.Premium) * 100 || Cents(run, "K.alice") != -holder)
        {
            throw new InvalidOperationException($"{contract}: the holder's flow is {holder} cents, and the payoff is {contract.Payoff} dollars");
        }

        return run;
    }

    private static decimal Cents(ScenarioRun run, string party) =>
        (decimal)run.Flows.Where(flow => run.NameOf(flow.Party) == party).Aggregate(BigInteger.Zero, (sum, flow) => sum + flow.Amount);

    private TenorProver ProverOf(OptionContract contract) => ProverOf(Compilation.Lower(program.Instantiate(contract.Machine, new())!, new())!);

    private TenorProver ProverOf(IrProgram compiled)
    {
        if (!provers.TryGetValue(compiled.Name, out var prover))
        {
            session.Progress.Show($"compiling {compiled.Name} and generating its keys");
            prover = TenorArtifact.Of(CircuitEmitter.Emit(compiled).ToArtifact()).GenerateKeys(cancellation: cancellation);
            provers.Add(compiled.Name, prover);
        }

        return prover;
    }

    private TenorProof Prove(OptionContract contract, ScenarioStep step)
    {
        var prover = provers[step.Program.Name];
        var input = WitnessInput.Of(prover.Artifact.Abi, step.Function.Name, step.Inputs!);
        var watch = Stopwatch.StartNew();
        var proof = prover.Prove(input, new ProvingLine(session.Progress, $"{contract}: {step.Function.Name}"), cancellation);
        var proving = watch.Elapsed;

        // As a stranger would: from the bytes of key, statement and proof, and nothing else.
        session.Progress.Show($"verifying {contract}: {step.Function.Name}");
        var keyBytes = prover.Key.ToBytes();
        var statementBytes = proof.Statement.ToJson();
        if (!TenorKey.TryRead(keyBytes, null, out var key, out var error))
        {
            throw new InvalidOperationException($"the key cannot be read back: {error}");
        }

        var timings = new TimeSpan[Verifications];
        TenorVerification? verification = null;
        for (var i = 0; i < Verifications; i++)
        {
            watch.Restart();
            if (!TenorStatement.TryParse(statementBytes, key.Abi, null, out var statement, out error))
            {
                throw new InvalidOperationException($"the statement cannot be read back: {error}");
            }

            verification = TenorVerifier.Verify(key, statement, proof.Proof);
            timings[i] = watch.Elapsed;
            if (!verification.IsAccepted)
            {
                throw new InvalidOperationException($"{contract}: {step.Function.Name}: the proof is refused: {verification.Message}");
            }
        }

        var first = timings[0];
        Array.Sort(timings);
        var index = prover.Artifact.Abi.Functions.IndexOf(proof.Statement.Function);
        Steps.Add(new(contract, step.Function.Name, CircuitSize.Of(prover.Artifact.Circuits[index], prover.Key.Functions[index]), proving, timings[Verifications / 2], first, proof.Proof.Length, verification!.Security!));
        return proof;
    }

    private void Deceive(TenorProof exercise)
    {
        var key = provers["ApplePut"].Key;
        session.Progress.Show("trying to deceive the verifier");

        var tampered = (byte[])exercise.Proof.Clone();
        tampered[tampered.Length / 2] ^= 1;
        Refuse("one bit of the proof flipped", Misfit.Proof, TenorVerifier.Verify(key, exercise.Statement, tampered));

        // A better fixing for the holder: first the opened value alone, then with its digest computed anew, as a forger would who also knows that the event repeats it.
        var otherSpot = exercise.Statement.WithOpened("args.spot", Scalar.Of(exercise.Statement.Opened["args.spot"].Number - 100));
        Refuse("the fixing in the statement changed by a cent", Misfit.Statement, TenorVerifier.Verify(key, otherSpot, exercise.Proof));
        var forged = otherSpot.WithOpened("events.0.spot", otherSpot.Opened["args.spot"]).Redigested();
        Refuse("the same, with its digests computed anew", Misfit.Proof, TenorVerifier.Verify(key, forged, exercise.Proof));
        Refuse("the key of another program", Misfit.Key, TenorVerifier.Verify(provers["AppleCall"].Key, exercise.Statement, exercise.Proof));
    }

    private void Refuse(string what, Misfit expected, TenorVerification verification)
    {
        if (verification.Misfit != expected)
        {
            throw new InvalidOperationException($"{what}: the verifier says {verification.Misfit}: {verification.Message}");
        }

        Refusals.Add(new(what, verification));
    }
}
