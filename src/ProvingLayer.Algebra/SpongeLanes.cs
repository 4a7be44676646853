using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ProvingLayer.Algebra;

/// <summary>Many hashes at a time: sixteen lane by lane, on all cores. The digests are those of <see cref="Sponge{TPermutation}"/>.</summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The suite is the one parameter, named once by the user.")]
public static class SpongeLanes<TPermutation>
    where TPermutation : IPermutation
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Rate = Sponge<TPermutation>.Rate;
    private const long OperationsPerPermutation = 1 << 12;

    /// <summary>P(left ‖ right)[0..8] of each pair of neighbours. A single pair is left to the sponge.</summary>
    /// <param name="pairs">Two digests for each parent.</param>
    /// <param name="parents">Where the parents go.</param>
    /// <exception cref="ArgumentException">There are not twice as many digests as parents.</exception>
    public static void CompressPairs(ReadOnlyMemory<Digest> pairs, Memory<Digest> parents)
    {
        if (pairs.Length != 2 * parents.Length)
            throw new ArgumentException("A parent has two children.", nameof(pairs));
        if (parents.Length == 1)
        {
            parents.Span[0] = Sponge<TPermutation>.Compress(pairs.Span[0], pairs.Span[1]);
            return;
        }

        WorkPartition.ForRanges((parents.Length + Lanes - 1) / Lanes, OperationsPerPermutation, (start, end) =>
        {
            Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[IPermutation.Width];
            Span<Digest> children = stackalloc Digest[2 * Lanes];
            Span<Digest> hashes = stackalloc Digest[Lanes];
            for (var i = start * Lanes; i < Math.Min(parents.Length, end * Lanes); i += Lanes)
            {
                // Two neighbouring digests are the sixteen elements of one state. What is left over is filled up with zeros.
                var count = Math.Min(Lanes, parents.Length - i);
                var whole = count == Lanes;
                var from = pairs.Span.Slice(2 * i, 2 * count);
                if (!whole)
                {
                    children.Clear();
                    from.CopyTo(children);
                }

                PackedKoalaBear.LoadTransposed(MemoryMarshal.Cast<Digest, KoalaBear>(whole ? from : children), IPermutation.Width, state);
                TPermutation.PermutePacked(state);
                PackedKoalaBear.StoreTransposed(state[..Rate], MemoryMarshal.Cast<Digest, KoalaBear>(whole ? parents.Span.Slice(i, Lanes) : hashes), Digest.Length);
                if (!whole)
                    hashes[..count].CopyTo(parents.Span[i..]);
            }
        });
    }
}
