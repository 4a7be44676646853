using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Chips;

/// <summary>Aliases of field elements, booleans that are none, blocks taken for words, public values.</summary>
public class ValueAttacks
{
    /// <summary>Every x below 2^31 − p has two decompositions into 31 bits.</summary>
    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(5u)]
    [InlineData(0x7fffffu)]
    [InlineData(0x800000u)]
    [InlineData(0xfffffdu)]
    [InlineData(0xfffffeu)]
    public void C6_the_bits_of_x_plus_p_are_rejected(uint x)
    {
        var builder = new CircuitBuilder();
        builder.Bits(builder.Input(CellType.Value, 0), 31);
        var circuit = builder.Build();
        var liar = new Liar(circuit);
        var alias = x + KoalaBear.Modulus;
        Assert.True(alias < 1u << 31);
        for (var i = 0; i < 31; i++)
        {
            var bit = (alias >> i) & 1;
            liar.About(Operation.Bits, 0, i, limbs => limbs[0] = KoalaBear.FromCanonical(bit));
        }

        var violation = Assert.Single(ConstraintChecker.Check(circuit, liar.Run(CellValue.Value(KoalaBear.FromCanonical(x)))).Violations);
        Assert.Equal("the bits are those of an integer below p", violation.Constraint);
    }

    [Fact]
    public void C6_the_bits_of_every_edge_are_those_of_the_canonical_integer()
    {
        var builder = new CircuitBuilder();
        builder.Output("bits", [.. builder.Bits(builder.Input(CellType.Value, 0), 31)]);
        var circuit = builder.Build();
        foreach (var x in new uint[] { 0, 1, 0xffffff, 0x1000000, 126u << 24, (126u << 24) + 0xffffff, 127u << 24 })
        {
            var result = CircuitExecutor.Run(circuit, [CellValue.Value(KoalaBear.FromCanonical(x))]);
            Assert.Equal(x, result.Outputs[0].Values.Select((bit, i) => bit.Limbs[0].Canonical << i).Aggregate((a, b) => a + b));
            Assert.True(ConstraintChecker.Check(circuit, result.Trace!).Holds);
        }
    }

    /// <summary>A byte of another value, and two bytes of a limb that leave it as it is: low + 256, high − 1.</summary>
    [Fact]
    public void C6_a_word_has_one_list_of_bytes()
    {
        var builder = new CircuitBuilder();
        var bytes = builder.SplitBytes(builder.Input(CellType.Word, 0));
        builder.Public(builder.JoinBytes([.. bytes.Reverse()]), Cells.Limbs);
        var circuit = builder.Build();
        Assert.True(ConstraintChecker.Check(circuit, new Liar(circuit).Run(CellValue.Word(SampleCircuits.Large))).Holds);
        for (var i = 0; i < bytes.Length; i++)
        {
            var liar = new Liar(circuit).About(Operation.SplitBytes, 0, i, limbs => limbs[0] += KoalaBear.One);
            Assert.False(ConstraintChecker.Check(circuit, liar.Run(CellValue.Word(SampleCircuits.Large))).Holds, $"byte {i}");
        }

        for (var i = 0; i < bytes.Length; i += 2)
        {
            var liar = new Liar(circuit)
                .About(Operation.SplitBytes, 0, i, limbs => limbs[0] += KoalaBear.FromCanonical(256))
                .About(Operation.SplitBytes, 0, i + 1, limbs => limbs[0] -= KoalaBear.One);
            Assert.False(ConstraintChecker.Check(circuit, liar.Run(CellValue.Word(SampleCircuits.Large))).Holds, $"limb {i / 2}");
        }
    }

    /// <summary>What is joined is looked up: no value beyond a byte, and none that is no base element, makes a word.</summary>
    [Fact]
    public void C6_values_that_are_no_bytes_are_not_joined()
    {
        var builder = new CircuitBuilder();
        builder.Public(builder.JoinBytes([.. Enumerable.Range(0, 16).Select(slot => builder.Input(CellType.Value, slot))]), Cells.Limbs);
        var circuit = builder.Build();
        Assert.True(Holds(-1, default));
        for (var i = 0; i < 16; i++)
        {
            foreach (var value in new[] { Extension5.FromBase(KoalaBear.FromCanonical(256)), Extension5.FromBase(-KoalaBear.One), Extension5.X })
                Assert.False(Holds(i, value), $"{value} as byte {i}");
        }

        bool Holds(int changed, Extension5 value)
        {
            var inputs = Enumerable.Range(0, 16).Select(i => i == changed ? CellValue.Value(value) : CellValue.Value(KoalaBear.FromCanonical((uint)(255 - i)))).ToArray();
            var succeeded = CircuitExecutor.Run(circuit, inputs).Succeeded;
            Assert.Equal(changed < 0, succeeded);
            return ConstraintChecker.Check(circuit, new Liar(circuit).Run(inputs)).Holds;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(1_065_353_217)] // ½
    public void C9_a_selector_that_is_no_boolean_is_rejected(int selector)
    {
        var builder = new CircuitBuilder();
        var condition = builder.Input(CellType.Value, 0);
        builder.Select(condition, builder.Input(CellType.Word, 1), builder.Input(CellType.Word, 2));
        builder.Select(condition, builder.Input(CellType.Block, 3), builder.Input(CellType.Block, 4));
        var circuit = builder.Build();
        CellValue[] inputs =
        [
            CellValue.Value(Traces.Element(selector)), CellValue.Word(1), CellValue.Word(2), CellValue.Block(SampleCircuits.Digest(1)),
            CellValue.Block(SampleCircuits.Digest(2)),
        ];
        Assert.Equal("the condition is 0 or 1", Assert.Single(CircuitExecutor.Run(circuit, inputs).Failures).Expectation);
        Assert.Equal(2, ConstraintChecker.Check(circuit, new Liar(circuit).Run(inputs)).Violations.Count(v => v.Constraint == "condition is boolean"));
    }

    [Fact]
    public void C9_assertions_about_booleans_reject_other_values()
    {
        var builder = new CircuitBuilder();
        builder.AssertBoolean(builder.Input(CellType.Value, 0), "boolean");
        var circuit = builder.Build();
        foreach (var value in new[] { Extension5.Zero, Extension5.One })
            Assert.True(CircuitExecutor.Run(circuit, [CellValue.Value(value)]).Succeeded);
        foreach (var value in new[] { Extension5.X, Extension5.FromBase(-KoalaBear.One), Extension5.One + Extension5.X, Extension5.FromBase(KoalaBear.Half) })
        {
            Assert.Equal("boolean", Assert.Single(CircuitExecutor.Run(circuit, [CellValue.Value(value)]).Failures).Name);
            Assert.False(ConstraintChecker.Check(circuit, new Liar(circuit).Run(CellValue.Value(value))).Holds);
        }
    }

    [Fact]
    public void C15_every_public_value_changed_alone_or_dropped_is_rejected()
    {
        var sample = SampleCircuits.Publics();
        var trace = sample.Trace();
        Assert.Equal(1 + 4 + 8 + 5, trace.PublicValues.Length);
        for (var i = 0; i < trace.PublicValues.Length; i++)
        {
            var changed = trace.PublicValues.SetItem(i, trace.PublicValues[i] + KoalaBear.One);
            Assert.False(ConstraintChecker.Check(sample.Circuit, new(trace.Main, changed, 0)).Holds);
            Assert.False(ConstraintChecker.Check(sample.Circuit, new(trace.Main, trace.PublicValues.RemoveAt(i), 0)).Holds);
        }

        Assert.False(ConstraintChecker.Check(sample.Circuit, new(trace.Main, trace.PublicValues.Add(KoalaBear.Zero), 0)).Holds);
    }

    [Fact]
    public void C20_the_builder_refuses_to_read_a_block_as_a_word()
    {
        var builder = new CircuitBuilder();
        var block = builder.Input(CellType.Block, 0);
        var word = builder.Input(CellType.Word, 1);
        Assert.Throws<InvalidOperationException>(() => builder.Add(block, word));
        Assert.Throws<InvalidOperationException>(() => builder.MultiplyAdd(word, block));
        Assert.Throws<InvalidOperationException>(() => builder.Pack(block, word, 1));
        Assert.Throws<InvalidOperationException>(() => builder.Equal(block, word));
        Assert.Throws<InvalidOperationException>(() => builder.Select(builder.One, block, word));
        Assert.Throws<InvalidOperationException>(() => builder.Permute(block, word));
    }

    [Fact]
    public void C20_limbs_of_two_to_the_16_or_more_are_rejected_wherever_a_word_is_written()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        var (sum, _) = builder.Add(a, a);
        builder.MultiplyAdd(sum, sum);
        var circuit = builder.Build();
        foreach (var (operation, result) in new[] { (Operation.Input, 0), (Operation.Add, 0), (Operation.Multiply, 0), (Operation.Multiply, 1) })
        {
            foreach (var limb in new long[] { 1 << 16, (1 << 24) - 1, -1, -65_536 })
            {
                for (var i = 0; i < Cells.Limbs; i++)
                {
                    var index = i;
                    var liar = new Liar(circuit).About(operation, 0, result, limbs => limbs[index] = Traces.Element(limb));
                    Assert.False(ConstraintChecker.Check(circuit, liar.Run(CellValue.Word(77))).Holds, $"{operation} {limb} {i}");
                }
            }
        }
    }
}
