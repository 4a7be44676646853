using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Formats;

/// <summary>
/// The file of a verifying key. The chips' constraints are not in it but in this program: the machine id says whether they are the same ones.
/// </summary>
public static class VerifyingKeyFormat
{
    /// <summary>The version this program writes and reads.</summary>
    public const uint Version = 1;

    private const int MaxTables = 64;
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
            writer.WriteString(table.Chip);
            writer.WriteInt32(table.LogPeriod);
            writer.WriteBoolean(table.IsShared);
            writer.WriteInt32(table.PreprocessedWidth);
            writer.WriteInt32(table.MainWidth);
            writer.WriteInt32(table.PermutationWidth);
            writer.WriteInt32(table.Chunks);
        }

        writer.WriteDigest(key.PreprocessedRoot);
    }

    /// <summary>Reads a key out of another file; null after an error, which the reader keeps.</summary>
    public static VerifyingKey? Read(ref CanonicalReader reader)
    {
        var start = reader.Position;
        var machineId = reader.ReadDigest();
        var suiteId = reader.ReadUInt32();
        var profile = ReadProfile(ref reader, out var isHiding);
        var maxLogInstances = reader.ReadInt32(0, KoalaBear.TwoAdicity);
        var publicCount = reader.ReadInt32(0, KeyRules.MaxPublicCount);
        var stored = ReadTables(ref reader);
        var root = reader.ReadDigest();
        if (reader.Failed || profile is null)
            return null;
        if (HashSuites.Find(suiteId) is not { } suite)
            return Refuse(ref reader, start, $"there is no hash suite {suiteId}");
        if (!Machine.TryCreate([.. stored.Select(table => table.Chip)], out var machine))
            return Refuse(ref reader, start, "the chips are not ones this program knows, in its order");
        if (suite.MachineId(machine) != machineId)
            return Refuse(ref reader, start, "the chips' constraints are not those of this program");

        var tables = VerifyingKey.TablesOf(machine.Chips.Zip(stored, (chip, table) => (chip, table.LogPeriod)), maxLogInstances, profile.ParametersOf(isHiding));
        if (!tables.Select(Stored.Of).SequenceEqual(stored))
            return Refuse(ref reader, start, "a table's columns are not those of its chip");
        var key = new VerifyingKey(machineId, suiteId, profile, tables, maxLogInstances, publicCount, root, isHiding);
        return KeyRules.FaultOf(key) is { } fault ? Refuse(ref reader, start, fault) : key;
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
    private static Profile? ReadProfile(ref CanonicalReader reader, out bool isHiding)
    {
        isHiding = false;
        var start = reader.Position;
        var id = reader.ReadInt32(0, int.MaxValue);
        var profile = Profile.FromId(id);
        if (profile is null)
        {
            reader.Fail(FormatFault.Content, start, $"there is no profile {id}");
            return null;
        }

        // Which parameters they must be, the flag after them says.
        start = reader.Position;
        var numbers = Numbers(profile, profile.Parameters).Skip(1).ToArray();
        foreach (ref var number in numbers.AsSpan())
            number = reader.ReadInt32(0, int.MaxValue);
        isHiding = reader.ReadBoolean();
        if (!reader.Failed && !Numbers(profile, profile.ParametersOf(isHiding)).Skip(1).SequenceEqual(numbers))
            reader.Fail(FormatFault.Content, start, $"the parameters are not those of the profile {profile.Name}");
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
        var count = reader.ReadCount((6 * sizeof(uint)) + 1, MaxTables);
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            tables.Add(new(
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
        string Chip, int LogPeriod, bool IsShared, int PreprocessedWidth, int MainWidth, int PermutationWidth, int Chunks)
    {
        public static Stored Of(KeyTable table) =>
            new(table.Chip, table.LogPeriod, table.IsShared, table.PreprocessedWidth, table.MainWidth, table.PermutationWidth, table.Chunks);
    }
}
