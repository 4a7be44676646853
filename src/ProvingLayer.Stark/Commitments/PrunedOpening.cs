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
        int[] known = [.. indices.Distinct().Order()];
        var rows = new List<KoalaBear>();
        for (var m = 0; m < tree.Matrices.Count; m++)
        {
            foreach (var index in Above(known, tree.Shape.LevelOf(m)))
                rows.AddRange(tree.Matrices[m].Row(index));
        }

        var siblings = new List<Digest>();
        for (var level = 0; level < tree.Shape.Depth; level++)
        {
            var nodes = Above(known, level);
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
    /// The full opening of each index, in the given order, with repeats. What is restored still has to be verified: this only fills in, for one
    /// path, the nodes that follow from the others.
    /// </summary>
    /// <returns><see cref="MerkleError.None"/> and the openings, or what does not fit the indices.</returns>
    public static MerkleError Restore(
        MerkleShape shape, IReadOnlyList<int> indices, PrunedOpening pruned, out IReadOnlyList<MerkleOpening> openings)
    {
        openings = [];
        foreach (var index in indices)
        {
            if (index < 0 || index >= shape.LeafCount)
                return MerkleError.IndexOutOfRange;
        }

        int[] known = [.. indices.Distinct().Order()];
        if (!TrySplitRows(shape, known, pruned.Rows, out var rows))
            return MerkleError.RowShape;
        if (!TryHash(shape, known, rows, pruned.Siblings, out var nodes))
            return MerkleError.PathLength;
        var restored = new MerkleOpening[indices.Count];
        for (var i = 0; i < restored.Length; i++)
            restored[i] = OpeningOf(shape, indices[i], rows, nodes);
        openings = restored;
        return MerkleError.None;
    }

    private static MerkleOpening OpeningOf(
        MerkleShape shape, int index, Dictionary<int, KoalaBear[]>[] rows, Dictionary<int, Digest>[] nodes)
    {
        var own = new KoalaBear[rows.Length][];
        for (var m = 0; m < own.Length; m++)
            own[m] = rows[m][index >> shape.LevelOf(m)];
        var path = new Digest[shape.Depth];
        for (var level = 0; level < path.Length; level++)
            path[level] = nodes[level][(index >> level) ^ 1];
        return new(own, path);
    }

    private static bool TrySplitRows(MerkleShape shape, int[] known, KoalaBear[] elements, out Dictionary<int, KoalaBear[]>[] rows)
    {
        rows = new Dictionary<int, KoalaBear[]>[shape.Matrices.Length];
        var start = 0;
        for (var m = 0; m < rows.Length; m++)
        {
            rows[m] = [];
            var width = shape.Matrices[m].Width;
            foreach (var index in Above(known, shape.LevelOf(m)))
            {
                if (elements.Length - start < width)
                    return false;
                rows[m].Add(index, elements[start..(start + width)]);
                start += width;
            }
        }

        return start == elements.Length;
    }

    // All nodes that follow from the opened rows and the siblings, level by level; each sibling is used exactly once.
    private static bool TryHash(
        MerkleShape shape, int[] known, Dictionary<int, KoalaBear[]>[] rows, Digest[] siblings, out Dictionary<int, Digest>[] nodes)
    {
        nodes = new Dictionary<int, Digest>[shape.Depth];
        var used = 0;
        for (var level = 0; level < shape.Depth; level++)
        {
            var layer = nodes[level] = [];
            var indices = Above(known, level);
            foreach (var index in indices)
                layer.Add(index, Node(level, index, nodes));
            foreach (var index in indices)
            {
                if (layer.ContainsKey(index ^ 1))
                    continue;
                if (used == siblings.Length)
                    return false;
                layer.Add(index ^ 1, siblings[used++]);
            }
        }

        return used == siblings.Length;

        Digest Node(int level, int index, Dictionary<int, Digest>[] below)
        {
            var children = level == 0
                ? default
                : Sponge<TPermutation>.Compress(below[level - 1][2 * index], below[level - 1][(2 * index) + 1]);
            if (shape.MatricesAt(level).IsEmpty)
                return children;
            var opened = new KoalaBear[rows.Length][];
            foreach (var m in shape.MatricesAt(level))
                opened[m] = rows[m][index];
            var hash = MerkleVerifier<TPermutation>.RowHash(shape, level, opened);
            return level == 0 ? hash : Sponge<TPermutation>.Compress(children, hash);
        }
    }

    // The distinct ancestors of sorted indices, sorted.
    private static int[] Above(int[] known, int level) => [.. known.Select(index => index >> level).Distinct()];

    private static bool IsPair(int[] nodes, int i) => i + 1 < nodes.Length && nodes[i + 1] == (nodes[i] | 1) && nodes[i] != nodes[i + 1];
}
