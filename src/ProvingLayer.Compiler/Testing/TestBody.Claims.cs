using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Compiler.Testing;

/// <content>What stands for proofs.</content>
internal sealed partial class TestBody
{
    /// <summary>Runs a statement: what stands for its proof is what the run says in public. Where the run fails, so does the text here, with the statement's own failure.</summary>
    private Value Prove(BoundProve prove)
    {
        var program = InnerPrograms.Of(prove.Claim);
        var (function, parameters) = (program.Functions[0], prove.Claim.Statement.Parameters);
        var values = prove.Arguments.Select(Lower).ToList();
        var scalars = values.Select((value, i) => Shape.ScalarsOf(parameters[prove.Order[i]].Type, value).ToList()).ToList();

        // An argument that is not known has a check that fails, which stands before.
        if (scalars.SelectMany(s => s).Any(scalar => Builder.KnownValue(scalar) is null))
            return Shape.Zero(Builder, prove.Type);
        var given = new Dictionary<string, Scalar>(StringComparer.Ordinal) { ["programId"] = Constraints.Encoding.Scalar.Of(default(Algebra.Digest)) };
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = parameters[prove.Order[i]];
            foreach (var (leaf, scalar) in Shape.LeavesOf(parameter.Type, $"args.{parameter.Name}").Zip(scalars[i]))
                given.Add(leaf.Path, Builder.KnownValue(scalar)!.Value);
        }

        var signed = values.SelectMany(value => Concrete.Of(Builder, value).Signed()).Select(data => data.Datum);
        var run = Interpreter.Run(function, given, signatures: new TestSigners([], [.. signed]), proofs: new TypedMocks(given));
        var inputs = function.Inputs.Zip(run.Inputs).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
        if (world.Check?.Compare(program, function, inputs, run) is { } difference)
        {
            Arithmetic.Require(Builder.Constant(false), IrFailure.Of(FailureKind.Assert, "", $"interpreter and circuit of {prove.Claim} differ: {difference}"));
            return Shape.Zero(Builder, prove.Type);
        }

        if (run.Failure is { } failure)
        {
            Arithmetic.Require(Builder.Constant(false), failure.Failure with { Message = [new(failure.Message)] });
            return Shape.Zero(Builder, prove.Type);
        }

        var said = new IrInnerProof("", program).SaidBy(inputs, run.Outputs).Select(s => Builder.Constant(s.Value));
        return Shape.Build(prove.Type, new(said));
    }

    /// <summary>What stands for a proof of a history says what the machine's steps so far have said.</summary>
    private Value Prove(BoundProveHistory prove)
    {
        var machine = world.Machines[prove.Machine];
        if (machine.History is { } history)
            return Shape.Build(prove.Type, new(history.Scalars.Select(Builder.Constant)));
        Arithmetic.Require(Builder.Constant(false), IrFailure.Of(FailureKind.State, ErrorSymbol.WrongState.Name, $"{machine.Symbol.Name} has made no step, and a history has at least one"));
        return Shape.Zero(Builder, prove.Type);
    }
}
