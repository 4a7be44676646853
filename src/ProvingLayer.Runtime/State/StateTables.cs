using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Runtime.State;

/// <summary>
/// The two tables of a store's file: a row for each record, and one for each entry of its maps by the map's name (record and path) and index.
/// </summary>
internal sealed class StateTables : IDisposable
{
    private const int ApplicationId = 0x544e5253; // "TNRS"
    private const int Version = 1;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand putRecord;
    private readonly SqliteCommand dropRecord;
    private readonly SqliteCommand putEntry;
    private readonly SqliteCommand dropEntry;

    private StateTables(SqliteConnection connection)
    {
        this.connection = connection;
        putRecord = Command("INSERT INTO record (id, content) VALUES ($id, $content) ON CONFLICT (id) DO UPDATE SET content = excluded.content", "$id", "$content");
        dropRecord = Command("DELETE FROM record WHERE id = $id", "$id");
        putEntry = Command(
            "INSERT INTO entry (record, map, slot, leaf) VALUES ($record, $map, $slot, $leaf) ON CONFLICT (record, map, slot) DO UPDATE SET leaf = excluded.leaf",
            "$record", "$map", "$slot", "$leaf");
        dropEntry = Command("DELETE FROM entry WHERE record = $record AND map = $map AND slot = $slot", "$record", "$map", "$slot");
    }

    /// <summary>The tables of an open file, made if it is empty; null when it is another program's or version's.</summary>
    public static StateTables? Open(SqliteConnection connection)
    {
        // The lock comes with the first access and stays; so does a log without the shared-memory file that several processes would need.
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "BEGIN IMMEDIATE");
        var (application, version) = (Number(connection, "PRAGMA application_id"), Number(connection, "PRAGMA user_version"));
        if (application == 0 && version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            Execute(connection, "CREATE TABLE record (id TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID");
            Execute(connection, "CREATE TABLE entry (record TEXT, map TEXT, slot BLOB, leaf BLOB NOT NULL, PRIMARY KEY (record, map, slot)) STRICT, WITHOUT ROWID");
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
            (application, version) = (ApplicationId, Version);
        }

        Execute(connection, "COMMIT");
        return application == ApplicationId && version == Version ? new(connection) : null;
    }

    /// <summary>All records with their maps, every root recomputed.</summary>
    /// <param name="records">The records by name.</param>
    /// <param name="damage">What is wrong with the first that is not whole.</param>
    public bool TryReadAll([NotNullWhen(true)] out ImmutableSortedDictionary<string, StateRecord>? records, [NotNullWhen(false)] out string? damage)
    {
        (records, damage) = (null, null);
        var read = ImmutableSortedDictionary.CreateBuilder<string, StateRecord>(StringComparer.Ordinal);
        using var all = Command("SELECT id, content FROM record ORDER BY id");
        using var rows = all.ExecuteReader();
        var entries = 0L;
        while (rows.Read())
        {
            if (rows.GetValue(0) is not string id || rows.GetValue(1) is not byte[] content || !StateFormat.TryRead(id, content, out var row))
            {
                damage = $"the record {rows.GetValue(0)} is not what was written";
                return false;
            }

            var maps = ImmutableSortedDictionary.CreateBuilder<string, SparseMerkleMap>(StringComparer.Ordinal);
            foreach (var map in row.Maps)
            {
                if (ReadMap(id, map) is not { } whole || !maps.TryAdd(map.Path, whole))
                {
                    damage = $"the map {map.Path} of the record {id} is not what was written";
                    return false;
                }

                entries += map.Count;
            }

            read.Add(id, new(row.Machine, row.Fields, maps.ToImmutable()));
        }

        if (Number(connection, "SELECT count(*) FROM entry") != entries)
        {
            damage = "there are entries of no map";
            return false;
        }

        records = read.ToImmutable();
        return true;
    }

    /// <summary>Writes what a change changes.</summary>
    public void Write(SqliteTransaction transaction, StateChange change)
    {
        foreach (var path in (change.Before?.Maps.Keys ?? []).Union(change.After?.Maps.Keys ?? [], StringComparer.Ordinal))
        {
            var (before, after) = (change.Before?.Maps.GetValueOrDefault(path), change.After?.Maps.GetValueOrDefault(path));
            foreach (var (index, entry) in (after ?? SparseMerkleMap.Empty(before!.Shape)).ChangesSince(before ?? SparseMerkleMap.Empty(after!.Shape)))
            {
                if (entry is { } put)
                    Run(putEntry, transaction, change.Id, path, StateFormat.Write(index), StateFormat.Write(put));
                else
                    Run(dropEntry, transaction, change.Id, path, StateFormat.Write(index));
            }
        }

        if (change.After is { } record)
            Run(putRecord, transaction, change.Id, StateFormat.Write(change.Id, record));
        else
            Run(dropRecord, transaction, change.Id);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        putRecord.Dispose();
        dropRecord.Dispose();
        putEntry.Dispose();
        dropEntry.Dispose();
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
            command.Parameters.Add(new() { ParameterName = name });
        return command;
    }

    // The map, or nothing if its entries do not have the root that was committed.
    private SparseMerkleMap? ReadMap(string id, MapRow row)
    {
        using var command = Command("SELECT slot, leaf FROM entry WHERE record = $record AND map = $map ORDER BY slot", "$record", "$map");
        (command.Parameters[0].Value, command.Parameters[1].Value) = (id, row.Path);
        using var rows = command.ExecuteReader();
        var buffer = new KoalaBear[row.Shape.Length];
        var entries = new List<MapEntry>();
        while (rows.Read())
        {
            if (entries.Count == row.Count
                || rows.GetValue(0) is not byte[] slot
                || rows.GetValue(1) is not byte[] leaf
                || !StateFormat.TryReadEntry(row.Shape, slot, leaf, buffer, out var entry))
            {
                return null;
            }

            entries.Add(entry);
        }

        var map = entries.Count == row.Count ? SparseMerkleMap.Of(row.Shape, entries) : null;
        return map?.Root == row.Root ? map : null;
    }
}
