using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Signatures;

/// <summary>
/// The signatures behind <c>by</c> and <c>signed</c>: XMSS (Buchmann, Dahmen, Hülsing 2011; RFC 8391) over Poseidon2, stateful, and as secure as the hash, so no
/// quantum computer helps but by Grover's square root. A key is the root of a Merkle tree of height 20 over one-time keys.
/// <code>
///   h      = H(SignatureMessage; randomizer, key, message, index)
///   digits = the low 24 bits of h[0] … h[5], two a digit: 72 digits d of 0 … 3; then Σ (3 − d) ≤ 216 in base 4: 4 more, low first
///   chain  : F(j, x) = P(x ‖ j, 0, …, 0, SignatureChain)[0..8], j = 1, 2, 3; the secret stands at position 0, a signature shows position d, the end is position 3
///   leaf   = H(SignatureLeaf; the 76 ends)
///   key    = the root of the path from the leaf at the index
/// </code>
/// To sign another message somebody must go back in a chain, for a greater digit makes the checksum smaller and the other way round. Figures, classical:
/// <list type="bullet">
/// <item>another message with the same digits: 2^144 hashes. Collisions do not help, because the signer draws the randomizer after the message is chosen
/// (it is a secret function of seed, index and message); key and index are hashed too, so many keys are no more targets than one;</item>
/// <item>a preimage in a chain, a second preimage of a leaf or node: 248 bits of output, divided by as many targets as all keys together show. Even 2^64 published
/// values leave 2^184. That is why chains carry no key and no index in their tweak, as RFC 8391's n = 256 bit functions must.</item>
/// </list>
/// So 144 bits classically and 72 against Grover, above category 1 of NIST's post-quantum scale (AES-128). 72 + 4 chains of length 4 are what costs least in a
/// circuit, whose rows do not depend on the digits: chains · (3 steps + 1 end) is 304 permutations (binary digits need 152 · 2 = 304 as well, with signatures twice as long; eight
/// positions need 51 · 8 = 408).
/// </summary>
public static class SignatureScheme
{
    /// <summary>Levels of a key's tree: no key signs more than 2^20 times.</summary>
    public const int Height = 20;

    /// <summary>Elements of the hash that digits come from.</summary>
    public const int Elements = 6;

    /// <summary>Bits taken of each: p = 127·2^24 + 1, so the low 24 bits of an element are uniform but for one value of p.</summary>
    public const int BitsOfElement = 24;

    /// <summary>The last position of a chain.</summary>
    public const int Last = 3;

    /// <summary>Digits of the message.</summary>
    public const int MessageDigits = Elements * BitsOfElement / 2;

    /// <summary>Digits of the checksum.</summary>
    public const int ChecksumDigits = 4;

    /// <summary>Chains: one a digit.</summary>
    public const int Chains = MessageDigits + ChecksumDigits;

    /// <summary>How an index is laid out.</summary>
    public static ScalarLayout IndexLayout { get; } = ScalarLayout.Unsigned(32);

    /// <summary>The hash that digits come from.</summary>
    /// <param name="randomizer">The signature's randomizer.</param>
    /// <param name="key">The key.</param>
    /// <param name="message">What is signed.</param>
    /// <param name="index">The one-time key's number.</param>
    public static Digest MessageHash(in Digest randomizer, in Digest key, in Digest message, int index) => Digests.Of(DomainTag.SignatureMessage,
    [
        (Scalar.Of(randomizer), ScalarLayout.Digest), (Scalar.Of(key), ScalarLayout.Digest), (Scalar.Of(message), ScalarLayout.Digest), (Scalar.Of(index), IndexLayout),
    ]);

    /// <summary>The digits of a hash, those of the checksum last.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="digits">As many as there are chains.</param>
    public static void Digits(in Digest hash, Span<int> digits)
    {
        var checksum = 0;
        for (var i = 0; i < MessageDigits; i++)
        {
            var perElement = BitsOfElement / 2;
            digits[i] = (int)(hash[i / perElement].Canonical >> (2 * (i % perElement))) & Last;
            checksum += Last - digits[i];
        }

        for (var i = 0; i < ChecksumDigits; i++)
            digits[MessageDigits + i] = (checksum >> (2 * i)) & Last;
    }

    /// <summary>The capacity that makes a permutation the step to a position of a chain.</summary>
    public static Digest StepCapacity(int position)
    {
        Span<KoalaBear> capacity = stackalloc KoalaBear[Digest.Length];
        capacity.Clear();
        capacity[0] = KoalaBear.FromCanonical((uint)position);
        capacity[^1] = KoalaBear.FromCanonical((uint)DomainTag.SignatureChain);
        return new(capacity);
    }

    /// <summary>A chain's value at a later position.</summary>
    /// <param name="value">The value at the first position.</param>
    /// <param name="from">The first position.</param>
    /// <param name="to">The later position.</param>
    public static Digest Advance(Digest value, int from, int to)
    {
        for (var position = from + 1; position <= to; position++)
            value = Sponge.Compress(value, s_steps[position]);
        return value;
    }

    /// <summary>The leaf of a one-time key: the hash of its chains' ends.</summary>
    public static Digest LeafOf(ReadOnlySpan<Digest> ends)
    {
        var parts = new (Scalar, ScalarLayout)[ends.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = (Scalar.Of(ends[i]), ScalarLayout.Digest);
        return Digests.Of(DomainTag.SignatureLeaf, parts);
    }

    /// <summary>The leaf that a signature's chains lead to, if they stand at the digits of a hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="chains">A value of each chain.</param>
    public static Digest LeafOf(in Digest hash, ReadOnlySpan<Digest> chains)
    {
        Span<int> digits = stackalloc int[Chains];
        Digits(hash, digits);
        var ends = new Digest[Chains];
        for (var i = 0; i < ends.Length; i++)
            ends[i] = Advance(chains[i], digits[i], Last);
        return LeafOf(ends);
    }

    /// <summary>Whether a key has signed a message.</summary>
    /// <param name="key">The key.</param>
    /// <param name="message">The message.</param>
    /// <param name="signature">The signature.</param>
    public static bool Verify(in Digest key, in Digest message, Signature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var hash = MessageHash(signature.Randomizer, key, message, signature.Index);
        return new Maps.MapPath((UInt128)signature.Index, signature.Path).RootOf(LeafOf(hash, signature.Chains.AsSpan())) == key;
    }

    private static readonly Digest[] s_steps = [default, StepCapacity(1), StepCapacity(2), StepCapacity(3)];
}
