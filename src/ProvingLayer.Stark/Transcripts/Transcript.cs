using ProvingLayer.Algebra;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Transcripts;

/// <summary>
/// The duplex sponge that makes challenges of messages (Fiat–Shamir). A tag stands in state[15]. At each permutation the n ≤ 8 buffered
/// elements stand in state[0..n], the rest of the rate is zeroed and 8 − n is added to state[8]: so [5, 7] and [5, 7, 0] part ways, and a whole block costs a circuit nothing but
/// its permutation. Squeezes read the rate alone; an absorb discards unread output, so that no challenge outlives a later message.
/// </summary>
/// <typeparam name="TPermutation">The hash suite.</typeparam>
internal class Transcript<TPermutation>
    where TPermutation : IPermutation
{
    private const int Rate = Sponge<TPermutation>.Rate;
    private const int FreePosition = Rate; // counts what the rate does not hold
    private const int TagPosition = IPermutation.Width - 1;
    private const int FirstStretch = 16; // packs of sixteen nonces
    private const int LongestStretch = 512;
    private const long OperationsPerPermutation = 1 << 12;

    private readonly KoalaBear[] state = new KoalaBear[IPermutation.Width];
    private int buffered;
    private int unread;

    public Transcript(uint tag) => state[TagPosition] = KoalaBear.FromCanonical(tag);

    /// <summary>Absorbs elements in order. Where they end is not marked: a list whose length the key does not fix is preceded by it.</summary>
    public virtual void Absorb(ReadOnlySpan<KoalaBear> elements)
    {
        foreach (var element in elements)
        {
            unread = 0;
            state[buffered++] = element;
            if (buffered == Rate)
                Permute();
        }
    }

    public void Absorb(KoalaBear element) => Absorb([element]);

    /// <summary>A uniform element of the extension: five squeezed elements.</summary>
    public virtual Extension5 SampleExtension() => new(Squeeze(), Squeeze(), Squeeze(), Squeeze(), Squeeze());

    /// <summary>The low bits of one squeezed element; their bias is 2⁻³¹, because p − 1 = 127·2²⁴.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than 24 bits.</exception>
    public virtual int SampleBits(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, ProofParameters.MaxBits);
        return LowBits(Squeeze(), bits);
    }

    /// <summary>Absorbs a nonce; whether the low <paramref name="bits"/> bits of the element squeezed next are zero.</summary>
    public bool AbsorbNonce(KoalaBear nonce, int bits)
    {
        Absorb(nonce);
        return SampleBits(bits) == 0;
    }

    /// <summary>The least nonce that <see cref="AbsorbNonce"/> accepts. The transcript is left as it is.</summary>
    public KoalaBear FindNonce(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, ProofParameters.MaxBits);

        // The state as the permutation that follows the nonce takes it; only the nonce differs between lanes.
        var prepared = new PackedKoalaBear[IPermutation.Width];
        for (var i = 0; i < prepared.Length; i++)
            prepared[i] = PackedKoalaBear.FromBase(i > buffered && i < Rate ? KoalaBear.Zero : state[i]);
        prepared[FreePosition] += PackedKoalaBear.FromBase(KoalaBear.FromCanonical((uint)(Rate - 1 - buffered)));

        // All cores search one stretch of nonces after the other, so that the least is found whatever their number; the first stretches are short.
        const int packs = (int)(KoalaBear.Modulus / PackedKoalaBear.Lanes);
        var stretch = FirstStretch;
        for (var from = 0; from < packs; from += stretch, stretch = Math.Min(2 * stretch, LongestStretch))
        {
            var least = uint.MaxValue;
            var finding = new Lock();
            var first = from;
            WorkPartition.ForRanges(Math.Min(stretch, packs - from), OperationsPerPermutation, (start, end) =>
            {
                var found = Search(prepared, buffered, bits, first + start, first + end);
                lock (finding)
                    least = Math.Min(least, found);
            });
            if (least != uint.MaxValue)
                return KoalaBear.FromCanonical(least);
        }

        throw new InvalidOperationException("compiler bug: no nonce grinds 24 bits or fewer");
    }

    // The least nonce of these packs of sixteen, or the greatest number.
    private static uint Search(PackedKoalaBear[] prepared, int position, int bits, int fromPack, int toPack)
    {
        Span<PackedKoalaBear> lanes = stackalloc PackedKoalaBear[IPermutation.Width];
        Span<KoalaBear> nonces = stackalloc KoalaBear[PackedKoalaBear.Lanes];
        for (var pack = fromPack; pack < toPack; pack++)
        {
            var first = (uint)pack * PackedKoalaBear.Lanes;
            for (var lane = 0; lane < nonces.Length; lane++)
                nonces[lane] = KoalaBear.FromCanonical(first + (uint)lane);
            prepared.CopyTo(lanes);
            lanes[position] = PackedKoalaBear.Load(nonces);
            TPermutation.PermutePacked(lanes);
            for (var lane = 0; lane < nonces.Length; lane++)
            {
                if (LowBits(lanes[0][lane], bits) == 0)
                    return first + (uint)lane;
            }
        }

        return uint.MaxValue;
    }

    private static int LowBits(KoalaBear element, int bits) => (int)(element.Canonical & ((1u << bits) - 1));

    private KoalaBear Squeeze()
    {
        if (buffered > 0 || unread == 0)
            Permute();
        return state[Rate - unread--];
    }

    private void Permute()
    {
        state.AsSpan(buffered, Rate - buffered).Clear();
        state[FreePosition] += KoalaBear.FromCanonical((uint)(Rate - buffered));
        TPermutation.Permute(state);
        buffered = 0;
        unread = Rate;
    }
}
