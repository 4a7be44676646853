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
using ProvingLayer.Recursion;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>A circuit that verifies a proof of a statement: honest ones, and every way to give it another. Proofs of the test profile, which the circuit checks like any other.</summary>
public class InnerProofTests
{
    private const string Source = """
        error TooSmall;
        struct Seen { total: u64, isLarge: bool }
        pub statement Sum(pub a: u64, pub who: key, b: u64) -> Seen {
            require b > 0 else TooSmall;
            disclose(Seen { total: a + b, isLarge: b > 100 })
        }
        pub statement Difference(pub a: u64, pub who: key, b: u64) -> Seen {
            require b > 0 else TooSmall;
            disclose(Seen { total: a + b, isLarge: b > 101 })
        }
        statement Twice(pub c: u64, pub owner: key, p: proof<Sum>) -> u64 {
            let r = verify Sum(a: c, who: owner) using p;
            require r.isLarge else TooSmall;
            disclose(r.total * 2)
        }
        statement TwiceOfDifference(pub c: u64, pub owner: key, p: proof<Difference>) -> u64 {
            let r = verify Difference(a: c, who: owner) using p;
            require r.isLarge else TooSmall;
            disclose(r.total * 2)
        }
        statement Any(pub c: u64, p: proof<Sum>) -> u64 {
            let r = verify Sum(a: c, who: _) using p;
            disclose(r.total)
        }
        test "mocks carry their statement" {
            let p = prove(Sum(a: 5, who: K.alice, b: 200));
            let twice = prove(Twice(c: 5, owner: K.alice, p: p));
            reject ProofRejected { prove(Twice(c: 6, owner: K.alice, p: p)); }
            reject ProofRejected { prove(Twice(c: 5, owner: K.bob, p: p)); }
            reject TooSmall { prove(Sum(a: 5, who: K.alice, b: 0)); }
            let small = prove(Sum(a: 5, who: K.alice, b: 7));
            reject TooSmall { prove(Twice(c: 5, owner: K.alice, p: small)); }
        }
        """;

    private static readonly InnerKeys keys = new(Profile.Test);
    private static readonly Digest alice = Digests.OfTestKey("alice");
    private static readonly IrProgram twice = Programs.Lower(Programs.Bind(Source), "Twice");
    private static readonly CircuitFunction outer = CircuitEmitter.Emit(twice, keys).Functions[0];
    private static readonly IrInnerProof inner = twice.Functions[0].Proofs[0];

    [Fact]
    public void Tests_prove_statements_and_hand_on_what_they_say()
    {
        var bag = new DiagnosticBag();
        var result = Assert.Single(TestRunner.Run(Programs.Bind(Source), null, new CircuitCheck(), bag));
        Assert.True(result.Failure is null, result.Failure?.Message);
    }

    [Fact]
    public void Circuit_and_interpreter_accept_an_honest_proof_and_say_the_same()
    {
        var (said, proof) = Prove(inner, 5, alice, 200);
        var inputs = Inputs(5, alice, said);
        var run = Interpreter.Run(twice.Functions[0], inputs, proofs: new NativeProofs(new Dictionary<string, byte[]> { ["args.p"] = ProofFormat.Write(proof) }, keys));
        Assert.True(run.IsAccepted, run.Failure?.ToString());
        var executed = CircuitExecutor.Run(outer.Circuit, Cells(inputs, Blocks(inner, proof, said)));
        Assert.True(executed.Succeeded, executed.Failures.IsEmpty ? "" : executed.Failures[0].ToString());
        Assert.True(executed.Trace!.PublicValues.AsSpan().SequenceEqual(run.PublicElements()));
        Assert.True(ConstraintChecker.Check(outer.Circuit, executed.Trace).Holds);
    }

    [Fact]
    public void Circuit_with_an_inner_proof_is_proved_and_verified()
    {
        var (said, proof) = Prove(inner, 5, alice, 200);
        var trace = CircuitExecutor.Run(outer.Circuit, Cells(Inputs(5, alice, said), Blocks(inner, proof, said))).Trace!;
        var key = ProvingKey.Generate(outer.Circuit, Profile.Test, isHiding: true);
        Assert.Equal(VerificationError.None, Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), Prover.Prove(key, trace), keys.Options).Error);
    }

    [Fact]
    public void P18_proof_of_a_program_of_the_same_shape_is_rejected()
    {
        var control = Programs.Lower(Programs.Bind(Source), "TwiceOfDifference");
        var other = control.Functions[0].Proofs[0];
        var (said, proof) = Prove(other, 5, alice, 200);
        Assert.Equal(keys.Of(inner.Program).Key.Tables.Length, keys.Of(other.Program).Key.Tables.Length);
        var blocks = Blocks(other, proof, said);
        Refused(5, alice, said, proof, blocks);

        // The same text with the other's key as its constant takes it: it is the key alone that does not fit.
        var circuit = CircuitEmitter.Emit(control, keys).Functions[0];
        Assert.Equal(outer.Abi.InnerProofs[0].SlotCount, circuit.Abi.InnerProofs[0].SlotCount);
        Assert.True(CircuitExecutor.Run(circuit.Circuit, Cells(circuit, Inputs(5, alice, said), blocks)).Succeeded);
    }

    [Fact]
    public void P18_proof_under_the_right_key_that_names_another_program_is_rejected()
    {
        // A statement's circuit takes the program's digest as an input: that it is the key's own is what the verifying circuit says, by a constant.
        var named = Digests.OfTestKey("program");
        var (said, trace) = Run(inner, 5, alice, 200, named);
        var proof = Prover.Prove(ProvingKey.Generate(CircuitEmitter.Emit(inner.Program, keys).Functions[0].Circuit, Profile.Test, isHiding: true), trace);
        var (arguments, result) = inner.DigestsOf(said);
        KoalaBear[] values = [.. named.AsSpan(), .. arguments.AsSpan(), .. result.AsSpan()];
        Assert.Equal(VerificationError.None, Verifier.Verify(keys.Of(inner.Program).Key, values, proof, keys.Options).Error);
        Refused(5, alice, said, proof, InnerProofLayout.Of(keys.Of(inner.Program).Key, keys.Options).WitnessOf(values, proof)!);
    }

    [Fact]
    public void P11_proof_of_another_argument_is_rejected()
    {
        var (said, proof) = Prove(inner, 6, alice, 200);
        var blocks = Blocks(inner, proof, said);
        Refused(5, alice, said, proof, blocks); // what the proof says does not fit what the circuit asks
        said["args.p.args.a"] = Scalar.Of(5);
        Refused(5, alice, said, proof, blocks); // nor does the proof fit what is said of it
    }

    [Theory]
    [InlineData("args.p.result.total", 206)]
    [InlineData("args.p.result.total", 204)]
    [InlineData("args.p.args.a", 4)]
    public void P11_proof_with_another_result_or_argument_beside_it_is_rejected(string name, int value)
    {
        var (said, proof) = Prove(inner, 5, alice, 200);
        var blocks = Blocks(inner, proof, said);
        said[name] = Scalar.Of(value);
        Refused(name == "args.p.args.a" ? 4u : 5u, alice, said, proof, blocks);
    }

    [Fact]
    public void P11_every_block_of_the_proof_is_bound()
    {
        var (said, proof) = Prove(inner, 5, alice, 200);
        var blocks = Blocks(inner, proof, said);
        var inputs = Inputs(5, alice, said);
        const int Samples = 48;
        for (var i = 0; i < Samples; i++)
        {
            // What a message does not fill of its last block is zero, and nothing reads it.
            var at = i * (blocks.Length - 1) / (Samples - 1);
            var limb = Enumerable.Range(0, 8).Select(k => (k + i) % 8).First(k => !blocks[at].Limbs[k].IsZero);
            var elements = blocks[at].Limbs.ToArray();
            elements[limb] += KoalaBear.One;
            var changed = (CellValue[])blocks.Clone();
            changed[at] = CellValue.Block(new Digest(elements));
            var forced = CircuitExecutor.Run(outer.Circuit, Cells(inputs, changed), keepGoing: true);
            Assert.False(forced.Succeeded, $"block {at}, limb {limb}");
            if (i % 8 == 0)
                Assert.False(ConstraintChecker.Check(outer.Circuit, forced.Trace!).Holds, $"block {at}, limb {limb}");
        }
    }

    [Fact]
    public void P13_transparent_proof_of_a_hiding_key_is_rejected()
    {
        var key = ProvingKey.Generate(CircuitEmitter.Emit(inner.Program, keys).Functions[0].Circuit, Profile.Test);
        var (said, trace) = Run(inner, 5, alice, 200);
        var proof = Prover.Prove(key, trace);
        Assert.False(proof.IsHiding);
        Assert.True(keys.Of(inner.Program).Key.IsHiding);
        Assert.Null(InnerProofLayout.Of(keys.Of(inner.Program).Key, keys.Options).WitnessOf(trace.PublicValues.AsSpan(), proof));
        Assert.NotNull(new NativeProofs(new Dictionary<string, byte[]> { ["args.p"] = ProofFormat.Write(proof) }, keys)
            .FaultOf(inner, inner.DigestsOf(said).Arguments, inner.DigestsOf(said).Result));

        // Nor does the circuit take it, if its blocks are filled up to the number that a hidden one has.
        var blocks = InnerProofLayout.Of(key.VerifyingKey, keys.Options).WitnessOf(trace.PublicValues.AsSpan(), proof)!;
        var filled = Enumerable.Repeat(CellValue.Block(default), outer.Abi.InnerProofs[0].SlotCount).ToArray();
        blocks.AsSpan(0, Math.Min(blocks.Length, filled.Length)).CopyTo(filled);
        Refused(5, alice, said, proof, filled);
    }

    [Fact]
    public void P11_blocks_of_the_proof_in_another_order_are_rejected()
    {
        var (said, proof) = Prove(inner, 5, alice, 200);
        var inputs = Inputs(5, alice, said);
        var blocks = Blocks(inner, proof, said);
        foreach (var (first, second) in new[] { (0, 1), (0, blocks.Length - 1), (blocks.Length / 3, 2 * blocks.Length / 3) })
        {
            var swapped = (CellValue[])blocks.Clone();
            (swapped[first], swapped[second]) = (swapped[second], swapped[first]);
            var forced = CircuitExecutor.Run(outer.Circuit, Cells(inputs, swapped), keepGoing: true);
            Assert.False(forced.Succeeded, $"blocks {first}, {second}");
            Assert.False(ConstraintChecker.Check(outer.Circuit, forced.Trace!).Holds);
        }
    }

    [Fact]
    public void Statement_without_private_inputs_is_verified_under_its_transparent_key()
    {
        var root = Programs.Lower(Programs.Bind("""
            pub statement Square(pub a: u64) -> u128 { a * a }
            statement Root(pub square: u128, pub a: u64, p: proof<Square>) -> bool {
                let r = verify Square(a: a) using p;
                disclose(r == square)
            }
            """), "Root");
        var asked = root.Functions[0].Proofs[0];
        Assert.False(keys.Of(asked.Program).Key.IsHiding);
        var inputs = new Dictionary<string, Scalar> { ["programId"] = Scalar.Of(keys.Of(asked.Program).ProgramId), ["args.a"] = Scalar.Of(12) };
        var squared = CircuitEmitter.Emit(asked.Program, keys).Functions[0];
        var trace = CircuitExecutor.Run(squared.Circuit, CircuitComparison.Cells(squared, [.. asked.Claim.Inputs.Select(i => inputs[i.Name])])).Trace!;
        var proof = Prover.Prove(ProvingKey.Generate(squared.Circuit, Profile.Test), trace);
        var said = asked.SaidBy(inputs, Interpreter.Run(asked.Claim, inputs).Outputs).ToDictionary(s => s.Name, s => s.Value);
        var circuit = CircuitEmitter.Emit(root, keys).Functions[0];
        var given = new Dictionary<string, Scalar>(said) { ["programId"] = Scalar.Of(default(Digest)), ["args.square"] = Scalar.Of(144), ["args.a"] = Scalar.Of(12) };
        Assert.True(CircuitExecutor.Run(circuit.Circuit, Cells(circuit, given, Blocks(asked, proof, said))).Succeeded);
    }

    [Fact]
    public void P10_change_of_the_inner_program_changes_the_outer_key()
    {
        var changed = Programs.Lower(Programs.Bind(Source.Replace("b > 100", "b > 99", StringComparison.Ordinal)), "Twice");
        var before = ProvingKey.Generate(outer.Circuit, Profile.Test).VerifyingKey.Digest;
        Assert.NotEqual(before, ProvingKey.Generate(CircuitEmitter.Emit(changed, keys).Functions[0].Circuit, Profile.Test).VerifyingKey.Digest);
    }

    [Fact]
    public void Interpreter_without_a_proof_rejects()
    {
        var (said, _) = Prove(inner, 5, alice, 200);
        Assert.Equal("ProofRejected", Interpreter.Run(twice.Functions[0], Inputs(5, alice, said)).Failure?.Name);
        Assert.Equal("ProofRejected", Interpreter.Run(twice.Functions[0], Inputs(5, alice, said), proofs: new NativeProofs(new Dictionary<string, byte[]>(), keys)).Failure?.Name);
    }

    [Fact]
    public void Ignored_input_may_be_anything_and_is_bound_all_the_same()
    {
        var any = Programs.Lower(Programs.Bind(Source), "Any");
        var circuit = CircuitEmitter.Emit(any, keys).Functions[0];
        var proofOf = any.Functions[0].Proofs[0];
        var (said, proof) = Prove(proofOf, 5, Digests.OfTestKey("bob"), 7);
        var inputs = new Dictionary<string, Scalar>(said) { ["programId"] = Scalar.Of(default(Digest)), ["args.c"] = Scalar.Of(5) };
        var blocks = InnerProofLayout.Of(keys.Of(proofOf.Program).Key, keys.Options).WitnessOf(PublicsOf(proofOf, said), proof)!;
        Assert.True(CircuitExecutor.Run(circuit.Circuit, Cells(circuit, inputs, blocks)).Succeeded);
        inputs["args.p.args.who"] = Scalar.Of(alice);
        Assert.False(CircuitExecutor.Run(circuit.Circuit, Cells(circuit, inputs, blocks)).Succeeded);
    }

    /// <summary>Neither the interpreter takes it nor the circuit, with the blocks that fit the proof best.</summary>
    private static void Refused(uint c, Digest owner, Dictionary<string, Scalar> said, Proof proof, CellValue[] blocks)
    {
        var inputs = Inputs(c, owner, said);
        var run = Interpreter.Run(twice.Functions[0], inputs, proofs: new NativeProofs(new Dictionary<string, byte[]> { ["args.p"] = ProofFormat.Write(proof) }, keys));
        Assert.Equal("ProofRejected", run.Failure?.Name);
        var forced = CircuitExecutor.Run(outer.Circuit, Cells(inputs, blocks), keepGoing: true);
        Assert.False(forced.Succeeded);
        Assert.False(ConstraintChecker.Check(outer.Circuit, forced.Trace!).Holds);
    }

    private static (Dictionary<string, Scalar> Said, Proof Proof) Prove(IrInnerProof proof, uint a, Digest who, uint b)
    {
        var (said, trace) = Run(proof, a, who, b);
        return (said, Prover.Prove(ProvingKey.Generate(CircuitEmitter.Emit(proof.Program, keys).Functions[0].Circuit, Profile.Test, isHiding: true), trace));
    }

    private static (Dictionary<string, Scalar> Said, Trace Trace) Run(IrInnerProof proof, uint a, Digest who, uint b, Digest? programId = null)
    {
        var function = proof.Claim;
        var inputs = new Dictionary<string, Scalar>
        {
            ["programId"] = Scalar.Of(programId ?? keys.Of(proof.Program).ProgramId),
            ["args.a"] = Scalar.Of(a),
            ["args.who"] = Scalar.Of(who),
            ["args.b"] = Scalar.Of(b),
        };
        var run = Interpreter.Run(function, inputs);
        Assert.True(run.IsAccepted, run.Failure?.ToString());
        var compiled = CircuitEmitter.Emit(proof.Program, keys).Functions[0];
        var trace = CircuitExecutor.Run(compiled.Circuit, CircuitComparison.Cells(compiled, [.. function.Inputs.Select(i => inputs[i.Name])])).Trace!;
        return (proof.SaidBy(inputs, run.Outputs).ToDictionary(s => s.Name, s => s.Value), trace);
    }

    private static Dictionary<string, Scalar> Inputs(uint c, Digest by, Dictionary<string, Scalar> said) =>
        new(said) { ["programId"] = Scalar.Of(default(Digest)), ["args.c"] = Scalar.Of(c), ["args.owner"] = Scalar.Of(by) };

    private static KoalaBear[] PublicsOf(IrInnerProof proof, Dictionary<string, Scalar> said)
    {
        var (arguments, result) = proof.DigestsOf(said);
        return [.. keys.Of(proof.Program).ProgramId.AsSpan(), .. arguments.AsSpan(), .. result.AsSpan()];
    }

    private static CellValue[] Blocks(IrInnerProof of, Proof proof, Dictionary<string, Scalar> said) =>
        InnerProofLayout.Of(keys.Of(of.Program).Key, keys.Options).WitnessOf(PublicsOf(of, said), proof)!;

    private static CellValue[] Cells(Dictionary<string, Scalar> inputs, CellValue[] blocks) => Cells(outer, inputs, blocks);

    private static CellValue[] Cells(CircuitFunction function, Dictionary<string, Scalar> inputs, CellValue[] blocks)
    {
        var cells = CircuitComparison.Cells(function, [.. function.Function.Inputs.Select(i => inputs[i.Name])]);
        var proof = Assert.Single(function.Abi.InnerProofs);
        Assert.Equal(cells.Length, proof.Slot + proof.SlotCount);
        blocks.CopyTo(cells, proof.Slot);
        return cells;
    }
}
