using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Commitments;

/// <summary>
/// A commitment to matrices of mixed height. A leaf is the fixed-length hash of the concatenated rows of the tallest matrices. A node is the
/// compression of its children; where lower matrices enter, it is compressed once more with the hash of their concatenated row.
/// </summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The suite is the one parameter, named once by the user.")]
public sealed class MerkleTree<TPermutation>
    where TPermutation : IPermutation
{
    private readonly Digest[][] layers;

    private MerkleTree(MerkleShape shape, IReadOnlyList<Matrix> matrices, Digest[][] layers)
    {
        Shape = shape;
        Matrices = matrices;
        this.layers = layers;
    }

    /// <summary>Heights and widths.</summary>
    public MerkleShape Shape { get; }

    /// <summary>The committed matrices, kept for opening.</summary>
    public IReadOnlyList<Matrix> Matrices { get; }

    /// <summary>The commitment.</summary>
    public Digest Root => layers[^1][0];

    /// <summary>Commits to matrices whose heights are powers of two; index i opens row i >> k of one that is 2^k times lower than the tallest.</summary>
    /// <param name="matrices">The matrices.</param>
    /// <param name="buffers">Where the nodes lie, for as long as the tree is used; by default they are the tree's own.</param>
    public static MerkleTree<TPermutation> Commit(IReadOnlyList<Matrix> matrices, BufferLease? buffers = null)
    {
        buffers ??= new(); // never given back
        var shape = new MerkleShape(matrices.Select(m => BitOperations.IsPow2(m.Height)
            ? new MatrixShape(BitOperations.Log2((uint)m.Height), m.Width)
            : throw new ArgumentException("The height of a committed matrix is a power of two.", nameof(matrices))));
        var layers = new Digest[shape.Depth + 1][];
        layers[0] = LayerHashing<TPermutation>.HashRows(RowsAt(0), buffers);
        for (var level = 1; level <= shape.Depth; level++)
        {
            layers[level] = LayerHashing<TPermutation>.CompressPairs(layers[level - 1], buffers);
            if (!shape.MatricesAt(level).IsEmpty)
            {
                using var scratch = new BufferLease();
                LayerHashing<TPermutation>.CompressEach(layers[level], LayerHashing<TPermutation>.HashRows(RowsAt(level), scratch));
            }
        }

        return new(shape, matrices, layers);

        Matrix[] RowsAt(int level) => [.. shape.MatricesAt(level).Select(m => matrices[m])];
    }

    /// <summary>Opens one index.</summary>
    public MerkleOpening Open(int index)
    {
        var rows = new KoalaBear[Matrices.Count][];
        for (var m = 0; m < rows.Length; m++)
            rows[m] = Matrices[m].Row(index >> Shape.LevelOf(m)).ToArray();
        var path = new Digest[Shape.Depth];
        for (var level = 0; level < path.Length; level++)
            path[level] = Node(level, (index >> level) ^ 1);
        return new(rows, path);
    }

    /// <summary>A node: level 0 holds the leaves.</summary>
    internal Digest Node(int level, int index) => layers[level][index];
}
