using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// Products of <see cref="PackedExtension5"/> for machines with 256-bit vectors. a·b = Σ aᵢ·(Xⁱ·b), and X·(v₀, v₁, v₂, v₃, v₄) = (v₄, v₀, v₁ − v₄,
/// v₂, v₃): four differences give all five Xⁱ·b, and each coordinate is a sum of five products that is reduced once.
/// </summary>
internal static class PackedExtensionProduct
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    // p·2³⁰, a multiple of p.
    private const long Quarter = (long)KoalaBear.Modulus << 30;

    public static void Multiply(in PackedExtension5 left, in PackedExtension5 right, out PackedExtension5 product)
    {
        Unsafe.SkipInit(out product);
        ref var a = ref Unsafe.As<PackedExtension5, Vector256<uint>>(ref Unsafe.AsRef(in left));
        ref var b = ref Unsafe.As<PackedExtension5, Vector256<uint>>(ref Unsafe.AsRef(in right));
        ref var c = ref Unsafe.As<PackedExtension5, Vector256<uint>>(ref product);
        MultiplyEight(ref a, ref b, ref c);
        MultiplyEight(ref Unsafe.Add(ref a, 1), ref Unsafe.Add(ref b, 1), ref Unsafe.Add(ref c, 1));
    }

    // Coordinate i of eight lanes is vector 2i. All that is multiplied lies in [−p/2, p/2].
    [MethodImpl(Optimize)]
    private static void MultiplyEight(ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c)
    {
        Vector256<uint> b0 = b, b1 = Unsafe.Add(ref b, 2), b2 = Unsafe.Add(ref b, 4), b3 = Unsafe.Add(ref b, 6), b4 = Unsafe.Add(ref b, 8);
        var u = PackedArithmetic.Subtract(b1, b4);
        var v = Centred(PackedArithmetic.Subtract(b0, b3));
        var w = Centred(PackedArithmetic.Subtract(b4, b2));
        var z = Centred(PackedArithmetic.Subtract(b3, u));
        u = Centred(u);
        b0 = Centred(b0);
        b1 = Centred(b1);
        b2 = Centred(b2);
        b3 = Centred(b3);
        b4 = Centred(b4);
        var a0 = Centred(a);
        var a1 = Centred(Unsafe.Add(ref a, 2));
        var a2 = Centred(Unsafe.Add(ref a, 4));
        var a3 = Centred(Unsafe.Add(ref a, 6));
        var a4 = Centred(Unsafe.Add(ref a, 8));
        var even0 = Sum(a0, b0, a1, b4, a2, b3, a3, b2, a4, u);
        var even1 = Sum(a0, b1, a1, b0, a2, b4, a3, b3, a4, b2);
        var even2 = Sum(a0, b2, a1, u, a2, v, a3, w, a4, z);
        var even3 = Sum(a0, b3, a1, b2, a2, u, a3, v, a4, w);
        var even4 = Sum(a0, b4, a1, b3, a2, b2, a3, u, a4, v);
        a0 = PackedArithmetic.OddToEven(a0);
        a1 = PackedArithmetic.OddToEven(a1);
        a2 = PackedArithmetic.OddToEven(a2);
        a3 = PackedArithmetic.OddToEven(a3);
        a4 = PackedArithmetic.OddToEven(a4);
        b0 = PackedArithmetic.OddToEven(b0);
        b1 = PackedArithmetic.OddToEven(b1);
        b2 = PackedArithmetic.OddToEven(b2);
        b3 = PackedArithmetic.OddToEven(b3);
        b4 = PackedArithmetic.OddToEven(b4);
        u = PackedArithmetic.OddToEven(u);
        v = PackedArithmetic.OddToEven(v);
        w = PackedArithmetic.OddToEven(w);
        z = PackedArithmetic.OddToEven(z);
        c = Reduce(even0, Sum(a0, b0, a1, b4, a2, b3, a3, b2, a4, u));
        Unsafe.Add(ref c, 2) = Reduce(even1, Sum(a0, b1, a1, b0, a2, b4, a3, b3, a4, b2));
        Unsafe.Add(ref c, 4) = Reduce(even2, Sum(a0, b2, a1, u, a2, v, a3, w, a4, z));
        Unsafe.Add(ref c, 6) = Reduce(even3, Sum(a0, b3, a1, b2, a2, u, a3, v, a4, w));
        Unsafe.Add(ref c, 8) = Reduce(even4, Sum(a0, b4, a1, b3, a2, b2, a3, u, a4, v));
    }

    [MethodImpl(Inline)]
    private static Vector256<uint> Centred(Vector256<uint> x) => PackedArithmetic.Centred(x).AsUInt32();

    [MethodImpl(Inline)]
    private static Vector256<long> Sum(
        Vector256<uint> a0, Vector256<uint> b0, Vector256<uint> a1, Vector256<uint> b1, Vector256<uint> a2, Vector256<uint> b2, Vector256<uint> a3, Vector256<uint> b3, Vector256<uint> a4, Vector256<uint> b4) =>
        Avx2.Multiply(a0.AsInt32(), b0.AsInt32()) + Avx2.Multiply(a1.AsInt32(), b1.AsInt32())
            + (Avx2.Multiply(a2.AsInt32(), b2.AsInt32()) + Avx2.Multiply(a3.AsInt32(), b3.AsInt32())) + Avx2.Multiply(a4.AsInt32(), b4.AsInt32());

    // The sums lie within 5·p²/4 < 2.49·p·2³⁰; drawn nearer to zero, within 1.49·p·2³⁰: less in size than p·2³¹.
    [MethodImpl(Inline)]
    private static Vector256<uint> Reduce(Vector256<long> even, Vector256<long> odd) => PackedArithmetic.ReduceSums(Nearer(even), Nearer(odd));

    [MethodImpl(Inline)]
    private static Vector256<long> Nearer(Vector256<long> x) =>
        x - Vector256.Create(Quarter) + (Avx2.CompareGreaterThan(Vector256<long>.Zero, x) & Vector256.Create(2 * Quarter));
}
