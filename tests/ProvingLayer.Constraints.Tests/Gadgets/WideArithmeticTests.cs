using System.Numerics;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Constraints.Tests.Gadgets;

/// <summary>Every gadget against BigInteger, over ranges of every shape and their edges; each trace passes the checker.</summary>
public sealed class WideArithmeticTests
{
    private static readonly Interval[] Ranges =
    [
        Interval.Unsigned(8),
        Interval.Unsigned(128),
        Interval.Signed(128),
        Interval.Signed(64),
        Interval.Unsigned(129),
        Interval.Signed(130),
        new(-(BigInteger.One << 128), (BigInteger.One << 128) - 1),
        new(-1000, -3),
        new(5, 70_000),
        new((BigInteger.One << 128) - 7, (BigInteger.One << 128) + 9),
        Interval.Unsigned(256),
        new(-(BigInteger.One << 256), BigInteger.One << 200),
        new(-(BigInteger.One << 256), 77),
    ];

    [Fact]
    public void C7_Add_and_subtract_are_exact_over_all_ranges_and_edges() => OverPairs((a, x, y) => [a.Add(x, y), a.Subtract(x, y)], (x, y) => [x + y, x - y]);

    [Fact]
    public void C7_Products_are_exact_over_all_ranges_and_edges() => OverPairs((a, x, y) => [a.Multiply(x, y)], (x, y) => [x * y]);

    [Fact]
    public void C7_Squares_are_exact_over_all_ranges_and_edges() => OverPairs((a, x, _) => [a.Multiply(x, x)], (x, _) => [x * x]);

    [Fact]
    public void C8_Comparisons_and_equality_are_exact_over_all_ranges_and_edges() => OverPairs(
        (a, x, y) => [a.FromBoolean(a.Less(x, y)), a.FromBoolean(a.Less(y, x)), a.FromBoolean(a.Equal(x, y))],
        (x, y) => [x < y ? 1 : 0, y < x ? 1 : 0, x == y ? 1 : 0]);

    [Fact]
    public void Selection_takes_one_of_the_two() => OverPairs(
        (a, x, y) => [a.Select(a.Less(x, y), x, y), a.Select(a.Less(x, y), y, x)],
        (x, y) => [BigInteger.Min(x, y), BigInteger.Max(x, y)]);

    [Fact]
    public void C5_Division_is_the_floor_with_a_remainder_below_the_divisor() => OverPairs(
        (a, x, y) =>
        {
            var (quotient, remainder) = a.Divide(x, y, "division");
            return [quotient, remainder];
        },
        (x, y) => [Interval.FloorDivide(x, y), x - (Interval.FloorDivide(x, y) * y)],
        y => y.Low.Sign > 0 ? y : y.High.Sign > 0 ? y with { Low = 1 } : new(1, 1000));

    [Fact]
    public void Constants_of_every_size_are_themselves()
    {
        foreach (var value in Ranges.SelectMany(r => GadgetCircuit.Edges(r)))
        {
            var circuit = GadgetCircuit.Build([], (a, _) => [a.Constant(value)]);
            circuit.AssertAccepts([], [value]);
        }
    }

    [Fact]
    public void C7_An_input_outside_its_range_is_refused()
    {
        foreach (var range in Ranges)
        {
            var circuit = GadgetCircuit.Build([range], (_, x) => [x[0]]);
            foreach (var value in GadgetCircuit.Edges(range))
            {
                circuit.AssertAccepts([value], [value]);
            }

            var bits = 128 * range.InputWords();
            var all = range.IsNonNegative ? Interval.Unsigned(bits) : Interval.Signed(bits);
            foreach (var value in new[] { range.Low - 1, range.High + 1, all.Low, all.High }.Where(v => all.Contains(v) && !range.Contains(v)))
            {
                circuit.AssertRefuses([value]);
            }
        }
    }

    [Fact]
    public void C7_Narrowing_accepts_exactly_the_members()
    {
        foreach (var from in Ranges)
        {
            foreach (var to in Ranges)
            {
                var circuit = GadgetCircuit.Build([from], (a, x) => [a.Narrow(x[0], to, "fits")]);
                foreach (var value in GadgetCircuit.Edges(from).Concat([to.Low - 1, to.Low, to.High, to.High + 1]).Where(from.Contains).Distinct())
                {
                    if (to.Contains(value))
                    {
                        circuit.AssertAccepts([value], [value]);
                    }
                    else
                    {
                        circuit.AssertRefuses([value]);
                    }
                }
            }
        }
    }

    private static void OverPairs(
        Func<WideArithmetic, WideInteger, WideInteger, WideInteger[]> gadget,
        Func<BigInteger, BigInteger, BigInteger[]> meaning,
        Func<Interval, Interval>? second = null)
    {
        var random = new Random(20261124);
        foreach (var left in Ranges)
        {
            foreach (var right in Ranges.Select(r => second?.Invoke(r) ?? r))
            {
                if ((left * right).Words() > WordIntervals.MaximumWords || (left * left).Words() > WordIntervals.MaximumWords)
                {
                    continue;
                }

                var circuit = GadgetCircuit.Build([left, right], (a, x) => gadget(a, x[0], x[1]));
                foreach (var x in GadgetCircuit.Samples(left, random))
                {
                    foreach (var y in GadgetCircuit.Samples(right, random))
                    {
                        circuit.AssertAccepts([x, y], meaning(x, y), check: random.Next(40) == 0);
                    }
                }
            }
        }
    }
}
