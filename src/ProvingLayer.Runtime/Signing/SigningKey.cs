using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime.Signing;

/// <summary>
/// A signing key in a file, <c>NAME.tkey</c>. The file is open as long as this is, and to nobody else. Before a signature is made its index is on the disk, so after a
/// crash at any moment no index is used twice; one may be lost.
/// </summary>
/// <remarks>
/// The file: magic, version, log₂ of the capacity, the secret seed and the key, then two slots of which each holds the next index and a check of it. Slots are
/// written in turn, in place, each within one sector, and flushed: a torn write leaves the other slot, and the signature of the torn one was not made yet.
/// Nothing can see whether the whole file is an older copy of itself. Never restore one from a backup: make a new key instead.
/// </remarks>
public sealed class SigningKey : ISigner, IDisposable
{
    /// <summary>The capacity of a key unless one asks for another: 2^10 signatures.</summary>
    public const int DefaultLogCapacity = 10;

    private const uint Version = 1;
    private const int SeedAt = 16;
    private const int KeyAt = SeedAt + DigestSize;
    private const int SlotsAt = 512; // sectors of their own
    private const int SlotSize = 512;
    private const int FileSize = SlotsAt + (2 * SlotSize);
    private const int DigestSize = Digest.Length * sizeof(uint);

    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly SigningTree tree;
    private readonly Digest seed;
    private int next;

    private SigningKey(FileStream file, SigningTree tree, Digest seed, int next) => (this.file, this.tree, this.seed, this.next) = (file, tree, seed, next);

    /// <inheritdoc/>
    public PartyKey Key => new(tree.Root);

    /// <summary>How many signatures it has left.</summary>
    public int Remaining => tree.Capacity - next;

    /// <summary>Draws a new key and writes its file, which must not be there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logCapacity">log₂ of the signatures it can make, at most 20. Making and opening a key takes time for each.</param>
    /// <returns>The key, open.</returns>
    /// <exception cref="TenorException">The file is there, or cannot be written.</exception>
    public static SigningKey Create(string path, int logCapacity = DefaultLogCapacity)
    {
        var seed = DrawSeed();
        var tree = SigningTree.Grow(seed, logCapacity);
        Span<byte> bytes = new byte[FileSize];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], logCapacity);
        Write(seed, bytes[SeedAt..]);
        Write(tree.Root, bytes[KeyAt..]);
        WriteSlot(seed, 0, bytes[SlotsAt..]);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var file = new FileStream(path, options);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            return new(file, tree, seed, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TenorException(new(TenorErrorKind.File, $"the signing key cannot be written: {e.Message.ReplaceLineEndings(" ")}", path));
        }
    }

    /// <summary>Opens a key's file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="TenorException">The file cannot be opened, or is no signing key.</exception>
    public static SigningKey Open(string path) => TryOpen(path, out var key, out var error) ? key : throw new TenorException(error);

    /// <summary>Opens a key's file, or says what is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it is open.</returns>
    public static bool TryOpen(string path, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out TenorError? error)
    {
        (key, error) = (null, null);
        FileStream? file = null;
        try
        {
            file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 });
            var bytes = new byte[FileSize];
            var isWhole = file.Length == FileSize && file.ReadAtLeast(bytes, FileSize, throwOnEndOfStream: false) == FileSize;
            error = isWhole ? Read(bytes, file, path, out key) : NoKey(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            error = new(TenorErrorKind.File, "there is no such file", path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = new(TenorErrorKind.File, $"the signing key cannot be opened; one process at a time signs with it: {e.Message.ReplaceLineEndings(" ")}", path);
        }

        if (key is null)
        {
            file?.Dispose();
        }

        return error is null;
    }

    /// <inheritdoc/>
    /// <exception cref="TenorException">The key has made all its signatures, or its file cannot be written.</exception>
    public Signature Sign(Digest message)
    {
        lock (gate)
        {
            if (next >= tree.Capacity)
            {
                throw new TenorException(new(TenorErrorKind.Execution, $"the key has made all its {tree.Capacity} signatures: make a new one", file.Name));
            }

            var index = next;
            Reserve(index + 1);
            return tree.Sign(index, message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"a signing key (secret) of {Key}";

    private static ReadOnlySpan<byte> Magic => "TNRS"u8;

    private static TenorError NoKey(string path) => new(TenorErrorKind.Format, "this is no signing key", path);

    private static TenorError? Read(ReadOnlySpan<byte> bytes, FileStream file, string path, out SigningKey? key)
    {
        key = null;
        if (!bytes.StartsWith(Magic))
        {
            return NoKey(path);
        }

        var logCapacity = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Version
            || logCapacity is < 0 or > SignatureScheme.Height
            || !TryRead(bytes[SeedAt..], out var seed)
            || !TryRead(bytes[KeyAt..], out var root))
        {
            return new(TenorErrorKind.Format, "this signing key is of another version, or damaged", path);
        }

        var next = Math.Max(ReadSlot(seed, bytes[SlotsAt..]), ReadSlot(seed, bytes[(SlotsAt + SlotSize)..]));
        if (next < 0)
        {
            return new(TenorErrorKind.Format, "this signing key is damaged: how often it has signed cannot be read, so it must sign no more", path);
        }

        var tree = SigningTree.Grow(seed, logCapacity);
        if (tree.Root != root)
        {
            return new(TenorErrorKind.Format, "this signing key is damaged: its secret is not that of its key", path);
        }

        key = new(file, tree, seed, next);
        return null;
    }

    private void Reserve(int following)
    {
        Span<byte> slot = stackalloc byte[SlotSize];
        slot.Clear();
        WriteSlot(seed, following, slot);
        try
        {
            file.Position = SlotsAt + ((following & 1) * SlotSize);
            file.Write(slot);
            file.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            next = tree.Capacity; // what stands on the disk is not known: this object signs no more
            throw new TenorException(new(TenorErrorKind.File, $"the signing key cannot be written: {e.Message.ReplaceLineEndings(" ")}", file.Name));
        }

        next = following;
    }

    private static void WriteSlot(Digest seed, int next, Span<byte> slot)
    {
        BinaryPrimitives.WriteInt32LittleEndian(slot, next);
        Write(CheckOf(seed, next), slot[sizeof(int)..]);
    }

    // The next index, or −1 of a slot that was never written, or not to its end.
    private static int ReadSlot(Digest seed, ReadOnlySpan<byte> slot)
    {
        var next = BinaryPrimitives.ReadInt32LittleEndian(slot);
        return next is >= 0 and <= 1 << SignatureScheme.Height && TryRead(slot[sizeof(int)..], out var check) && check == CheckOf(seed, next) ? next : -1;
    }

    private static Digest CheckOf(Digest seed, int next) => Digests.Of(
        DomainTag.SignatureSecret, [(Scalar.Of(seed), ScalarLayout.Digest), (Scalar.Of(next), SignatureScheme.IndexLayout), (Scalar.Of(ushort.MaxValue), ScalarLayout.Tag)]);

    private static void Write(Digest digest, Span<byte> bytes)
    {
        for (var i = 0; i < Digest.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(i * sizeof(uint))..], digest[i].Canonical);
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out Digest digest)
    {
        Span<KoalaBear> elements = stackalloc KoalaBear[Digest.Length];
        digest = default;
        for (var i = 0; i < elements.Length; i++)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
            if (word >= KoalaBear.Modulus)
            {
                return false;
            }

            elements[i] = KoalaBear.FromCanonical(word);
        }

        digest = new(elements);
        return true;
    }

    private static Digest DrawSeed()
    {
        Span<KoalaBear> elements = stackalloc KoalaBear[Digest.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = KoalaBear.FromCanonical((uint)RandomNumberGenerator.GetInt32((int)KoalaBear.Modulus));
        }

        return new(elements);
    }
}
