using System.Buffers.Binary;
using System.Text;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Binary;

/// <summary>Why a file is not what its format says.</summary>
public enum FormatFault
{
    /// <summary>It does not start with the format's magic number.</summary>
    Magic,

    /// <summary>Its version is not one this program reads.</summary>
    Version,

    /// <summary>It ends before its content does, or a count is greater than what is left.</summary>
    Truncated,

    /// <summary>Bytes follow its content.</summary>
    TrailingBytes,

    /// <summary>A field element is p or more.</summary>
    NotCanonical,

    /// <summary>A count or number is out of its range.</summary>
    OutOfRange,

    /// <summary>A text is not UTF-8.</summary>
    NotText,

    /// <summary>The content contradicts itself or the rules of what it describes.</summary>
    Content,
}

/// <summary>A malformed file: what and where.</summary>
/// <param name="Fault">What.</param>
/// <param name="Offset">The byte at which the faulty part starts.</param>
/// <param name="Message">For people.</param>
public sealed record FormatError(FormatFault Fault, int Offset, string Message)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"byte {Offset}: {Message}");
}

/// <summary>
/// Reads a canonical binary form. Integers are little-endian and of fixed size, field elements canonical integers. Malformed bytes never throw: the
/// first error stays, every later read gives zeros, counts are checked against the bytes left before anyone allocates.
/// </summary>
public ref struct CanonicalReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes;
    private int position;

    /// <summary>A reader at the start of these bytes.</summary>
    public CanonicalReader(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>The first error; null so far.</summary>
    public FormatError? Error { get; private set; }

    /// <summary>Whether there was an error.</summary>
    public readonly bool Failed => Error is not null;

    /// <summary>The next byte's offset.</summary>
    public readonly int Position => position;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => Failed ? 0 : bytes.Length - position;

    /// <summary>Records an error at an offset, if it is the first.</summary>
    public void Fail(FormatFault fault, int offset, string message) => Error ??= new(fault, offset, message);

    /// <summary>Reads a magic number of four bytes and a version, both of which must be these.</summary>
    public void ReadHeader(ReadOnlySpan<byte> magic, uint version)
    {
        var start = position;
        if (!ReadBytes(magic.Length).SequenceEqual(magic))
            Fail(FormatFault.Magic, start, "this is no such file");
        start = position;
        var found = ReadUInt32();
        if (found != version)
            Fail(FormatFault.Version, start, $"version {found} is not {version}, the one this program reads");
    }

    /// <summary>Reads a byte.</summary>
    public byte ReadByte() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>Reads a boolean: a byte that is 0 or 1.</summary>
    public bool ReadBoolean()
    {
        var start = position;
        var value = ReadByte();
        if (value > 1)
            Fail(FormatFault.OutOfRange, start, "a flag is not 0 or 1");
        return value == 1;
    }

    /// <summary>Reads an unsigned integer of four bytes.</summary>
    public uint ReadUInt32() => Take(sizeof(uint)) is { Length: sizeof(uint) } taken ? BinaryPrimitives.ReadUInt32LittleEndian(taken) : 0;

    /// <summary>Reads an integer of four bytes that must lie between two bounds; the lower bound after an error.</summary>
    public int ReadInt32(int least, int greatest)
    {
        var start = position;
        var value = ReadUInt32();
        if (!Failed && value <= int.MaxValue && (int)value >= least && (int)value <= greatest)
            return (int)value;
        Fail(FormatFault.OutOfRange, start, $"{value} is not between {least} and {greatest}");
        return least;
    }

    /// <summary>
    /// Reads a count of items that take at least <paramref name="leastBytes"/> bytes each: more than the bytes left can hold is an error, and the
    /// count is then 0.
    /// </summary>
    public int ReadCount(int leastBytes, int greatest = int.MaxValue)
    {
        var start = position;
        var count = ReadUInt32();
        if (Failed)
            return 0;
        if (count > greatest)
        {
            Fail(FormatFault.OutOfRange, start, $"{count} items are more than {greatest}");
            return 0;
        }

        if ((long)count * leastBytes > Remaining)
        {
            Fail(FormatFault.Truncated, start, $"{count} items do not fit the {Remaining} bytes left");
            return 0;
        }

        return (int)count;
    }

    /// <summary>Reads a field element, a canonical integer of four bytes.</summary>
    public KoalaBear ReadElement()
    {
        var start = position;
        if (!KoalaBear.TryFromCanonical(ReadUInt32(), out var element))
            Fail(FormatFault.NotCanonical, start, "a field element is not below p");
        return element;
    }

    /// <summary>Reads field elements.</summary>
    public void ReadElements(scoped Span<KoalaBear> elements)
    {
        foreach (ref var element in elements)
            element = ReadElement();
    }

    /// <summary>Bits of a packed field element: p is below 2^31.</summary>
    internal const int PackedBits = 31;

    /// <summary>Reads field elements in 31 bits each, the lowest bit first; what is left of the last byte must be 0.</summary>
    public void ReadPacked(scoped Span<KoalaBear> elements)
    {
        var start = position;
        var taken = Take(PackedBytes(elements.Length));
        if (Failed)
            return;
        var (pending, count, next) = (0ul, 0, 0);
        foreach (ref var element in elements)
        {
            for (; count < PackedBits; count += 8)
                pending |= (ulong)taken[next++] << count;
            if (!KoalaBear.TryFromCanonical((uint)pending & int.MaxValue, out element))
            {
                Fail(FormatFault.NotCanonical, start + next - 1, "a field element is not below p");
                return;
            }

            pending >>= PackedBits;
            count -= PackedBits;
        }

        if (pending != 0)
            Fail(FormatFault.NotCanonical, start + next - 1, "bits that fill up the last byte are not 0");
    }

    internal static int PackedBytes(int elements) => (int)((((long)elements * PackedBits) + 7) / 8);

    /// <summary>Reads an element of the extension.</summary>
    public Extension5 ReadExtension()
    {
        Span<KoalaBear> limbs = stackalloc KoalaBear[Extension5.Degree];
        ReadElements(limbs);
        return new(limbs);
    }

    /// <summary>Reads a digest.</summary>
    public Digest ReadDigest()
    {
        Span<KoalaBear> limbs = stackalloc KoalaBear[Digest.Length];
        ReadElements(limbs);
        return new(limbs);
    }

    /// <summary>Reads so many bytes; none after an error.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    /// <summary>Reads a text: its number of bytes, then UTF-8.</summary>
    public string ReadString(int greatestBytes = int.MaxValue)
    {
        var start = position;
        var taken = Take(ReadCount(1, greatestBytes));
        try
        {
            return StrictUtf8.GetString(taken);
        }
        catch (DecoderFallbackException)
        {
            Fail(FormatFault.NotText, start, "a text is not UTF-8");
            return "";
        }
    }

    /// <summary>Nothing may follow.</summary>
    public void Finish()
    {
        if (!Failed && position != bytes.Length)
            Fail(FormatFault.TrailingBytes, position, $"{bytes.Length - position} bytes follow the end");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Failed)
            return [];
        if (count > bytes.Length - position)
        {
            Fail(FormatFault.Truncated, position, $"{count} bytes are needed, {bytes.Length - position} are left");
            return [];
        }

        var taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }
}
