using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace ProvingLayer.Runtime.State;

/// <summary>
/// Records in one file of SQLite. The file holds the records and their maps' entries; the trees are rebuilt in memory when it is opened, and every root
/// must then be the one that was committed, so that damage is found before anything is proved on it. A step writes its own entries only.
/// </summary>
/// <remarks>
/// A commit is one transaction in the write-ahead log, flushed (<c>synchronous = FULL</c>) before it is acknowledged: with NORMAL a power failure could take
/// back the last commits. One flush costs what the disk takes for it; to acknowledge many steps with one flush, commit their changes together. The file
/// is locked by the store that has it open, since another writer would make what this one holds in memory false.
/// </remarks>
public sealed class SqliteStateStore : IStateStore
{
    private readonly Lock writing = new();
    private readonly SqliteConnection connection;
    private readonly StateTables tables;
    private readonly string file;
    private volatile ImmutableSortedDictionary<string, StateRecord> records;
    private bool broken;

    private SqliteStateStore(SqliteConnection connection, StateTables tables, string file, ImmutableSortedDictionary<string, StateRecord> records) =>
        (this.connection, this.tables, this.file, this.records) = (connection, tables, file, records);

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => [.. records.Keys];

    /// <summary>Opens a store, or makes an empty one where there is no file.</summary>
    /// <param name="file">The file; SQLite keeps its log beside it.</param>
    /// <param name="store">The store.</param>
    /// <param name="error">Why it cannot be opened: in use, no such file, or not intact.</param>
    /// <returns>Whether it was opened.</returns>
    public static bool TryOpen(string file, [NotNullWhen(true)] out SqliteStateStore? store, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        (store, error) = (null, null);
        var path = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = false, DefaultTimeout = 1 };
        var connection = new SqliteConnection(path.ConnectionString);
        StateTables? tables = null;
        try
        {
            connection.Open();
            tables = StateTables.Open(connection);
            if (tables is null)
                error = new(TenorErrorKind.Format, "this is not a state store that this version reads", file);
            else if (!tables.TryReadAll(out var records, out var damage))
                error = new(TenorErrorKind.Format, $"{damage}; the file is damaged or was changed by another program: restore it from a copy", file);
            else
                store = new(connection, tables, file, records);
        }
        catch (SqliteException e)
        {
            error = ErrorOf(e, file);
        }

        if (store is not null)
            return true;
        tables?.Dispose();
        connection.Dispose();
        error ??= new(TenorErrorKind.File, "the store cannot be opened", file);
        return false;
    }

    /// <inheritdoc/>
    public StateRecord? Find(string id) => records.GetValueOrDefault(id);

    /// <inheritdoc/>
    public bool TryCommit(IReadOnlyList<StateChange> changes, [NotNullWhen(false)] out TenorError? failure)
    {
        lock (writing)
        {
            if (broken)
            {
                failure = new(TenorErrorKind.File, "an earlier commit failed and its outcome is not known; open the store again", file);
                return false;
            }

            if (!StateChanges.TryApply(records, changes, out var after, out failure))
                return false;
            SqliteTransaction? transaction = null;
            var committing = false;
            try
            {
                transaction = connection.BeginTransaction(deferred: false);
                foreach (var change in changes)
                    tables.Write(transaction, change);
                committing = true;
                transaction.Commit();
            }
            catch (SqliteException e)
            {
                // A failed COMMIT may yet be in the log: only reading the file again tells.
                broken = committing;
                failure = ErrorOf(e, file);
                return false;
            }
            finally
            {
                transaction?.Dispose();
            }

            records = after;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (writing)
        {
            tables.Dispose();
            connection.Dispose();
        }
    }

    private static TenorError ErrorOf(SqliteException e, string file)
    {
        const int busy = 5, locked = 6, corrupt = 11, notADatabase = 26;
        return e.SqliteErrorCode switch
        {
            busy or locked => new(TenorErrorKind.File, "another process has this state store open", file),
            corrupt or notADatabase => new(TenorErrorKind.Format, "the file is damaged or no state store: restore it from a copy", file),
            _ => new(TenorErrorKind.File, $"the state store cannot be used: {e.Message.ReplaceLineEndings(" ")}", file),
        };
    }
}
