using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary><c>by</c>: who has not signed this one step of this one instance cannot make it.</summary>
public sealed class AuthorityTests
{
    private const string Text = """
        asset USD { decimals: 2 }

        machine Box {
            data { owner: key, id: u64, mut keeper: key, mut count: u64 = 0, coins: vault<USD> }
            state Open
            state Held { holder: key }

            transition start by owner : init -> Open { become Open; }
            transition put(q: qty<USD>, payer: key) by payer : Open -> Open {
                move q from in(payer) to coins;
                count += 1;
                stay;
            }
            transition both(n: u64) by owner, keeper : Open -> Open { count += n; stay; }
            transition lend(to: key) by owner : Open -> Held { become Held { holder: to }; }
            transition back by holder : Held -> Open { become Open; }
            transition change(next: key, q: qty<USD>) by keeper : Open -> Open {
                keeper = next;
                move q from in(keeper) to coins;
                stay;
            }
        }

        test "who signs, may" {
            let b = Box.new(owner: K.alice, id: 1, keeper: K.bob);
            reject NotAuthorized { b.start(); }
            reject NotAuthorized { b.start() by K.bob; }
            b.start() by K.alice;
            b.put(q: 5.00 USD, payer: K.carol) by K.carol;
            reject NotAuthorized { b.put(q: 5.00 USD, payer: K.carol) by K.alice; }
            b.both(n: 2) by K.alice, K.bob;
            b.both(n: 2) by K.bob, K.alice;
            reject NotAuthorized { b.both(n: 2) by K.alice; }
            reject NotAuthorized { b.both(n: 2) by K.alice, K.carol; }
            b.lend(to: K.dora) by K.alice;
            reject NotAuthorized { b.back() by K.alice; }
            b.back() by K.dora;
            assert b.count == 5;
            assert flow(K.carol, USD) == -5.00 USD;
        }

        test "who pays has signed, also where the name has another value by then" {
            let b = Box.new(owner: K.alice, id: 1, keeper: K.bob);
            b.start() by K.alice;
            reject NotAuthorized { b.change(next: K.carol, q: 1.00 USD) by K.bob; }
            b.change(next: K.bob, q: 1.00 USD) by K.bob;
        }
        """;

    private static readonly Language.Bound.BoundProgram program = Programs.Bind(Text);
    private static readonly IrProgram box = Programs.Lower(program, "Box");
    private static readonly SigningTree alice = TestKeys.Of("alice");

    [Fact]
    public void Tests_of_authority_agree_in_interpreter_circuit_and_checker()
    {
        var (check, bag) = (new CircuitCheck(), new DiagnosticBag());
        foreach (var result in TestRunner.Run(program, null, check, bag))
            Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Runs >= 15);
    }

    [Fact]
    public void A_signature_with_any_scalar_changed_is_refused_by_the_constraints()
    {
        var circuit = CircuitEmitter.Emit(box.Functions[0]);
        var step = Step(Instance(1), 0, new TestSigners([alice], []));
        var honest = step.Inputs!;
        Assert.True(Holds(circuit, honest));
        var names = honest.Keys.Where(k => k.StartsWith("by[0].", StringComparison.Ordinal)).ToList();
        Assert.Equal(Signature.Count, names.Count);
        foreach (var name in names)
        {
            var lie = honest[name].Kind == ScalarKind.Digest ? Scalar.Of(Digests.OfName("a lie")) : Scalar.Of(honest[name].Number + 1);
            Assert.False(Holds(circuit, honest.SetItem(name, lie)), $"{name} was changed");
        }
    }

    [Fact]
    public void A_signature_is_refused_on_another_instance_step_argument_transition_and_program()
    {
        var first = Instance(1);
        var start = Step(first, 0, new TestSigners([alice], []));
        var signature = Captured(start);
        Assert.True(Step(first, 0, signature).Result.IsAccepted);
        AssertRefused(Step(Instance(2), 0, signature)); // another instance
        AssertRefused(Step(first, 0, signature, programId: Digests.OfName("another program")));

        var open = start.After!;
        var both = Step(open, 2, new TestSigners([alice, TestKeys.Of("bob")], []), ("args.n", Scalar.Of(1)));
        var signed = Captured(both);
        Assert.True(Step(open, 2, signed, ("args.n", Scalar.Of(1))).Result.IsAccepted);
        AssertRefused(Step(open, 2, signed, ("args.n", Scalar.Of(2)))); // another argument
        AssertRefused(Step(both.After!, 2, signed, ("args.n", Scalar.Of(1)))); // the step after
        AssertRefused(Step(open, 3, signed, ("args.to", Scalar.Of(alice.Root)))); // another transition
    }

    [Fact]
    public void C16_The_message_that_is_signed_is_the_same_before_and_after_the_passes()
    {
        var unoptimised = Compiler.Lowering.ProgramLowering.Run(program.Instantiate("Box", new())!, new DiagnosticBag())!.Functions[0];
        var step = Step(Instance(1), 0, new TestSigners([alice], []));
        var other = Interpreter.Run(unoptimised, step.Inputs!);
        Assert.True(other.IsAccepted, other.Failure?.ToString());
        Assert.Equal(step.Result.Output("by[0].message"), other.Output("by[0].message"));
        Assert.Equal(step.Result.Output("by[0].key"), Scalar.Of(alice.Root));
    }

    private static MachineInstance Instance(int id) => MachineInstance.New(
        program.Machines[0].Symbol,
        box,
        f => f.Name switch { "owner" => [Scalar.Of(alice.Root)], "keeper" => [Scalar.Of(Digests.OfTestKey("bob"))], "id" => [Scalar.Of(id)], _ => [Scalar.Of(0)] },
        SaltSource.Fixed());

    private static MachineStep Step(MachineInstance instance, int transition, ISignatureSource signatures, params (string Path, Scalar Value)[] arguments) =>
        Step(instance, transition, signatures, default, arguments);

    private static MachineStep Step(MachineInstance instance, int transition, ISignatureSource signatures, Digest programId, params (string Path, Scalar Value)[] arguments) =>
        instance.Step(transition, arguments.ToDictionary(a => a.Path, a => a.Value), 0, 0, SaltSource.Fixed(), signatures, programId);

    private static void AssertRefused(MachineStep step)
    {
        Assert.Equal("NotAuthorized", step.Result.Failure?.Name);
        Assert.Null(CircuitComparison.Difference(
            CircuitEmitter.Emit(step.Function), [.. step.Function.Inputs.Select(i => step.Inputs![i.Name])], step.Result));
    }

    // Signs whatever it is asked with the signatures of a step that was made.
    private static Replay Captured(MachineStep step)
    {
        Assert.True(step.Result.IsAccepted, step.Result.Failure?.ToString());
        return new([.. step.Function.Signatures.Select(s => Read([.. step.Function.Inputs.Skip(s.First).Take(Signature.Count).Select(i => step.Inputs![i.Name])]))]);
    }

    private static Signature Read(ReadOnlySpan<Scalar> scalars)
    {
        var digests = scalars.ToArray().Skip(2).Select(s => s.Digest).ToList();
        return new(scalars[0].Digest, (int)scalars[1].Number, [.. digests.Take(SignatureScheme.Chains)], [.. digests.Skip(SignatureScheme.Chains)]);
    }

    private static bool Holds(CircuitFunction circuit, System.Collections.Immutable.ImmutableSortedDictionary<string, Scalar> inputs)
    {
        var cells = CircuitComparison.Cells(circuit, [.. circuit.Function.Inputs.Select(i => inputs[i.Name])]);
        return ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, keepGoing: true).Trace!).Holds;
    }

    private sealed class Replay(Signature[] signatures) : ISignatureSource
    {
        public Signature? Sign(IrSignature asked, int place, Digest key, Digest message) => signatures[Math.Min(place, signatures.Length - 1)];
    }
}
