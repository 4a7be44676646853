using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// The field's operations on vectors of Montgomery forms. The tests of instruction sets are constants for the JIT: one form of each operation remains.
/// </summary>
internal static class PackedArithmetic
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Whether kernels that have a form for 256-bit vectors use it: halves of a 512-bit vector that the machine has not are slow in larger methods.</summary>
    public static bool Uses256Bits
    {
        [MethodImpl(Inline)]
        get => Avx2.IsSupported && !Avx512F.IsSupported;
    }

    private static Vector512<uint> P512 => Vector512.Create(KoalaBear.Modulus);

    private static Vector256<uint> P256 => Vector256.Create(KoalaBear.Modulus);

    [MethodImpl(Inline)]
    public static Vector512<uint> Add(Vector512<uint> left, Vector512<uint> right)
    {
        var sum = left + right;
        return Least(sum, sum - P512);
    }

    [MethodImpl(Inline)]
    public static Vector512<uint> Subtract(Vector512<uint> left, Vector512<uint> right)
    {
        var difference = left - right;
        return Least(difference, difference + P512);
    }

    [MethodImpl(Inline)]
    public static Vector512<uint> Multiply(Vector512<uint> left, Vector512<uint> right)
    {
        if (Avx512F.IsSupported)
            return Multiply512(left, right);
        if (Avx2.IsSupported)
            return Vector512.Create(Multiply256(left.GetLower(), right.GetLower()), Multiply256(left.GetUpper(), right.GetUpper()));
        return MultiplyPortable(left, right);
    }

    /// <summary>
    /// value·w mod p, not fully reduced: below 2p. The factor is a constant in two parts (Shoup): w itself, not in Montgomery form, and
    /// ⌊w·2³²/p⌋; so the result has the form of the value. Values may be any 32-bit numbers.
    /// </summary>
    [MethodImpl(Inline)]
    public static Vector512<uint> MultiplyLazily(Vector512<uint> value, Vector512<uint> factor, Vector512<uint> quotient)
    {
        if (Avx512F.IsSupported)
        {
            var even = Avx512F.Multiply(value, quotient).AsUInt32();
            var odd = Avx512F.Multiply(OddToEven(value), quotient).AsUInt32();
            return Avx512F.MultiplyLow(value, factor) - Avx512F.MultiplyLow(MergeHigh(even, odd), P512);
        }

        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                MultiplyLazily256(value.GetLower(), factor.GetLower(), quotient.GetLower()),
                MultiplyLazily256(value.GetUpper(), factor.GetUpper(), quotient.GetUpper()));
        }

        return MultiplyLazilyPortable(value, factor, quotient);
    }

    /// <summary>Brings values below 2p below p.</summary>
    [MethodImpl(Inline)]
    public static Vector512<uint> ReduceOnce(Vector512<uint> value) => Least(value, value - P512);

    [MethodImpl(Inline)]
    private static Vector512<uint> Least(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported ? Avx512F.Min(left, right) : Vector512.Min(left, right);

    // vpmuludq multiplies the even lanes of its operands to 64 bits: even and odd lanes are reduced apart and their high halves merged.
    [MethodImpl(Inline)]
    private static Vector512<uint> Multiply512(Vector512<uint> left, Vector512<uint> right)
    {
        var inverse = Vector512.Create(KoalaBear.ModulusInverse);
        var even = Avx512F.Multiply(left, right).AsUInt32();
        var odd = Avx512F.Multiply(OddToEven(left), OddToEven(right)).AsUInt32();
        var evenQuotient = Avx512F.Multiply(even, inverse).AsUInt32();
        var oddQuotient = Avx512F.Multiply(odd, inverse).AsUInt32();
        even -= Avx512F.Multiply(evenQuotient, P512).AsUInt32();
        odd -= Avx512F.Multiply(oddQuotient, P512).AsUInt32();
        var difference = MergeHigh(even, odd);
        return Avx512F.Min(difference, difference + P512);
    }

    /// <summary>Moves odd lanes to the even places; the even ones are lost.</summary>
    [MethodImpl(Inline)]
    public static Vector512<uint> OddToEven(Vector512<uint> value) => Avx512F.DuplicateOddIndexed(value.AsSingle()).AsUInt32();

    /// <summary>The high halves of 64-bit lanes: of <paramref name="even"/> to even places, of <paramref name="odd"/> to odd ones.</summary>
    [MethodImpl(Inline)]
    public static Vector512<uint> MergeHigh(Vector512<uint> even, Vector512<uint> odd) => // a constant mask: one masked vmovshdup
        Avx512F.BlendVariable(
            odd.AsSingle(), Avx512F.DuplicateOddIndexed(even.AsSingle()), Vector512.Create(0x00000000FFFFFFFFul).AsSingle()).AsUInt32();

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> Multiply256(Vector256<uint> left, Vector256<uint> right)
    {
        var inverse = Vector256.Create(KoalaBear.ModulusInverse);
        var even = Avx2.Multiply(left, right).AsUInt32();
        var odd = Avx2.Multiply(OddToEven(left), OddToEven(right)).AsUInt32();
        var evenQuotient = Avx2.Multiply(even, inverse).AsUInt32();
        var oddQuotient = Avx2.Multiply(odd, inverse).AsUInt32();
        even -= Avx2.Multiply(evenQuotient, P256).AsUInt32();
        odd -= Avx2.Multiply(oddQuotient, P256).AsUInt32();
        var difference = Avx2.Blend(OddToEven(even), odd, 0b10101010);
        return Avx2.Min(difference, difference + P256);
    }

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right)
    {
        var sum = left + right;
        return Avx2.Min(sum, sum - P256);
    }

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> Subtract(Vector256<uint> left, Vector256<uint> right)
    {
        var difference = left - right;
        return Avx2.Min(difference, difference + P256);
    }

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> ReduceOnce(Vector256<uint> value) => Avx2.Min(value, value - P256);

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> MultiplyLazily256(Vector256<uint> value, Vector256<uint> factor, Vector256<uint> quotient)
    {
        var even = Avx2.Multiply(value, quotient).AsUInt32();
        var odd = Avx2.Multiply(OddToEven(value), quotient).AsUInt32();
        var high = Avx2.Blend(OddToEven(even), odd, 0b10101010);
        return Avx2.MultiplyLow(value.AsInt32(), factor.AsInt32()).AsUInt32() - Avx2.MultiplyLow(high.AsInt32(), P256.AsInt32()).AsUInt32();
    }

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> MergeHigh(Vector256<uint> even, Vector256<uint> odd) => Avx2.Blend(OddToEven(even), odd, 0b10101010);

    /// <summary>As the form of 512 bits.</summary>
    [MethodImpl(Inline)]
    public static Vector256<uint> OddToEven(Vector256<uint> value) => Avx.DuplicateOddIndexed(value.AsSingle()).AsUInt32();

    /// <summary>From [0, p) to [−p/2, p/2].</summary>
    [MethodImpl(Inline)]
    public static Vector256<int> Centred(Vector256<uint> value) =>
        (value - (Avx2.CompareGreaterThan(value.AsInt32(), Vector256.Create((int)(KoalaBear.Modulus / 2))).AsUInt32() & P256)).AsInt32();

    /// <summary>Sums in [−p·2³¹, p·2³¹) less a multiple of p in there, divided by 2³²: a number in (−p, p), or −p itself, brought into [0, p).</summary>
    /// <param name="even">The sums of even lanes.</param>
    /// <param name="odd">The sums of odd lanes.</param>
    [MethodImpl(Inline)]
    public static Vector256<uint> ReduceSums(Vector256<long> even, Vector256<long> odd)
    {
        var inverse = Vector256.Create(KoalaBear.ModulusInverse);
        even -= Avx2.Multiply(Avx2.Multiply(even.AsUInt32(), inverse).AsInt32(), P256.AsInt32());
        odd -= Avx2.Multiply(Avx2.Multiply(odd.AsUInt32(), inverse).AsInt32(), P256.AsInt32());
        var difference = MergeHigh(even.AsUInt32(), odd.AsUInt32());
        return Avx2.Min(difference, difference + P256);
    }

    private static Vector512<uint> MultiplyPortable(Vector512<uint> left, Vector512<uint> right)
    {
        ref var a = ref Unsafe.As<Vector512<uint>, uint>(ref left);
        ref var b = ref Unsafe.As<Vector512<uint>, uint>(ref right);
        for (var i = 0; i < PackedKoalaBear.Lanes; i++)
            Unsafe.Add(ref a, i) = KoalaBear.Multiply(Unsafe.Add(ref a, i), Unsafe.Add(ref b, i));
        return left;
    }

    private static Vector512<uint> MultiplyLazilyPortable(Vector512<uint> value, Vector512<uint> factor, Vector512<uint> quotient)
    {
        ref var a = ref Unsafe.As<Vector512<uint>, uint>(ref value);
        var (w, q) = (factor.ToScalar(), quotient.ToScalar()); // the same in all lanes
        for (var i = 0; i < PackedKoalaBear.Lanes; i++)
        {
            var x = Unsafe.Add(ref a, i);
            Unsafe.Add(ref a, i) = (x * w) - ((uint)(((ulong)x * q) >> 32) * KoalaBear.Modulus);
        }

        return value;
    }
}
