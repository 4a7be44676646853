using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ProvingLayer.Runtime.State;

/// <summary>Records that end with the process.</summary>
public sealed class InMemoryStateStore : IStateStore
{
    private readonly Lock writing = new();
    private volatile ImmutableSortedDictionary<string, StateRecord> records = ImmutableSortedDictionary.Create<string, StateRecord>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => [.. records.Keys];

    /// <inheritdoc/>
    public StateRecord? Find(string id) => records.GetValueOrDefault(id);

    /// <inheritdoc/>
    public bool TryCommit(IReadOnlyList<StateChange> changes, [NotNullWhen(false)] out TenorError? failure)
    {
        lock (writing)
        {
            if (!StateChanges.TryApply(records, changes, out var after, out failure))
                return false;
            records = after;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
