using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Commitments;

/// <summary>Checks openings against a root. Whatever the opening holds, the answer is a value.</summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The suite is the one parameter, named once by the user.")]
public static class MerkleVerifier<TPermutation>
    where TPermutation : IPermutation
{
    /// <summary>Whether these are the rows at <paramref name="index"/> of the matrices committed to by <paramref name="root"/>.</summary>
    public static MerkleError Verify(in Digest root, MerkleShape shape, int index, MerkleOpening opening)
    {
        if (index < 0 || index >= shape.LeafCount)
            return MerkleError.IndexOutOfRange;
        if (opening.Path.Count != shape.Depth)
            return MerkleError.PathLength;
        if (opening.Rows.Count != shape.Matrices.Length)
            return MerkleError.RowShape;
        for (var m = 0; m < opening.Rows.Count; m++)
        {
            if (opening.Rows[m].Length != shape.Matrices[m].Width)
                return MerkleError.RowShape;
        }

        return Root(shape, index, opening) == root ? MerkleError.None : MerkleError.RootMismatch;
    }

    /// <summary>The root to which an opening of the right shape leads.</summary>
    public static Digest Root(MerkleShape shape, int index, MerkleOpening opening)
    {
        var node = RowHash(shape, 0, opening.Rows);
        for (var level = 0; level < shape.Depth; level++)
        {
            var sibling = opening.Path[level];
            var isRight = (index >> level & 1) != 0;
            node = isRight ? Sponge<TPermutation>.Compress(sibling, node) : Sponge<TPermutation>.Compress(node, sibling);
            if (!shape.MatricesAt(level + 1).IsEmpty)
                node = Sponge<TPermutation>.Compress(node, RowHash(shape, level + 1, opening.Rows));
        }

        return node;
    }

    /// <summary>The hash of the concatenated rows that enter at a level.</summary>
    internal static Digest RowHash(MerkleShape shape, int level, IReadOnlyList<KoalaBear[]> rows)
    {
        var row = new KoalaBear[shape.WidthAt(level)];
        var end = 0;
        foreach (var matrix in shape.MatricesAt(level))
        {
            rows[matrix].CopyTo(row, end);
            end += rows[matrix].Length;
        }

        return Sponge<TPermutation>.HashFixed(row);
    }
}
