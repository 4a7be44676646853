using CsCheck;
using ProvingLayer.Algebra;
using ProvingLayer.Stark.Commitments;

namespace ProvingLayer.Stark.Tests.Commitments;

public class MerkleTests
{
    // Heights around the sixteen lanes, equal ones concatenated, gaps between heights, widths around the rate.
    private static readonly MatrixShape[][] Trees =
    [
        [new(0, 1)],
        [new(1, 3)],
        [new(3, 8), new(3, 9)],
        [new(4, 16)],
        [new(5, 17), new(2, 5), new(5, 1), new(0, 7), new(2, 4)],
        [new(6, 5), new(5, 20), new(4, 3), new(3, 1)],
        [new(7, 2), new(1, 33)],
    ];

    private static readonly MatrixShape[] Mixed = Trees[4];

    public static TheoryData<int> AllTrees => [.. Enumerable.Range(0, Trees.Length)];

    [Theory]
    [MemberData(nameof(AllTrees))]
    public void Root_is_that_of_the_definition(int tree)
    {
        IsDefinition<Poseidon2>(Trees[tree]);
        IsDefinition<Poseidon1>(Trees[tree]);
    }

    [Theory]
    [MemberData(nameof(AllTrees))]
    public void Every_index_opens(int tree)
    {
        var (commitment, matrices) = Commit(Trees[tree]);
        for (var index = 0; index < commitment.Shape.LeafCount; index++)
        {
            var opening = commitment.Open(index);
            Assert.Equal(MerkleError.None, Verify(commitment, index, opening));
            for (var m = 0; m < matrices.Length; m++)
                Assert.Equal(matrices[m].Row(index * matrices[m].Height / commitment.Shape.LeafCount).ToArray(), opening.Rows[m]);
        }
    }

    [Fact]
    public void P6_path_longer_or_shorter_by_one_is_rejected()
    {
        var (commitment, _) = Commit(Mixed);
        var opening = commitment.Open(9);
        Assert.Equal(MerkleError.PathLength, Verify(commitment, 9, opening with { Path = [.. opening.Path.Skip(1)] }));
        Assert.Equal(MerkleError.PathLength, Verify(commitment, 9, opening with { Path = [.. opening.Path.SkipLast(1)] }));
        Assert.Equal(MerkleError.PathLength, Verify(commitment, 9, opening with { Path = [.. opening.Path, default] }));
        Assert.Equal(MerkleError.PathLength, Verify(commitment, 9, opening with { Path = [] }));
    }

    [Fact]
    public void P6_index_outside_the_tree_is_rejected()
    {
        var (commitment, _) = Commit(Mixed);
        foreach (var index in new[] { 9 + 32, -1, 9 - 32, int.MinValue, int.MaxValue })
            Assert.Equal(MerkleError.IndexOutOfRange, Verify(commitment, index, commitment.Open(9)));
    }

    [Fact]
    public void P6_opening_of_another_index_is_rejected()
    {
        var (commitment, _) = Commit(Mixed);
        for (var index = 0; index < 32; index++)
            Assert.Equal(index == 9 ? MerkleError.None : MerkleError.RootMismatch, Verify(commitment, index, commitment.Open(9)));
    }

    [Fact]
    public void P6_row_boundaries_come_from_the_key_not_the_proof()
    {
        var (commitment, _) = Commit([new(3, 1), new(3, 2)]);
        var opening = commitment.Open(5);
        Assert.Equal(MerkleError.None, Verify(commitment, 5, opening));
        KoalaBear[] all = [.. opening.Rows.SelectMany(r => r)];
        Assert.Equal(MerkleError.RowShape, Verify(commitment, 5, opening with { Rows = [all[..2], all[2..]] }));
        Assert.Equal(MerkleError.RowShape, Verify(commitment, 5, opening with { Rows = [all] }));
        Assert.Equal(MerkleError.RowShape, Verify(commitment, 5, opening with { Rows = [.. opening.Rows, []] }));
        Assert.Equal(MerkleError.RowShape, Verify(commitment, 5, opening with { Rows = [] }));
        Assert.Equal(MerkleError.RowShape, Verify(commitment, 5, opening with { Rows = [[.. opening.Rows[0], KoalaBear.Zero], opening.Rows[1]] }));
        Assert.Equal(MerkleError.RowShape, Verify(commitment, 5, opening with { Rows = [[], opening.Rows[1]] }));
    }

    [Fact]
    public void P6_children_of_a_node_are_no_leaf()
    {
        var (commitment, _) = Commit([new(4, 16)]);
        var opening = commitment.Open(6);
        KoalaBear[] children = [.. commitment.Node(0, 6).AsSpan(), .. commitment.Node(0, 7).AsSpan()];
        var forged = new MerkleOpening([children], [.. opening.Path.Skip(1)]);
        Assert.Equal(MerkleError.RootMismatch, MerkleVerifier<Poseidon2>.Verify(commitment.Root, new([new(3, 16)]), 3, forged));
    }

    [Fact]
    public void Every_changed_row_element_and_sibling_is_rejected()
    {
        var (commitment, _) = Commit(Mixed);
        var opening = commitment.Open(21);
        for (var m = 0; m < opening.Rows.Count; m++)
        {
            for (var c = 0; c < opening.Rows[m].Length; c++)
            {
                KoalaBear[][] rows = [.. opening.Rows.Select(r => r.ToArray())];
                rows[m][c] += KoalaBear.One;
                Assert.Equal(MerkleError.RootMismatch, Verify(commitment, 21, opening with { Rows = rows }));
            }
        }

        for (var level = 0; level < opening.Path.Count; level++)
        {
            for (var i = 0; i < Digest.Length; i++)
            {
                Digest[] path = [.. opening.Path];
                path[level] = Changed(path[level], i);
                Assert.Equal(MerkleError.RootMismatch, Verify(commitment, 21, opening with { Path = path }));
            }
        }
    }

    [Fact]
    public void P6_zero_heights_and_heights_off_the_ladder_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MerkleTree<Poseidon2>.Commit([]));
        Assert.Throws<ArgumentException>(() => MerkleTree<Poseidon2>.Commit([new Matrix(0, 3)]));
        Assert.Throws<ArgumentException>(() => MerkleTree<Poseidon2>.Commit([new Matrix(4, 1), new Matrix(3, 1)]));
        Assert.Throws<ArgumentException>(() => MerkleTree<Poseidon2>.Commit([new Matrix(4, 0)]));
        Assert.Throws<ArgumentException>(() => new MerkleShape([new(31, 1)]));
        Assert.Throws<ArgumentException>(() => new MerkleShape([new(-1, 1)]));
    }

    [Fact]
    public void Pruned_openings_restore_to_the_full_ones() =>
        Gen.Select(Gen.Int[0, Trees.Length - 1], Gen.Int[0, int.MaxValue].Array[1, 20]).Sample(
            (tree, seeds) =>
            {
                var (commitment, _) = Commit(Trees[tree]);
                int[] indices = [.. seeds.Select(s => s % commitment.Shape.LeafCount)];
                var pruned = Pruning<Poseidon2>.Open(commitment, indices);
                Assert.Equal(MerkleError.None, Pruning<Poseidon2>.Restore(commitment.Shape, indices, pruned, out var openings, out var root));
                Assert.Equal(commitment.Root, root);
                Assert.Equal(indices.Length, openings.Count);
                for (var i = 0; i < indices.Length; i++)
                {
                    var full = commitment.Open(indices[i]);
                    Assert.Equal(full.Rows, openings[i].Rows);
                    Assert.Equal(full.Path, openings[i].Path);
                    Assert.Equal(MerkleError.None, Verify(commitment, indices[i], openings[i]));
                }
            },
            iter: 100);

    [Fact]
    public void Pruned_openings_of_all_indices_hold_no_sibling()
    {
        var (commitment, matrices) = Commit(Mixed);
        var pruned = Pruning<Poseidon2>.Open(commitment, Enumerable.Range(0, 32));
        Assert.Empty(pruned.Siblings);
        Assert.Equal(matrices.SelectMany(m => m.Data), pruned.Rows);
    }

    [Fact]
    public void P6_pruned_openings_have_exactly_the_parts_that_the_indices_need()
    {
        var (commitment, _) = Commit(Mixed);
        int[] indices = [3, 17, 3, 2, 30];
        var pruned = Pruning<Poseidon2>.Open(commitment, indices);
        Assert.Equal(MerkleError.PathLength, Restore(pruned with { Siblings = [.. pruned.Siblings, default] }));
        Assert.Equal(MerkleError.PathLength, Restore(pruned with { Siblings = pruned.Siblings[1..] }));
        Assert.Equal(MerkleError.PathLength, Restore(pruned with { Siblings = [] }));
        Assert.Equal(MerkleError.RowShape, Restore(pruned with { Rows = [.. pruned.Rows, default] }));
        Assert.Equal(MerkleError.RowShape, Restore(pruned with { Rows = pruned.Rows[1..] }));
        Assert.Equal(MerkleError.RowShape, Restore(pruned with { Rows = [] }));
        Assert.Equal(MerkleError.IndexOutOfRange, Pruning<Poseidon2>.Restore(commitment.Shape, [3, 32], pruned, out _, out _));
        Assert.Equal(MerkleError.IndexOutOfRange, Pruning<Poseidon2>.Restore(commitment.Shape, [-1], pruned, out _, out _));
        Assert.Equal(MerkleError.RowShape, Pruning<Poseidon2>.Restore(commitment.Shape, [], pruned, out _, out _));

        MerkleError Restore(PrunedOpening changed)
        {
            var error = Pruning<Poseidon2>.Restore(commitment.Shape, indices, changed, out var openings, out _);
            Assert.Empty(openings);
            return error;
        }
    }

    [Fact]
    public void P6_pruned_openings_for_other_indices_do_not_verify()
    {
        var (commitment, _) = Commit([new(6, 3), new(3, 2)]);
        var pruned = Pruning<Poseidon2>.Open(commitment, [8, 40]);
        Assert.Equal(MerkleError.None, Pruning<Poseidon2>.Restore(commitment.Shape, [9, 41], pruned, out var openings, out var root));
        Assert.NotEqual(commitment.Root, root);
        Assert.Equal(MerkleError.RootMismatch, Verify(commitment, 9, openings[0]));
    }

    [Fact]
    public void Every_changed_part_of_a_pruned_opening_is_rejected()
    {
        var (commitment, _) = Commit(Mixed);
        int[] indices = [3, 17, 2, 30, 17];
        var pruned = Pruning<Poseidon2>.Open(commitment, indices);
        for (var i = 0; i < pruned.Rows.Length; i++)
        {
            KoalaBear[] rows = [.. pruned.Rows];
            rows[i] -= KoalaBear.One;
            Assert.False(Accepted(pruned with { Rows = rows }));
        }

        for (var i = 0; i < pruned.Siblings.Length; i++)
        {
            Digest[] siblings = [.. pruned.Siblings];
            siblings[i] = Changed(siblings[i], i % Digest.Length);
            Assert.False(Accepted(pruned with { Siblings = siblings }));
        }

        Assert.True(Accepted(pruned));

        // The root of the restored tree and each of the restored paths say the same.
        bool Accepted(PrunedOpening opening)
        {
            Assert.Equal(MerkleError.None, Pruning<Poseidon2>.Restore(commitment.Shape, indices, opening, out var openings, out var root));
            Assert.Equal(root == commitment.Root, indices.Zip(openings).All(o => Verify(commitment, o.First, o.Second) == MerkleError.None));
            return root == commitment.Root;
        }
    }

    private static (MerkleTree<Poseidon2> Tree, Matrix[] Matrices) Commit(MatrixShape[] shapes)
    {
        var matrices = Matrices(shapes);
        return (MerkleTree<Poseidon2>.Commit(matrices), matrices);
    }

    private static MerkleError Verify(MerkleTree<Poseidon2> tree, int index, MerkleOpening opening) =>
        MerkleVerifier<Poseidon2>.Verify(tree.Root, tree.Shape, index, opening);

    private static Matrix[] Matrices(MatrixShape[] shapes)
    {
        var random = new Random(1);
        return [.. shapes.Select(s => new Matrix(
            [.. Enumerable.Range(0, s.Width << s.LogHeight).Select(_ => KoalaBear.FromCanonical((uint)random.NextInt64(KoalaBear.Modulus)))],
            1 << s.LogHeight,
            s.Width))];
    }

    private static Digest Changed(Digest digest, int element)
    {
        KoalaBear[] elements = [.. digest.AsSpan()];
        elements[element] += KoalaBear.One;
        return new(elements);
    }

    private static void IsDefinition<TPermutation>(MatrixShape[] shapes)
        where TPermutation : IPermutation
    {
        var matrices = Matrices(shapes);
        var tree = MerkleTree<TPermutation>.Commit(matrices);
        Assert.Equal(Node(matrices.Max(m => m.Height), 1, 0), tree.Root);

        Digest Node(int tallest, int nodes, int index)
        {
            Matrix[] entering = [.. matrices.Where(m => m.Height == nodes)];
            Digest? row = entering.Length == 0
                ? null
                : Sponge<TPermutation>.HashFixed(entering.SelectMany(m => m.Row(index).ToArray()).ToArray());
            if (nodes == tallest)
                return row!.Value;
            var children = Sponge<TPermutation>.Compress(Node(tallest, 2 * nodes, 2 * index), Node(tallest, 2 * nodes, (2 * index) + 1));
            return row is { } hash ? Sponge<TPermutation>.Compress(children, hash) : children;
        }
    }
}
