using System.Diagnostics.CodeAnalysis;

namespace ProvingLayer.Runtime.State;

/// <summary>
/// Where records are kept from one step to the next. What <see cref="TryCommit"/> has acknowledged is there: all of it, also after a crash if the
/// store is on disk. Readers see whole commits only and never wait for a writer, since a record is immutable. All members are safe to call from several threads.
/// </summary>
public interface IStateStore : IDisposable
{
    /// <summary>The names of all records, in ordinal order.</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>The record of this name as the last commit left it, or null.</summary>
    /// <param name="id">The record's name.</param>
    StateRecord? Find(string id);

    /// <summary>
    /// Makes all these changes or none. A change whose <see cref="StateChange.Before"/> is not what the store holds is a
    /// <see cref="TenorErrorKind.Mismatch"/>: another step came first, and this one must be made again on what that left.
    /// </summary>
    /// <param name="changes">Changes of different records.</param>
    /// <param name="failure">Why nothing was changed.</param>
    /// <returns>Whether the changes are in the store for good.</returns>
    bool TryCommit(IReadOnlyList<StateChange> changes, [NotNullWhen(false)] out TenorError? failure);
}
