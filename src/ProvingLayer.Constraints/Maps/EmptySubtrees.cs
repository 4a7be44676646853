using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Maps;

/// <summary>The digests of subtrees without an entry: the same in all maps.</summary>
public static class EmptySubtrees
{
    private static readonly Digest[] Digests = Compute();

    /// <summary>The digest of an absent leaf.</summary>
    public static Digest Leaf => Digests[0];

    /// <summary>The digest of a subtree of this height, 0 … <see cref="MapShape.MaximumDepth"/>; of the height of a map's depth: the root of the empty map.</summary>
    public static Digest Of(int height) => Digests[height];

    private static Digest[] Compute()
    {
        var digests = new Digest[MapShape.MaximumDepth + 1];
        digests[0] = Sponge.Hash((uint)DomainTag.EmptyLeaf, []);
        for (var height = 1; height < digests.Length; height++)
            digests[height] = Sponge.Compress(digests[height - 1], digests[height - 1]);
        return digests;
    }
}
