using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// Sixteen field elements that are computed side by side, as one 512-bit vector, two of 256 bits, or one element after the other: whatever
/// the machine has. The result never depends on it.
/// </summary>
public readonly struct PackedKoalaBear : IPackedRing<PackedKoalaBear, KoalaBear>
{
    /// <summary>Elements in a vector.</summary>
    public const int Lanes = 16;

    private readonly Vector512<uint> raw;

    /// <summary>The vector of these Montgomery forms, each below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PackedKoalaBear(Vector512<uint> raw) => this.raw = raw;

    /// <inheritdoc/>
    public static PackedKoalaBear Zero => default;

    /// <inheritdoc/>
    public static PackedKoalaBear One => FromBase(KoalaBear.One);

    /// <summary>The Montgomery forms.</summary>
    internal Vector512<uint> Raw => raw;

    /// <summary>The element of a lane, 0 … 15.</summary>
    public KoalaBear this[int lane] => KoalaBear.FromRaw(raw.GetElement(lane));

    /// <summary>The same element in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedKoalaBear FromBase(KoalaBear value) => new(Vector512.Create(value.Raw));

    /// <summary>The same element in all lanes.</summary>
    public static PackedKoalaBear Broadcast(KoalaBear value) => FromBase(value);

    /// <summary>The first sixteen elements of a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span has fewer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedKoalaBear Load(ReadOnlySpan<KoalaBear> elements) =>
        new(Vector512.Create(MemoryMarshal.Cast<KoalaBear, uint>(elements)));

    /// <summary>Lane r of column c becomes element c of row r: sixteen rows turned into a vector for each column.</summary>
    /// <param name="rows">Sixteen rows, row r beginning at r·stride.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="columns">As many as are wanted of the rows' first elements.</param>
    /// <exception cref="ArgumentException">The rows are too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadTransposed(ReadOnlySpan<KoalaBear> rows, int stride, Span<PackedKoalaBear> columns)
    {
        CheckTransposed(rows.Length, stride, columns.Length);
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref Unsafe.As<PackedKoalaBear, KoalaBear>(ref MemoryMarshal.GetReference(columns));
        for (var lane = 0; lane < Lanes; lane++)
        {
            ref var row = ref Unsafe.Add(ref source, (nint)lane * stride);
            ref var lanes = ref Unsafe.Add(ref target, lane);
            for (var c = 0; c < columns.Length; c++)
                Unsafe.Add(ref lanes, c * Lanes) = Unsafe.Add(ref row, c);
        }
    }

    /// <summary>The inverse of <see cref="LoadTransposed"/>.</summary>
    /// <exception cref="ArgumentException">The rows are too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreTransposed(ReadOnlySpan<PackedKoalaBear> columns, Span<KoalaBear> rows, int stride)
    {
        CheckTransposed(rows.Length, stride, columns.Length);
        ref var source = ref Unsafe.As<PackedKoalaBear, KoalaBear>(ref MemoryMarshal.GetReference(columns));
        ref var target = ref MemoryMarshal.GetReference(rows);
        for (var lane = 0; lane < Lanes; lane++)
        {
            ref var row = ref Unsafe.Add(ref target, (nint)lane * stride);
            ref var lanes = ref Unsafe.Add(ref source, lane);
            for (var c = 0; c < columns.Length; c++)
                Unsafe.Add(ref row, c) = Unsafe.Add(ref lanes, c * Lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedKoalaBear operator +(PackedKoalaBear left, PackedKoalaBear right) => new(PackedArithmetic.Add(left.raw, right.raw));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedKoalaBear operator -(PackedKoalaBear left, PackedKoalaBear right) => new(PackedArithmetic.Subtract(left.raw, right.raw));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedKoalaBear operator *(PackedKoalaBear left, PackedKoalaBear right) => new(PackedArithmetic.Multiply(left.raw, right.raw));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PackedKoalaBear operator -(PackedKoalaBear value) => new(PackedArithmetic.Subtract(Vector512<uint>.Zero, value.raw));

    /// <summary>Writes the sixteen elements to the beginning of a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span has fewer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<KoalaBear> elements) => raw.CopyTo(MemoryMarshal.Cast<KoalaBear, uint>(elements));

    /// <summary>The sum of the sixteen elements.</summary>
    public KoalaBear Sum()
    {
        // Sixteen Montgomery forms sum to less than 2³⁵.
        var halves = (raw.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) + (raw.AsUInt64() >>> 32);
        return KoalaBear.FromRaw((uint)(Vector512.Sum(halves) % KoalaBear.Modulus));
    }

    /// <summary>Lane i becomes the sum of the sixteen elements of vector i.</summary>
    /// <param name="vectors">At least sixteen; the first sixteen are summed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PackedKoalaBear SumEach(ReadOnlySpan<PackedKoalaBear> vectors)
    {
        vectors = vectors[..Lanes];
        if (!Avx512F.IsSupported)
        {
            Span<KoalaBear> sums = stackalloc KoalaBear[Lanes];
            for (var i = 0; i < Lanes; i++)
                sums[i] = vectors[i].Sum();
            return Load(sums);
        }

        // Each step adds two halves of two operands and lays the sums side by side, so that their number halves: four vectors become one of
        // quarters (i, i + 1, i + 2, i + 3) in each 128 bits, then four of those are added across the 128 bits.
        var low = SumEight(vectors);
        var high = SumEight(vectors[(Lanes / 2)..]);
        return new(AcrossLanes(low, high));
    }

    /// <summary>The canonical integers of the lanes.</summary>
    public override string ToString()
    {
        Span<KoalaBear> lanes = stackalloc KoalaBear[Lanes];
        Store(lanes);
        return $"[{string.Join(", ", lanes.ToArray())}]";
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SumEight(ReadOnlySpan<PackedKoalaBear> vectors) => AcrossLanes(
        SumFour(vectors[0].raw, vectors[1].raw, vectors[2].raw, vectors[3].raw),
        SumFour(vectors[4].raw, vectors[5].raw, vectors[6].raw, vectors[7].raw));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> SumFour(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d)
    {
        var ab = PackedArithmetic.Add(Avx512F.UnpackLow(a, b), Avx512F.UnpackHigh(a, b)).AsUInt64();
        var cd = PackedArithmetic.Add(Avx512F.UnpackLow(c, d), Avx512F.UnpackHigh(c, d)).AsUInt64();
        return PackedArithmetic.Add(Avx512F.UnpackLow(ab, cd).AsUInt32(), Avx512F.UnpackHigh(ab, cd).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> AcrossLanes(Vector512<uint> a, Vector512<uint> b) => PackedArithmetic.Add(
        Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), Avx512F.Shuffle4x128(a, b, 0b11_01_11_01));

    private static void CheckTransposed(int length, int stride, int columns)
    {
        if (stride < 0 || length < ((long)(Lanes - 1) * stride) + columns)
            throw new ArgumentException("There are not sixteen rows of this length.");
    }
}
