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
    private const long OperationsPerPermutation = 1 << 14; // of sixteen lanes

    /// <summary>P(left ‖ right)[0..8] of each pair of neighbours.</summary>
    /// <param name="pairs">Two digests for each parent.</param>
    /// <param name="parents">Where the parents go.</param>
    /// <exception cref="ArgumentException">There are not twice as many digests as parents.</exception>
    public static void CompressPairs(ReadOnlyMemory<Digest> pairs, Memory<Digest> parents)
    {
        if (pairs.Length != 2 * parents.Length)
            throw new ArgumentException("A parent has two children.", nameof(pairs));
        WorkPartition.ForRanges((parents.Length + Lanes - 1) / Lanes, OperationsPerPermutation, (start, end) =>
        {
            Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[IPermutation.Width];
            Span<KoalaBear> tail = stackalloc KoalaBear[Lanes * IPermutation.Width];
            Span<Digest> digests = stackalloc Digest[Lanes];
            for (var i = start * Lanes; i < Math.Min(parents.Length, end * Lanes); i += Lanes)
            {
                // Two neighbouring digests are the sixteen elements of one state.
                var count = Math.Min(Lanes, parents.Length - i);
                scoped var children = MemoryMarshal.Cast<Digest, KoalaBear>(pairs.Span.Slice(2 * i, 2 * count));
                if (count < Lanes)
                {
                    tail.Clear();
                    children.CopyTo(tail);
                    children = tail;
                }

                PackedKoalaBear.LoadTransposed(children, IPermutation.Width, state);
                TPermutation.PermutePacked(state);
                PackedKoalaBear.StoreTransposed(state[..Rate], MemoryMarshal.Cast<Digest, KoalaBear>(digests), Digest.Length);
                digests[..count].CopyTo(parents.Span[i..]);
            }
        });
    }
}
