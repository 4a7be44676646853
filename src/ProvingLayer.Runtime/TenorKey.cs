using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Runtime;

/// <summary>
/// What a verifier holds of a program: the verifying key of every transition (or of the one statement), and how the public statement is written.
/// Whoever verifies must have it from someone he trusts, or build it himself from the source: the same source gives the same bytes.
/// </summary>
public sealed class TenorKey
{
    /// <summary>The version of key files that this program writes and reads.</summary>
    public const uint Version = 6;

    /// <summary>The most bytes a key file may have.</summary>
    public const int MaxFileSize = 16 * 1024 * 1024;

    private const int LeastKeySize = 100;

    internal TenorKey(Abi abi, ImmutableArray<VerifyingKey> functions, VerifyingKey? history)
    {
        Abi = abi;
        Functions = functions;
        History = history;
        ProgramId = Digests.OfProgram(history is null ? functions.Select(key => key.Digest) : functions.Append(history).Select(key => key.Digest));
    }

    /// <summary>The first bytes of every key file.</summary>
    public static ReadOnlySpan<byte> Magic => "TNRK"u8;

    /// <summary>How inputs, statement and outputs are written.</summary>
    public Abi Abi { get; }

    /// <summary>The machine's or statement's name.</summary>
    public string Name => Abi.Name;

    /// <summary>A verifying key for each transition, in the order of the ABI's functions.</summary>
    public ImmutableArray<VerifyingKey> Functions { get; }

    /// <summary>The verifying key of a machine's histories; null for a statement.</summary>
    public VerifyingKey? History { get; }

    /// <summary>The program's digest, over the keys of all transitions and of their histories: the first field of every statement.</summary>
    public Digest ProgramId { get; }

    /// <summary>Whether its proofs hide what goes into them (zero knowledge), all transitions alike.</summary>
    public bool IsHiding => Functions[0].IsHiding;

    /// <summary>The profile of all its keys.</summary>
    public Profile Profile => Functions[0].Profile;

    /// <summary>Reads a key file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is no key file.</exception>
    public static TenorKey Load(string path) => TryLoad(path, out var key, out var error) ? key : throw new TenorException(error);

    /// <summary>Reads a key file, or says what is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryLoad(string path, [NotNullWhen(true)] out TenorKey? key, [NotNullWhen(false)] out TenorError? error)
    {
        key = null;
        return DurableFile.TryRead(path, MaxFileSize, out var bytes, out error) && TryRead(bytes, path, out key, out error);
    }

    /// <summary>Reads a key from the bytes of its file, or says what is wrong with them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, string? file, [NotNullWhen(true)] out TenorKey? key, [NotNullWhen(false)] out TenorError? error)
    {
        key = null;
        var reader = new CanonicalReader(bytes);
        reader.ReadHeader(Magic, Version);
        var abi = AbiBinary.Read(ref reader);
        var keys = ImmutableArray.CreateBuilder<VerifyingKey>();
        var count = reader.ReadCount(LeastKeySize);
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            if (VerifyingKeyFormat.Read(ref reader) is { } read)
            {
                keys.Add(read);
            }
        }

        var history = abi.IsMachine && !reader.Failed ? VerifyingKeyFormat.Read(ref reader) : null;
        var programId = reader.ReadDigest();
        reader.Finish();
        if (reader.Error is { } fault)
        {
            error = new(TenorErrorKind.Format, $"this is no verifying key that can be read: {fault}", file);
            return false;
        }

        if (KeyRules.FaultOf(abi, keys.ToImmutable(), history) is { } broken)
        {
            error = new(TenorErrorKind.Format, $"the verifying key contradicts itself: {broken}", file);
            return false;
        }

        key = new TenorKey(abi, keys.ToImmutable(), history);
        error = key.ProgramId == programId ? null : new(TenorErrorKind.Format, "the verifying key contradicts itself: its program id is not the digest of its keys", file);
        key = error is null ? key : null;
        return error is null;
    }

    /// <summary>The key as the bytes of a file: one key, one encoding.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes()
    {
        var writer = new CanonicalWriter();
        writer.WriteHeader(Magic, Version);
        AbiBinary.Write(writer, Abi);
        writer.WriteInt32(Functions.Length);
        foreach (var key in Functions)
        {
            VerifyingKeyFormat.Write(key, writer);
        }

        if (History is not null)
        {
            VerifyingKeyFormat.Write(History, writer);
        }

        writer.WriteDigest(ProgramId);
        return writer.ToArray();
    }

    /// <summary>Writes the key file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => DurableFile.Write(path, ToBytes());

    /// <summary>The verifying key of a transition or of the statement.</summary>
    internal VerifyingKey KeyOf(AbiFunction function) => Functions[Abi.Functions.IndexOf(function)];
}
