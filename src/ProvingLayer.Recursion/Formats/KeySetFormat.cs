using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Formats;

/// <summary>
/// The file of a key set: profile, hash suite, the shape's heights, then each circuit's role and commitment, of one that verifies leaves the leaf's key and its instances, of a seal its own key. One set has one
/// encoding. The reader checks all that can be checked without making the circuits again.
/// </summary>
public static class KeySetFormat
{
    /// <summary>The version this program writes and reads.</summary>
    public const uint Version = 2;

    private const int MemberBytes = sizeof(int) + (Digest.Length * sizeof(uint)) + 1;

    /// <summary>The first bytes of every key set's file.</summary>
    public static ReadOnlySpan<byte> Magic => "PLKS"u8;

    /// <summary>Writes a key set.</summary>
    public static byte[] Write(KeySet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var writer = new CanonicalWriter();
        writer.WriteHeader(Magic, Version);
        writer.WriteInt32(set.Shape.Profile.Id);
        writer.WriteInt32((int)set.Shape.SuiteId);
        foreach (var (_, log) in set.Shape.Tables)
            writer.WriteInt32(log);
        writer.WriteInt32(set.Members.Length);
        foreach (var member in set.Members)
        {
            writer.WriteInt32((int)member.Role);
            writer.WriteDigest(member.PreprocessedRoot);
            if (member.SealKey is { } seal)
            {
                VerifyingKeyFormat.Write(seal, writer);
                continue;
            }

            writer.WriteBoolean(member.Leaf is not null);
            if (member.Leaf is not { } leaf)
                continue;
            writer.WriteInt32(leaf.Instances.Circuits);
            foreach (var log in leaf.Instances.Logs)
                writer.WriteInt32(log + 1); // 0: absent
            VerifyingKeyFormat.Write(leaf.Key, writer);
        }

        return writer.ToArray();
    }

    /// <summary>Reads a key set; false, and what is wrong, for anything but what <see cref="Write"/> writes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="set">The key set.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="options">What to allow beyond the default.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KeySet? set, [NotNullWhen(false)] out FormatError? error, VerifierOptions? options = null)
    {
        set = null;
        var reader = new CanonicalReader(bytes);
        reader.ReadHeader(Magic, Version);
        var start = reader.Position;
        var profile = Profile.FromId(reader.ReadInt32(0, int.MaxValue));
        var suite = HashSuites.Find(reader.ReadUInt32());
        if (profile is null || suite is null || (profile.IsForTests && !(options ?? VerifierOptions.Default).AllowTestProfile))
            reader.Fail(FormatFault.Content, start, "there is no such profile or hash suite");
        var heights = ImmutableDictionary.CreateBuilder<Chip, int>();
        foreach (var chip in RecursionShape.ChipsOf(suite?.Id ?? Poseidon2.SuiteId).OrderBy(chip => ChipCatalog.All.IndexOf(chip)))
            heights.Add(chip, reader.ReadInt32(CircuitTable.LeastLogPeriod, KoalaBear.TwoAdicity));
        var members = ImmutableArray.CreateBuilder<KeySetMember>();
        var count = reader.ReadCount(MemberBytes, KeySet.MostMembers);
        for (var i = 0; i < count && !reader.Failed; i++)
            members.Add(ReadMember(ref reader, options ?? VerifierOptions.Default));
        reader.Finish();
        if (!reader.Failed)
        {
            var shape = new RecursionShape(profile!, suite!.Id, heights.ToImmutable());
            if ((KeyRules.FaultOf(shape.KeyOf(default)) ?? FaultOf(members, shape)) is { } fault)
                reader.Fail(FormatFault.Content, start, fault);
            else
                set = new(shape, members.ToImmutable());
        }

        error = reader.Error;
        return set is not null;
    }

    private static KeySetMember ReadMember(ref CanonicalReader reader, VerifierOptions options)
    {
        var start = reader.Position;
        var role = (KeyRole)reader.ReadInt32((int)KeyRole.Wrap, (int)KeyRole.ChainSeal);
        var root = reader.ReadDigest();
        if (new KeySetMember(role, root).IsSeal)
            return ReadSeal(ref reader, role, root, options);
        if (!reader.ReadBoolean())
            return new(role, root);
        var logs = ImmutableArray.CreateBuilder<int>();
        var circuits = reader.ReadCount(sizeof(int), KeyRules.MaxCircuits);
        for (var i = 0; i < circuits; i++)
            logs.Add(reader.ReadInt32(0, KoalaBear.TwoAdicity + 1) - 1);
        var instances = new InstanceCounts(logs.ToImmutable());
        if (VerifyingKeyFormat.Read(ref reader) is not { } key)
            return new(role, root);
        if (ChildVerifier.FaultOf(key, instances, options) is { } fault)
            reader.Fail(FormatFault.Content, start, fault);
        return new(role, root, new(key, instances));
    }

    private static KeySetMember ReadSeal(ref CanonicalReader reader, KeyRole role, Digest root, VerifierOptions options)
    {
        var start = reader.Position;
        if (VerifyingKeyFormat.Read(ref reader) is not { } key)
            return new(role, root);
        var isSeal = key.IsHiding && !key.IsHistory && key.Circuits == 1 && key.StatementCount == RecursionShape.PublicCount && key.PreprocessedRoots[0] == root;
        if ((isSeal ? ChildVerifier.FaultOf(key, InstanceCounts.Single, options) : "the key is none of a seal") is { } fault)
            reader.Fail(FormatFault.Content, start, fault);
        return new(role, root) { SealKey = key };
    }

    /// <summary>Leaves first, each once, a history as a link besides; then the circuits that aggregate them.</summary>
    private static string? FaultOf(IReadOnlyList<KeySetMember> members, RecursionShape shape)
    {
        var seen = new HashSet<(KeyRole, Digest, InstanceCounts)>();
        foreach (var member in members)
        {
            if (member.Leaf is not null != member.Role is KeyRole.Wrap or KeyRole.Link)
                return "a wrap or a link verifies a leaf, a set or a chain none";
            if (member.SealKey is { } seal && (seal.SuiteId != shape.SuiteId || seal.Profile != shape.Profile))
                return "a seal is of another hash suite or profile";
            if (member.Leaf is { } leaf && (leaf.Key.SuiteId != shape.SuiteId || (member.Role == KeyRole.Link && !leaf.Key.IsHistory)))
                return "a leaf is of another hash suite, or a link of no history";
            if (member.Leaf is { } named && !seen.Add((member.Role, named.Key.Digest, named.Instances)))
                return "a leaf is named twice";
        }

        var hasLinks = members.Any(member => member.Role == KeyRole.Link);
        KeyRole[] once = hasLinks ? [KeyRole.Set, KeyRole.Chain, KeyRole.Seal, KeyRole.ChainSeal] : [KeyRole.Set, KeyRole.Seal];
        return seen.Count > 0 && members.Where(member => member.Leaf is null).Select(member => member.Role).Order().SequenceEqual(once.Order())
            ? null
            : "a set has a leaf, one circuit that aggregates and one that seals, and one each that joins and seals histories if it has any";
    }
}
