using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Constraints.Tests.Gadgets;

/// <summary>What a cheating prover may put into gadgets: each lie, with everything after it computed consistently, must be seen.</summary>
public sealed class ForgedGadgetTests
{
    private static readonly BigInteger Word = BigInteger.One << 128;

    [Fact]
    public void C5_Every_forged_quotient_and_remainder_is_rejected()
    {
        (Interval Dividend, Interval Divisor, BigInteger N, BigInteger D)[] cases =
        [
            (Interval.Unsigned(128), Interval.Unsigned(128) with { Low = 1 }, 1_000_003, 17),
            (Interval.Unsigned(128), Interval.Unsigned(128) with { Low = 1 }, Word - 1, 1),
            (Interval.Unsigned(128), Interval.Unsigned(128) with { Low = 1 }, 0, Word - 1),
            (Interval.Unsigned(256), Interval.Unsigned(128) with { Low = 1 }, (Word * 5) + 3, 10),
            (Interval.Unsigned(256), new(1_000_000, 1_000_000), (Word * Word) - 1, 1_000_000),
            (Interval.Unsigned(256), Interval.Unsigned(200) with { Low = 1 }, (Word * 77) + 3, Word + 1),
            (Interval.Signed(256), Interval.Unsigned(128) with { Low = 1 }, -(Word * 5) - 3, 10),
            (Interval.Signed(128), Interval.Unsigned(64) with { Low = 1 }, -1, 7),
            (Interval.Signed(256), Interval.Unsigned(130) with { Low = 1 }, -(Word * Word / 2), 1),
        ];
        foreach (var (dividend, divisor, n, d) in cases)
        {
            var circuit = Division(dividend, divisor);
            var (q, r) = (Interval.FloorDivide(n, d), n - (Interval.FloorDivide(n, d) * d));
            circuit.AssertAccepts([n, d], [q, r]);
            (BigInteger, BigInteger)[] lies =
            [
                (q - 1, r + d), (q + 1, r - d), (q, r + 1), (q, r - 1), (q + 1, r), (q - 1, r), (q, r + d), (q, d), (0, n), (0, 0), (-1, r), (q, -1), (-q, r),
                (q + Word, r), (q - Word, r), (q, r + Word), (q ^ (BigInteger.One << 127), r), (q * 2, r), (r, q), (n, 0), (Word - 1, Word - 1),
            ];
            foreach (var (forgedQ, forgedR) in lies)
            {
                AssertOnlyHonest(circuit, [n, d], forgedQ, forgedR);
            }
        }
    }

    [Fact]
    public void C4_Quotient_and_remainder_are_unique_among_all_small_ones()
    {
        foreach (var dividend in new[] { Interval.Unsigned(128), Interval.Signed(128) })
        {
            var circuit = Division(dividend, new(1, 200));
            foreach (var n in new BigInteger[] { 0, 1, 6, 7, 8, 13, -1, -7, -8 }.Where(dividend.Contains))
            {
                foreach (var (q, r) in from q in Enumerable.Range(-3, 8) from r in Enumerable.Range(0, 10) select (q, r))
                {
                    AssertOnlyHonest(circuit, [n, 7], q, r);
                }
            }
        }
    }

    [Fact]
    public void C5_A_zero_divisor_is_refused_when_an_interval_is_wrong_about_it()
    {
        // The interval of the divisor is enforced where it enters; a zero fails there, and whatever is advised after.
        var circuit = Division(Interval.Unsigned(128), Interval.Unsigned(128) with { Low = 1 });
        foreach (var (q, r) in new (BigInteger, BigInteger)[] { (0, 5), (5, 0), (0, 0), (1, 5) })
        {
            circuit.AssertRejected([5, 0], new ForgedAdvice(circuit.Circuit, q, r));
        }
    }

    [Fact]
    public void C7_C8_Every_cell_of_every_gadget_that_lies_is_seen()
    {
        var (u, s) = (Interval.Unsigned(128), Interval.Signed(128));
        var gadgets = new (string Name, Interval[] Inputs, BigInteger[] Values, Func<WideArithmetic, WideInteger[], WideInteger[]> Gadget)[]
        {
            ("add", [u, u], [Word - 1, 1], (a, x) => [a.Add(x[0], x[1])]),
            ("add signed", [s, s], [-5, 3], (a, x) => [a.Add(x[0], x[1])]),
            ("subtract", [u, u], [3, 5], (a, x) => [a.Subtract(x[0], x[1])]),
            ("subtract wide", [Interval.Unsigned(256), Interval.Unsigned(256)], [Word, 1], (a, x) => [a.Subtract(x[0], x[1])]),
            ("narrow a difference", [u, u], [7, 5], (a, x) => [a.Narrow(a.Subtract(x[0], x[1]), u, "fits")]),
            ("narrow to a signed word", [Interval.Signed(256)], [-7], (a, x) => [a.Narrow(x[0], s, "fits")]),
            ("narrow to an odd bound", [u], [99], (a, x) => [a.Narrow(x[0], new(7, 100), "fits")]),
            ("multiply", [u, u], [Word - 1, Word - 1], (a, x) => [a.Multiply(x[0], x[1])]),
            ("multiply wide", [Interval.Unsigned(256), Interval.Unsigned(200)], [(Word * 3) + 1, (Word * 2) + 9], (a, x) => [a.Multiply(x[0], x[1])]),
            ("multiply signed", [s, s], [-3, 9], (a, x) => [a.Multiply(x[0], x[1])]),
            ("less", [u, u], [4, 5], (a, x) => [a.FromBoolean(a.Less(x[0], x[1]))]),
            ("less signed", [s, s], [-4, 5], (a, x) => [a.FromBoolean(a.Less(x[0], x[1]))]),
            ("equal", [Interval.Unsigned(256), s], [5, 5], (a, x) => [a.FromBoolean(a.Equal(x[0], x[1]))]),
            ("select", [s, u], [-4, 5], (a, x) => [a.Select(a.Less(x[0], x[1]), x[0], x[1])]),
            ("divide", [Interval.Unsigned(256), u with { Low = 1 }], [(Word * 5) + 3, 10], (a, x) => Both(a.Divide(x[0], x[1], "division"))),
            ("divide signed", [Interval.Signed(256), Interval.Unsigned(130) with { Low = 1 }], [-(Word * 5) - 3, 10], (a, x) => Both(a.Divide(x[0], x[1], "division"))),
        };
        foreach (var (name, inputs, values, gadget) in gadgets)
        {
            var circuit = GadgetCircuit.Build(inputs, gadget);
            var honest = circuit.Run(values);
            Assert.True(honest.Succeeded, $"{name}: {honest.Failures.FirstOrDefault()}");
            foreach (var address in PinnedCells(circuit.Circuit))
            {
                foreach (var lie in CellFault.Lies())
                {
                    var told = circuit.Run(values, new CellFault(address, lie), keepGoing: true);
                    if (!Same(honest.Trace!, told.Trace!))
                    {
                        Assert.False(Checking.Holds(circuit.Circuit, told.Trace!), $"{name}: a lie in cell {address} is not seen");
                    }
                }
            }
        }
    }

    private static WideInteger[] Both((WideInteger Quotient, WideInteger Remainder) result) => [result.Quotient, result.Remainder];

    private static GadgetCircuit Division(Interval dividend, Interval divisor) =>
        GadgetCircuit.Build([dividend, divisor], (a, x) => Both(a.Divide(x[0], x[1], "division")));

    // All cells but the inputs' own, which anyone may choose.
    private static IEnumerable<int> PinnedCells(Circuit circuit) => circuit.Instructions
        .Where(i => i.Operation != Operation.Input)
        .SelectMany(i => circuit.Code.AsSpan().Slice(i.Start + i.Reads, i.Results).ToArray())
        .Where(address => address >= 0);

    private static bool Same(Trace left, Trace right) => left.Main.Zip(right.Main).All(pair => pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data));

    private static void AssertOnlyHonest(GadgetCircuit circuit, BigInteger[] values, BigInteger q, BigInteger r)
    {
        var result = circuit.Run(values, new ForgedAdvice(circuit.Circuit, q, r), keepGoing: true);
        if (Checking.Holds(circuit.Circuit, result.Trace!))
        {
            var floor = Interval.FloorDivide(values[0], values[1]);
            Assert.Equal([floor, values[0] - (floor * values[1])], circuit.Outputs(result));
        }
    }

    /// <summary>Puts the words of a quotient and a remainder, cut to what there is room for, in the place of the division's advice.</summary>
    private sealed class ForgedAdvice(Circuit circuit, BigInteger quotient, BigInteger remainder) : IFaultInjector
    {
        private int first = -1;

        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (circuit.Instructions[instruction].Operation != Operation.Advise)
            {
                return;
            }

            first = first < 0 ? cell.Address : first;
            var quotientWords = circuit.Code[circuit.Instructions[instruction].Start + circuit.Instructions[instruction].Reads + circuit.Instructions[instruction].Results + 3];
            var index = cell.Address - first;
            var (value, word) = index < quotientWords ? (quotient, index) : (remainder, index - quotientWords);
            Words.Write((UInt128)((value >> (128 * word)) & UInt128.MaxValue), limbs);
        }
    }

    private static class Checking
    {
        public static bool Holds(Circuit circuit, Trace trace) => Constraints.Checking.ConstraintChecker.Check(circuit, trace).Holds;
    }
}
