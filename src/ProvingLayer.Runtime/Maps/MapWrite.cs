using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Runtime.Maps;

/// <summary>What a step leaves in a leaf of a map: for a ledger elsewhere that follows it. Private.</summary>
/// <param name="Map">The map's path in the record.</param>
/// <param name="Index">The leaf.</param>
/// <param name="Entry">What stands in it now; null if nothing does.</param>
public sealed record MapWrite(string Map, UInt128 Index, MapEntry? Entry)
{
    /// <summary>The map and the leaf's place, without what stands there.</summary>
    /// <returns>That text.</returns>
    public override string ToString() => $"a write to {Map} (private)";
}
