using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using Xunit.Abstractions;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>A step that the compiler makes against the same step written by hand: the same meaning, and hardly more cells.</summary>
public class ByHandTests(ITestOutputHelper output)
{
    private static readonly IrProgram program = Programs.Lower(Programs.Settlement, "Settlement");
    private static readonly CircuitFunction compiled = CircuitEmitter.Emit(program.Functions[3]);
    private static readonly Circuit written = SettlementByHand.Build(Digests.Of(DomainTag.Instance, [(Scalar.Of(Digests.OfName("examples.settlement.Settlement")), ScalarLayout.Digest)]));

    [Fact]
    public void Both_say_the_same_and_refuse_the_same()
    {
        var random = new Random(6);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 40; i++)
        {
            var (spot, strike) = ((ulong)random.NextInt64(1L << random.Next(1, 63)), (ulong)random.NextInt64(1L << random.Next(1, 63)));
            var step = Live().Step(
                3,
                Arguments(spot, strike, (ulong)random.NextInt64(1L << random.Next(1, 62)), random.Next(5) == 0 ? 7 : 9),
                5,
                7,
                SaltSource.Fixed());
            var cells = CircuitComparison.Cells(compiled, [.. step.Function.Inputs.Select(input => step.Inputs![input.Name])]);
            var mine = CircuitExecutor.Run(written, cells, keepGoing: true);
            var theirs = CircuitExecutor.Run(compiled.Circuit, cells, keepGoing: true);
            Assert.Equal(step.Result.IsAccepted, ConstraintChecker.Check(written, mine.Trace!).Holds);
            Assert.Equal(step.Result.IsAccepted, ConstraintChecker.Check(compiled.Circuit, theirs.Trace!).Holds);
            if (step.Result.IsAccepted)
            {
                Assert.Equal<KoalaBear>(step.Result.PublicElements(), mine.Trace!.PublicValues);
                accepted++;
            }
            else
            {
                refused++;
            }

        }

        Assert.True(accepted > 5 && refused > 5, $"{accepted} accepted, {refused} refused");
    }

    /// <summary>Every input of the circuit by hand is bound: another value in any limb of it is refused, or changes what is public.</summary>
    [Fact]
    public void The_one_by_hand_checks_its_inputs()
    {
        var step = Live().Step(3, Arguments(300_000_000, 100_000_000, 100_000_000, 9), 5, 7, SaltSource.Fixed());
        var cells = CircuitComparison.Cells(compiled, [.. step.Function.Inputs.Select(input => step.Inputs![input.Name])]);
        var honest = CircuitExecutor.Run(written, cells);
        Assert.True(honest.Succeeded);
        for (var slot = 0; slot < cells.Length; slot++)
        {
            for (var limb = 0; limb < 8; limb++)
            {
                var lie = (CellValue[])cells.Clone();
                KoalaBear[] limbs = [.. lie[slot].Limbs];
                limbs[limb] += KoalaBear.One;
                lie[slot] = CellValue.Of(lie[slot].Type, limbs);
                var run = CircuitExecutor.Run(written, lie, keepGoing: true);
                Assert.False(ConstraintChecker.Check(written, run.Trace!).Holds && run.Trace!.PublicValues.AsSpan().SequenceEqual(honest.Trace!.PublicValues.AsSpan()), $"slot {slot}, limb {limb}");
            }
        }
    }

    /// <summary>Cells before padding, what all circuits share left out.</summary>
    [Fact]
    public void W1_takes_at_most_three_tenths_more_cells_than_by_hand()
    {
        var (mine, theirs) = (CellsOf(written), CellsOf(compiled.Circuit));
        foreach (var (name, circuit) in (ReadOnlySpan<(string, Circuit)>)[("by hand", written), ("compiled", compiled.Circuit)])
            output.WriteLine($"{name}: {string.Join(", ", CircuitCost.Of(circuit).Chips.Select(c => $"{c.Chip} {c.Rows} x {c.Columns}"))}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{theirs:N0} cells compiled, {mine:N0} by hand: {(double)theirs / mine:F3}"));
        Assert.True(10 * theirs <= 13 * mine, $"{theirs} cells against {mine}");
    }

    private static long CellsOf(Circuit circuit) => CircuitCost.Of(circuit).Chips.Zip(circuit.Tables).Where(c => !c.Second.Chip.IsShared).Sum(c => (long)c.First.Rows * c.First.Columns);

    private static MachineInstance Live()
    {
        var machine = MachineInstance.New(Programs.Settlement.Machines[0].Symbol, program, _ => [Scalar.Of(0)], SaltSource.Fixed());
        machine = Step(machine, 0);
        machine = Step(machine, 1, ("args.account", 7), ("args.balance", 1_000_000_000_000));
        return Step(machine, 1, ("args.account", 9), ("args.balance", ulong.MaxValue - 500_000_000_000));

        static MachineInstance Step(MachineInstance before, int transition, params (string Name, ulong Value)[] given)
        {
            var step = before.Step(transition, given.ToDictionary(g => g.Name, g => Scalar.Of(g.Value)), 1, 2, SaltSource.Fixed());
            return step.After ?? throw new InvalidOperationException(step.Result.Failure!.ToString());
        }
    }

    private static Dictionary<string, Scalar> Arguments(ulong spot, ulong strike, ulong quantity, int holder) => new()
    {
        ["args.spot"] = Scalar.Of(spot),
        ["args.strike"] = Scalar.Of(strike),
        ["args.quantity"] = Scalar.Of(quantity),
        ["args.holder"] = Scalar.Of(holder),
        ["args.writer"] = Scalar.Of(7),
    };
}
