using System.Collections.Immutable;
using ProvingLayer.Algebra;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Maps;

/// <summary>What leads from a leaf to the root.</summary>
/// <param name="Index">The leaf's index: bit i says whether the node at height i is a right child.</param>
/// <param name="Siblings">The sibling at each height, the leaf's first.</param>
public sealed record MapPath(UInt128 Index, ImmutableArray<Digest> Siblings)
{
    /// <summary>The root of the map in which this leaf is at that path.</summary>
    /// <param name="leaf">A leaf's digest.</param>
    public Digest RootOf(Digest leaf)
    {
        var digest = leaf;
        for (var height = 0; height < Siblings.Length; height++)
        {
            digest = ((Index >> height) & UInt128.One) == UInt128.Zero
                ? Sponge.Compress(digest, Siblings[height])
                : Sponge.Compress(Siblings[height], digest);
        }

        return digest;
    }
}
