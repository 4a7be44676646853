using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Runtime.State;

/// <summary>
/// Where the state that a step begins with and its Merkle witnesses come from. The one implementation here is <see cref="StoreWitnessSource"/>, over a
/// store of this library; a ledger kept elsewhere is read by implementing this interface over it: <see cref="FindAsync"/> gives the record's scalars with
/// maps that need hold no entries, <see cref="WitnessOfAsync"/> one leaf at a time.
/// </summary>
/// <remarks>
/// A source is not trusted. <see cref="MapWitness.Matches"/> holds a witness against the root that the record commits to, and a wrong one makes the circuit's own check fail:
/// the worst a source can do is not to answer.
/// </remarks>
public interface IWitnessSource
{
    /// <summary>The record of this name, or null.</summary>
    /// <param name="id">The record's name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<StateRecord?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>What stands in one leaf of a map, with its path; null where there is no such record or map.</summary>
    /// <param name="id">The record's name.</param>
    /// <param name="map">The map's path, as in <see cref="StateRecord.Maps"/>.</param>
    /// <param name="index">The leaf's index, as <see cref="MapShape"/> computes it from a key.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<MapWitness?> WitnessOfAsync(string id, string map, UInt128 index, CancellationToken cancellation = default);
}

/// <summary>A leaf and the way from it to the root.</summary>
/// <param name="Entry">What stands in the leaf; null if it is empty.</param>
/// <param name="Path">The path.</param>
public sealed record MapWitness(MapEntry? Entry, MapPath Path)
{
    /// <inheritdoc/>
    public override string ToString() => "a leaf and its path (private)";

    /// <summary>Whether this is what a map of that type and root has at that index.</summary>
    /// <param name="shape">The map's type.</param>
    /// <param name="root">The map's root.</param>
    /// <param name="index">The leaf that was asked for.</param>
    public bool Matches(MapShape shape, Digest root, UInt128 index)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Path.Index == index
            && Path.Siblings.Length == shape.Depth
            && (Entry is not { } entry || (shape.TryEntry(entry.Elements, out var read) && read.Index == index))
            && Path.RootOf(Entry is { } leaf ? MapShape.LeafOf(leaf) : EmptySubtrees.Leaf) == root;
    }
}

/// <summary>Witnesses out of a store of this library.</summary>
/// <param name="store">The store.</param>
public sealed class StoreWitnessSource(IStateStore store) : IWitnessSource
{
    /// <inheritdoc/>
    public ValueTask<StateRecord?> FindAsync(string id, CancellationToken cancellation = default) => new(store.Find(id));

    /// <inheritdoc/>
    public ValueTask<MapWitness?> WitnessOfAsync(string id, string map, UInt128 index, CancellationToken cancellation = default)
    {
        if (store.Find(id)?.Maps.GetValueOrDefault(map) is not { } found)
            return new(default(MapWitness));
        return new(new MapWitness(found.TryGet(index, out var entry) ? entry : null, found.PathOf(index)));
    }
}
