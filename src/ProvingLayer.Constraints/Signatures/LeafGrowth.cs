using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Signatures;

/// <summary>
/// The leaves of a signing key, sixteen lane by lane: all that <see cref="SigningTree.Secret"/>, <see cref="SignatureScheme.Advance"/> and
/// <see cref="SignatureScheme.LeafOf(ReadOnlySpan{Digest})"/> compute one by one. The state in which the seed is absorbed is the same in all of them.
/// </summary>
internal static class LeafGrowth
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Rate = Sponge<Poseidon2>.Rate;
    private const int Width = IPermutation.Width;

    /// <summary>The leaves from an index that is a multiple of sixteen on, at most sixteen.</summary>
    public static void Fill(Digest seed, int first, Span<Digest> leaves)
    {
        Span<KoalaBear> absorbed = stackalloc KoalaBear[Width];
        absorbed.Clear();
        seed.AsSpan().CopyTo(absorbed);
        absorbed[^1] = KoalaBear.FromCanonical((uint)DomainTag.SignatureSecret);
        Poseidon2.Permute(absorbed);

        // The index in limbs of 16 bits: its lanes differ in the low four bits.
        Span<KoalaBear> low = stackalloc KoalaBear[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            low[lane] = KoalaBear.FromCanonical((uint)((first & 0xffff) + lane));
        var (indexLow, indexHigh) = (PackedKoalaBear.Load(low), Broadcast((uint)first >> 16));

        Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[Width];
        Span<PackedKoalaBear> leaf = stackalloc PackedKoalaBear[Width];
        leaf.Clear();
        leaf[^1] = Broadcast((uint)DomainTag.SignatureLeaf);
        for (var chain = 0; chain < SignatureScheme.Chains; chain++)
        {
            for (var i = Rate; i < Width; i++)
                state[i] = PackedKoalaBear.Broadcast(absorbed[i]);
            state[..Rate].Clear();
            (state[0], state[1], state[2], state[3]) = (indexLow, indexHigh, Broadcast((uint)chain), PackedKoalaBear.One); // the 1 is the padding
            Poseidon2.PermutePacked(state);
            for (var position = 1; position <= SignatureScheme.Last; position++)
            {
                state[Rate..].Clear();
                state[Rate] = Broadcast((uint)position);
                state[^1] = Broadcast((uint)DomainTag.SignatureChain);
                Poseidon2.PermutePacked(state);
            }

            state[..Rate].CopyTo(leaf);
            Poseidon2.PermutePacked(leaf);
        }

        leaf[..Rate].Clear();
        leaf[0] = PackedKoalaBear.One;
        Poseidon2.PermutePacked(leaf);
        Span<Digest> hashes = stackalloc Digest[Lanes];
        PackedKoalaBear.StoreTransposed(leaf[..Rate], System.Runtime.InteropServices.MemoryMarshal.Cast<Digest, KoalaBear>(hashes), Digest.Length);
        hashes[..leaves.Length].CopyTo(leaves);
    }

    private static PackedKoalaBear Broadcast(uint value) => PackedKoalaBear.Broadcast(KoalaBear.FromCanonical(value));
}
