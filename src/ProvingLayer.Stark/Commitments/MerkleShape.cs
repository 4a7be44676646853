using System.Collections.Immutable;

namespace ProvingLayer.Stark.Commitments;

/// <summary>
/// Where the matrices of one commitment enter its tree. The concatenated rows of the tallest matrices are the leaves; those of the matrices
/// that are 2^k times lower enter k levels above.
/// </summary>
public sealed class MerkleShape
{
    private readonly ImmutableArray<ImmutableArray<int>> groups;

    /// <summary>The tree over matrices of these shapes, in the order of commitment.</summary>
    /// <exception cref="ArgumentException">There is no matrix, or one without columns or of a height outside 2⁰ … 2³⁰.</exception>
    public MerkleShape(IEnumerable<MatrixShape> matrices)
    {
        Matrices = [.. matrices];
        if (Matrices.IsEmpty || Matrices.Any(m => m.Width < 1 || m.LogHeight is < 0 or > 30))
            throw new ArgumentException("A tree holds at least one matrix; each has a column and 2⁰ … 2³⁰ rows.", nameof(matrices));
        Depth = Matrices.Max(m => m.LogHeight);
        groups = [.. Enumerable.Range(0, Depth + 1).Select(GroupAt)];
        ImmutableArray<int> GroupAt(int level) =>
            [.. Enumerable.Range(0, Matrices.Length).Where(m => Matrices[m].LogHeight == Depth - level)];
    }

    /// <summary>The shapes, in the order of commitment.</summary>
    public ImmutableArray<MatrixShape> Matrices { get; }

    /// <summary>Digests on a path: log₂ of the tallest height.</summary>
    public int Depth { get; }

    /// <summary>Leaves of the tree; an index opens one of them.</summary>
    public int LeafCount => 1 << Depth;

    /// <summary>The matrices whose rows enter this many levels above the leaves, in the order of commitment; often none.</summary>
    public ImmutableArray<int> MatricesAt(int level) => groups[level];

    /// <summary>Elements in the concatenated row that enters at a level; 0 where none does.</summary>
    public int WidthAt(int level)
    {
        var width = 0;
        foreach (var matrix in groups[level])
            width += Matrices[matrix].Width;
        return width;
    }

    /// <summary>How many levels above the leaves the rows of a matrix enter: index i opens its row i >> this.</summary>
    public int LevelOf(int matrix) => Depth - Matrices[matrix].LogHeight;
}
