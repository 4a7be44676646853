using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Signatures;

/// <summary>
/// A signing key, grown from its seed: the one-time keys 0 … 2^k − 1 and the tree over them. The tree of a key has height 20 whatever k is: on the way up from
/// its first 2^k leaves the siblings are drawn from the seed, and nobody knows what would stand below them. It signs whatever index it is asked for: that no
/// index is used twice is for its owner to see to.
/// </summary>
public sealed class SigningTree
{
    private const long OperationsPerLeaf = 1 << 21;

    private const int Lanes = PackedKoalaBear.Lanes;

    // Number of a secret that is no chain's.
    private const int AboveChains = 1 << 10;

    private readonly Digest seed;
    private readonly Digest[][] levels;
    private readonly ImmutableArray<Digest> above;

    private SigningTree(Digest seed, Digest[][] levels, ImmutableArray<Digest> above, Digest root) =>
        (this.seed, this.levels, this.above, Root) = (seed, levels, above, root);

    /// <summary>The key.</summary>
    public Digest Root { get; }

    /// <summary>How often it can sign.</summary>
    public int Capacity => levels[0].Length;

    /// <summary>Grows the tree: about 380 permutations a signature, sixteen at a time, on all cores.</summary>
    /// <param name="seed">The secret.</param>
    /// <param name="logCapacity">k, at most 20.</param>
    public static SigningTree Grow(Digest seed, int logCapacity)
    {
        if (logCapacity is < 0 or > SignatureScheme.Height)
            throw new ArgumentOutOfRangeException(nameof(logCapacity));
        var levels = new Digest[logCapacity + 1][];
        var leaves = levels[0] = new Digest[1 << logCapacity];
        WorkPartition.ForRanges((leaves.Length + Lanes - 1) / Lanes, OperationsPerLeaf * Lanes, (start, end) =>
        {
            for (var first = start * Lanes; first < Math.Min(leaves.Length, end * Lanes); first += Lanes)
                LeafGrowth.Fill(seed, first, leaves.AsSpan(first, Math.Min(Lanes, leaves.Length - first)));
        });
        for (var level = 1; level <= logCapacity; level++)
        {
            levels[level] = new Digest[1 << (logCapacity - level)];
            SpongeLanes<Poseidon2>.CompressPairs(levels[level - 1], levels[level]);
        }

        var above = Enumerable.Range(logCapacity, SignatureScheme.Height - logCapacity).Select(level => Secret(seed, level, AboveChains)).ToImmutableArray();
        return new(seed, levels, above, above.Aggregate(levels[logCapacity][0], (node, sibling) => Sponge.Compress(node, sibling)));
    }

    /// <summary>Signs a message with a one-time key.</summary>
    /// <param name="index">Its number. Two messages under one number show enough to forge.</param>
    /// <param name="message">The message.</param>
    public Signature Sign(int index, in Digest message)
    {
        if (index < 0 || index >= Capacity)
            throw new ArgumentOutOfRangeException(nameof(index));
        var randomizer = Digests.Of(
            DomainTag.SignatureRandomizer, [(Scalar.Of(seed), ScalarLayout.Digest), (Scalar.Of(message), ScalarLayout.Digest), (Scalar.Of(index), SignatureScheme.IndexLayout)]);
        Span<int> digits = stackalloc int[SignatureScheme.Chains];
        SignatureScheme.Digits(SignatureScheme.MessageHash(randomizer, Root, message, index), digits);
        var chains = ImmutableArray.CreateBuilder<Digest>(SignatureScheme.Chains);
        for (var chain = 0; chain < digits.Length; chain++)
            chains.Add(SignatureScheme.Advance(Secret(seed, index, chain), 0, digits[chain]));
        var path = ImmutableArray.CreateBuilder<Digest>(SignatureScheme.Height);
        for (var level = 0; level < levels.Length - 1; level++)
            path.Add(levels[level][(index >> level) ^ 1]);
        path.AddRange(above);
        return new(randomizer, index, chains.MoveToImmutable(), path.MoveToImmutable());
    }

    internal static Digest Secret(in Digest seed, int index, int what) => Digests.Of(
        DomainTag.SignatureSecret,
        [(Scalar.Of(seed), ScalarLayout.Digest), (Scalar.Of(index), SignatureScheme.IndexLayout), (Scalar.Of(what), ScalarLayout.Tag)]);
}
