using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Formats;

/// <summary>
/// The file of a verifying key. The chips' constraints are not in it but in this program: the machine id says whether they are the same ones.
/// </summary>
public static class VerifyingKeyFormat
{
    /// <summary>The version this program writes and reads.</summary>
    public const uint Version = 3;

    private const int MaxTables = 1024;
    private const int MaxNameBytes = 64;

    /// <summary>The first bytes of every key file.</summary>
    public static ReadOnlySpan<byte> Magic => "PLVK"u8;

    /// <summary>Writes a key as a file.</summary>
    public static byte[] Write(VerifyingKey key)
    {
        var writer = new CanonicalWriter();
        writer.WriteHeader(Magic, Version);
        Write(key, writer);
        return writer.ToArray();
    }

    /// <summary>Reads a key from a file; false, and what is wrong, for anything but what <see cref="Write(VerifyingKey)"/> writes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerifyingKey? key, [NotNullWhen(false)] out FormatError? error)
    {
        var reader = new CanonicalReader(bytes);
        reader.ReadHeader(Magic, Version);
        key = Read(ref reader);
        reader.Finish();
        error = reader.Error;
        if (error is null && key is not null)
            return true;
        error ??= new(FormatFault.Content, 0, "the key is not complete");
        key = null;
        return false;
    }

    /// <summary>Writes a key into another file.</summary>
    public static void Write(VerifyingKey key, CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteDigest(key.MachineId);
        writer.WriteUInt32(key.SuiteId);
        WriteProfile(key, writer);
        writer.WriteBoolean(key.IsHiding);
        writer.WriteInt32(key.MaxLogInstances);
        writer.WriteInt32(key.PublicCount);
        writer.WriteInt32(key.Tables.Length);
        foreach (var table in key.Tables)
        {
            writer.WriteInt32(table.Circuit + 1);
            writer.WriteString(table.Chip);
            writer.WriteInt32(table.LogPeriod);
            writer.WriteBoolean(table.IsShared);
            writer.WriteInt32(table.PreprocessedWidth);
            writer.WriteInt32(table.MainWidth);
            writer.WriteInt32(table.PermutationWidth);
            writer.WriteInt32(table.Degree);
        }

        writer.WriteInt32(key.PreprocessedRoots.Length);
        foreach (var root in key.PreprocessedRoots)
            writer.WriteDigest(root);
    }

    /// <summary>Reads a key out of another file; null after an error, which the reader keeps.</summary>
    public static VerifyingKey? Read(ref CanonicalReader reader)
    {
        var start = reader.Position;
        var machineId = reader.ReadDigest();
        var suiteId = reader.ReadUInt32();
        var profile = ReadProfile(ref reader, out var isHiding, out var numbers);
        var maxLogInstances = reader.ReadInt32(0, KoalaBear.TwoAdicity);
        var publicCount = reader.ReadInt32(0, KeyRules.MaxPublicCount);
        var stored = ReadTables(ref reader);
        var roots = new Digest[reader.ReadCount(Digest.Length * sizeof(uint), KeyRules.MaxCircuits + 1)];
        for (var i = 0; i < roots.Length && !reader.Failed; i++)
            roots[i] = reader.ReadDigest();
        if (reader.Failed || profile is null)
            return null;
        if (HashSuites.Find(suiteId) is not { } suite)
            return Refuse(ref reader, start, $"there is no hash suite {suiteId}");
        if (!AreInOrder(stored) || !TryMachine(stored, out var machine))
            return Refuse(ref reader, start, "the chips are not ones this program knows, in its order");
        if (suite.MachineId(machine) != machineId)
            return Refuse(ref reader, start, "the chips' constraints are not those of this program");

        var chips = machine.Chips.ToDictionary(chip => chip.Name, StringComparer.Ordinal);
        var tables = VerifyingKey.TablesOf(stored.Select(table => (table.Circuit, chips[table.Chip], table.LogPeriod)), maxLogInstances, profile.ParametersOf(isHiding));
        if (!tables.Select(Stored.Of).SequenceEqual(stored))
            return Refuse(ref reader, start, "a table's columns are not those of its chip");
        var key = new VerifyingKey(machineId, suiteId, profile, tables, maxLogInstances, publicCount, [.. roots], isHiding);
        if (!Numbers(profile, key.Parameters).Skip(1).SequenceEqual(numbers))
            return Refuse(ref reader, start, $"the parameters are not those of the profile {profile.Name} for tables of this height");
        return KeyRules.FaultOf(key) is { } fault ? Refuse(ref reader, start, fault) : key;
    }

    /// <summary>Circuits 0, 1, 2, … and then the shared tables; the chips of each in the catalog's order, each once.</summary>
    private static bool AreInOrder(ImmutableArray<Stored> tables)
    {
        var (circuit, order) = (-1, int.MaxValue);
        foreach (var table in tables)
        {
            var next = table.IsShared ? int.MaxValue : table.Circuit;
            if (!ChipCatalog.TryGet(table.Chip, out var chip) || table.Circuit < 0 != table.IsShared)
                return false;
            if (next != circuit && next != (table.IsShared ? int.MaxValue : circuit + 1))
                return false;
            if (next != circuit)
                order = -1;
            if (ChipCatalog.All.IndexOf(chip) <= order)
                return false;
            (circuit, order) = (next, ChipCatalog.All.IndexOf(chip));
        }

        return true;
    }

    /// <summary>The chips of all tables, each once, in the catalog's order.</summary>
    private static bool TryMachine(ImmutableArray<Stored> tables, [NotNullWhen(true)] out Machine? machine)
    {
        var names = tables.Select(table => table.Chip).ToHashSet(StringComparer.Ordinal);
        return Machine.TryCreate([.. ChipCatalog.All.Select(chip => chip.Name).Where(names.Contains)], out machine);
    }

    private static VerifyingKey? Refuse(ref CanonicalReader reader, int offset, string message)
    {
        reader.Fail(FormatFault.Content, offset, message);
        return null;
    }

    private static void WriteProfile(VerifyingKey key, CanonicalWriter writer)
    {
        foreach (var number in Numbers(key.Profile, key.Parameters))
            writer.WriteInt32(number);
    }

    /// <summary>A key names its profile and repeats what it says, so that a file cannot mean other parameters under an old name.</summary>
    private static Profile? ReadProfile(ref CanonicalReader reader, out bool isHiding, out int[] numbers)
    {
        isHiding = false;
        numbers = [];
        var start = reader.Position;
        var id = reader.ReadInt32(0, int.MaxValue);
        var profile = Profile.FromId(id);
        if (profile is null)
        {
            reader.Fail(FormatFault.Content, start, $"there is no profile {id}");
            return null;
        }

        // Which parameters they must be, the flag after them and the tables say.
        numbers = new int[Numbers(profile, profile.Parameters).Count() - 1];
        foreach (ref var number in numbers.AsSpan())
            number = reader.ReadInt32(0, int.MaxValue);
        isHiding = reader.ReadBoolean();
        return profile;
    }

    private static IEnumerable<int> Numbers(Profile profile, ProofParameters parameters) =>
        [
            profile.Id, (int)profile.Regime, profile.MinimumBits, profile.IsForTests ? 1 : 0, parameters.LogBlowup, parameters.LogArity, parameters.LogFinalLength,
            parameters.Queries, parameters.QueryGrindingBits, parameters.BatchGrindingBits, parameters.FoldGrindingBits,
        ];

    private static ImmutableArray<Stored> ReadTables(ref CanonicalReader reader)
    {
        var tables = ImmutableArray.CreateBuilder<Stored>();
        var count = reader.ReadCount((7 * sizeof(uint)) + 1, MaxTables);
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            tables.Add(new(
                reader.ReadInt32(0, KeyRules.MaxCircuits) - 1,
                reader.ReadString(MaxNameBytes),
                reader.ReadInt32(0, KoalaBear.TwoAdicity),
                reader.ReadBoolean(),
                reader.ReadInt32(0, int.MaxValue),
                reader.ReadInt32(0, int.MaxValue),
                reader.ReadInt32(0, int.MaxValue),
                reader.ReadInt32(0, int.MaxValue)));
        }

        return tables.ToImmutable();
    }

    private readonly record struct Stored(
        int Circuit, string Chip, int LogPeriod, bool IsShared, int PreprocessedWidth, int MainWidth, int PermutationWidth, int Degree)
    {
        public static Stored Of(KeyTable table) =>
            new(table.Circuit, table.Chip, table.LogPeriod, table.IsShared, table.PreprocessedWidth, table.MainWidth, table.PermutationWidth, table.Degree);
    }
}
