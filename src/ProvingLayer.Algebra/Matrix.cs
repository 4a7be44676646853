namespace ProvingLayer.Algebra;

/// <summary>A matrix over the base field, row by row: a column is a polynomial's coefficients or values, a row is what a Merkle leaf opens.</summary>
public sealed class Matrix
{
    /// <summary>The matrix whose rows lie one after the other in <paramref name="data"/>, which is not copied.</summary>
    /// <exception cref="ArgumentException">The length is not height × width.</exception>
    public Matrix(KoalaBear[] data, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        if (data.LongLength != (long)height * width)
            throw new ArgumentException($"{data.Length} elements are not {height} rows of {width}.", nameof(data));
        Data = data;
        Height = height;
        Width = width;
    }

    /// <summary>A matrix of zeros.</summary>
    public Matrix(int height, int width)
        : this(new KoalaBear[checked(height * width)], height, width)
    {
    }

    /// <summary>All elements, row by row.</summary>
    public KoalaBear[] Data { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>An element.</summary>
    public ref KoalaBear this[int row, int column] => ref Row(row)[column];

    /// <summary>A matrix whose elements are still undefined: every one must be written.</summary>
    public static Matrix Uninitialized(int height, int width) =>
        new(GC.AllocateUninitializedArray<KoalaBear>(checked(height * width)), height, width);

    /// <summary>A row.</summary>
    public Span<KoalaBear> Row(int row) => Data.AsSpan(row * Width, Width);

    /// <summary>A copy of a column.</summary>
    public KoalaBear[] Column(int column)
    {
        var values = new KoalaBear[Height];
        for (var row = 0; row < Height; row++)
            values[row] = this[row, column];
        return values;
    }
}
