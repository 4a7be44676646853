using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Chips;

public class PoseidonAgrees
{
    [Fact]
    public void Sponge_in_a_circuit_is_the_sponge_outside() => Check<Poseidon2>(1);

    [Fact]
    public void Sponge_of_the_second_suite_too() => Check<Poseidon1>(2);

    [Theory]
    [InlineData("poseidon2")]
    [InlineData("poseidon1")]
    public void Main_columns_are_the_inputs_S_boxes_a_bit_and_a_position(string name)
    {
        Assert.True(ChipCatalog.TryGet(name, out var chip));
        Assert.Equal(16 + (4 * 16) + 20 + 2, chip.MainColumns.Length);
        Assert.Equal((4 * 16) + 20, chip.Reading.Constraints.Count(constraint => constraint.Name.Contains("S-box", StringComparison.Ordinal)));
        Assert.Equal(4 * 16, chip.Reading.Constraints.Count(constraint => constraint.Degree == 9));
        Assert.Equal(9, chip.Reading.MaximumDegree);
        Assert.Equal(2, chip.Reading.Layout.Groups.Length);
    }

    [Fact]
    public void Paths_in_a_circuit_are_those_outside()
    {
        CheckPaths<Poseidon2>(1);
        CheckPaths<Poseidon1>(2);
    }

    private static void CheckPaths<TPermutation>(uint suite)
        where TPermutation : IPermutation
    {
        var sample = SampleCircuits.Paths(suite);
        var roots = CircuitExecutor.Run(sample.Circuit, sample.Inputs).Outputs[0].Values;
        for (var path = 0; path < 2; path++)
        {
            var (a, b, c) = (sample.Inputs[3].ToDigest(), sample.Inputs[4].ToDigest(), sample.Inputs[5].ToDigest());
            var node = Sponge<TPermutation>.Compress(a, sample.Inputs[path].ToDigest()); // 5 = 101: right, left, right
            node = Sponge<TPermutation>.Compress(node, b);
            Assert.Equal(Sponge<TPermutation>.Compress(c, node), roots[path].ToDigest());
        }
    }

    private static void Check<TPermutation>(uint suite)
        where TPermutation : IPermutation
    {
        var builder = new CircuitBuilder(suite);
        var first = builder.Input(CellType.Block, 0);
        var second = builder.Input(CellType.Word, 1);
        var capacity = new KoalaBear[8];
        capacity[7] = KoalaBear.FromCanonical(42);
        var padding = new KoalaBear[8];
        padding[0] = KoalaBear.One;
        var step = builder.Permute(first, builder.ConstantBlock(capacity));
        step = builder.Permute(second, step.Capacity);
        step = builder.Permute(builder.ConstantBlock(padding), step.Capacity);
        builder.Output("hash", [step.Rate]);
        builder.Output("compression", [builder.Compress(first, step.Rate)]);
        var circuit = builder.Build();

        var block = SampleCircuits.Digest(9);
        var word = CellValue.Word(SampleCircuits.Large);
        var outputs = CircuitExecutor.Run(circuit, [CellValue.Block(block), word]).Outputs;
        var hash = Sponge<TPermutation>.Hash(42, [.. block.AsSpan(), .. word.Limbs]);
        Assert.Equal(hash, outputs[0].Values[0].ToDigest());
        Assert.Equal(Sponge<TPermutation>.Compress(block, hash), outputs[1].Values[0].ToDigest());
    }
}
