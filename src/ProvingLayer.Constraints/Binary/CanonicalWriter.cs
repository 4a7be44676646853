using System.Buffers;
using System.Buffers.Binary;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Binary;

/// <summary>Writes the canonical binary form that <see cref="CanonicalReader"/> reads.</summary>
public sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The bytes written so far.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    /// <summary>Writes a magic number and a version.</summary>
    public void WriteHeader(ReadOnlySpan<byte> magic, uint version)
    {
        WriteBytes(magic);
        WriteUInt32(version);
    }

    /// <summary>Writes a byte.</summary>
    public void WriteByte(byte value) => WriteBytes([value]);

    /// <summary>Writes a boolean as a byte.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes an unsigned integer of four bytes.</summary>
    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(sizeof(uint)), value);
        buffer.Advance(sizeof(uint));
    }

    /// <summary>Writes a count or another integer that is not negative.</summary>
    public void WriteInt32(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        WriteUInt32((uint)value);
    }

    /// <summary>Writes a field element.</summary>
    public void WriteElement(KoalaBear element) => WriteUInt32(element.Canonical);

    /// <summary>Writes field elements.</summary>
    public void WriteElements(ReadOnlySpan<KoalaBear> elements)
    {
        foreach (var element in elements)
            WriteElement(element);
    }

    /// <summary>Writes field elements in 31 bits each, the lowest bit first; what is left of the last byte is 0.</summary>
    public void WritePacked(ReadOnlySpan<KoalaBear> elements)
    {
        var bytes = buffer.GetSpan(CanonicalReader.PackedBytes(elements.Length));
        var (pending, count, end) = (0ul, 0, 0);
        foreach (var element in elements)
        {
            pending |= (ulong)element.Canonical << count;
            for (count += CanonicalReader.PackedBits; count >= 8; count -= 8, pending >>= 8)
                bytes[end++] = (byte)pending;
        }

        if (count > 0)
            bytes[end++] = (byte)pending;
        buffer.Advance(end);
    }

    /// <summary>Writes an element of the extension.</summary>
    public void WriteExtension(Extension5 value)
    {
        Span<KoalaBear> limbs = stackalloc KoalaBear[Extension5.Degree];
        value.CopyTo(limbs);
        WriteElements(limbs);
    }

    /// <summary>Writes a digest.</summary>
    public void WriteDigest(in Digest digest) => WriteElements(digest.AsSpan());

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    /// <summary>Writes a text: its number of bytes, then UTF-8.</summary>
    public void WriteString(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        WriteInt32(bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>A copy of all bytes.</summary>
    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
