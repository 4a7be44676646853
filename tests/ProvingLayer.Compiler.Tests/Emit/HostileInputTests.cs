using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>Inputs that are no values of their type: the circuit itself refuses them, whoever made the witness.</summary>
public sealed class HostileInputTests
{
    [Fact]
    public void C7_C9_An_input_outside_its_type_is_refused_by_the_circuit()
    {
        var (integers, booleans) = (0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var compiled = CircuitEmitter.Emit(RandomFunction.Of(seed));
            var inputs = RandomFunction.Inputs(compiled.Function, new Random(seed));
            if (!Interpreter.Run(compiled.Function, inputs).IsAccepted)
            {
                continue;
            }

            var honest = CircuitComparison.Cells(compiled, inputs);
            foreach (var input in compiled.Abi.Inputs)
            {
                foreach (var forged in Forged(input, honest))
                {
                    var result = CircuitExecutor.Run(compiled.Circuit, forged, keepGoing: true);
                    Assert.False(result.Succeeded, $"seed {seed}: {input.Name} is not refused");
                    Assert.False(ConstraintChecker.Check(compiled.Circuit, result.Trace!).Holds, $"seed {seed}: a forged {input.Name} is accepted");
                    _ = input.Type.Kind == ScalarKind.Integer ? integers++ : booleans++;
                }
            }
        }

        Assert.True(integers > 50 && booleans > 20, $"{integers} integers, {booleans} booleans");
    }

    private static IEnumerable<CellValue[]> Forged(AbiInput input, CellValue[] honest)
    {
        switch (input.Type.Kind)
        {
            case ScalarKind.Integer:
                var (low, high) = (input.Type.Interval.Low, input.Type.Interval.High);
                var bits = 128 * input.SlotCount;
                var holds = low.Sign < 0 ? Interval.Signed(bits) : Interval.Unsigned(bits);
                foreach (var outside in new[] { low - 1, high + 1, high + 2, holds.Low, holds.High, high + (BigInteger.One << 64) })
                {
                    if (holds.Contains(outside) && !input.Type.Interval.Contains(outside))
                    {
                        var cells = (CellValue[])honest.Clone();
                        AbiCells.Write(input, Scalar.Of(outside), cells);
                        yield return cells;
                    }
                }

                break;
            case ScalarKind.Boolean:
                foreach (var lie in new[] { Extension5.FromBase(KoalaBear.FromCanonical(2)), Extension5.FromBase(-KoalaBear.One), Extension5.FromBase(KoalaBear.Half), NotBase() })
                {
                    var cells = (CellValue[])honest.Clone();
                    cells[input.Slot] = CellValue.Value(lie);
                    yield return cells;
                }

                break;
        }
    }

    private static Extension5 NotBase() => new([KoalaBear.One, KoalaBear.One, KoalaBear.Zero, KoalaBear.Zero, KoalaBear.Zero]);
}
