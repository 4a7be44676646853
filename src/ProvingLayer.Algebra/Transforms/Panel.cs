using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>
/// A buffer that fits the caches: some columns of some rows of a matrix, the columns padded with zeros to whole vectors. Gathering rows into it
/// avoids that rows at distances of a power of two, as transforms take them, compete for the same cache lines.
/// </summary>
internal readonly ref struct Panel
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int TargetVectors = 1 << 12; // 256 KiB

    private readonly Vector512<uint>[] rented;
    private readonly int rows;

    public Panel(int logRows, int columns)
    {
        rows = 1 << logRows;
        Vectors = columns / Lanes;
        rented = ArrayPool<Vector512<uint>>.Shared.Rent(rows * Vectors);
    }

    /// <summary>Vectors in a row.</summary>
    public int Vectors { get; }

    /// <summary>Columns in a row.</summary>
    public int Columns => Vectors * Lanes;

    /// <summary>Columns, a multiple of 16, with which a panel of so many rows fits the caches and is not wider than a matrix needs.</summary>
    public static int ColumnsFor(int logRows, int width) =>
        Lanes * Math.Min(Math.Clamp(TargetVectors >> logRows, 1, 8), (width + Lanes - 1) / Lanes);

    /// <summary>All rows.</summary>
    public Span<Vector512<uint>> Rows => rented.AsSpan(0, rows * Vectors);

    /// <summary>Reads columns from <paramref name="column"/> on of the rows that <paramref name="map"/> names.</summary>
    public void Gather(Matrix source, int column, RowMap map)
    {
        var width = Math.Min(Columns, source.Width - column);
        ref var elements = ref MemoryMarshal.GetArrayDataReference(source.Data);
        ref var target = ref MemoryMarshal.GetReference(Rows);
        var whole = width == Columns;
        if (!whole)
            Rows.Clear();
        for (var row = 0; row < rows; row++, target = ref Unsafe.Add(ref target, Vectors))
        {
            ref var first = ref Unsafe.Add(ref elements, (nint)map[row] * source.Width + column);
            if (whole)
            {
                ref var vector = ref Unsafe.As<KoalaBear, Vector512<uint>>(ref first);
                for (var i = 0; i < Vectors; i++)
                    Unsafe.Add(ref target, i) = Unsafe.Add(ref vector, i);
            }
            else
            {
                MemoryMarshal.CreateReadOnlySpan(ref first, width).CopyTo(Elements(ref target));
            }
        }
    }

    /// <summary>Writes back what <see cref="Gather"/> reads.</summary>
    public void Scatter(Matrix destination, int column, RowMap map)
    {
        var width = Math.Min(Columns, destination.Width - column);
        ref var elements = ref MemoryMarshal.GetArrayDataReference(destination.Data);
        ref var source = ref MemoryMarshal.GetReference(Rows);
        for (var row = 0; row < rows; row++, source = ref Unsafe.Add(ref source, Vectors))
        {
            ref var first = ref Unsafe.Add(ref elements, (nint)map[row] * destination.Width + column);
            if (width == Columns)
            {
                ref var vector = ref Unsafe.As<KoalaBear, Vector512<uint>>(ref first);
                for (var i = 0; i < Vectors; i++)
                    Unsafe.Add(ref vector, i) = Unsafe.Add(ref source, i);
            }
            else
            {
                Elements(ref source)[..width].CopyTo(MemoryMarshal.CreateSpan(ref first, width));
            }
        }
    }

    public void Dispose() => ArrayPool<Vector512<uint>>.Shared.Return(rented);

    private Span<KoalaBear> Elements(ref Vector512<uint> row) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<Vector512<uint>, KoalaBear>(ref row), Columns);
}

/// <summary>Which row of a matrix a row of a panel is: start + stride·row, its low bits reversed where the matrix is stored so.</summary>
/// <param name="Start">The matrix row, before reversal, of the panel's first.</param>
/// <param name="Stride">The distance between matrix rows.</param>
/// <param name="ReversedBits">How many bits of the sum are reversed to find the row; 0 for none.</param>
internal readonly record struct RowMap(int Start, int Stride, int ReversedBits)
{
    public int this[int row] => ReversedBits == 0 ? Start + (Stride * row) : BitReversal.Reverse(Start + (Stride * row), ReversedBits);
}
