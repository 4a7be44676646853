using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Tests.CommandLine;

namespace ProvingLayer.Tests.InnerProofs;

/// <summary>A proof of any of a set of statements goes into another, as an application does it: real proofs of the standard profile.</summary>
public sealed class SetProofTests : IDisposable
{
    private const string Source = """
        pub statement Sum(pub a: u64, b: u64) -> u64 { disclose(a + b) }
        pub statement Shifted(pub a: u64, b: u64, c: u64) -> u64 { disclose(a + b - c) }
        pub statement Outside(pub a: u64, b: u64) -> u64 { disclose(a + b + 1) }
        set Either = { Sum, Shifted };
        statement Twice(pub a: u64, p: proof<Either>) -> u64 {
            let r = verify any of Either(a: a) using p;
            disclose(r * 2)
        }
        """;

    private static readonly Language.Bound.BoundProgram program = Compilation.Check([new SourceFile("t.tenor", Source)]);
    private static readonly TenorProver twice = Load("Twice").GenerateKeys(Profile.Test); // the outer proof alone: the inner ones are of the standard profile
    private static readonly TenorProof sum = Prove("Sum", 5, ("args.b", 37));
    private static readonly TenorProof shifted = Prove("Shifted", 5, ("args.b", 47), ("args.c", 10));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Proof_of_each_statement_goes_in_and_the_outer_statement_does_not_say_which()
    {
        var said = new List<TenorStatement>();
        foreach (var proof in new[] { sum, shifted })
        {
            Assert.True(twice.TryExecute(Input(twice, 5, TenorInnerProof.Of(proof)), out var run, out var error), error?.ToString());
            Assert.Equal(84, run.Statement.Opened["result"].Number);
            said.Add(run.Statement);
        }

        Assert.Equal(said[0].ToPublicValues(), said[1].ToPublicValues());
    }

    [Fact]
    public void Proof_from_files_says_by_its_statement_of_which_program_it_is()
    {
        foreach (var (name, proof) in new[] { ("a", sum), ("b", shifted), ("c", Prove("Outside", 5, ("args.b", 36))) })
        {
            File.WriteAllBytes(folder[name + ".proof"], proof.Proof);
            File.WriteAllBytes(folder[name + ".json"], proof.Statement.ToJson());
        }

        var asked = Assert.Single(twice.Artifact.Abi.Functions[0].InnerProofs);
        Assert.True(TenorInnerProof.TryLoad(folder["a.proof"], asked, out var read, out _));
        Assert.Equal("Sum", read.Statement!.Program);
        Assert.True(TenorInnerProof.TryLoad(folder["b.proof"], asked, out read, out _));
        Assert.Equal("Shifted", read.Statement!.Program);
        Assert.False(TenorInnerProof.TryLoad(folder["c.proof"], asked, out _, out var error));
        Assert.Contains("none of Sum, Shifted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P18_proof_of_a_program_outside_the_set_or_under_its_other_key_is_refused()
    {
        Refused(Prove("Outside", 5, ("args.b", 36)), "it is of Outside");
        Refused(Load("Sum").GenerateKeys(isHiding: false) is var transparent ? transparent.Prove(Input(transparent, 5, ("args.b", 37))) : sum, "");
    }

    [Fact]
    public void P18_proof_named_as_one_of_another_statement_of_the_set_is_refused()
    {
        var lie = sum.Statement.ToJson();
        var text = System.Text.Encoding.UTF8.GetString(lie).Replace("Sum", "Shifted", StringComparison.Ordinal);
        File.WriteAllText(folder["lie.json"], text);
        File.WriteAllBytes(folder["lie.proof"], sum.Proof);
        Assert.True(TenorInnerProof.TryLoad(folder["lie.proof"], twice.Artifact.Abi.Functions[0].InnerProofs[0], out var read, out var error), error?.ToString());
        Assert.False(twice.TryExecute(Input(twice, 5, read), out _, out error));
        Assert.Equal("ProofRejected", error.Failure);
    }

    [Fact]
    public void P11_proof_of_another_argument_or_altered_is_refused()
    {
        Assert.False(twice.TryExecute(Input(twice, 6, TenorInnerProof.Of(sum)), out _, out var error));
        Assert.Equal("ProofRejected", error.Failure);
        var altered = (byte[])sum.Proof.Clone();
        altered[^40] ^= 1;
        Refused(sum with { Proof = altered }, "");
        Refused(sum with { Statement = sum.Statement.WithOpened("result", Scalar.Of(43)).Redigested() }, "");
    }

    [Fact]
    public void Program_is_written_and_read_and_one_that_wraps_in_another_way_is_told()
    {
        Assert.True(TenorArtifact.TryRead(twice.Artifact.ToBytes(), null, out var read, out var error), error?.ToString());
        Assert.Equal(twice.Key.ProgramId, read.GenerateKeys(Profile.Test).Key.ProgramId);
        Assert.Throws<TenorException>(() => read.GenerateKeys(Profile.High));

        var compiled = Compiled("Twice");
        var (function, asked) = (compiled.Abi.Functions[0], compiled.Abi.Functions[0].InnerProofs[0]);
        var changed = asked with { Choices = asked.Choices.SetItem(1, asked.Choices[1] with { WrapRoot = asked.Choices[0].WrapRoot }) };
        var other = TenorArtifact.Of(compiled with { Abi = compiled.Abi with { Functions = [function with { InnerProofs = [changed] }] } });
        var prover = other.GenerateKeys(Profile.Test);
        Assert.False(prover.TryExecute(Input(prover, 5, TenorInnerProof.Of(shifted)), out _, out error));
        Assert.Contains("compile it again", error.Message, StringComparison.Ordinal);
    }

    private static void Refused(TenorProof proof, string reason)
    {
        Assert.False(twice.TryExecute(Input(twice, 5, TenorInnerProof.Of(proof)), out _, out var error));
        Assert.Equal("ProofRejected", error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static TenorProof Prove(string name, uint a, params (string Name, int Value)[] hidden)
    {
        var prover = Load(name).GenerateKeys();
        return prover.Prove(Input(prover, a, hidden));
    }

    private static TenorArtifact Load(string name) => TenorArtifact.Of(Compiled(name));

    private static Artifact Compiled(string name) => CircuitEmitter.Emit(Compilation.Lower(program.Targets.First(t => t.Name == name), new DiagnosticBag())!).ToArtifact();

    private static WitnessInput Input(TenorProver prover, uint a, params (string Name, int Value)[] hidden)
    {
        var values = hidden.ToDictionary(h => h.Name, h => Scalar.Of(h.Value));
        values.Add("args.a", Scalar.Of(a));
        return WitnessInput.Of(prover.Artifact.Abi, prover.Artifact.Name, values);
    }

    private static WitnessInput Input(TenorProver prover, uint a, TenorInnerProof proof) => WitnessInput.Of(
        prover.Artifact.Abi, "Twice", new Dictionary<string, Scalar> { ["args.a"] = Scalar.Of(a) }, new Dictionary<string, TenorInnerProof> { ["args.p"] = proof });
}
