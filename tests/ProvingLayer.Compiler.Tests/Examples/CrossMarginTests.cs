using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Recursion;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>Example 04: two venues and an index prove, a margin machine verifies all three. With the test profile here, which changes the number of queries and nothing else.</summary>
public class CrossMarginTests
{
    private const string Example = "04-cross-chain-margin";
    private static readonly (string Argument, string Scenario)[] proofs = [("args.loans", "lender.json"), ("args.perps", "exchange.json"), ("args.vol", "index.json")];
    private static readonly InnerKeys keys = new(Profile.Test);
    private static readonly BoundProgram program = Compilation.Check([new SourceFile("margin.tenor", File.ReadAllText(Repository.PathOf("examples", Example, "margin.tenor")))]);
    private static readonly IrProgram machine = Programs.Lower(program, "CrossMargin");
    private static readonly IrFunction renew = machine.Functions.First(f => f.Name == "renew");

    [Fact]
    public void Tests_hold_in_interpreter_circuit_and_checker()
    {
        Assert.Empty(program.Diagnostics);
        var (check, bag) = (new CircuitCheck(), new DiagnosticBag());
        Assert.All(TestRunner.Run(program, null, check, bag), result => Assert.True(result.IsPassed, result.Failure?.ToString()));
        Assert.Empty(bag.ToSorted());
        Assert.True(check.Runs > 5);
    }

    [Fact]
    public void Three_proofs_of_three_provers_are_verified_in_one_step()
    {
        var proved = proofs.Select(Prove).ToList();
        var said = proved.SelectMany(p => p.Said).ToDictionary(s => s.Name, s => s.Value);
        var step = Renew(said, proved.ToDictionary(p => p.Asked.Name, p => ProofFormat.Write(p.Proof)));
        Assert.True(step.Result.IsAccepted, step.Result.Failure?.ToString());
        Assert.Equal(37_500_000_000, step.Result.Output("record.data.line").Number);

        var compiled = CircuitEmitter.Emit(machine, keys).Functions[renew.Index];
        Assert.Equal(proofs.Select(p => p.Argument), compiled.Abi.InnerProofs.Select(p => p.Name));
        var cells = CircuitComparison.Cells(compiled, [.. renew.Inputs.Select(i => step.Inputs![i.Name])]);
        foreach (var (asked, _, publics, proof) in proved)
        {
            var at = compiled.Abi.InnerProofs.First(p => p.Name == asked.Name);
            InnerProofLayout.Of(keys.Of(asked.Program).Key, keys.Options).WitnessOf(publics, proof)!.CopyTo(cells, at.Slot);
        }

        var executed = CircuitExecutor.Run(compiled.Circuit, cells);
        Assert.True(executed.Succeeded, executed.Failures.IsEmpty ? "" : executed.Failures[0].ToString());
        Assert.True(executed.Trace!.PublicValues.AsSpan().SequenceEqual(step.Result.PublicElements()));
        Assert.True(ConstraintChecker.Check(compiled.Circuit, executed.Trace).Holds);
        var key = ProvingKey.Generate(compiled.Circuit, Profile.Test, isHiding: true);
        Assert.True(Verifier.Verify(key.VerifyingKey, executed.Trace.PublicValues.AsSpan(), Prover.Prove(key, executed.Trace), keys.Options).IsAccepted);
    }

    [Fact]
    public void P11_proofs_that_change_places_are_refused()
    {
        var proved = proofs.Select(Prove).ToList();
        var said = proved.SelectMany(p => p.Said).ToDictionary(s => s.Name, s => s.Value);
        var swapped = proved.ToDictionary(p => p.Asked.Name, p => ProofFormat.Write(p.Proof));
        (swapped["args.loans"], swapped["args.perps"]) = (swapped["args.perps"], swapped["args.loans"]);
        Assert.Equal("ProofRejected", Renew(said, swapped).Result.Failure?.Name);
    }

    [Fact]
    public void Key_inside_is_the_one_that_the_statement_is_built_with()
    {
        foreach (var proof in renew.Proofs)
        {
            var alone = Programs.Lower(program, proof.Program.Name);
            Assert.Equal(ProvingKey.Generate(CircuitEmitter.Emit(alone).Functions[0].Circuit, Profile.Standard, isHiding: true).VerifyingKey.Digest, InnerKeys.Standard.Of(proof.Program).Key.Digest);
        }
    }

    private static MachineStep Renew(Dictionary<string, Scalar> said, Dictionary<string, byte[]> files)
    {
        var symbol = program.Machines.First(m => m.Name == "CrossMargin").Symbol;
        string[] parties = ["client", "lender", "exchange", "feed"];
        Scalar[] dealers = [.. new[] { "one", "two", "three" }.Select(name => Scalar.Of(Digests.OfTestKey(name)))];
        var line = MachineInstance.New(
            symbol, machine, f => f.Name == "dealers" ? dealers : parties.Contains(f.Name) ? [Scalar.Of(Digests.OfTestKey(f.Name))] : f.Name == "line" ? [Scalar.Of(0)] : [Scalar.Of(1_767_225_600)], SaltSource.Fixed());
        var now = DateTimeOffset.Parse("2026-11-25T08:05:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var started = line.Step(0, new Dictionary<string, Scalar>(), now, now, SaltSource.Fixed()).After!;
        return started.Step(renew.Index, said, now, now, SaltSource.Fixed(), proofs: new NativeProofs(files, keys));
    }

    private static (IrInnerProof Asked, List<(string Name, Scalar Value)> Said, KoalaBear[] Publics, Proof Proof) Prove((string Argument, string Scenario) which)
    {
        var asked = renew.Proofs.First(p => p.Name == which.Argument);
        var run = Scenario.Run(program, File.ReadAllBytes(Repository.PathOf("examples", Example, "scenarios", which.Scenario)), SaltSource.Fixed());
        Assert.Empty(run.Errors);
        var inputs = run.Steps[0].Inputs!.SetItem("programId", Scalar.Of(keys.Of(asked.Program).ProgramId));
        var compiled = CircuitEmitter.Emit(asked.Program, keys).Functions[0];
        var trace = CircuitExecutor.Run(compiled.Circuit, CircuitComparison.Cells(compiled, [.. asked.Claim.Inputs.Select(i => inputs[i.Name])])).Trace!;
        var proof = Prover.Prove(ProvingKey.Generate(compiled.Circuit, Profile.Test, isHiding: true), trace);
        return (asked, [.. asked.SaidBy(inputs, run.Steps[0].Result.Outputs)], [.. trace.PublicValues], proof);
    }
}
