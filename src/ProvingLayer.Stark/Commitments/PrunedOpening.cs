using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Commitments;

/// <summary>
/// Openings of one tree as a proof file holds them: each row and each sibling once, and no digest that follows from the others.
/// </summary>
/// <param name="Rows">For each matrix, in the order of commitment, its distinct opened rows by ascending index, all concatenated.</param>
/// <param name="Siblings">From the leaves' level upwards, by ascending index: the siblings of known nodes that are not known themselves.</param>
public sealed record PrunedOpening(KoalaBear[] Rows, Digest[] Siblings);

/// <summary>Turns the openings of a tree at several indices into their pruned form and back.</summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The suite is the one parameter, named once by the user.")]
public static class Pruning<TPermutation>
    where TPermutation : IPermutation
{
    /// <summary>The openings of a tree at these indices, in any order, with repeats.</summary>
    public static PrunedOpening Open(MerkleTree<TPermutation> tree, IEnumerable<int> indices)
    {
        var known = KnownNodes(tree.Shape, indices);
        var rows = new List<KoalaBear>();
        for (var m = 0; m < tree.Matrices.Count; m++)
        {
            foreach (var index in known[tree.Shape.LevelOf(m)])
                rows.AddRange(tree.Matrices[m].Row(index));
        }

        var siblings = new List<Digest>();
        for (var level = 0; level < tree.Shape.Depth; level++)
        {
            var nodes = known[level];
            for (var i = 0; i < nodes.Length; i++)
            {
                if (!IsPair(nodes, i))
                    siblings.Add(tree.Node(level, nodes[i] ^ 1));
                else
                    i++; // the next node is the sibling
            }
        }

        return new([.. rows], [.. siblings]);
    }

    /// <summary>
    /// The full opening of each index, in the given order, with repeats, and the root to which they all lead: every node that follows from others is
    /// computed once, so each of the openings verifies against a root if and only if it is this one.
    /// </summary>
    /// <returns><see cref="MerkleError.None"/>, or what does not fit the indices; then there is no opening and no root.</returns>
    public static MerkleError Restore(
        MerkleShape shape, IReadOnlyList<int> indices, PrunedOpening pruned, out IReadOnlyList<MerkleOpening> openings, out Digest root)
    {
        openings = [];
        root = default;
        foreach (var index in indices)
        {
            if (index < 0 || index >= shape.LeafCount)
                return MerkleError.IndexOutOfRange;
        }

        var known = KnownNodes(shape, indices);
        if (!TrySplitRows(shape, known, pruned.Rows, out var rows))
            return MerkleError.RowShape;
        if (indices.Count == 0)
            return pruned.Siblings.Length == 0 ? MerkleError.None : MerkleError.PathLength;
        if (!TryHash(shape, known, rows, pruned.Siblings, out var pairs, out root))
            return MerkleError.PathLength;
        openings = [.. indices.Select(index => OpeningOf(shape, known, index, rows, pairs))];
        return MerkleError.None;
    }

    // rows[m] holds the opened rows of matrix m by ascending index; false when the elements are not exactly those rows.
    private static bool TrySplitRows(MerkleShape shape, int[][] known, KoalaBear[] elements, out Matrix[] rows)
    {
        rows = new Matrix[shape.Matrices.Length];
        var start = 0;
        for (var m = 0; m < rows.Length; m++)
        {
            var count = known[shape.LevelOf(m)].Length;
            var length = (long)count * shape.Matrices[m].Width;
            if (elements.Length - start < length)
                return false;
            rows[m] = new(elements[start..(start + (int)length)], count, shape.Matrices[m].Width);
            start += (int)length;
        }

        return start == elements.Length;
    }

    // pairs[level] holds, by ascending index, both children of each known node of the level above; each sibling is used exactly once.
    private static bool TryHash(MerkleShape shape, int[][] known, Matrix[] rows, Digest[] siblings, out Digest[][] pairs, out Digest root)
    {
        pairs = new Digest[shape.Depth][];
        root = default;
        var used = 0;
        using var scratch = new BufferLease();
        var layer = LayerHashing<TPermutation>.HashRows(RowsAt(0), scratch);
        for (var level = 0; level < shape.Depth; level++)
        {
            var nodes = known[level];
            var children = new List<Digest>(2 * nodes.Length);
            for (var i = 0; i < nodes.Length; i++)
            {
                var isPair = IsPair(nodes, i);
                if (!isPair && used == siblings.Length)
                    return false;
                var sibling = isPair ? layer[i + 1] : siblings[used++];
                var isRight = (nodes[i] & 1) != 0;
                children.Add(isRight ? sibling : layer[i]);
                children.Add(isRight ? layer[i] : sibling);
                if (isPair)
                    i++;
            }

            pairs[level] = [.. children];
            layer = LayerHashing<TPermutation>.CompressPairs(pairs[level], scratch);
            if (!shape.MatricesAt(level + 1).IsEmpty)
                LayerHashing<TPermutation>.CompressEach(layer, LayerHashing<TPermutation>.HashRows(RowsAt(level + 1), scratch));
        }

        root = layer[0];
        return used == siblings.Length;

        Matrix[] RowsAt(int level) => [.. shape.MatricesAt(level).Select(m => rows[m])];
    }

    private static MerkleOpening OpeningOf(MerkleShape shape, int[][] known, int index, Matrix[] rows, Digest[][] pairs)
    {
        var own = new KoalaBear[rows.Length][];
        var path = new Digest[shape.Depth];
        for (var level = 0; level <= shape.Depth; level++)
        {
            foreach (var m in shape.MatricesAt(level))
                own[m] = rows[m].Row(Array.BinarySearch(known[level], index >> level)).ToArray();
            if (level < shape.Depth)
                path[level] = pairs[level][(2 * Array.BinarySearch(known[level + 1], index >> (level + 1))) + ((index >> level & 1) ^ 1)];
        }

        return new(own, path);
    }

    // The opened leaves and their ancestors, level by level: distinct, ascending.
    private static int[][] KnownNodes(MerkleShape shape, IEnumerable<int> indices)
    {
        var known = new int[shape.Depth + 1][];
        known[0] = [.. indices.Distinct().Order()];
        for (var level = 1; level <= shape.Depth; level++)
            known[level] = [.. known[level - 1].Select(index => index >> 1).Distinct()];
        return known;
    }

    private static bool IsPair(int[] nodes, int i) => i + 1 < nodes.Length && nodes[i + 1] == (nodes[i] | 1) && nodes[i] != nodes[i + 1];
}
