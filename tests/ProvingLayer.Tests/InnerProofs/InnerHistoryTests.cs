using System.Collections.Immutable;
using System.Text;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Tests.InnerProofs;

/// <summary>A history goes into a statement that verifies it, and nothing else does.</summary>
public sealed class InnerHistoryTests
{
    private const string Source = """
        pub machine Tally {
            data { pub mut total: u64 = 0 }
            state Open
            transition start : init -> Open { become Open; }
            transition add(n: u64) : Open -> Open { total = disclose(total + n); stay; }
        }
        pub machine Twin {
            data { pub mut total: u64 = 0 }
            state Open
            transition start : init -> Open { become Open; }
            transition add(n: u64) : Open -> Open { total = disclose(total + n + 1); stay; }
        }
        @steps(p, start = 1, add = 2)
        statement Life(pub begin: root<Tally>, pub end: root<Tally>, p: proof<Tally.history>) -> (u64, hash, time, time) {
            let h = verify Tally.history(from: begin, to: end) using p;
            disclose((h.steps, h.log, h.window.notBefore, h.window.notAfter))
        }
        """;

    private const string Steps = """
        {"machine": "MACHINE", "new": {}, "steps": [
          {"at": "2026-11-26T08:00:00Z", "call": "start", "args": {}},
          {"at": "2026-11-26T09:00:00Z", "call": "add", "args": {"n": "3"}},
          {"at": "2026-11-26T10:00:00Z", "call": "add", "args": {"n": "4"}}]}
        """;

    private static readonly ImmutableDictionary<string, int> room = ImmutableDictionary<string, int>.Empty.Add("start", 1).Add("add", 2);
    private static readonly BoundProgram program = Compilation.Check([new SourceFile("t.tenor", Source)]);
    private static readonly TenorProver tally = Load("Tally").GenerateKeys();
    private static readonly TenorArtifact life = Load("Life");
    private static readonly Lazy<TenorProver> outer = new(() => life.GenerateKeys(Profile.Test)); // the outer proof alone: the history is of the standard profile
    private static readonly WitnessInput[] steps = InputsOf(tally, "Tally");
    private static readonly TenorHistoryProof proved = Assert.Single(tally.ProveHistory(steps, new() { Room = room }));

    private static AbiInnerProof Asked => life.Abi.Functions[0].InnerProofs[0];

    private static VerifyingKey Key => tally.Key.History!;

    [Fact]
    public void History_goes_into_a_proof_that_says_what_it_says()
    {
        Assert.Equal(tally.Key.ProgramId, Asked.History!.ProgramId);
        Assert.True(VerifyingKeyFormat.Write(Key).AsSpan().SequenceEqual(Asked.Key.AsSpan()));
        Assert.True(outer.Value.TryProve(Input(proved), out var whole, out var error), error?.ToString());
        Assert.True(TenorVerifier.Verify(outer.Value.Key, whole.Statement, whole.Proof, new VerifierOptions { AllowTestProfile = true }).IsAccepted);
        Assert.Equal(Scalar.Of(3), whole.Statement.Opened["result.0"]);
        Assert.Equal(Scalar.Of(proved.Statement.PostLog), whole.Statement.Opened["result.1"]);
        Assert.Equal((proved.Statement.NotBefore, proved.Statement.NotAfter), (whole.Statement.Opened["result.2"].Number, whole.Statement.Opened["result.3"].Number));

        Assert.True(TenorArtifact.TryRead(life.ToBytes(), null, out var read, out error), error?.ToString());
        Assert.Equal(Asked.History, read.Abi.Functions[0].InnerProofs[0].History);
    }

    [Fact]
    public void Interpreter_makes_the_history_that_is_proved()
    {
        var machine = Scenario.Run(program, Text("Tally"), SaltSource.Fixed()).Steps;
        var claim = proved.Statement.ToClaim();
        Assert.Equal(claim.From, machine[0].Result.Public("preRoot").Digest);
        Assert.Equal(claim.To, machine[^1].Result.Public("postRoot").Digest);
        var asked = Compilation.Lower(program.Targets.First(t => t.Name == "Life"), new DiagnosticBag())!.Functions[0].Proofs[0];
        Assert.Null(new NativeProofs(new Dictionary<string, byte[]> { ["args.p"] = proved.Proof }, InnerKeys.Standard).FaultOf(asked, claim));
        Assert.NotNull(new NativeProofs(new Dictionary<string, byte[]> { ["args.p"] = proved.Proof }, InnerKeys.Standard).FaultOf(asked, claim with { Steps = 2 }));
        Assert.NotNull(new NativeProofs(new Dictionary<string, byte[]>(), InnerKeys.Standard).FaultOf(asked, claim));
    }

    [Theory]
    [InlineData("args.p.args.from")]
    [InlineData("args.p.args.to")]
    [InlineData("args.p.result.steps")]
    [InlineData("args.p.result.log")]
    [InlineData("args.p.result.window.notBefore")]
    [InlineData("args.p.result.window.notAfter")]
    public void P11_history_said_to_have_another_part_is_rejected_by_the_circuit(string name)
    {
        var input = Input(proved);
        var slots = Slots(input, Key, proved.Statement.ToPublicValues(), proved.Proof);
        Assert.True(Holds(slots));
        foreach (var part in life.Abi.Functions[0].Inputs.Where(i => i.Name == name || i.Name == name switch { "args.p.args.from" => "args.begin", "args.p.args.to" => "args.end", _ => name }))
            AbiCells.Write(part, part.Type.Kind == ScalarKind.Integer ? Scalar.Of(input[part.Name].Number + 1) : Scalar.Of(Digests.OfTestKey("other")), slots);
        Assert.False(Holds(slots));
    }

    [Fact]
    public void P11_history_with_other_ends_than_the_circuit_asks_is_rejected()
    {
        foreach (var (name, root) in new[] { ("args.begin", proved.Statement.PostRoot), ("args.end", proved.Statement.PreRoot) })
        {
            var slots = Slots(Input(proved), Key, proved.Statement.ToPublicValues(), proved.Proof);
            AbiCells.Write(life.Abi.Functions[0].FindInput(name)!, Scalar.Of(root), slots);
            Assert.False(Holds(slots));
        }
    }

    [Fact]
    public void P18_history_of_another_program_of_the_same_shape_is_rejected()
    {
        var twin = Load("Twin").GenerateKeys();
        var other = Assert.Single(twin.ProveHistory(InputsOf(twin, "Twin"), new() { Room = room }));
        Assert.Equal(Key.Tables.Length, twin.Key.History!.Tables.Length);
        Assert.False(Holds(Slots(Input(other), twin.Key.History!, other.Statement.ToPublicValues(), other.Proof)));
        Refused(Input(other), "another program");
    }

    [Fact]
    public void P18_history_under_the_right_key_that_names_another_program_is_rejected()
    {
        // The steps' circuits take the program's digest as an input, so such a history can be proved; it is the carry, with the digest as a constant, that does not fit.
        var (claim, proof) = Forge(Digests.OfTestKey("program"), HistoryDigests.EmptyLog);
        Assert.Equal(VerificationError.None, Verifier.Verify(Key, claim, proof).Error);
        Assert.False(Holds(Slots(Input(proved), Key, claim, ProofFormat.Write(proof))));
        Assert.True(Holds(Slots(Input(proved), Key, proved.Statement.ToPublicValues(), proved.Proof)));
    }

    [Fact]
    public void P11_history_whose_log_goes_on_with_another_is_rejected()
    {
        var second = Assert.Single(tally.ProveHistory(steps, new() { Room = room, PreLog = Digests.OfTestKey("log") }));
        Assert.True(TenorVerifier.Verify(tally.Key, second.Statement, second.Proof).IsAccepted);
        Assert.False(Holds(Slots(Input(second), Key, second.Statement.ToPublicValues(), second.Proof)));
        Refused(Input(second), "begins empty");
    }

    [Fact]
    public void Room_is_kept_and_a_proof_with_another_is_refused_by_name()
    {
        var few = Assert.Single(tally.ProveHistory(steps[..2], new() { Room = room }));
        Assert.True(Holds(Slots(Input(few), Key, few.Statement.ToPublicValues(), few.Proof))); // one step of add, and room for two
        var small = Assert.Single(tally.ProveHistory(steps[..2]));
        Refused(Input(small), "room for start=1,add=1");
        Assert.Contains("there is room for 2", Assert.Throws<TenorException>(() => tally.ProveHistory([.. steps, steps[2]], new() { Room = room }).ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("the history has none", Assert.Throws<TenorException>(() => tally.ProveHistory(steps[..1], new() { Room = room }).ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("a power of two", Assert.Throws<TenorException>(() => tally.ProveHistory(steps, new() { Room = room.SetItem("add", 3) }).ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("no transition", Assert.Throws<TenorException>(() => tally.ProveHistory(steps, new() { Room = room.Add("close", 1) }).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P11_altered_proofs_and_lies_beside_them_are_refused()
    {
        var altered = (byte[])proved.Proof.Clone();
        altered[^40] ^= 1;
        Refused(Input(proved with { Proof = altered }), "");
        var shorter = new TenorHistory(
            proved.Statement.Abi, proved.Statement.ProgramId, proved.Statement.PreRoot, proved.Statement.PostRoot, proved.Statement.PreLog, proved.Statement.PostLog,
            proved.Statement.NotBefore, proved.Statement.NotAfter, proved.Statement.Steps[..2]);
        Refused(Input(proved with { Statement = shorter }), "postLog is not the log of the steps");
    }

    /// <summary>The runtime does not take it.</summary>
    private static void Refused(WitnessInput input, string reason)
    {
        Assert.False(outer.Value.TryExecute(input, out _, out var error));
        Assert.Equal("ProofRejected", error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whether the circuit takes it; the constraints must say the same.</summary>
    private static bool Holds(CellValue[] slots)
    {
        var circuit = life.Circuits[0];
        var run = CircuitExecutor.Run(circuit, slots, keepGoing: true);
        Assert.Equal(run.Succeeded, ConstraintChecker.Check(circuit, run.Trace!).Holds);
        return run.Succeeded;
    }

    /// <summary>The inputs with the blocks of a proof of any key, without any of the checks that the runtime makes before.</summary>
    private static CellValue[] Slots(WitnessInput input, VerifyingKey key, KoalaBear[] claim, byte[] proof)
    {
        var slots = new CellValue[input.Function.SlotCount];
        foreach (var part in input.Function.Inputs)
            AbiCells.Write(part, part.Role == AbiInputRole.Program ? Scalar.Of(default(Digest)) : input[part.Name], slots);
        Assert.True(ProofFormat.TryRead(proof, out var read, out _));
        var blocks = InnerProofLayout.Of(key, instances: read.Instances).WitnessOf(claim, read)!;
        Assert.Equal(Asked.SlotCount, blocks.Length);
        blocks.CopyTo(slots, Asked.Slot);
        return slots;
    }

    /// <summary>The history of the same steps for another program's digest, proved under the key of this one.</summary>
    private static (KoalaBear[] Claim, Proof Proof) Forge(Digest programId, Digest log)
    {
        var history = HistoryKey.Generate(tally.Artifact.Circuits, tally.Artifact.Abi.Functions, Profile.Standard, isHiding: true);
        var batch = new BatchTrace(history.Union, Asked.History!.Room);
        var claim = proved.Statement.ToClaim();
        var next = new int[2];
        var after = log;
        for (var i = 0; i < steps.Length; i++)
        {
            var function = steps[i].Function;
            var kind = tally.Artifact.Abi.Functions.IndexOf(function);
            var slots = tally.SlotsOf(steps[i]);
            AbiCells.Write(function.Inputs.First(input => input.Role == AbiInputRole.Program), Scalar.Of(programId), slots);
            var run = CircuitExecutor.Run(history.Steps[kind].Circuit, StepCircuit.Inputs(slots, after, claim.NotBefore, claim.NotAfter));
            batch.Write(kind, next[kind]++, run.Trace!, i);
            Assert.True(proved.Statement.Steps[i].TryEntry(tally.Artifact.Abi, out var entry, out _));
            after = HistoryDigests.Append(after, entry);
        }

        var values = claim.BoundaryOf(programId)!.Value.ToPublicValues();
        return (values, Prover.Prove(history.Key, batch.Build([.. values])));
    }

    private static TenorArtifact Load(string name) =>
        TenorArtifact.Of(CircuitEmitter.Emit(Compilation.Lower(program.Targets.First(t => t.Name == name), new DiagnosticBag())!).ToArtifact());

    private static byte[] Text(string machine) => Encoding.UTF8.GetBytes(Steps.Replace("MACHINE", machine, StringComparison.Ordinal));

    private static WitnessInput[] InputsOf(TenorProver prover, string machine) =>
        [.. Scenario.Run(program, Text(machine), SaltSource.Fixed()).Steps.Select(step => WitnessInput.Of(prover.Artifact.Abi, step.Function.Name, step.Inputs!))];

    private static WitnessInput Input(TenorHistoryProof proof) => WitnessInput.Of(
        life.Abi,
        "Life",
        new Dictionary<string, Scalar> { ["args.begin"] = Scalar.Of(proof.Statement.PreRoot), ["args.end"] = Scalar.Of(proof.Statement.PostRoot) },
        new Dictionary<string, TenorInnerProof> { ["args.p"] = TenorInnerProof.Of(proof) });
}
