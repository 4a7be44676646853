using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Chips;

/// <summary>Wrong sums, products, quotients and comparisons that a prover might try.</summary>
public class ArithmeticAttacks
{
    private static readonly UInt128[] Edges =
        [0, 1, 2, 0xffff, 0x10000, ulong.MaxValue, (UInt128)ulong.MaxValue + 1, UInt128.MaxValue - 1, UInt128.MaxValue, UInt128.MaxValue / 2, (UInt128.MaxValue / 2) + 1];

    [Fact]
    public void C5_other_quotients_and_remainders_that_satisfy_the_product_are_rejected()
    {
        var sample = SampleCircuits.Division();
        var numerator = sample.Inputs[0].ToUInt128() + (BigInteger.One * sample.Inputs[1].ToUInt128() << 128);
        BigInteger divisor = sample.Inputs[2].ToUInt128();
        var (quotient, remainder) = BigInteger.DivRem(numerator, divisor);
        for (var k = -3; k <= 3; k++)
        {
            var (q, r) = (quotient - k, remainder + (k * divisor)); // q·d + r = n for every k
            if (r < 0)
                r += BigInteger.One << 128; // the word that −|r| would be
            Assert.Equal(k == 0, ConstraintChecker.Check(sample.Circuit, Forged(sample, q, r)).Holds);
        }

        Assert.False(ConstraintChecker.Check(sample.Circuit, Forged(sample, quotient + (BigInteger.One << 128), remainder)).Holds);
        Assert.False(ConstraintChecker.Check(sample.Circuit, Forged(sample, quotient, remainder + 1)).Holds);
        Assert.False(ConstraintChecker.Check(sample.Circuit, Forged(sample, 0, 0)).Holds);
    }

    [Fact]
    public void C5_division_by_zero_fails_with_its_name_and_no_advice_helps()
    {
        var sample = SampleCircuits.Division();
        CellValue[] inputs = [sample.Inputs[0], CellValue.Word(0), CellValue.Word(0)];
        var failure = Assert.Single(CircuitExecutor.Run(sample.Circuit, inputs).Failures);
        Assert.Equal("the remainder is below the divisor", failure.Name);
        foreach (var (q, r) in new (UInt128, UInt128)[] { (0, 0), (1, 0), (0, sample.Inputs[0].ToUInt128()), (UInt128.MaxValue, UInt128.MaxValue) })
            Assert.False(ConstraintChecker.Check(sample.Circuit, Forged(sample with { Inputs = inputs }, q, r)).Holds);
    }

    [Fact]
    public void C7_sums_at_the_edges_are_exact_and_a_wrap_is_not_hidden()
    {
        foreach (var a in Edges)
        {
            foreach (var b in Edges)
            {
                var (circuit, inputs) = Binary(a, b, (builder, x, y) => builder.Output("s", [builder.Add(x, y).Sum, builder.Add(x, y).Carry]));
                var result = CircuitExecutor.Run(circuit, inputs);
                var sum = (BigInteger)a + b;
                Assert.Equal(sum & UInt128.MaxValue, result.Outputs[0].Values[0].ToUInt128());
                Assert.Equal((int)(sum >> 128), (int)result.Outputs[0].Values[1].Limbs[0].Canonical);

                // Both readings of a wrap: the wrapped sum without its carry, a carry without a wrap.
                foreach (var instruction in new[] { 0, 1 })
                {
                    var trace = new Liar(circuit).About(Operation.Add, instruction, 1, limbs => limbs[0] = KoalaBear.One - limbs[0]).Run(inputs);
                    Assert.False(ConstraintChecker.Check(circuit, trace).Holds);
                }
            }
        }
    }

    [Fact]
    public void C7_overflow_that_is_ruled_out_gives_a_located_failure_before_proving()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        var mark = new SourceMark("pool.tenor", 12, 9, 12, 20, "shares + minted");
        builder.MarkSource(mark);
        builder.Add(a, a, carryIs: builder.Zero, name: "shares fit 128 bits");
        var circuit = builder.Build();
        Assert.True(CircuitExecutor.Run(circuit, [CellValue.Word(UInt128.MaxValue / 2)]).Succeeded);
        var result = CircuitExecutor.Run(circuit, [CellValue.Word((UInt128.MaxValue / 2) + 1)]);
        Assert.Null(result.Trace);
        var failure = Assert.Single(result.Failures);
        Assert.Equal(("shares fit 128 bits", mark, "1 is not 0"), (failure.Name, failure.Mark, failure.Expectation));
        Assert.False(ConstraintChecker.Check(circuit, new Liar(circuit).Run(CellValue.Word(UInt128.MaxValue))).Holds);
    }

    [Fact]
    public void C8_comparisons_at_the_edges_and_forged_borrows()
    {
        foreach (var a in Edges)
        {
            foreach (var b in Edges)
            {
                var (circuit, inputs) = Binary(a, b, (builder, x, y) => builder.Output("less", [builder.Less(x, y)]));
                Assert.Equal(CellValue.Boolean(a < b), CircuitExecutor.Run(circuit, inputs).Outputs[0].Values[0]);
                var flipped = new Liar(circuit).About(Operation.Subtract, 0, 1, limbs => limbs[0] = KoalaBear.One - limbs[0]);
                Assert.False(ConstraintChecker.Check(circuit, flipped.Run(inputs)).Holds);
                foreach (var forged in new long[] { 2, -1, 32_512 })
                {
                    var liar = new Liar(circuit).About(Operation.Subtract, 0, 1, limbs => limbs[0] = Traces.Element(forged));
                    Assert.False(ConstraintChecker.Check(circuit, liar.Run(inputs)).Holds);
                }
            }
        }
    }

    [Fact]
    public void C8_assertions_of_order_fail_exactly_where_they_are_false()
    {
        foreach (var a in Edges)
        {
            foreach (var b in Edges)
            {
                var (less, inputs) = Binary(a, b, (builder, x, y) => builder.AssertLess(x, y, "less"));
                Assert.Equal(a < b, CircuitExecutor.Run(less, inputs).Succeeded);
                Assert.Equal(a < b, ConstraintChecker.Check(less, new Liar(less).Run(inputs)).Holds);
                var (atMost, _) = Binary(a, b, (builder, x, y) => builder.AssertAtMost(x, y, "at most"));
                Assert.Equal(a <= b, CircuitExecutor.Run(atMost, inputs).Succeeded);
                Assert.Equal(a <= b, ConstraintChecker.Check(atMost, new Liar(atMost).Run(inputs)).Holds);
            }
        }
    }

    /// <summary>
    /// 2^16·32512 = p − 1: with a carry 32512 too great equation k holds for a product limb 1 too great, and equation k + 1 for one 32512 too great. Sixteen bits of
    /// carry would allow it.
    /// </summary>
    [Fact]
    public void C19_a_carry_that_wraps_p_makes_a_wrong_product_and_is_refused_by_its_look_ups_alone()
    {
        for (var k = 0; k < 15; k++)
        {
            var (circuit, trace, table, chip) = Product();
            var row = trace.Main[table].Row(0);
            row[chip.Column(LowByteOf(k))] += KoalaBear.One;
            row[chip.Column(HighByteOf(k + 1))] += KoalaBear.FromCanonical(127); // 32512 = 127·256
            row[chip.Column($"carry {k} sixteens")] += KoalaBear.FromCanonical(32_512 / 16);
            trace.RecountBytes(circuit);
            var report = ConstraintChecker.Check(circuit, trace);
            Assert.Empty(report.Violations);
            Assert.All(report.Imbalances, imbalance => Assert.Equal(Bus.Byte, imbalance.Message.Bus));
            Assert.Single(report.Imbalances);
        }
    }

    [Theory]
    [InlineData(1 << 14)]
    [InlineData(1 << 15)]
    [InlineData((1 << 16) - 1)]
    public void C19_carries_past_the_range_are_rejected(int carry)
    {
        for (var k = 0; k < 15; k++)
        {
            var (circuit, trace, table, chip) = Product();
            var row = trace.Main[table].Row(0);
            row[chip.Column($"carry {k} ones")] = Traces.Element(carry % 16);
            row[chip.Column($"carry {k} sixteens")] = Traces.Element(carry / 16);
            trace.RecountBytes(circuit);
            var report = ConstraintChecker.Check(circuit, trace);
            Assert.Contains(report.Imbalances, imbalance => imbalance.Message == new BusMessage(Bus.Byte, [Traces.Element(carry / 16)]));
            Assert.NotEmpty(report.Violations);
        }
    }

    /// <summary>0 · 0 and the first row of its table.</summary>
    private static (Circuit Circuit, Trace Trace, int Table, Chip Chip) Product()
    {
        var (circuit, inputs) = Binary(0, 0, (builder, x, y) => builder.MultiplyAdd(x, y));
        var table = circuit.Table("word product");
        return (circuit, CircuitExecutor.Run(circuit, inputs).Trace!, table, circuit.Tables[table].Chip);
    }

    private static string LowByteOf(int limb) => limb < 8 ? $"low {limb} low" : $"high {limb - 8} low";

    private static string HighByteOf(int limb) => limb < 8 ? $"low {limb} high" : $"high {limb - 8} high";

    private static Trace Forged(Sample sample, BigInteger quotient, BigInteger remainder) => new Liar(sample.Circuit)
        .About(Operation.Advise, 0, 0, limbs => Words.Write((UInt128)(quotient & UInt128.MaxValue), limbs))
        .About(Operation.Advise, 0, 1, limbs => Words.Write((UInt128)((quotient >> 128) & UInt128.MaxValue), limbs))
        .About(Operation.Advise, 0, 2, limbs => Words.Write((UInt128)(remainder & UInt128.MaxValue), limbs))
        .Run(sample.Inputs);

    private static (Circuit Circuit, CellValue[] Inputs) Binary(UInt128 a, UInt128 b, Action<CircuitBuilder, Cell, Cell> write)
    {
        var builder = new CircuitBuilder();
        write(builder, builder.Input(CellType.Word, 0), builder.Input(CellType.Word, 1));
        return (builder.Build(), [CellValue.Word(a), CellValue.Word(b)]);
    }
}
