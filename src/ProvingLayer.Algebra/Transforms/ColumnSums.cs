using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>
/// The sums of <see cref="ColumnEvaluation"/> for machines with 256-bit vectors: eight columns at a time, sums of products in 64 bits, reduced once.
/// Factors lie in [−p/2, p/2], so four products within p² &lt; p·2³¹ may be added to a sum within p·2³¹ before it is drawn back.
/// </summary>
internal static class ColumnSums
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
    private const int Degree = Extension5.Degree;
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Half = Lanes / 2;

    /// <summary>p·2³¹, a multiple of p.</summary>
    private const long Bound = (long)KoalaBear.Modulus << 31;

    /// <summary>The representative in [−p/2, p/2] of an element's Montgomery form.</summary>
    public static int Centred(KoalaBear value) => (int)(value.Raw > KoalaBear.Modulus / 2 ? value.Raw - KoalaBear.Modulus : value.Raw);

    /// <summary>Σ over rows of weight · row for sixteen columns.</summary>
    /// <param name="first">The first of the columns in the first row.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="weights">Five coordinates a row, centred.</param>
    public static PackedExtension5 OverRows(ref KoalaBear first, int stride, ReadOnlySpan<int> weights)
    {
        Unsafe.SkipInit(out PackedExtension5 sums);
        ref var target = ref Unsafe.As<PackedExtension5, Vector256<uint>>(ref sums);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        OverRows(ref first, stride, weights.Length / Degree, ref weight, ref target);
        OverRows(ref Unsafe.Add(ref first, Half), stride, weights.Length / Degree, ref weight, ref Unsafe.Add(ref target, 1));
        return sums;
    }

    /// <summary>Σ over columns of factor · element of one row.</summary>
    /// <param name="row">The row, at least sixteen elements.</param>
    /// <param name="factors">For each sixteen columns, the last moved back to end with the row, sixteen centred values of each coordinate.</param>
    [MethodImpl(Optimize)]
    public static Extension5 OverColumns(ReadOnlySpan<KoalaBear> row, ReadOnlySpan<int> factors)
    {
        ref var x = ref Unsafe.As<KoalaBear, uint>(ref MemoryMarshal.GetReference(row));
        ref var factor = ref MemoryMarshal.GetReference(factors);
        var vectors = factors.Length / (Degree * Lanes);
        Vector256<long> e0 = default, e1 = default, e2 = default, e3 = default, e4 = default;
        Vector256<long> o0 = default, o1 = default, o2 = default, o3 = default, o4 = default;
        for (var v = 0; v < vectors; v++)
        {
            var column = Math.Min(v * Lanes, row.Length - Lanes);
            for (var half = 0; half < Lanes; half += Half)
            {
                var even = PackedArithmetic.Centred(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, column + half)));
                var odd = OddToEven(even);
                ref var f = ref Unsafe.Add(ref factor, (v * Degree * Lanes) + half);
                AddProducts(ref e0, ref o0, even, odd, Vector256.LoadUnsafe(ref f));
                AddProducts(ref e1, ref o1, even, odd, Vector256.LoadUnsafe(ref Unsafe.Add(ref f, Lanes)));
                AddProducts(ref e2, ref o2, even, odd, Vector256.LoadUnsafe(ref Unsafe.Add(ref f, 2 * Lanes)));
                AddProducts(ref e3, ref o3, even, odd, Vector256.LoadUnsafe(ref Unsafe.Add(ref f, 3 * Lanes)));
                AddProducts(ref e4, ref o4, even, odd, Vector256.LoadUnsafe(ref Unsafe.Add(ref f, 4 * Lanes)));
            }

            DrawBack(ref e0, ref o0);
            DrawBack(ref e1, ref o1);
            DrawBack(ref e2, ref o2);
            DrawBack(ref e3, ref o3);
            DrawBack(ref e4, ref o4);
        }

        return new(SumOf(PackedArithmetic.ReduceSums(e0, o0)), SumOf(PackedArithmetic.ReduceSums(e1, o1)), SumOf(PackedArithmetic.ReduceSums(e2, o2)), SumOf(PackedArithmetic.ReduceSums(e3, o3)), SumOf(PackedArithmetic.ReduceSums(e4, o4)));
    }

    [MethodImpl(Optimize)]
    private static void OverRows(ref KoalaBear first, int stride, int rows, ref int weight, ref Vector256<uint> sums)
    {
        ref var x = ref Unsafe.As<KoalaBear, uint>(ref first);
        Vector256<long> e0 = default, e1 = default, e2 = default, e3 = default, e4 = default;
        Vector256<long> o0 = default, o1 = default, o2 = default, o3 = default, o4 = default;
        for (var row = 0; row < rows; row++)
        {
            var even = PackedArithmetic.Centred(Vector256.LoadUnsafe(ref Unsafe.Add(ref x, (nint)row * stride)));
            var odd = OddToEven(even);
            ref var w = ref Unsafe.Add(ref weight, row * Degree);
            var w0 = Vector256.Create(w);
            e0 += Avx2.Multiply(even, w0);
            o0 += Avx2.Multiply(odd, w0);
            var w1 = Vector256.Create(Unsafe.Add(ref w, 1));
            e1 += Avx2.Multiply(even, w1);
            o1 += Avx2.Multiply(odd, w1);
            var w2 = Vector256.Create(Unsafe.Add(ref w, 2));
            e2 += Avx2.Multiply(even, w2);
            o2 += Avx2.Multiply(odd, w2);
            var w3 = Vector256.Create(Unsafe.Add(ref w, 3));
            e3 += Avx2.Multiply(even, w3);
            o3 += Avx2.Multiply(odd, w3);
            var w4 = Vector256.Create(Unsafe.Add(ref w, 4));
            e4 += Avx2.Multiply(even, w4);
            o4 += Avx2.Multiply(odd, w4);
            if (row % 4 == 3)
            {
                DrawBack(ref e0, ref o0);
                DrawBack(ref e1, ref o1);
                DrawBack(ref e2, ref o2);
                DrawBack(ref e3, ref o3);
                DrawBack(ref e4, ref o4);
            }
        }

        // Up to three products came after the last time.
        DrawBack(ref e0, ref o0);
        DrawBack(ref e1, ref o1);
        DrawBack(ref e2, ref o2);
        DrawBack(ref e3, ref o3);
        DrawBack(ref e4, ref o4);
        sums = PackedArithmetic.ReduceSums(e0, o0);
        Unsafe.Add(ref sums, 2) = PackedArithmetic.ReduceSums(e1, o1);
        Unsafe.Add(ref sums, 4) = PackedArithmetic.ReduceSums(e2, o2);
        Unsafe.Add(ref sums, 6) = PackedArithmetic.ReduceSums(e3, o3);
        Unsafe.Add(ref sums, 8) = PackedArithmetic.ReduceSums(e4, o4);
    }

    [MethodImpl(Inline)]
    private static void AddProducts(ref Vector256<long> evenSum, ref Vector256<long> oddSum, Vector256<int> even, Vector256<int> odd, Vector256<int> factor)
    {
        evenSum += Avx2.Multiply(even, factor);
        oddSum += Avx2.Multiply(odd, OddToEven(factor));
    }

    [MethodImpl(Inline)]
    private static Vector256<int> OddToEven(Vector256<int> x) => PackedArithmetic.OddToEven(x.AsUInt32()).AsInt32();

    // From (−2·Bound, 2·Bound) to [−Bound, Bound).
    [MethodImpl(Inline)]
    private static void DrawBack(ref Vector256<long> even, ref Vector256<long> odd)
    {
        even = even - Vector256.Create(Bound) + (Avx2.CompareGreaterThan(Vector256<long>.Zero, even) & Vector256.Create(2 * Bound));
        odd = odd - Vector256.Create(Bound) + (Avx2.CompareGreaterThan(Vector256<long>.Zero, odd) & Vector256.Create(2 * Bound));
    }

    // Eight Montgomery forms sum to less than 2³⁴.
    [MethodImpl(Inline)]
    private static KoalaBear SumOf(Vector256<uint> x) => KoalaBear.FromRaw(
        (uint)(Vector256.Sum((x.AsUInt64() & Vector256.Create((ulong)uint.MaxValue)) + (x.AsUInt64() >>> 32)) % KoalaBear.Modulus));
}
