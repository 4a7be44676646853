using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>Sixteen main columns that hold a word as bytes: limb i = column 2i + 256 · column 2i + 1. Both looked up: the limb is below 2^16.</summary>
internal static class ByteColumns
{
    public const int Count = 2 * Cells.Limbs;

    private static readonly KoalaBear[] Bytes = [.. Enumerable.Range(0, 256).Select(v => KoalaBear.FromCanonical((uint)v))];

    public static ImmutableArray<string> Names(string word) =>
        [.. Enumerable.Range(0, Count).Select(i => $"{word} {i / 2} {(i % 2 == 0 ? "low" : "high")}")];

    public static KoalaBear Byte(uint value) => Bytes[value];

    public static CellMessages.Limbs<T> Limbs<T, TBuilder>(ref TBuilder builder, int firstColumn)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var limbs = default(CellMessages.Limbs<T>);
        for (var i = 0; i < Cells.Limbs; i++)
            limbs[i] = builder.Main(firstColumn + (2 * i)) + T.Scale(builder.Main(firstColumn + (2 * i) + 1), KoalaBear.FromCanonical(256));
        return limbs;
    }

    /// <summary>Looks all sixteen up; the messages bear the columns' names.</summary>
    public static void LookUp<T, TBuilder>(ref TBuilder builder, T enabled, int firstColumn, ImmutableArray<string> columns)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        for (var i = 0; i < Count; i++)
            CellMessages.LookUpByte<T, TBuilder>(ref builder, enabled, builder.Main(firstColumn + i), columns[firstColumn + i]);
    }

    /// <summary>Writes a word's bytes and counts them. A limb of 2^16 or more, which only a fault brings, keeps its excess in the high column.</summary>
    public static void Fill(ReadOnlySpan<KoalaBear> limbs, Span<KoalaBear> columns, Span<uint> byteCounts)
    {
        for (var i = 0; i < Cells.Limbs; i++)
            Fill(limbs[i].Canonical, columns.Slice(2 * i, 2), byteCounts);
    }

    public static void Fill(uint limb, Span<KoalaBear> columns, Span<uint> byteCounts)
    {
        var low = limb & 0xff;
        var high = limb >> 8;
        columns[0] = Bytes[low];
        byteCounts[(int)low]++;
        if (high < 256)
        {
            columns[1] = Bytes[high];
            byteCounts[(int)high]++;
        }
        else
        {
            columns[1] = KoalaBear.FromCanonical(high);
        }
    }
}
