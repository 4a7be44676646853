using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>
/// Programs that say the same in other words: commuted, associated, distributed, with choices turned round, zeros added, parts outlined into functions. They accept
/// and refuse the same inputs and give the same results, before and after the passes and in their circuits.
/// </summary>
public sealed class MetamorphicTests
{
    [Fact]
    public void C16_Rewritten_programs_mean_the_same() => Compare(0, 400, 12);

    [Fact]
    [Trait("Category", "Long")]
    public void C16_Many_rewritten_programs_mean_the_same() => Compare(10_000, LongRun.Of(10_000, 3_000), 20);

    private static void Compare(int first, int programs, int everyWithCircuit)
    {
        var (changed, accepted, refused) = (0, 0, 0);
        for (var seed = first; seed < first + programs; seed++)
        {
            var random = new Random(seed);
            var rewriting = new Rewriting(random);
            var term = rewriting.Expression(4);
            if (term.Bits > 300)
                continue; // past what the language takes once rewritten
            var plain = rewriting.Program(term);
            var other = term;
            for (var i = 0; i < 2; i++)
                other = rewriting.Rewrite(other);
            var rewritten = rewriting.Program(other);
            changed += plain == rewritten ? 0 : 1;
            var (left, right) = (Lower(plain, seed), Lower(rewritten, seed));
            var variants = new[] { left.Plain, left.Passed, right.Plain, right.Passed };
            var circuits = seed % everyWithCircuit == 0 ? new[] { CircuitEmitter.Emit(left.Passed), CircuitEmitter.Emit(right.Passed) } : [];
            for (var run = 0; run < 6; run++)
            {
                var inputs = Inputs(random);
                var results = variants.Select(f => Interpreter.Run(f, inputs)).ToArray();
                foreach (var result in results)
                {
                    Assert.True(result.Failure?.Name == results[0].Failure?.Name, $"seed {seed}: {plain}\n{rewritten}: {results[0].Failure} against {result.Failure}");
                    Assert.True(!result.IsAccepted || result.Output("result") == results[0].Output("result"), $"seed {seed}: {plain}\n{rewritten}");
                }

                (accepted, refused) = results[0].IsAccepted ? (accepted + 1, refused) : (accepted, refused + 1);
                foreach (var (circuit, result) in circuits.Zip([results[1], results[3]]))
                    Assert.Null(CircuitComparison.Difference(circuit, [.. circuit.Function.Inputs.Select(i => inputs[i.Name])], result));
            }
        }

        Assert.True(changed > programs * 3 / 4, $"{changed} were rewritten");
        Assert.True(accepted > programs && refused > programs / 20, $"{accepted} runs accepted, {refused} refused");
    }

    private static (IrFunction Plain, IrFunction Passed) Lower(string text, int seed)
    {
        var program = Binder.Bind([new SourceFile("same.tenor", text)]);
        Assert.True(program.Diagnostics.IsEmpty, $"seed {seed}: {text}\n{string.Join('\n', program.Diagnostics)}");
        var target = program.Targets.Single();
        return (ProgramLowering.Run(target, new DiagnosticBag())!.Functions[0], Compilation.Lower(target, new DiagnosticBag())!.Functions[0]);
    }

    private static Dictionary<string, Scalar> Inputs(Random random)
    {
        long Wide() => random.Next(4) switch { 0 => random.Next(-3, 4), 1 => long.MaxValue - random.Next(3), 2 => long.MinValue + random.Next(3), _ => random.NextInt64(long.MinValue, long.MaxValue) };
        return new()
        {
            ["programId"] = Scalar.Of(default(Digest)),
            ["args.a"] = Scalar.Of(Wide()),
            ["args.b"] = Scalar.Of(Wide()),
            ["args.c"] = Scalar.Of(random.Next(3) == 0 ? uint.MaxValue : random.NextInt64(uint.MaxValue)),
            ["args.d"] = Scalar.Of(random.Next(256)),
        };
    }
}
