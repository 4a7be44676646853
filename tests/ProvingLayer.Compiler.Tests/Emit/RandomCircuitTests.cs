using System.Globalization;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>One meaning: interpreter, circuit execution and constraint check of random functions agree; lies in any cell are seen.</summary>
public sealed class RandomCircuitTests
{
    private const int RunsEach = 3;

    [Fact]
    public void Interpreter_circuit_and_checker_agree_on_random_functions() => Agree(1, 150);

    [Fact]
    [Trait("Category", "Long")]
    public void Interpreter_circuit_and_checker_agree_on_many_random_functions() => Agree(1_000, LongRun.Of(10_000, 3_000));

    [Fact]
    public void Interpreter_circuit_and_checker_agree_on_random_statements() => AgreeOnStatements(1, 150);

    [Fact]
    [Trait("Category", "Long")]
    public void Interpreter_circuit_and_checker_agree_on_many_random_statements() => AgreeOnStatements(1_000, LongRun.Of(10_000, 2_000));

    [Fact]
    public void C2_A_lie_after_any_instruction_is_rejected() => Lie(1, 12, everyNth: 7);

    [Fact]
    [Trait("Category", "Long")]
    public void C2_A_lie_in_any_cell_of_many_random_functions_is_rejected() => Lie(1_000, 300, everyNth: 3);

    [Fact]
    public void C18_The_same_function_is_the_same_circuit_in_every_culture_and_thread()
    {
        var expected = Enumerable.Range(1, 20).Select(Bytes).ToArray();
        foreach (var culture in new[] { "tr-TR", "de-DE", "ar-SA" })
        {
            var found = new byte[expected.Length][];
            var thread = new Thread(() =>
            {
                Thread.CurrentThread.CurrentCulture = Thread.CurrentThread.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                for (var i = 0; i < found.Length; i++)
                {
                    found[i] = Bytes(i + 1);
                }
            });
            thread.Start();
            thread.Join();
            Assert.Equal(expected, found);
        }

        static byte[] Bytes(int seed) => CircuitFormat.ToBytes(CircuitEmitter.Emit(RandomFunction.Of(seed)).Circuit);
    }

    private static void Agree(int firstSeed, int count) => Agree(firstSeed, count, seed =>
    {
        var function = RandomFunction.Of(seed);
        return (function, random => RandomFunction.Inputs(function, random));
    });

    private static void AgreeOnStatements(int firstSeed, int count) => Agree(firstSeed, count, seed =>
    {
        var statement = RandomStatement.Of(seed);
        var function = Pass.RunAll(StatementLowering.Run(statement), Pass.Pipeline);
        return (function, Draw);

        Scalar[] Draw(Random random)
        {
            var inputs = RandomInputs.Of(statement, function, random).Inputs;
            return [.. function.Inputs.Select(i => inputs[i.Name])];
        }
    });

    private static void Agree(int firstSeed, int count, Func<int, (IrFunction Function, Func<Random, Scalar[]> Inputs)> generate)
    {
        var (accepted, rejected) = (0, 0);
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var (function, draw) = generate(seed);
            var circuit = CircuitEmitter.Emit(function);
            var random = new Random(seed);
            for (var run = 0; run < RunsEach; run++)
            {
                var inputs = draw(random);
                var result = Interpreter.Run(function, inputs);
                var difference = CircuitComparison.Difference(circuit, inputs, result);
                Assert.True(difference is null, $"seed {seed}, run {run}: {difference}");
                _ = result.IsAccepted ? accepted++ : rejected++;
            }
        }

        // Neither side may fall asleep.
        Assert.True(accepted > count / 4 && rejected > count / 10, $"{accepted} accepted, {rejected} rejected");
    }

    private static void Lie(int firstSeed, int count, int everyNth)
    {
        var lies = 0;
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var compiled = CircuitEmitter.Emit(RandomFunction.Of(seed));
            var random = new Random(seed);
            var inputs = RandomFunction.Inputs(compiled.Function, random);
            for (var attempt = 0; attempt < 20 && !Interpreter.Run(compiled.Function, inputs).IsAccepted; attempt++)
            {
                inputs = RandomFunction.Inputs(compiled.Function, random);
            }

            var cells = CircuitComparison.Cells(compiled, inputs);
            var honest = CircuitExecutor.Run(compiled.Circuit, cells);
            if (!honest.Succeeded)
            {
                continue;
            }

            var free = compiled.FreeCells.ToHashSet();
            for (var address = random.Next(everyNth); address < compiled.Circuit.CellCount; address += everyNth)
            {
                if (free.Contains(address))
                {
                    continue;
                }

                var told = CircuitExecutor.Run(compiled.Circuit, cells, new CellFault(address), keepGoing: true);
                if (SameTrace(honest.Trace!, told.Trace!))
                {
                    continue; // A constant that only advice reads, half a sponge state that nobody reads: nothing of it is in the trace.
                }

                lies++;
                Assert.False(ConstraintChecker.Check(compiled.Circuit, told.Trace!).Holds, $"seed {seed}: a lie in cell {address} is not seen");
            }
        }

        Assert.True(lies > count * 10, $"only {lies} lies were told");
    }

    internal static bool SameTrace(Trace left, Trace right) =>
        left.Main.Zip(right.Main).All(pair => pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data))
        && left.PublicValues.AsSpan().SequenceEqual(right.PublicValues.AsSpan());
}
