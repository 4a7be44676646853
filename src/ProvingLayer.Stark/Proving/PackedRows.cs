using System.Runtime.InteropServices;
using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Proving;

/// <summary>Turns sixteen rows of a matrix into one packed value a column.</summary>
internal static class PackedRows
{
    private const int Lanes = PackedKoalaBear.Lanes;

    /// <summary>Loads sixteen consecutive rows.</summary>
    public static void Load(Matrix matrix, int firstRow, Span<PackedKoalaBear> columns)
    {
        var elements = MemoryMarshal.Cast<PackedKoalaBear, KoalaBear>(columns);
        for (var lane = 0; lane < Lanes; lane++)
            Scatter(matrix.Row(firstRow + lane), elements, lane);
    }

    /// <summary>Loads sixteen rows from anywhere.</summary>
    public static void Load(Matrix matrix, ReadOnlySpan<int> rows, Span<PackedKoalaBear> columns)
    {
        var elements = MemoryMarshal.Cast<PackedKoalaBear, KoalaBear>(columns);
        for (var lane = 0; lane < Lanes; lane++)
            Scatter(matrix.Row(rows[lane]), elements, lane);
    }

    /// <summary>Loads one column of sixteen consecutive rows.</summary>
    public static PackedKoalaBear Column(Matrix matrix, int firstRow, int column)
    {
        Span<KoalaBear> elements = stackalloc KoalaBear[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            elements[lane] = matrix[firstRow + lane, column];
        return PackedKoalaBear.Load(elements);
    }

    /// <summary>The extension element that five packed columns hold.</summary>
    public static PackedExtension5 Extension(ReadOnlySpan<PackedKoalaBear> columns) =>
        new(columns[0], columns[1], columns[2], columns[3], columns[4]);

    private static void Scatter(ReadOnlySpan<KoalaBear> row, Span<KoalaBear> elements, int lane)
    {
        for (var column = 0; column < row.Length; column++)
            elements[(column * Lanes) + lane] = row[column];
    }
}
