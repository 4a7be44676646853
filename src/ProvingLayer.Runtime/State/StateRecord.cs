using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Runtime.State;

/// <summary>
/// A machine's record as it is between two steps: what the next step opens. It holds private values and salts: keep it as you keep those. Immutable;
/// two records of one machine share what a step did not touch.
/// </summary>
/// <param name="Machine">The machine's name, as the ABI has it.</param>
/// <param name="Fields">The scalars by path, such as <c>record.data.strike</c>: data, state, sequence, salts.</param>
/// <param name="Maps">The maps by path.</param>
public sealed record StateRecord(
    string Machine,
    ImmutableSortedDictionary<string, Scalar> Fields,
    ImmutableSortedDictionary<string, SparseMerkleMap> Maps)
{
    /// <summary>A record without fields and maps.</summary>
    /// <param name="machine">The machine's name.</param>
    public static StateRecord Empty(string machine) => new(
        machine,
        ImmutableSortedDictionary.Create<string, Scalar>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, SparseMerkleMap>(StringComparer.Ordinal));
}

/// <summary>The change of one record: what a step leaves in place of what it found.</summary>
/// <param name="Id">The record's name in the store, chosen by its user.</param>
/// <param name="Before">The very object that <see cref="IStateStore.Find"/> or the commit before gave; null for a new record.</param>
/// <param name="After">What it is from now on; null to remove it.</param>
public sealed record StateChange(string Id, StateRecord? Before, StateRecord? After);
