using System.Collections.Immutable;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Maps;

/// <summary>A map's type in files: depth, bits of the key, then the layouts of key and value.</summary>
public static class MapShapeBinary
{
    private const int MostScalars = 1 << 16;

    /// <summary>Writes a shape.</summary>
    public static void Write(CanonicalWriter writer, MapShape shape)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(shape);
        writer.WriteInt32(shape.Depth);
        writer.WriteInt32(shape.KeyBits);
        foreach (var layouts in (ImmutableArray<ScalarLayout>[])[shape.Key, shape.Value])
        {
            writer.WriteInt32(layouts.Length);
            foreach (var layout in layouts)
            {
                writer.WriteByte((byte)layout.Kind);
                writer.WriteByte((byte)layout.Limbs);
                writer.WriteBoolean(layout.IsSigned);
            }
        }
    }

    /// <summary>Reads a shape; null where no map has it, whoever wrote it.</summary>
    public static MapShape? Read(ref CanonicalReader reader)
    {
        var depth = reader.ReadInt32(1, MapShape.MaximumDepth);
        var bits = reader.ReadInt32(0, 128);
        var (key, value) = (ReadLayouts(ref reader), ReadLayouts(ref reader));
        var single = key is [{ Kind: not ScalarKind.Digest } only] && only.Limbs <= BlockPacking.BlockLength && bits <= only.Limbs * ScalarLayout.LimbBits;
        return reader.Failed || key.IsEmpty || (bits > 0 && !single) ? null : new(depth, key, bits, value);
    }

    private static ImmutableArray<ScalarLayout> ReadLayouts(ref CanonicalReader reader)
    {
        var layouts = ImmutableArray.CreateBuilder<ScalarLayout>();
        for (var left = reader.ReadCount(3, MostScalars); left > 0 && !reader.Failed; left--)
        {
            var position = reader.Position;
            var layout = new ScalarLayout((ScalarKind)reader.ReadByte(), reader.ReadByte(), reader.ReadBoolean());
            if (layout != ScalarLayout.Digest && layout != ScalarLayout.Boolean && (layout.Kind != ScalarKind.Integer || layout.Limbs is < 1 or > ScalarLayout.MaximumLimbs))
                reader.Fail(FormatFault.OutOfRange, position, "no such scalar");
            layouts.Add(layout);
        }

        return layouts.ToImmutable();
    }
}
