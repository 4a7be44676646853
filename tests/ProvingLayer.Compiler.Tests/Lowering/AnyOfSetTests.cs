using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Recursion;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>A circuit that verifies a proof of any of a set of statements: honest ones of each, and every way to give it another. Proofs of the test profile, which the circuit checks like any other.</summary>
public class AnyOfSetTests
{
    private const string Source = """
        error TooSmall;
        pub statement Sum(pub a: u64, b: u64) -> u64 { disclose(a + b) }
        pub statement Shifted(pub a: u64, b: u64, c: u64) -> u64 {
            require b > c else TooSmall;
            disclose(a + b - c)
        }
        pub statement Outside(pub a: u64, b: u64) -> u64 { disclose(a + b + 1) }
        set Either = { Sum, Shifted };
        set All = { Sum, Shifted, Outside };
        statement Twice(pub a: u64, p: proof<Either>) -> u64 {
            let r = verify any of Either(a: a) using p;
            disclose(r * 2)
        }
        statement TwiceOfAll(pub a: u64, p: proof<All>) -> u64 {
            let r = verify any of All(a: a) using p;
            disclose(r * 2)
        }
        test "mocks of each go in, and of no other" {
            let sum = prove(Sum(a: 5, b: 200));
            let shifted = prove(Shifted(a: 5, b: 200, c: 10));
            prove(Twice(a: 5, p: sum));
            prove(Twice(a: 5, p: shifted));
            reject ProofRejected { prove(Twice(a: 6, p: sum)); }
            reject ProofRejected { prove(Twice(a: 6, p: shifted)); }
        }
        """;

    private static readonly InnerKeys keys = new(Profile.Test);
    private static readonly IrProgram twice = Programs.Lower(Programs.Bind(Source), "Twice");
    private static readonly CircuitFunction outer = CircuitEmitter.Emit(twice, keys).Functions[0];
    private static readonly ImmutableArray<IrProgram> programs = Programs.Lower(Programs.Bind(Source), "TwiceOfAll").Functions[0].Proofs[0].Choices;
    private static readonly Lazy<LeafWrap>[] wraps = [.. programs.Select(program => new Lazy<LeafWrap>(() => LeafWrap.Create(keys.Shape, keys.Of(program).Key, keys.Options)))];
    private static readonly Lazy<Given> sum = new(() => Prove(0, 5, ("args.b", 200)));
    private static readonly Lazy<Given> shifted = new(() => Prove(1, 5, ("args.b", 200), ("args.c", 10)));
    private static readonly Lazy<Given> outside = new(() => Prove(2, 5, ("args.b", 200)));

    [Fact]
    public void Tests_take_a_proof_of_each_statement()
    {
        var result = Assert.Single(TestRunner.Run(Programs.Bind(Source), null, new CircuitCheck(), new DiagnosticBag()));
        Assert.True(result.Failure is null, result.Failure?.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Circuit_and_interpreter_accept_a_proof_of_each_and_say_the_same(int which)
    {
        var given = which == 0 ? sum.Value : shifted.Value;
        var run = Interpret(given);
        Assert.True(run.IsAccepted, run.Failure?.ToString());
        var executed = CircuitExecutor.Run(outer.Circuit, Cells(given.Said, Blocks(which, given)));
        Assert.True(executed.Succeeded, executed.Failures.IsEmpty ? "" : executed.Failures[0].ToString());
        Assert.True(executed.Trace!.PublicValues.AsSpan().SequenceEqual(run.PublicElements()));
        Assert.True(ConstraintChecker.Check(outer.Circuit, executed.Trace).Holds);
    }

    [Fact]
    public void What_the_circuit_states_is_the_same_whichever_statement_was_proved()
    {
        var ofSum = Prove(0, 5, ("args.b", 190));
        Assert.Equal(
            CircuitExecutor.Run(outer.Circuit, Cells(ofSum.Said, Blocks(0, ofSum))).Trace!.PublicValues.ToArray(),
            CircuitExecutor.Run(outer.Circuit, Cells(shifted.Value.Said, Blocks(1, shifted.Value))).Trace!.PublicValues.ToArray());
    }

    [Fact]
    public void Circuit_with_a_proof_of_a_set_is_proved_and_verified()
    {
        var trace = CircuitExecutor.Run(outer.Circuit, Cells(shifted.Value.Said, Blocks(1, shifted.Value))).Trace!;
        var key = ProvingKey.Generate(outer.Circuit, Profile.Test, isHiding: true);
        Assert.Equal(VerificationError.None, Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), Prover.Prove(key, trace), keys.Options).Error);
    }

    [Fact]
    public void P18_proof_of_a_program_outside_the_set_is_rejected()
    {
        var given = outside.Value;
        Assert.Equal("ProofRejected", Interpret(given).Failure?.Name);
        for (var choice = 0; choice < 2; choice++)
            Refused(given.Said, Blocks(choice, given, shownAs: 2));

        // A set that has it takes the same proof: it is the set alone that does not fit.
        var all = CircuitEmitter.Emit(Programs.Lower(Programs.Bind(Source), "TwiceOfAll"), keys).Functions[0];
        Assert.True(CircuitExecutor.Run(all.Circuit, Cells(all, given.Said, Blocks(2, given))).Succeeded);
    }

    [Fact]
    public void P18_proof_shown_as_one_of_another_program_of_the_set_is_rejected()
    {
        Refused(sum.Value.Said, Blocks(1, sum.Value, shownAs: 0));
        Refused(shifted.Value.Said, Blocks(0, shifted.Value, shownAs: 1));
    }

    [Fact]
    public void P18_aggregates_wrap_of_a_program_of_the_set_is_rejected()
    {
        // The same leaf under a key set's root, as an aggregate has it: another statement.
        var aggregator = Aggregator.Create(keys.Shape, [new(keys.Of(programs[0]).Key, InstanceCounts.Single)], keys.Options);
        var wrap = aggregator.Wrap(aggregator.Set.Members[0], sum.Value.Values, sum.Value.Proof)!;
        Assert.Equal(keys.InSet(programs[0]).WrapRoot, wrap.Member.PreprocessedRoot);

        // Laid out with the queries of what it says itself.
        var said = wrap.Statement.ToDigest(keys.Shape.SuiteId);
        var blocks = InnerProofLayout.Of(aggregator.Set.KeyOf(wrap.Member), keys.Options).WitnessOf(said.AsSpan(), wrap.Proof)!;
        Refused(sum.Value.Said, [Blocks(0, sum.Value)[0], .. blocks]);
    }

    public static TheoryData<int[]> Choices => [[0, 0], [1, 1], [2, -1], [-1, 2], [1, 0, 1], [0, 0, 1], [1, 0, 0, 0, 0, 0, 0, 1]];

    [Theory]
    [MemberData(nameof(Choices))]
    public void P18_choice_of_none_or_several_is_rejected(int[] chosen)
    {
        var limbs = new KoalaBear[Constraints.Cells.Limbs];
        for (var i = 0; i < chosen.Length; i++)
            limbs[i] = chosen[i] < 0 ? -KoalaBear.FromCanonical((uint)-chosen[i]) : KoalaBear.FromCanonical((uint)chosen[i]);
        var blocks = Blocks(0, sum.Value);
        blocks[0] = CellValue.Block(new Digest(limbs));
        var forced = CircuitExecutor.Run(outer.Circuit, Cells(sum.Value.Said, blocks), keepGoing: true);
        Assert.Contains(forced.Failures, failure => failure.ToString().Contains("one of the set is chosen", StringComparison.Ordinal));
        Assert.False(ConstraintChecker.Check(outer.Circuit, forced.Trace!).Holds);
    }

    [Fact]
    public void P11_proof_of_another_argument_or_result_is_rejected()
    {
        var blocks = Blocks(0, sum.Value);
        foreach (var (name, value) in new[] { ("args.p.result", 206), ("args.p.args.a", 4) })
        {
            var said = new Dictionary<string, Scalar>(sum.Value.Said) { [name] = Scalar.Of(value) };
            Assert.Equal("ProofRejected", Interpreter.Run(twice.Functions[0], Inputs(said, said["args.p.args.a"]), proofs: SourceOf(sum.Value)).Failure?.Name);
            Refused(said, blocks);
        }
    }

    [Fact]
    public void P11_every_block_of_the_proof_is_bound()
    {
        var blocks = Blocks(1, shifted.Value);
        const int Samples = 40;
        for (var i = 0; i < Samples; i++)
        {
            // What a message does not fill of its last block is zero, and nothing reads it; the first limb is always filled.
            var at = i * (blocks.Length - 1) / (Samples - 1);
            var limb = Enumerable.Range(0, 8).Select(k => (k + i) % 8).FirstOrDefault(k => !blocks[at].Limbs[k].IsZero);
            var elements = blocks[at].Limbs.ToArray();
            elements[limb] += KoalaBear.One;
            var changed = (CellValue[])blocks.Clone();
            changed[at] = CellValue.Block(new Digest(elements));
            Assert.False(CircuitExecutor.Run(outer.Circuit, Cells(shifted.Value.Said, changed), keepGoing: true).Succeeded, $"block {at}, limb {limb}");
        }
    }

    [Fact]
    public void P10_change_of_any_program_of_the_set_changes_the_outer_key()
    {
        var changed = CircuitEmitter.Emit(Programs.Lower(Programs.Bind(Source.Replace("b > c", "b >= c", StringComparison.Ordinal)), "Twice"), keys).Functions[0];
        Assert.NotEqual(Digest(changed), Digest(outer));

        static Digest Digest(CircuitFunction function) => ProvingKey.Generate(function.Circuit, Profile.Test).VerifyingKey.Digest;
    }

    [Theory]
    [InlineData("Sum, Sum", "one of this name is in it already")]
    [InlineData("Sum, Either", "it is a set itself")]
    [InlineData("Sum, Tally.history", "histories are of one machine each")]
    [InlineData("Sum, Named", "it says (n: u64) -> u64 in public, and Sum says (a: u64) -> u64")]
    [InlineData("Sum, Narrow", "it says (a: u64) -> u32 in public")]
    public void Set_of_what_does_not_belong_together_is_refused(string members, string reason)
    {
        var program = Compilation.Check([new SourceFile("t.tenor", Source + "set Wrong = { " + members + """
             };
            statement Named(pub n: u64) -> u64 { n }
            statement Narrow(pub a: u64) -> u32 { 7 }
            machine Tally { data { pub mut n: u64 = 0 } state Open transition start : init -> Open { become Open; } }
            """)]);
        Assert.Contains(program.Diagnostics, d => d.Code == "TNR7011" && d.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Statement_that_verifies_any_of_a_set_that_it_is_in_is_refused()
    {
        var program = Compilation.Check([new SourceFile("t.tenor", """
            set Loop = { Base, Again };
            statement Base(pub a: u64) -> u64 { a }
            statement Again(pub a: u64, p: proof<Loop>) -> u64 { disclose(verify any of Loop(a: a) using p) }
            """)]);
        Assert.Contains(program.Diagnostics, d => d.Code == "TNR7007");
    }

    private sealed record Given(Dictionary<string, Scalar> Said, KoalaBear[] Values, Proof Proof, Proof Wrapped);

    private static NativeProofs SourceOf(Given given) => new(new Dictionary<string, byte[]> { ["args.p"] = ProofFormat.Write(given.Proof) }, keys);

    private static RunResult Interpret(Given given) => Interpreter.Run(twice.Functions[0], Inputs(given.Said), proofs: SourceOf(given));

    /// <summary>Neither the circuit takes it nor do the constraints hold on any completion of its run.</summary>
    private static void Refused(Dictionary<string, Scalar> said, CellValue[] blocks)
    {
        var forced = CircuitExecutor.Run(outer.Circuit, Cells(said, blocks), keepGoing: true);
        Assert.False(forced.Succeeded);
        Assert.False(ConstraintChecker.Check(outer.Circuit, forced.Trace!).Holds);
    }

    /// <summary>The blocks of a proof, which chooses one program, laid out with the queries of the program whose it is.</summary>
    private static CellValue[] Blocks(int choice, Given given, int? shownAs = null)
    {
        ImmutableArray<SetProgram> all = [.. programs.Select(keys.InSet)];
        var blocks = AnyProofLayout.Of(keys.Shape, all).WitnessOf(shownAs ?? choice, given.Values, given.Wrapped)!;
        var limbs = new KoalaBear[Constraints.Cells.Limbs];
        limbs[choice] = KoalaBear.One;
        blocks[0] = CellValue.Block(new Digest(limbs));
        return blocks;
    }

    private static Given Prove(int which, uint a, params (string Name, int Value)[] hidden)
    {
        var (program, inner) = (programs[which], keys.Of(programs[which]));
        var inputs = hidden.ToDictionary(h => h.Name, h => Scalar.Of(h.Value));
        (inputs["programId"], inputs["args.a"]) = (Scalar.Of(inner.ProgramId), Scalar.Of(a));
        var function = program.Functions[0];
        var run = Interpreter.Run(function, inputs);
        Assert.True(run.IsAccepted, run.Failure?.ToString());
        var compiled = CircuitEmitter.Emit(program, keys).Functions[0];
        var trace = CircuitExecutor.Run(compiled.Circuit, CircuitComparison.Cells(compiled, [.. function.Inputs.Select(i => inputs[i.Name])])).Trace!;
        var proof = Prover.Prove(ProvingKey.Generate(compiled.Circuit, Profile.Test, isHiding: true), trace);
        KoalaBear[] values = [.. trace.PublicValues];
        Assert.Equal(VerificationError.None, Verifier.Verify(inner.Key, values, proof, keys.Options).Error);
        var said = new IrInnerProof("args.p", program).SaidBy(inputs, run.Outputs).ToDictionary(s => s.Name, s => s.Value);
        return new(said, values, proof, wraps[which].Value.Prove(values, proof)!);
    }

    private static Dictionary<string, Scalar> Inputs(Dictionary<string, Scalar> said, Scalar? a = null) =>
        new(said) { ["programId"] = Scalar.Of(default(Digest)), ["args.a"] = a ?? Scalar.Of(5) };

    private static CellValue[] Cells(Dictionary<string, Scalar> said, CellValue[] blocks) => Cells(outer, said, blocks);

    private static CellValue[] Cells(CircuitFunction function, Dictionary<string, Scalar> said, CellValue[] blocks)
    {
        var inputs = Inputs(said, said["args.p.args.a"]);
        var cells = CircuitComparison.Cells(function, [.. function.Function.Inputs.Select(i => inputs[i.Name])]);
        var proof = Assert.Single(function.Abi.InnerProofs);
        Assert.Equal(cells.Length, proof.Slot + proof.SlotCount);
        blocks.CopyTo(cells, proof.Slot);
        return cells;
    }
}
