using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProvingLayer.Algebra.Transforms;

/// <content>The butterflies for machines with 256-bit vectors: the same text on half the lanes.</content>
internal static partial class Butterflies
{
    // (x, y) → (x + ay, x − ay).
    [MethodImpl(Optimize)]
    private static void Split2(ref Vector256<uint> x, int half, Factor a)
    {
        var (w, q) = (Vector256.Create(a.Value), Vector256.Create(a.Quotient));
        for (var i = 0; i < half; i++)
        {
            ref var x0 = ref Unsafe.Add(ref x, i);
            ref var x1 = ref Unsafe.Add(ref x, half + i);
            var y = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(x1, w, q));
            x1 = PackedArithmetic.Subtract(x0, y);
            x0 = PackedArithmetic.Add(x0, y);
        }
    }

    // (x₀, x₂), (x₁, x₃) with a; then (x₀, x₁) with b and (x₂, x₃) with c.
    [MethodImpl(Optimize)]
    private static void Split4(ref Vector256<uint> x, int quarter, Factor a, Factor b, Factor c)
    {
        var (aw, aq) = (Vector256.Create(a.Value), Vector256.Create(a.Quotient));
        var (bw, bq) = (Vector256.Create(b.Value), Vector256.Create(b.Quotient));
        var (cw, cq) = (Vector256.Create(c.Value), Vector256.Create(c.Quotient));
        for (var i = 0; i < quarter; i++)
        {
            ref var r0 = ref Unsafe.Add(ref x, i);
            ref var r1 = ref Unsafe.Add(ref r0, quarter);
            ref var r2 = ref Unsafe.Add(ref r1, quarter);
            ref var r3 = ref Unsafe.Add(ref r2, quarter);
            var x2 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(r2, aw, aq));
            var x3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(r3, aw, aq));
            var y0 = PackedArithmetic.Add(r0, x2);
            var y1 = PackedArithmetic.Add(r1, x3);
            var y2 = PackedArithmetic.Subtract(r0, x2);
            var y3 = PackedArithmetic.Subtract(r1, x3);
            y1 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(y1, bw, bq));
            y3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(y3, cw, cq));
            r0 = PackedArithmetic.Add(y0, y1);
            r1 = PackedArithmetic.Subtract(y0, y1);
            r2 = PackedArithmetic.Add(y2, y3);
            r3 = PackedArithmetic.Subtract(y2, y3);
        }
    }

    // (x, y) → (x + y, (x − y)/a).
    [MethodImpl(Optimize)]
    private static void Join2(ref Vector256<uint> x, int half, Factor a)
    {
        var (w, q) = (Vector256.Create(a.Value), Vector256.Create(a.Quotient));
        for (var i = 0; i < half; i++)
        {
            ref var x0 = ref Unsafe.Add(ref x, i);
            ref var x1 = ref Unsafe.Add(ref x, half + i);
            var difference = LazyDifference(x0, x1);
            x0 = PackedArithmetic.Add(x0, x1);
            x1 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(difference, w, q));
        }
    }

    [MethodImpl(Optimize)]
    private static void Join4(ref Vector256<uint> x, int quarter, Factor a, Factor b, Factor c)
    {
        var (aw, aq) = (Vector256.Create(a.Value), Vector256.Create(a.Quotient));
        var (bw, bq) = (Vector256.Create(b.Value), Vector256.Create(b.Quotient));
        var (cw, cq) = (Vector256.Create(c.Value), Vector256.Create(c.Quotient));
        for (var i = 0; i < quarter; i++)
        {
            ref var r0 = ref Unsafe.Add(ref x, i);
            ref var r1 = ref Unsafe.Add(ref r0, quarter);
            ref var r2 = ref Unsafe.Add(ref r1, quarter);
            ref var r3 = ref Unsafe.Add(ref r2, quarter);
            var y0 = PackedArithmetic.Add(r0, r1);
            var y1 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(LazyDifference(r0, r1), bw, bq));
            var y2 = PackedArithmetic.Add(r2, r3);
            var y3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(LazyDifference(r2, r3), cw, cq));
            r0 = PackedArithmetic.Add(y0, y2);
            r1 = PackedArithmetic.Add(y1, y3);
            r2 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(LazyDifference(y0, y2), aw, aq));
            r3 = PackedArithmetic.ReduceOnce(PackedArithmetic.MultiplyLazily256(LazyDifference(y1, y3), aw, aq));
        }
    }

    // x − y + p, below 2p: enough for a lazy product.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> LazyDifference(Vector256<uint> x, Vector256<uint> y) => x - y + Vector256.Create(KoalaBear.Modulus);
}
