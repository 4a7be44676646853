using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Maps;

/// <summary>
/// A map committed to by a sparse Merkle tree. Immutable: a change gives a new map that shares all but one path with the old one, so old roots
/// stay provable and readers need no lock. The root is a function of the entries alone, not of the order in which they came.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "A map; it is no collection of anything.")]
public sealed class SparseMerkleMap
{
    private readonly MapNode? top;

    internal SparseMerkleMap(MapShape shape, MapNode? top, int count) => (Shape, this.top, Count) = (shape, top, count);

    /// <summary>The map's type.</summary>
    public MapShape Shape { get; }

    /// <summary>Entries.</summary>
    public int Count { get; }

    /// <summary>The commitment.</summary>
    public Digest Root => top is null ? EmptySubtrees.Of(Shape.Depth) : top.Top;

    /// <summary>All entries, by index.</summary>
    public IEnumerable<MapEntry> Entries
    {
        get
        {
            var pending = new Stack<MapNode>();
            if (top is not null)
                pending.Push(top);
            while (pending.TryPop(out var node))
            {
                if (node is MapBranch branch)
                {
                    pending.Push(branch.Right);
                    pending.Push(branch.Left);
                }
                else
                {
                    yield return ((MapLeaf)node).Entry;
                }
            }
        }
    }

    /// <summary>The map without entries.</summary>
    public static SparseMerkleMap Empty(MapShape shape) => new(shape, null, 0);

    /// <summary>The map of these entries: the same as putting in one after the other, and many times faster.</summary>
    /// <param name="shape">The shape that made the entries.</param>
    /// <param name="entries">Entries in any order.</param>
    /// <exception cref="ArgumentException">Two entries have one index.</exception>
    public static SparseMerkleMap Of(MapShape shape, IEnumerable<MapEntry> entries) => MapBuilder.Build(shape, [.. entries]);

    /// <summary>The leaves in which this map and an earlier one of its type differ, each once.</summary>
    /// <param name="earlier">A map of the same type.</param>
    public IReadOnlyList<MapChange> ChangesSince(SparseMerkleMap earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var changes = new List<MapChange>();
        MapDifference.Collect(earlier.top, top, changes);
        return changes;
    }

    /// <summary>Finds a key: <see cref="MapOutcome.Done"/>, <see cref="MapOutcome.Absent"/> or <see cref="MapOutcome.Taken"/>.</summary>
    /// <param name="key">The key's scalars.</param>
    /// <param name="value">The value's scalars; empty if it was not found.</param>
    public MapOutcome Find(IReadOnlyList<Scalar> key, out ImmutableArray<Scalar> value)
    {
        value = [];
        var wanted = Shape.KeyEntry(key);
        var outcome = OutcomeOf(wanted, out var found);
        if (outcome == MapOutcome.Done)
            value = Shape.ValueOf(found);
        return outcome;
    }

    /// <summary>Gives a key that the map has another value: <see cref="MapOutcome.Done"/>, or why not.</summary>
    /// <param name="key">The key's scalars.</param>
    /// <param name="value">The value's scalars.</param>
    /// <param name="next">The map afterwards; this one if it was not done.</param>
    public MapOutcome Set(IReadOnlyList<Scalar> key, IReadOnlyList<Scalar> value, out SparseMerkleMap next)
    {
        var entry = Shape.Entry(key, value);
        var outcome = OutcomeOf(entry, out _);
        next = outcome == MapOutcome.Done ? With(entry) : this;
        return outcome;
    }

    /// <summary>Puts in a key that the map does not have: <see cref="MapOutcome.Done"/>, or why not.</summary>
    /// <param name="key">The key's scalars.</param>
    /// <param name="value">The value's scalars.</param>
    /// <param name="next">The map afterwards; this one if it was not done.</param>
    public MapOutcome Insert(IReadOnlyList<Scalar> key, IReadOnlyList<Scalar> value, out SparseMerkleMap next)
    {
        var entry = Shape.Entry(key, value);
        var outcome = OutcomeOf(entry, out _) switch
        {
            MapOutcome.Absent => MapOutcome.Done,
            MapOutcome.Done => MapOutcome.Present,
            var other => other,
        };
        next = outcome == MapOutcome.Done ? With(entry) : this;
        return outcome;
    }

    /// <summary>Takes out a key that the map has: <see cref="MapOutcome.Done"/>, or why not.</summary>
    /// <param name="key">The key's scalars.</param>
    /// <param name="next">The map afterwards; this one if it was not done.</param>
    public MapOutcome Remove(IReadOnlyList<Scalar> key, out SparseMerkleMap next)
    {
        var wanted = Shape.KeyEntry(key);
        var outcome = OutcomeOf(wanted, out _);
        next = outcome == MapOutcome.Done ? Without(wanted.Index) : this;
        return outcome;
    }

    /// <summary>The path of a leaf, whether it is empty or not: the witness of an access to a key with this index.</summary>
    /// <param name="index">Below 2^depth, as <see cref="MapShape.IndexOf(IReadOnlyList{Scalar})"/> gives it.</param>
    public MapPath PathOf(UInt128 index)
    {
        CheckIndex(index);
        var siblings = new Digest[Shape.Depth];
        for (var height = 0; height < siblings.Length; height++)
            siblings[height] = EmptySubtrees.Of(height);
        for (var node = top; node is not null;)
        {
            var meeting = MapNode.MeetingOf(node.Index, index);
            if (meeting > node.Height)
            {
                // The paths part in the chain above the node: all of the node is on the other side.
                siblings[meeting - 1] = node.At(meeting - 1);
                break;
            }

            if (node is not MapBranch branch)
                break;
            var right = MapNode.IsRight(index, branch.Height - 1);
            siblings[branch.Height - 1] = right ? branch.Left.Top : branch.Right.Top;
            node = right ? branch.Right : branch.Left;
        }

        return new(index, ImmutableCollectionsMarshal.AsImmutableArray(siblings));
    }

    /// <summary>The entry whose leaf has this index, whatever its key.</summary>
    /// <param name="index">Below 2^depth.</param>
    /// <param name="entry">The entry, if the leaf is not empty.</param>
    /// <returns>Whether the leaf has an entry.</returns>
    public bool TryGet(UInt128 index, out MapEntry entry)
    {
        var node = top;
        while (node is MapBranch branch)
            node = MapNode.IsRight(index, branch.Height - 1) ? branch.Right : branch.Left;
        entry = node is MapLeaf leaf && leaf.Index == index ? leaf.Entry : default;
        return node is not null && node.Index == index;
    }

    /// <summary>The map with this entry in its leaf, in place of what stood there.</summary>
    /// <param name="entry">An entry that this map's shape made.</param>
    public SparseMerkleMap With(MapEntry entry)
    {
        CheckIndex(entry.Index);
        if (entry.Elements.Length != Shape.Length)
            throw new InvalidOperationException("compiler bug: an entry of another map");
        var added = true;
        var changed = top is null ? MapLeaf.Under(entry, Shape.Depth) : Put(top, entry, Shape.Depth, ref added);
        return new(Shape, changed, Count + (added ? 1 : 0));
    }

    /// <summary>The map without what stands in the leaf of this index, if anything does.</summary>
    /// <param name="index">Below 2^depth.</param>
    public SparseMerkleMap Without(UInt128 index) =>
        TryGet(index, out _) ? new(Shape, Take(top!, index, Shape.Depth), Count - 1) : this;

    // The node that stands in place of this one, whose chain ends at 'end', with the entry put in.
    private static MapNode Put(MapNode node, MapEntry entry, int end, ref bool added)
    {
        var meeting = MapNode.MeetingOf(node.Index, entry.Index);
        if (meeting > node.Height)
        {
            var (other, own) = (node.Under(meeting - 1), MapLeaf.Under(entry, meeting - 1));
            return MapNode.IsRight(entry.Index, meeting - 1) ? MapBranch.Of(other, own, meeting, end) : MapBranch.Of(own, other, meeting, end);
        }

        if (node is MapBranch branch)
        {
            return MapNode.IsRight(entry.Index, branch.Height - 1)
                ? MapBranch.Of(branch.Left, Put(branch.Right, entry, branch.Height - 1, ref added), branch.Height, end)
                : MapBranch.Of(Put(branch.Left, entry, branch.Height - 1, ref added), branch.Right, branch.Height, end);
        }

        added = false;
        return MapLeaf.Under(entry, end);
    }

    // The node that stands in place of this one, whose chain ends at 'end', with the leaf taken out; nothing if that was all. The leaf is there.
    private static MapNode? Take(MapNode node, UInt128 index, int end)
    {
        if (node is not MapBranch branch)
            return null;
        var right = MapNode.IsRight(index, branch.Height - 1);
        var stays = right ? branch.Left : branch.Right;
        return Take(right ? branch.Right : branch.Left, index, branch.Height - 1) switch
        {
            null => stays.WithTop(MapNode.Lift(stays.Top, stays.Index, branch.Height - 1, end)),
            var rest => right ? MapBranch.Of(stays, rest, branch.Height, end) : MapBranch.Of(rest, stays, branch.Height, end),
        };
    }

    private MapOutcome OutcomeOf(MapEntry wanted, out MapEntry found)
    {
        if (!TryGet(wanted.Index, out found))
            return MapOutcome.Absent;
        return found.Elements[..Shape.KeyLength].SequenceEqual(wanted.Elements[..Shape.KeyLength]) ? MapOutcome.Done : MapOutcome.Taken;
    }

    private void CheckIndex(UInt128 index)
    {
        if (Shape.Depth < MapShape.MaximumDepth && index >> Shape.Depth != UInt128.Zero)
            throw new InvalidOperationException("compiler bug: an index beyond the map's depth");
    }
}
