using ProvingLayer.Constraints;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Recursion.Engine;

/// <summary>The key of a proof that a circuit verifies: a constant, one of a few constants of a shape, or one of many of a shape, of which the circuit is shown the commitment to the preprocessed columns.</summary>
/// <param name="Shape">The key; of one that is shown, all that its commitment does not determine.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="PreprocessedRoots">Its commitments.</param>
internal sealed record ChildKey(VerifyingKey Shape, HalfState Digest, Cell[] PreprocessedRoots)
{
    /// <summary>A key that is a constant of the circuit, and so bound by the circuit's own.</summary>
    public static ChildKey Known(WireRows rows, VerifyingKey key) =>
        new(key, HalfState.Of(rows, key.Digest.AsSpan()), [.. key.PreprocessedRoots.Select(root => rows.Builder.ConstantBlock(root.AsSpan()))]);

    /// <summary>One of a few keys of a shape, constants of the circuit.</summary>
    public static ChildKey OneOf(IReadOnlyList<VerifyingKey> keys, Selector selector) =>
        new(keys[0], selector.Of([.. keys.Select(key => key.Digest)]), [selector.Of([.. keys.Select(key => key.PreprocessedRoots[0])]).Block]);

    /// <summary>The key of a shape whose commitment is in a cell; its digest is computed.</summary>
    public static ChildKey Shown(WireRows rows, VerifyingKey shape, Cell preprocessedRoot)
    {
        var elements = shape.Elements();
        var root = new HalfState(rows, preprocessedRoot);
        Limb[] limbs =
        [
            .. elements[..^Algebra.Digest.Length].Select(element => Limb.Of(rows, Wire.FromBase(element))),
            .. Enumerable.Range(0, Algebra.Digest.Length).Select(i => new Limb(root, i)), // the last field of a key
        ];
        return new(shape, new(rows, CircuitSponge.Hash(rows, VerifyingKey.DomainTag, limbs)), [preprocessedRoot]);
    }
}
