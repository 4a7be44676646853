using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ProvingLayer.Runtime.State;

/// <summary>The rule of a commit, the same in every store.</summary>
internal static class StateChanges
{
    public static bool TryApply(
        ImmutableSortedDictionary<string, StateRecord> records,
        IReadOnlyList<StateChange> changes,
        [NotNullWhen(true)] out ImmutableSortedDictionary<string, StateRecord>? after,
        [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(changes);
        (after, error) = (null, null);
        var next = records.ToBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (!seen.Add(change.Id))
                error = new(TenorErrorKind.Mismatch, $"{change.Id}: one commit changes this record twice");
            else if (!ReferenceEquals(records.GetValueOrDefault(change.Id), change.Before))
                error = new(TenorErrorKind.Mismatch, $"{change.Id}: the record is not what this change began with; make the step again on what the store holds");
            if (error is not null)
                return false;
            if (change.After is null)
                next.Remove(change.Id);
            else
                next[change.Id] = change.After;
        }

        after = next.ToImmutable();
        return true;
    }
}
