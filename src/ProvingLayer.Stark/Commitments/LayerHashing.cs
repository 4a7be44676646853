using System.Runtime.InteropServices;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Commitments;

/// <summary>
/// Whole layers of a tree, sixteen nodes a permutation, on all cores. Each node is what <see cref="Sponge{TPermutation}"/> makes of it; layers
/// under sixteen nodes are left to that.
/// </summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
internal static class LayerHashing<TPermutation>
    where TPermutation : IPermutation
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Rate = Sponge<TPermutation>.Rate;
    private const long OperationsPerPermutation = 1 << 12;

    /// <summary>The fixed-length hash of each concatenated row of matrices of one height.</summary>
    public static Digest[] HashRows(Matrix[] matrices)
    {
        var height = matrices[0].Height;
        var width = matrices.Sum(m => m.Width);
        var hashes = GC.AllocateUninitializedArray<Digest>(height);
        if (height < Lanes)
        {
            var row = new KoalaBear[width];
            for (var i = 0; i < height; i++)
            {
                CopyRow(matrices, i, row);
                hashes[i] = Sponge<TPermutation>.HashFixed(row);
            }

            return hashes;
        }

        WorkPartition.ForRanges(height / Lanes, (width / Rate + 1) * OperationsPerPermutation, (start, end) =>
        {
            var rows = matrices.Length == 1 ? [] : new KoalaBear[Lanes * width];
            for (var i = start * Lanes; i < end * Lanes; i += Lanes)
            {
                if (matrices.Length == 1)
                {
                    HashSixteen(matrices[0].Data.AsSpan(i * width, Lanes * width), width, hashes.AsSpan(i, Lanes));
                    continue;
                }

                for (var lane = 0; lane < Lanes; lane++)
                    CopyRow(matrices, i + lane, rows.AsSpan(lane * width, width));
                HashSixteen(rows, width, hashes.AsSpan(i, Lanes));
            }
        });
        return hashes;
    }

    /// <summary>The layer above: each node the compression of its two children.</summary>
    public static Digest[] CompressPairs(Digest[] children)
    {
        var parents = GC.AllocateUninitializedArray<Digest>(children.Length / 2);
        if (parents.Length < Lanes)
        {
            for (var i = 0; i < parents.Length; i++)
                parents[i] = Sponge<TPermutation>.Compress(children[2 * i], children[(2 * i) + 1]);
            return parents;
        }

        WorkPartition.ForRanges(parents.Length / Lanes, OperationsPerPermutation, (start, end) =>
        {
            Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[IPermutation.Width];
            for (var i = start * Lanes; i < end * Lanes; i += Lanes)
            {
                // Two neighbouring digests are the sixteen elements of one state.
                PackedKoalaBear.LoadTransposed(Elements(children.AsSpan(2 * i, 2 * Lanes)), IPermutation.Width, state);
                TPermutation.PermutePacked(state);
                PackedKoalaBear.StoreTransposed(state[..Rate], Elements(parents.AsSpan(i, Lanes)), Digest.Length);
            }
        });
        return parents;
    }

    /// <summary>Replaces each node by its compression with the digest at the same place.</summary>
    public static void CompressEach(Digest[] nodes, Digest[] entering)
    {
        if (nodes.Length < Lanes)
        {
            for (var i = 0; i < nodes.Length; i++)
                nodes[i] = Sponge<TPermutation>.Compress(nodes[i], entering[i]);
            return;
        }

        WorkPartition.ForRanges(nodes.Length / Lanes, OperationsPerPermutation, (start, end) =>
        {
            Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[IPermutation.Width];
            for (var i = start * Lanes; i < end * Lanes; i += Lanes)
            {
                PackedKoalaBear.LoadTransposed(Elements(nodes.AsSpan(i, Lanes)), Digest.Length, state[..Rate]);
                PackedKoalaBear.LoadTransposed(Elements(entering.AsSpan(i, Lanes)), Digest.Length, state[Rate..]);
                TPermutation.PermutePacked(state);
                PackedKoalaBear.StoreTransposed(state[..Rate], Elements(nodes.AsSpan(i, Lanes)), Digest.Length);
            }
        });
    }

    private static void HashSixteen(ReadOnlySpan<KoalaBear> rows, int width, Span<Digest> hashes)
    {
        Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[IPermutation.Width];
        state.Clear();
        for (var column = 0; column < width; column += Rate)
        {
            var count = Math.Min(Rate, width - column);
            PackedKoalaBear.LoadTransposed(rows[column..], width, state[..count]);
            state[count..Rate].Clear();
            TPermutation.PermutePacked(state);
        }

        PackedKoalaBear.StoreTransposed(state[..Rate], Elements(hashes), Digest.Length);
    }

    private static void CopyRow(Matrix[] matrices, int index, Span<KoalaBear> row)
    {
        foreach (var matrix in matrices)
        {
            matrix.Row(index).CopyTo(row);
            row = row[matrix.Width..];
        }
    }

    private static Span<KoalaBear> Elements(Span<Digest> digests) => MemoryMarshal.Cast<Digest, KoalaBear>(digests);
}
