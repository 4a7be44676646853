using ProvingLayer.Algebra;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Maps;

/// <summary>
/// A subtree that holds at least one entry, without the chains of nodes that have one child: a leaf, or a branch whose two children both hold
/// entries. It stands for the whole chain between its parent and itself; <see cref="Top"/> is the digest at the upper end of that.
/// </summary>
internal abstract class MapNode
{
    private readonly Digest top;
    private readonly UInt128 index;

    protected MapNode(UInt128 index, in Digest top) => (this.index, this.top) = (index, top);

    /// <summary>The digest at the height right below the parent (of the topmost node: at the map's depth).</summary>
    public ref readonly Digest Top => ref top;

    /// <summary>The index of one of its entries; from the bit at <see cref="Height"/> on all of them agree.</summary>
    public UInt128 Index => index;

    /// <summary>The height of the node itself: 0 of a leaf.</summary>
    public abstract int Height { get; }

    /// <summary>The digest at its own height.</summary>
    public abstract Digest Own();

    /// <summary>This node under another chain.</summary>
    public abstract MapNode WithTop(in Digest top);

    /// <summary>This node under a chain that ends at a height not below its own.</summary>
    public MapNode Under(int height) => WithTop(At(height));

    /// <summary>The digest of its subtree at a height not below its own.</summary>
    public Digest At(int height) => Lift(Own(), index, Height, height);

    /// <summary>The digest of the subtree of a greater height in which there is nothing else.</summary>
    public static Digest Lift(Digest digest, UInt128 index, int from, int to)
    {
        for (var height = from; height < to; height++)
        {
            digest = IsRight(index, height)
                ? Sponge.Compress(EmptySubtrees.Of(height), digest)
                : Sponge.Compress(digest, EmptySubtrees.Of(height));
        }

        return digest;
    }

    /// <summary>Whether the path of an index passes a right child at this height.</summary>
    public static bool IsRight(UInt128 index, int height) => ((index >> height) & UInt128.One) != UInt128.Zero;

    /// <summary>The least height at which the paths of two indexes have met: 0 where they are equal.</summary>
    public static int MeetingOf(UInt128 left, UInt128 right) => MapShape.MaximumDepth - (int)UInt128.LeadingZeroCount(left ^ right);
}

/// <summary>The leaf of an entry.</summary>
internal sealed class MapLeaf(MapEntry entry, in Digest top) : MapNode(entry.Index, top)
{
    private readonly KoalaBear[] elements = entry.Array;

    public MapEntry Entry => new(Index, elements);

    /// <inheritdoc/>
    public override int Height => 0;

    /// <summary>The leaf under a chain that ends at this height.</summary>
    public static MapLeaf Under(MapEntry entry, int height) => new(entry, Lift(MapShape.LeafOf(entry), entry.Index, 0, height));

    /// <inheritdoc/>
    public override Digest Own() => MapShape.LeafOf(Entry);

    /// <inheritdoc/>
    public override MapLeaf WithTop(in Digest top) => new(Entry, top);
}

/// <summary>A node with entries on both sides.</summary>
internal sealed class MapBranch(MapNode left, MapNode right, int height, in Digest top) : MapNode(left.Index, top)
{
    public MapNode Left => left;

    public MapNode Right => right;

    /// <inheritdoc/>
    public override int Height => height;

    /// <summary>The branch of two nodes whose chains end right below it, under a chain that ends at <paramref name="top"/>.</summary>
    public static MapBranch Of(MapNode left, MapNode right, int height, int top) =>
        new(left, right, height, Lift(Sponge.Compress(left.Top, right.Top), left.Index, height, top));

    /// <inheritdoc/>
    public override Digest Own() => Sponge.Compress(left.Top, right.Top);

    /// <inheritdoc/>
    public override MapBranch WithTop(in Digest top) => new(left, right, height, top);
}
