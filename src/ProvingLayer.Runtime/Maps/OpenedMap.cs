using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime.State;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Runtime.Maps;

/// <summary>
/// What a step needs to know of a map, and no more: the leaves that it opens with their paths, and what its writes make of them. Every version that is, or would
/// be if its arm were taken, stands under its root, so that the root a run ends with says which of the writes count.
/// </summary>
internal sealed class OpenedMap
{
    private readonly Dictionary<(int Height, UInt128 Place), Digest> siblings = [];
    private readonly Dictionary<UInt128, MapEntry?> leaves = [];
    private readonly Dictionary<Digest, Version> versions = [];
    private readonly Digest root;
    private readonly Func<UInt128, MapWitness?> held;

    /// <summary>A map of which no leaf is known yet.</summary>
    /// <param name="shape">Its type.</param>
    /// <param name="root">Its root before the step.</param>
    /// <param name="held">The leaves that are at hand.</param>
    public OpenedMap(MapShape shape, Digest root, Func<UInt128, MapWitness?> held)
    {
        (Shape, this.root, this.held) = (shape, root, held);
        versions.Add(root, new([], []));
    }

    public MapShape Shape { get; }

    /// <summary>Whether a leaf is known, or is at hand and known from now on.</summary>
    public bool Knows(UInt128 index)
    {
        if (leaves.ContainsKey(index))
        {
            return true;
        }

        if (held(index) is not { } witness)
        {
            return false;
        }

        return TryLearn(index, witness, out var error) ? true : throw new InvalidOperationException($"compiler bug: {error.Message}");
    }

    /// <summary>Learns a leaf of the map as it was before the step. Whoever says it is not trusted: it must lead to the root.</summary>
    public bool TryLearn(UInt128 index, MapWitness witness, [NotNullWhen(false)] out TenorError? error)
    {
        if (!witness.Matches(Shape, root, index))
        {
            error = new(TenorErrorKind.Mismatch, "a leaf's witness does not lead to the root that the record has: it is of another map, or of another time"); // which leaf is private
            return false;
        }

        leaves[index] = witness.Entry;
        for (var height = 0; height < Shape.Depth; height++)
        {
            siblings[(height, (index >> height) ^ UInt128.One)] = witness.Path.Siblings[height];
        }

        error = null;
        return true;
    }

    /// <summary>What stands in a known leaf under a root, and the siblings of its path.</summary>
    public (MapEntry? Entry, Digest[] Siblings) Open(Digest under, UInt128 index)
    {
        var version = VersionOf(under);
        return (version.Leaves.TryGetValue(index, out var written) ? written : leaves[index], [.. Enumerable.Range(0, Shape.Depth).Select(height => SiblingAt(version, height, index))]);
    }

    /// <summary>Puts an entry, or nothing, into a known leaf.</summary>
    public void Write(Digest before, UInt128 index, MapEntry? entry, Digest after)
    {
        var version = VersionOf(before);
        var nodes = version.Nodes.ToBuilder();
        var node = entry is { } put ? MapShape.LeafOf(put) : EmptySubtrees.Leaf;
        for (var height = 0; height < Shape.Depth; height++)
        {
            nodes[(height, index >> height)] = node;
            var sibling = SiblingAt(version, height, index);
            node = ((index >> height) & UInt128.One) == UInt128.Zero ? Sponge.Compress(node, sibling) : Sponge.Compress(sibling, node);
        }

        versions[after] = node == after
            ? new(nodes.ToImmutable(), version.Leaves.SetItem(index, entry))
            : throw new InvalidOperationException($"compiler bug: a map has the root 0x{node} after a write, not 0x{after}");
    }

    /// <summary>The leaves that were written on the way to a root, with what stands there now.</summary>
    public ImmutableDictionary<UInt128, MapEntry?> WrittenAt(Digest under) => VersionOf(under).Leaves;

    private Digest SiblingAt(Version version, int height, UInt128 index)
    {
        var place = (height, (index >> height) ^ UInt128.One);
        return version.Nodes.TryGetValue(place, out var node) ? node : siblings[place];
    }

    private Version VersionOf(Digest under) => versions.TryGetValue(under, out var version)
        ? version
        : throw new InvalidOperationException($"compiler bug: a map never had the root 0x{under}");

    private sealed record Version(ImmutableDictionary<(int Height, UInt128 Place), Digest> Nodes, ImmutableDictionary<UInt128, MapEntry?> Leaves);
}
