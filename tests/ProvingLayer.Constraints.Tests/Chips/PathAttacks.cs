using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Tests.Chips;

/// <summary>What a prover of a Merkle path may choose, and what not.</summary>
public class PathAttacks
{
    private static readonly Digest Leaf = SampleCircuits.Digest(40);

    [Fact]
    public void C4_a_sibling_is_free_but_another_one_is_another_root()
    {
        var (circuit, inputs) = Path(depth: 3, position: 5);
        var root = Root(circuit, inputs);
        inputs[4] = CellValue.Block(SampleCircuits.Digest(99));
        Assert.NotEqual(root, Root(circuit, inputs));
    }

    /// <summary>
    /// A prover who lies about a sibling after its parent was computed lies about the parent. Where nothing reads the parent there is nothing to lie about:
    /// the row then holds another compression, a true one.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void C2_a_wrong_parent_is_rejected_wherever_it_is_read(bool rootIsRead)
    {
        var (circuit, inputs) = Path(depth: 3, position: 5, rootIsRead);
        for (var level = 0; level < 3; level++)
        {
            var isRead = level < 2 || rootIsRead;
            var lied = new Liar(circuit).About(Operation.MerkleStepPoseidon2, level, 2, limbs => limbs[3] += KoalaBear.One).Run(inputs);
            Assert.Equal(!isRead, ConstraintChecker.Check(circuit, lied).Holds);
            if (!isRead)
                continue;
            lied = new Liar(circuit).About(Operation.MerkleStepPoseidon2, level, 0, limbs => limbs[3] += KoalaBear.One).Run(inputs);
            Assert.NotEmpty(ConstraintChecker.Check(circuit, lied).Imbalances);
        }
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(6u)]
    [InlineData(13u)]
    [InlineData(2130706432u)]
    public void P7_a_position_is_read_bit_by_bit_and_ends_with_the_depth(uint position)
    {
        var (circuit, inputs) = Path(depth: 3, position: 5);
        var honest = Root(circuit, inputs);
        inputs[1] = CellValue.Value(KoalaBear.FromCanonical(position));
        var run = CircuitExecutor.Run(circuit, inputs, keepGoing: true);
        Assert.Equal(position < 8, run.Succeeded);
        Assert.Equal(position < 8, ConstraintChecker.Check(circuit, run.Trace!).Holds);
        if (position < 8) // 13 turns as 5 does, and does not end
            Assert.NotEqual(honest, run.Outputs[0].Values[0].ToDigest());
    }

    [Theory]
    [InlineData(2u)]
    [InlineData(2130706432u)]
    [InlineData(1065353217u)]
    public void P7_a_bit_that_is_no_bit_is_rejected_at_every_level(uint bit)
    {
        var (circuit, inputs) = Path(depth: 3, position: 5);
        var table = circuit.Table("poseidon2");
        var chip = circuit.Tables[table].Chip;
        for (var level = 0; level < 3; level++)
        {
            var trace = CircuitExecutor.Run(circuit, inputs).Trace!;
            trace.Main[table].Row(level)[chip.Column("bit")] = KoalaBear.FromCanonical(bit);
            var report = ConstraintChecker.Check(circuit, trace);
            Assert.Contains(report.Violations, v => v.Constraint == "bit is boolean");
        }
    }

    /// <summary>The second path of an update: neither its siblings nor its turns may be others than the first path's.</summary>
    [Fact]
    public void C4_the_second_path_takes_siblings_and_turns_from_the_first()
    {
        var sample = SampleCircuits.Paths(1);
        var table = sample.Circuit.Table("poseidon2");
        var chip = sample.Circuit.Tables[table].Chip;
        for (var level = 0; level < 3; level++)
        {
            var row = (2 * level) + 1;
            var trace = sample.Trace();
            var sibling = (5 >> level & 1) == 0 ? 8 : 0;
            trace.Main[table].Row(row)[sibling] += KoalaBear.One;
            Assert.False(ConstraintChecker.Check(sample.Circuit, trace).Holds);

            trace = sample.Trace();
            var bit = trace.Main[table].Row(row)[chip.Column("bit")];
            trace.Main[table].Row(row)[chip.Column("bit")] = KoalaBear.One - bit;
            Assert.NotEmpty(ConstraintChecker.Check(sample.Circuit, trace).Imbalances);
        }
    }

    /// <summary>A pair of digests as a leaf, its parent's siblings: a path one level shorter is no path of this depth.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void P7_a_path_of_another_depth_has_another_root(int depth)
    {
        var (circuit, inputs) = Path(depth: 3, position: 5);
        var (other, others) = Path(depth, position: depth == 2 ? 2u : 5u);
        if (depth == 2)
            others[0] = CellValue.Block(Sponge.Compress(inputs[2].ToDigest(), Leaf)); // the node above the leaf is given as one
        Assert.NotEqual(Root(circuit, inputs), Root(other, others));
    }

    private static (Circuit Circuit, CellValue[] Inputs) Path(int depth, uint position, bool rootIsRead = false)
    {
        var builder = new CircuitBuilder();
        var node = builder.Input(CellType.Block, 0);
        var at = builder.Input(CellType.Value, 1);
        for (var level = 0; level < depth; level++)
            (node, at, _) = builder.MerkleStep(node, at, 2 + level, level == depth - 1 ? builder.Zero : null, name: "the position has as many bits as the path");
        if (rootIsRead)
            builder.Public(node, Cells.Limbs);
        builder.Output("root", [node]);
        return (
            builder.Build(),
            [CellValue.Block(Leaf), CellValue.Value(KoalaBear.FromCanonical(position)), .. Enumerable.Range(0, depth).Select(i => CellValue.Block(SampleCircuits.Digest((uint)(50 + i))))]);
    }

    private static Digest Root(Circuit circuit, CellValue[] inputs)
    {
        var run = CircuitExecutor.Run(circuit, inputs);
        Assert.True(run.Succeeded, string.Join('\n', run.Failures));
        Assert.True(ConstraintChecker.Check(circuit, run.Trace!).Holds);
        return run.Outputs[0].Values[0].ToDigest();
    }
}
