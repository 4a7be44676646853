using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>
/// The layers of a transform on rows that lie one after the other in the caches; all columns of a row take the same factor, so the loops run over
/// whole vectors. Two layers are done at a time.
/// </summary>
internal static partial class Butterflies
{
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary>Layers first … first + log − 1 of a transform, on the 2^log rows of one block of layer <paramref name="first"/>.</summary>
    /// <param name="rows">2^log rows, each a whole number of vectors.</param>
    /// <param name="log">log₂ of the number of rows.</param>
    /// <param name="twiddles">Of the whole transform.</param>
    /// <param name="first">The first of the layers.</param>
    /// <param name="block">The block of that layer.</param>
    public static void Forward(Span<Vector512<uint>> rows, int log, Twiddles twiddles, int first, int block)
    {
        var layer = 0;
        if (log % 2 != 0)
        {
            Split2(ref rows[0], rows.Length / 2, twiddles.Of(first, block));
            layer++;
        }

        for (; layer < log; layer += 2)
        {
            var quarter = rows.Length >> (layer + 2);
            for (var j = 0; j < 1 << layer; j++)
            {
                var global = (block << layer) + j;
                Split4(
                    ref rows[4 * quarter * j],
                    quarter,
                    twiddles.Of(first + layer, global),
                    twiddles.Of(first + layer + 1, 2 * global),
                    twiddles.Of(first + layer + 1, (2 * global) + 1));
            }
        }
    }

    /// <summary>Undoes <see cref="Forward"/> up to the factor 2^log, given the inverse factors.</summary>
    public static void Inverse(Span<Vector512<uint>> rows, int log, Twiddles twiddles, int first, int block)
    {
        for (var layer = log - 2; layer >= 0; layer -= 2)
        {
            var quarter = rows.Length >> (layer + 2);
            for (var j = 0; j < 1 << layer; j++)
            {
                var global = (block << layer) + j;
                Join4(
                    ref rows[4 * quarter * j],
                    quarter,
                    twiddles.Of(first + layer, global),
                    twiddles.Of(first + layer + 1, 2 * global),
                    twiddles.Of(first + layer + 1, (2 * global) + 1));
            }
        }

        if (log % 2 != 0)
            Join2(ref rows[0], rows.Length / 2, twiddles.Of(first, block));
    }

    /// <summary>Multiplies all rows by a constant.</summary>
    [MethodImpl(Optimize)]
    public static void Scale(Span<Vector512<uint>> rows, Factor factor)
    {
        var (w, q) = (Vector512.Create(factor.Value), Vector512.Create(factor.Quotient));
        foreach (ref var x in rows)
            x = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(x, w, q));
    }

    // (x, y) → (x + ay, x − ay).
    [MethodImpl(Optimize)]
    private static void Split2(ref Vector512<uint> x, int half, Factor a)
    {
        if (PackedArithmetic.Uses256Bits)
        {
            Split2(ref Unsafe.As<Vector512<uint>, Vector256<uint>>(ref x), 2 * half, a);
            return;
        }

        var (w, q) = (Vector512.Create(a.Value), Vector512.Create(a.Quotient));
        for (var i = 0; i < half; i++)
        {
            ref var x0 = ref Unsafe.Add(ref x, i);
            ref var x1 = ref Unsafe.Add(ref x, half + i);
            var y = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(x1, w, q));
            x1 = PackedArithmetic.Subtract(x0, y);
            x0 = PackedArithmetic.Add(x0, y);
        }
    }

    // (x₀, x₂), (x₁, x₃) with a; then (x₀, x₁) with b and (x₂, x₃) with c.
    [MethodImpl(Optimize)]
    private static void Split4(ref Vector512<uint> x, int quarter, Factor a, Factor b, Factor c)
    {
        if (PackedArithmetic.Uses256Bits)
        {
            Split4(ref Unsafe.As<Vector512<uint>, Vector256<uint>>(ref x), 2 * quarter, a, b, c);
            return;
        }

        var (aw, aq) = (Vector512.Create(a.Value), Vector512.Create(a.Quotient));
        var (bw, bq) = (Vector512.Create(b.Value), Vector512.Create(b.Quotient));
        var (cw, cq) = (Vector512.Create(c.Value), Vector512.Create(c.Quotient));
        for (var i = 0; i < quarter; i++)
        {
            ref var r0 = ref Unsafe.Add(ref x, i);
            ref var r1 = ref Unsafe.Add(ref r0, quarter);
            ref var r2 = ref Unsafe.Add(ref r1, quarter);
            ref var r3 = ref Unsafe.Add(ref r2, quarter);
            var x2 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(r2, aw, aq));
            var x3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(r3, aw, aq));
            var y0 = PackedArithmetic.Add(r0, x2);
            var y1 = PackedArithmetic.Add(r1, x3);
            var y2 = PackedArithmetic.Subtract(r0, x2);
            var y3 = PackedArithmetic.Subtract(r1, x3);
            y1 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(y1, bw, bq));
            y3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(y3, cw, cq));
            r0 = PackedArithmetic.Add(y0, y1);
            r1 = PackedArithmetic.Subtract(y0, y1);
            r2 = PackedArithmetic.Add(y2, y3);
            r3 = PackedArithmetic.Subtract(y2, y3);
        }
    }

    // (x, y) → (x + y, (x − y)/a).
    [MethodImpl(Optimize)]
    private static void Join2(ref Vector512<uint> x, int half, Factor a)
    {
        if (PackedArithmetic.Uses256Bits)
        {
            Join2(ref Unsafe.As<Vector512<uint>, Vector256<uint>>(ref x), 2 * half, a);
            return;
        }

        var (w, q) = (Vector512.Create(a.Value), Vector512.Create(a.Quotient));
        for (var i = 0; i < half; i++)
        {
            ref var x0 = ref Unsafe.Add(ref x, i);
            ref var x1 = ref Unsafe.Add(ref x, half + i);
            var difference = LazyDifference(x0, x1);
            x0 = PackedArithmetic.Add(x0, x1);
            x1 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(difference, w, q));
        }
    }

    [MethodImpl(Optimize)]
    private static void Join4(ref Vector512<uint> x, int quarter, Factor a, Factor b, Factor c)
    {
        if (PackedArithmetic.Uses256Bits)
        {
            Join4(ref Unsafe.As<Vector512<uint>, Vector256<uint>>(ref x), 2 * quarter, a, b, c);
            return;
        }

        var (aw, aq) = (Vector512.Create(a.Value), Vector512.Create(a.Quotient));
        var (bw, bq) = (Vector512.Create(b.Value), Vector512.Create(b.Quotient));
        var (cw, cq) = (Vector512.Create(c.Value), Vector512.Create(c.Quotient));
        for (var i = 0; i < quarter; i++)
        {
            ref var r0 = ref Unsafe.Add(ref x, i);
            ref var r1 = ref Unsafe.Add(ref r0, quarter);
            ref var r2 = ref Unsafe.Add(ref r1, quarter);
            ref var r3 = ref Unsafe.Add(ref r2, quarter);
            var y0 = PackedArithmetic.Add(r0, r1);
            var y1 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(LazyDifference(r0, r1), bw, bq));
            var y2 = PackedArithmetic.Add(r2, r3);
            var y3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(LazyDifference(r2, r3), cw, cq));
            r0 = PackedArithmetic.Add(y0, y2);
            r1 = PackedArithmetic.Add(y1, y3);
            r2 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(LazyDifference(y0, y2), aw, aq));
            r3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily(LazyDifference(y1, y3), aw, aq));
        }
    }

    // x − y + p, below 2p: enough for a lazy product.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> LazyDifference(Vector512<uint> x, Vector512<uint> y) => x - y + Vector512.Create(KoalaBear.Modulus);
}
