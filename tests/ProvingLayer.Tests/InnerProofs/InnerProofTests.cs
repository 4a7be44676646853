using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Tests.InnerProofs;

/// <summary>A proof goes from one prover into another in memory, as an application does it.</summary>
public sealed class InnerProofTests
{
    private const string Source = """
        pub statement Sum(pub a: u64, b: u64) -> u64 { disclose(a + b) }
        statement Twice(pub a: u64, p: proof<Sum>) -> u64 {
            let r = verify Sum(a: a) using p;
            disclose(r * 2)
        }
        """;

    private static readonly TenorProver sum = Load("Sum").GenerateKeys();
    private static readonly TenorProver twice = Load("Twice").GenerateKeys(Profile.Test); // the outer proof alone: the inner one is of the standard profile
    private static readonly TenorProof proved = sum.Prove(Input(sum, 5, ("args.b", 37)));

    [Fact]
    public void Proof_of_one_prover_goes_into_that_of_another()
    {
        var input = Input(5, TenorInnerProof.Of(proved));
        Assert.Equal(42, input["args.p.result"].Number);
        Assert.True(twice.TryProve(input, out var outer, out var error), error?.ToString());
        Assert.Equal(84, outer.Statement.Opened["result"].Number);
        Assert.True(TenorVerifier.Verify(twice.Key, outer.Statement, outer.Proof, new VerifierOptions { AllowTestProfile = true }).IsAccepted);
        Assert.DoesNotContain(outer.Statement.Opened.Keys, path => path.StartsWith("args.p", StringComparison.Ordinal)); // S7: what the inner proof says stays private
        Assert.Throws<InvalidOperationException>(() => input.ToJson()); // it has no file to be named by
    }

    [Fact]
    public void P11_proof_of_another_argument_or_altered_or_missing_is_refused()
    {
        Assert.False(twice.TryExecute(Input(6, TenorInnerProof.Of(proved)), out _, out var error));
        Assert.Equal("ProofRejected", error.Failure);

        var altered = (byte[])proved.Proof.Clone();
        altered[^40] ^= 1;
        Assert.False(twice.TryExecute(Input(5, TenorInnerProof.Of(proved with { Proof = altered })), out _, out error));
        Assert.Equal("ProofRejected", error.Failure);

        var lie = proved.Statement.WithOpened("result", Scalar.Of(43)).Redigested();
        Assert.False(twice.TryExecute(Input(5, TenorInnerProof.Of(proved with { Statement = lie })), out _, out error));
        Assert.Equal("ProofRejected", error.Failure);

        var values = new Dictionary<string, Scalar> { ["args.a"] = Scalar.Of(5) };
        Assert.Contains("this proof is missing", Assert.Throws<TenorException>(() => WitnessInput.Of(twice.Artifact.Abi, "Twice", values, new Dictionary<string, TenorInnerProof>())).Message, StringComparison.Ordinal);
        Assert.Contains("no proof goes in here", Assert.Throws<TenorException>(() => WitnessInput.Of(sum.Artifact.Abi, "Sum", values, new Dictionary<string, TenorInnerProof> { ["args.p"] = TenorInnerProof.Of(proved) })).Message, StringComparison.Ordinal);
        Assert.Throws<TenorException>(() => WitnessInput.Of(twice.Artifact.Abi, "Twice", values));
    }

    [Fact]
    public void P18_proof_under_the_programs_other_key_is_refused()
    {
        var transparent = sum.Artifact.GenerateKeys(isHiding: false).Prove(Input(sum, 5, ("args.b", 37)));
        Assert.False(twice.TryExecute(Input(5, TenorInnerProof.Of(transparent)), out _, out var error));
        Assert.Equal("ProofRejected", error.Failure);
    }

    [Fact]
    public void Program_with_inner_proofs_is_written_and_read_and_promises_no_more_than_they_do()
    {
        Assert.True(TenorArtifact.TryRead(twice.Artifact.ToBytes(), null, out var read, out var error), error?.ToString());
        Assert.Equal(twice.Key.ProgramId, read.GenerateKeys(Profile.Test).Key.ProgramId);
        Assert.True(TenorKey.TryRead(twice.Key.ToBytes(), null, out var key, out error), error?.ToString());
        Assert.Equal("args.p", Assert.Single(key.Abi.Functions[0].InnerProofs).Name);
        Assert.Throws<TenorException>(() => read.GenerateKeys(Profile.High));
        Assert.Throws<TenorException>(() => read.GenerateKeys(Profile.UniqueDecoding));
    }

    private static TenorArtifact Load(string name)
    {
        var bag = new DiagnosticBag();
        var program = Compilation.Check([new SourceFile("t.tenor", Source)]);
        return TenorArtifact.Of(CircuitEmitter.Emit(Compilation.Lower(program.Targets.First(t => t.Name == name), bag)!).ToArtifact());
    }

    private static WitnessInput Input(TenorProver prover, uint a, (string Name, int Value) other) =>
        WitnessInput.Of(prover.Artifact.Abi, prover.Artifact.Name, new Dictionary<string, Scalar> { ["args.a"] = Scalar.Of(a), [other.Name] = Scalar.Of(other.Value) });

    private static WitnessInput Input(uint a, TenorInnerProof proof) => WitnessInput.Of(
        twice.Artifact.Abi, "Twice", new Dictionary<string, Scalar> { ["args.a"] = Scalar.Of(a) }, new Dictionary<string, TenorInnerProof> { ["args.p"] = proof });
}
