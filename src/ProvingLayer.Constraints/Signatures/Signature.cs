using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Signatures;

/// <summary>A signature: 98 scalars. It shows which key signed, so keep it as private as that is.</summary>
public sealed class Signature
{
    /// <summary>Scalars of a signature.</summary>
    public const int Count = 2 + SignatureScheme.Chains + SignatureScheme.Height;

    /// <summary>A signature.</summary>
    /// <param name="randomizer">What makes the message's hash unforeseeable.</param>
    /// <param name="index">The number of the one-time key, below 2^20.</param>
    /// <param name="chains">A value of each chain.</param>
    /// <param name="path">The siblings on the way to the root, the leaf's first.</param>
    /// <exception cref="ArgumentException">The index or a length is wrong.</exception>
    public Signature(Digest randomizer, int index, ImmutableArray<Digest> chains, ImmutableArray<Digest> path)
    {
        if (index is < 0 or >= 1 << SignatureScheme.Height)
            throw new ArgumentException("The index is no leaf of a key's tree.", nameof(index));
        if (chains.Length != SignatureScheme.Chains || path.Length != SignatureScheme.Height)
            throw new ArgumentException($"A signature has {SignatureScheme.Chains} chains and {SignatureScheme.Height} siblings.", nameof(chains));
        (Randomizer, Index, Chains, Path) = (randomizer, index, chains, path);
    }

    /// <summary>What stands where nobody signed: it verifies under no key.</summary>
    public static Signature None { get; } = new(default, 0, [.. new Digest[SignatureScheme.Chains]], [.. new Digest[SignatureScheme.Height]]);

    /// <summary>What makes the message's hash unforeseeable.</summary>
    public Digest Randomizer { get; }

    /// <summary>The number of the one-time key.</summary>
    public int Index { get; }

    /// <summary>A value of each chain, at the position of its digit.</summary>
    public ImmutableArray<Digest> Chains { get; }

    /// <summary>The siblings on the way to the root, the leaf's first.</summary>
    public ImmutableArray<Digest> Path { get; }

    /// <summary>The names of a signature's scalars, in order, behind the name of the signature.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "randomizer",
        "index",
        .. Enumerable.Range(0, SignatureScheme.Chains).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"chains[{i}]")),
        .. Enumerable.Range(0, SignatureScheme.Height).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"path[{i}]")),
    ];

    /// <summary>The scalars, in order.</summary>
    public ImmutableArray<Scalar> Scalars => [Scalar.Of(Randomizer), Scalar.Of(Index), .. Chains.Select(c => Scalar.Of(c)), .. Path.Select(p => Scalar.Of(p))];
}
