using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Lowering;

public class RandomProgramTests
{
    [Fact]
    public void Interpreter_agrees_with_exact_rationals_on_five_thousand_random_programs() => Compare(0, 5_000, 4);

    [Fact]
    [Trait("Category", "Long")]
    public void Interpreter_agrees_with_exact_rationals_on_many_more() => Compare(10_000, LongRun.Of(100_000, 15_000), 8);

    private static void Compare(int first, int programs, int runs)
    {
        var (accepted, failures) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        for (var seed = first; seed < first + programs; seed++)
        {
            var statement = RandomStatement.Of(seed);
            var function = Pass.RunAll(StatementLowering.Run(statement), Pass.Pipeline);
            var random = new Random(seed);
            for (var run = 0; run < runs; run++)
            {
                var (inputs, arguments) = RandomInputs.Of(statement, function, random);
                var (result, failure) = DirectEvaluation.Run(statement, arguments);
                var actual = Interpreter.Run(function, inputs);
                Assert.True(failure == actual.Failure?.Failure.Name, $"seed {seed}, run {run}: {failure ?? "accepted"} against {actual.Failure?.ToString() ?? "accepted"}");
                if (failure is null)
                    Assert.True(result == actual.Output("result").Number, $"seed {seed}, run {run}: {result} against {actual.Output("result")}");
                accepted += failure is null ? 1 : 0;
                failures[failure ?? ""] = failures.GetValueOrDefault(failure ?? "") + 1;
            }
        }

        // The generator does not run dry: every kind of failure and many accepted runs are among them.
        Assert.True(accepted > programs / 4, $"{accepted} runs accepted");
        foreach (var name in (string[])["DivisionByZero", "IndexOutOfRange", "NotExact", "OutOfRange", "random.First", "random.Second"])
            Assert.True(failures.GetValueOrDefault(name) > programs / 1000, $"{name} failed {failures.GetValueOrDefault(name)} times");
    }
}
