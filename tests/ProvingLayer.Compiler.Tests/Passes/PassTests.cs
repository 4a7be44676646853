using System.Collections.Immutable;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Passes;

public class PassTests
{
    [Fact]
    public void C16_each_pass_and_all_together_keep_outputs_and_the_first_failure_with_its_message()
    {
        var (accepted, rejected) = (0, 0);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var plain = RandomFunction.Of(seed);
            IrValidator.Check(plain);
            var variants = Pass.Pipeline.Select(p => (p.Name, Function: Pass.RunAll(plain, [p])))
                .Append(("all", Pass.RunAll(plain, Pass.Pipeline)))
                .ToImmutableArray();
            var random = new Random(seed);
            for (var run = 0; run < 6; run++)
            {
                var inputs = RandomFunction.Inputs(plain, random);
                var expected = Interpreter.Run(plain, inputs);
                (accepted, rejected) = expected.IsAccepted ? (accepted + 1, rejected) : (accepted, rejected + 1);
                foreach (var (name, function) in variants)
                {
                    var actual = Interpreter.Run(function, inputs);
                    Assert.True(expected.Failure?.ToString() == actual.Failure?.ToString(), $"seed {seed}, run {run}, {name}: {expected.Failure} against {actual.Failure}");
                    Assert.True(expected.Outputs.SequenceEqual(actual.Outputs), $"seed {seed}, run {run}, {name}: outputs differ");
                }
            }
        }

        Assert.True(accepted > 1_000 && rejected > 1_000, $"{accepted} accepted, {rejected} rejected");
    }

    [Fact]
    public void Passes_leave_fewer_instructions()
    {
        var before = Enumerable.Range(0, 200).Sum(seed => RandomFunction.Of(seed).Instructions.Length);
        var after = Enumerable.Range(0, 200).Sum(seed => Pass.RunAll(RandomFunction.Of(seed), Pass.Pipeline).Instructions.Length);
        Assert.True(after < before * 2 / 3, $"{before} to {after}");
    }

    [Fact]
    public void A_check_that_nobody_reads_stays()
    {
        var builder = new IrBuilder();
        var n = builder.Input(new("n", IrInputRole.PrivateArgument, IrType.Integer(Interval.Unsigned(16)), ScalarLayout.Unsigned(16), ScalarFormat.Integer));
        builder.Narrow(n, new(0, 9), IrFailure.Of(FailureKind.Range, "OutOfRange", ""));
        builder.Require(builder.Less(n, builder.Constant(5)), IrFailure.Of(FailureKind.Require, "Small", ""));
        var function = Pass.RunAll(builder.Build("checks", IrFunctionKind.Expression, 0, [], []), Pass.Pipeline);
        Assert.Equal(2, function.Instructions.Count(i => i.Op is IrNarrow or IrRequire));
        Assert.Equal("OutOfRange", Interpreter.Run(function, [Scalar.Of(10)]).Failure!.Name);
        Assert.Equal("Small", Interpreter.Run(function, [Scalar.Of(5)]).Failure!.Name);
        Assert.True(Interpreter.Run(function, [Scalar.Of(4)]).IsAccepted);
    }

    [Fact]
    public void A_check_that_can_never_hold_stays_and_fails()
    {
        var builder = new FoldingBuilder();
        builder.Require(builder.Constant(false), IrFailure.Of(FailureKind.Require, "Never", ""));
        var function = Pass.RunAll(builder.Build("never", IrFunctionKind.Expression, 0, [], []), Pass.Pipeline);
        Assert.Equal("Never", Interpreter.Run(function, []).Failure!.Name);
    }

    [Fact]
    public void Names_of_passes_are_unique() => Assert.Equal(Pass.Pipeline.Length, Pass.Pipeline.Select(p => p.Name).Distinct().Count());
}
