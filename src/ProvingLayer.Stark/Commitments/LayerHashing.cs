using System.Runtime.InteropServices;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Commitments;

/// <summary>
/// Whole layers of a tree, sixteen nodes a permutation, on all cores. Each node is what <see cref="Sponge{TPermutation}"/> makes of it; what is
/// left over of a layer is filled up to sixteen with zeros, a single node left to that.
/// </summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
internal static class LayerHashing<TPermutation>
    where TPermutation : IPermutation
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Rate = Sponge<TPermutation>.Rate;
    private const long OperationsPerPermutation = 1 << 12;

    /// <summary>The fixed-length hash of each concatenated row of matrices of one height.</summary>
    public static Digest[] HashRows(Matrix[] group, BufferLease buffers)
    {
        var height = group[0].Height;
        var width = group.Sum(m => m.Width);
        var hashes = buffers.Array<Digest>(height);
        if (height == 1)
        {
            var row = new KoalaBear[width];
            CopyRow(group, 0, row);
            hashes[0] = Sponge<TPermutation>.HashFixed(row);
            return hashes;
        }

        WorkPartition.ForRanges(Packs(height), ((width / Rate) + 1) * OperationsPerPermutation, (start, end) =>
        {
            KoalaBear[] copied = [];
            for (var pack = start; pack < end; pack++)
            {
                var first = pack * Lanes;
                var count = Math.Min(Lanes, height - first);
                ReadOnlySpan<KoalaBear> rows;
                if (group.Length == 1 && count == Lanes)
                {
                    rows = group[0].Data.AsSpan(first * width, Lanes * width);
                }
                else
                {
                    if (copied.Length == 0)
                        copied = new KoalaBear[Lanes * width];
                    for (var lane = 0; lane < count; lane++)
                        CopyRow(group, first + lane, copied.AsSpan(lane * width, width));
                    rows = copied;
                }

                HashPack(rows, width, hashes.AsSpan(first, count));
            }
        });
        return hashes;
    }

    /// <summary>The layer above: each node the compression of its two children.</summary>
    public static Digest[] CompressPairs(Digest[] children, BufferLease buffers)
    {
        var parents = buffers.Array<Digest>(children.Length / 2);
        SpongeLanes<TPermutation>.CompressPairs(children, parents);
        return parents;
    }

    /// <summary>Replaces each node by its compression with the digest at the same place.</summary>
    public static void CompressEach(Digest[] nodes, Digest[] entering)
    {
        if (nodes.Length == 1)
        {
            nodes[0] = Sponge<TPermutation>.Compress(nodes[0], entering[0]);
            return;
        }

        WorkPartition.ForRanges(Packs(nodes.Length), OperationsPerPermutation, (start, end) =>
        {
            Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[IPermutation.Width];
            for (var i = start * Lanes; i < Math.Min(nodes.Length, end * Lanes); i += Lanes)
            {
                var count = Math.Min(Lanes, nodes.Length - i);
                Load(nodes.AsSpan(i, count), state[..Rate]);
                Load(entering.AsSpan(i, count), state[Rate..]);
                TPermutation.PermutePacked(state);
                Store(state, nodes.AsSpan(i, count));
            }
        });
    }

    private static int Packs(int nodes) => (nodes + Lanes - 1) / Lanes;

    private static void HashPack(ReadOnlySpan<KoalaBear> rows, int width, Span<Digest> hashes)
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

        Store(state, hashes);
    }

    // Lane i takes the i-th part of the digests, as long as there are vectors.
    private static void Load(ReadOnlySpan<Digest> digests, Span<PackedKoalaBear> vectors)
    {
        var elements = MemoryMarshal.Cast<Digest, KoalaBear>(digests);
        if (elements.Length == Lanes * vectors.Length)
        {
            PackedKoalaBear.LoadTransposed(elements, vectors.Length, vectors);
            return;
        }

        Span<KoalaBear> filled = stackalloc KoalaBear[Lanes * IPermutation.Width];
        filled.Clear();
        elements.CopyTo(filled);
        PackedKoalaBear.LoadTransposed(filled, vectors.Length, vectors);
    }

    private static void Store(ReadOnlySpan<PackedKoalaBear> state, Span<Digest> digests)
    {
        if (digests.Length == Lanes)
        {
            PackedKoalaBear.StoreTransposed(state[..Rate], MemoryMarshal.Cast<Digest, KoalaBear>(digests), Digest.Length);
            return;
        }

        Span<Digest> all = stackalloc Digest[Lanes];
        Store(state, all);
        all[..digests.Length].CopyTo(digests);
    }

    private static void CopyRow(Matrix[] matrices, int index, Span<KoalaBear> row)
    {
        foreach (var matrix in matrices)
        {
            matrix.Row(index).CopyTo(row);
            row = row[matrix.Width..];
        }
    }
}
