using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Runtime.State;

/// <summary>What stands in the rows of a store's file. Whatever is read may be anyone's: sizes are checked, nothing throws.</summary>
internal static class StateFormat
{
    private const int MostScalars = 1 << 16;
    private const int MostNumberBytes = 64;

    /// <summary>The scalars of a record by path, and a list of its maps with their roots; behind it the SHA-256 of that and of the record's name, so that a damaged row is not taken for a record.</summary>
    public static byte[] Write(string id, StateRecord record)
    {
        var writer = new CanonicalWriter();
        writer.WriteString(record.Machine);
        writer.WriteInt32(record.Fields.Count);
        foreach (var (path, value) in record.Fields)
        {
            writer.WriteString(path);
            writer.WriteByte((byte)value.Kind);
            if (value.Kind == ScalarKind.Digest)
            {
                writer.WriteDigest(value.Digest);
                continue;
            }

            var bytes = value.Number.ToByteArray();
            writer.WriteInt32(bytes.Length);
            writer.WriteBytes(bytes);
        }

        writer.WriteInt32(record.Maps.Count);
        foreach (var (path, map) in record.Maps)
        {
            writer.WriteString(path);
            MapShapeBinary.Write(writer, map.Shape);
            writer.WriteDigest(map.Root);
            writer.WriteInt32(map.Count);
        }

        return [.. writer.Written, .. Check(id, writer.Written)];
    }

    /// <summary>Reads what <see cref="Write(string, StateRecord)"/> wrote; the maps' entries stand elsewhere.</summary>
    public static bool TryRead(string id, ReadOnlySpan<byte> row, [NotNullWhen(true)] out RecordRow? record)
    {
        record = null;
        if (row.Length < SHA256.HashSizeInBytes)
            return false;
        var content = row[..^SHA256.HashSizeInBytes];
        if (!row[content.Length..].SequenceEqual(Check(id, content)))
            return false;
        var reader = new CanonicalReader(content);
        var machine = reader.ReadString();
        var fields = ImmutableSortedDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        for (var left = reader.ReadCount(5, MostScalars); left > 0 && !reader.Failed; left--)
        {
            var path = reader.ReadString();
            var kind = (ScalarKind)reader.ReadByte();
            var value = kind switch
            {
                ScalarKind.Digest => Scalar.Of(reader.ReadDigest()),
                ScalarKind.Boolean => Scalar.Of(!new BigInteger(reader.ReadBytes(reader.ReadCount(1, MostNumberBytes))).IsZero),
                ScalarKind.Integer => Scalar.Of(new BigInteger(reader.ReadBytes(reader.ReadCount(1, MostNumberBytes)))),
                _ => default(Scalar?),
            };
            if (value is not { } known || !fields.TryAdd(path, known))
                return false;
        }

        var maps = ImmutableArray.CreateBuilder<MapRow>();
        for (var left = reader.ReadCount(48, MostScalars); left > 0 && !reader.Failed; left--)
        {
            var path = reader.ReadString();
            if (MapShapeBinary.Read(ref reader) is not { } shape)
                return false;
            maps.Add(new(path, shape, reader.ReadDigest(), reader.ReadInt32(0, int.MaxValue)));
        }

        reader.Finish();
        record = reader.Failed ? null : new(machine, fields.ToImmutable(), maps.ToImmutable());
        return record is not null;
    }

    /// <summary>An index as 16 bytes whose order is the indexes' own.</summary>
    public static byte[] Write(UInt128 index)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, index);
        return bytes;
    }

    /// <summary>A leaf's preimage as canonical words.</summary>
    public static byte[] Write(MapEntry entry)
    {
        var bytes = new byte[entry.Elements.Length * sizeof(uint)];
        for (var i = 0; i < entry.Elements.Length; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), entry.Elements[i].Canonical);
        return bytes;
    }

    /// <summary>Reads an entry; false when it is none of this shape or stands at another index.</summary>
    public static bool TryReadEntry(MapShape shape, ReadOnlySpan<byte> index, ReadOnlySpan<byte> bytes, Span<KoalaBear> buffer, out MapEntry entry)
    {
        entry = default;
        return index.Length == 16 && TryReadElements(bytes, buffer) && shape.TryEntry(buffer, out entry) && entry.Index == System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(index);
    }

    /// <summary>Reads a leaf's preimage of as many words as the buffer has.</summary>
    public static bool TryReadElements(ReadOnlySpan<byte> bytes, Span<KoalaBear> buffer)
    {
        if (bytes.Length != buffer.Length * sizeof(uint))
            return false;
        for (var i = 0; i < buffer.Length; i++)
        {
            if (!KoalaBear.TryFromCanonical(System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]), out buffer[i]))
                return false;
        }

        return true;
    }

    private static byte[] Check(string id, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}

/// <summary>A record's row.</summary>
internal sealed record RecordRow(string Machine, ImmutableSortedDictionary<string, Scalar> Fields, ImmutableArray<MapRow> Maps);

/// <summary>What a record's row says of a map.</summary>
internal sealed record MapRow(string Path, MapShape Shape, Digest Root, int Count);
