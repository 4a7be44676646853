using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// Sixteen Poseidon2 permutations for machines with 256-bit vectors; the same function as <see cref="Poseidon2Lanes"/>. The state stays in memory,
/// where the vectors of eight permutations lie two apart. The two halves take turns step by step: while the last results of one step are on their
/// way, the other half's next step begins, which takes a fifth off the time of one half after the other.
/// </summary>
internal static class Poseidon2Lanes256
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
    private const int Width = IPermutation.Width;

    // As rc − p, so that adding one to an element gives a signed number in [−p, p), what the cube takes.
    private static readonly uint[] External = [.. Enumerable.Range(0, Poseidon2.ExternalRounds)
        .SelectMany(round => Poseidon2.ExternalConstants(round).ToArray()).Select(c => c.Raw - KoalaBear.Modulus)];

    private static readonly uint[] Internal = [.. Poseidon2.InternalConstants.ToArray().Select(c => c.Raw - KoalaBear.Modulus)];

    private static Vector256<uint> P => Vector256.Create(KoalaBear.Modulus);

    public static void Permute(ref Vector512<uint> state)
    {
        ref var lower = ref Unsafe.As<Vector512<uint>, Vector256<uint>>(ref state);
        ref var upper = ref Unsafe.Add(ref lower, 1);
        Mix(ref lower);
        Mix(ref upper);
        ExternalRounds(ref lower, ref upper, ref External[0]);
        foreach (var constant in Internal)
        {
            InternalRound(ref lower, constant);
            InternalRound(ref upper, constant);
        }

        ExternalRounds(ref lower, ref upper, ref External[Poseidon2.ExternalRounds / 2 * Width]);
    }

    private static void ExternalRounds(ref Vector256<uint> lower, ref Vector256<uint> upper, ref uint constants)
    {
        for (var round = 0; round < Poseidon2.ExternalRounds / 2; round++)
        {
            ref var first = ref Unsafe.Add(ref constants, round * Width);
            CubeAll(ref lower, ref first);
            CubeAll(ref upper, ref first);
            Mix(ref lower);
            Mix(ref upper);
        }
    }

    [MethodImpl(Optimize)]
    private static void CubeAll(ref Vector256<uint> state, ref uint constants)
    {
        for (var i = 0; i < Width; i += 4)
        {
            At(ref state, i) = Cube(At(ref state, i) + Vector256.Create(Unsafe.Add(ref constants, i)));
            At(ref state, i + 1) = Cube(At(ref state, i + 1) + Vector256.Create(Unsafe.Add(ref constants, i + 1)));
            At(ref state, i + 2) = Cube(At(ref state, i + 2) + Vector256.Create(Unsafe.Add(ref constants, i + 2)));
            At(ref state, i + 3) = Cube(At(ref state, i + 3) + Vector256.Create(Unsafe.Add(ref constants, i + 3)));
        }
    }

    // The external layer with eleven additions a quarter: y₀ = (x₀ + x₁) + (s + x₁), y₁ = 2x₂ + (s + x₁), y₂ = (x₂ + x₃) + (s + x₃),
    // y₃ = 2x₀ + (s + x₃), s = x₀ + x₁ + x₂ + x₃.
    [MethodImpl(Optimize)]
    private static void Mix(ref Vector256<uint> state)
    {
        for (var i = 0; i < Width; i += 4)
        {
            ref var x = ref At(ref state, i);
            Vector256<uint> x0 = x, x1 = At(ref x, 1), x2 = At(ref x, 2), x3 = At(ref x, 3);
            var x01 = Add(x0, x1);
            var x23 = Add(x2, x3);
            var s = Add(x01, x23);
            var s1 = Add(s, x1);
            var s3 = Add(s, x3);
            x = Add(x01, s1);
            At(ref x, 1) = Add(Add(x2, x2), s1);
            At(ref x, 2) = Add(x23, s3);
            At(ref x, 3) = Add(Add(x0, x0), s3);
        }

        for (var i = 0; i < 4; i++)
        {
            ref var x = ref At(ref state, i);
            Vector256<uint> x0 = x, x1 = At(ref x, 4), x2 = At(ref x, 8), x3 = At(ref x, 12);
            var s = Add(Add(x0, x1), Add(x2, x3));
            x = Add(x0, s);
            At(ref x, 4) = Add(x1, s);
            At(ref x, 8) = Add(x2, s);
            At(ref x, 12) = Add(x3, s);
        }
    }

    [MethodImpl(Optimize)]
    private static void InternalRound(ref Vector256<uint> x0, uint constant)
    {
        ref Vector256<uint> x1 = ref At(ref x0, 1), x2 = ref At(ref x0, 2), x3 = ref At(ref x0, 3), x4 = ref At(ref x0, 4), x5 = ref At(ref x0, 5),
            x6 = ref At(ref x0, 6), x7 = ref At(ref x0, 7), x8 = ref At(ref x0, 8), x9 = ref At(ref x0, 9), x10 = ref At(ref x0, 10),
            x11 = ref At(ref x0, 11), x12 = ref At(ref x0, 12), x13 = ref At(ref x0, 13), x14 = ref At(ref x0, 14), x15 = ref At(ref x0, 15);
        var cube = Cube(x0 + Vector256.Create(constant));
        var others = Add(
            Add(Add(Add(x1, x2), Add(x3, x4)), Add(Add(x5, x6), Add(x7, x8))),
            Add(Add(Add(x9, x10), Add(x11, x12)), Add(Add(x13, x14), x15)));
        var sum = Add(others, cube);
        x0 = Subtract(others, cube); // s − 2x₀
        x1 = Add(sum, x1);
        x2 = Add(sum, Add(x2, x2));
        x3 = Add(sum, Halve(x3));
        x4 = Add(sum, Add(Add(x4, x4), x4));
        x5 = Add(sum, Quadruple(x5));
        x6 = Subtract(sum, Halve(x6));
        x7 = Subtract(sum, Add(Add(x7, x7), x7));
        x8 = Subtract(sum, Quadruple(x8));
        x9 = Add(sum, DivideByPower(x9, 8));
        x10 = Add(sum, DivideByPower(x10, 3));
        x11 = Add(sum, DivideByPower(x11, 24));
        x12 = Subtract(sum, DivideByPower(x12, 8));
        x13 = Subtract(sum, DivideByPower(x13, 3));
        x14 = Subtract(sum, DivideByPower(x14, 4));
        x15 = Subtract(sum, DivideByPower(x15, 24));
    }

    [MethodImpl(Inline)]
    private static ref Vector256<uint> At(ref Vector256<uint> state, int element) => ref Unsafe.Add(ref state, 2 * element);

    [MethodImpl(Inline)]
    private static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right)
    {
        var sum = left + right;
        return Avx2.Min(sum, sum - P);
    }

    [MethodImpl(Inline)]
    private static Vector256<uint> Subtract(Vector256<uint> left, Vector256<uint> right)
    {
        var difference = left - right;
        return Avx2.Min(difference, difference + P);
    }

    [MethodImpl(Inline)]
    private static Vector256<uint> Quadruple(Vector256<uint> x)
    {
        var twice = Add(x, x);
        return Add(twice, twice);
    }

    [MethodImpl(Inline)]
    private static Vector256<uint> Halve(Vector256<uint> x) =>
        (x >>> 1) + Avx2.MultiplyLow(x & Vector256<uint>.One, Vector256.Create((KoalaBear.Modulus + 1) >> 1));

    // x = h·2ⁿ + l, and 2⁻²⁴ = −127: x·2⁻ⁿ = h − l·127·2²⁴⁻ⁿ, a number in (−p, p).
    [MethodImpl(Inline)]
    private static Vector256<uint> DivideByPower(Vector256<uint> x, [ConstantExpected] int n)
    {
        var low = x & Vector256.Create((1u << n) - 1);
        var difference = (x >>> n) - Avx2.MultiplyLow(low.AsInt32(), Vector256.Create(127u << (24 - n)).AsInt32()).AsUInt32();
        return Avx2.Min(difference, difference + P);
    }

    // x³ for a signed x in [−p, p). Even and odd lanes stay apart between the two products; the first reduction leaves a signed number.
    [MethodImpl(Inline)]
    public static Vector256<uint> Cube(Vector256<uint> x)
    {
        var inverse = Vector256.Create(KoalaBear.ModulusInverse);
        var odd = PackedArithmetic.OddToEven(x);
        var evenSquare = Avx2.Multiply(x.AsInt32(), x.AsInt32()).AsUInt32();
        var oddSquare = Avx2.Multiply(odd.AsInt32(), odd.AsInt32()).AsUInt32();
        var evenQuotient = Avx2.Multiply(evenSquare, inverse).AsInt32();
        var oddQuotient = Avx2.Multiply(oddSquare, inverse).AsInt32();
        evenSquare = PackedArithmetic.OddToEven(evenSquare - Avx2.Multiply(evenQuotient, P.AsInt32()).AsUInt32());
        oddSquare = PackedArithmetic.OddToEven(oddSquare - Avx2.Multiply(oddQuotient, P.AsInt32()).AsUInt32());
        var evenCube = Avx2.Multiply(evenSquare.AsInt32(), x.AsInt32()).AsUInt32();
        var oddCube = Avx2.Multiply(oddSquare.AsInt32(), odd.AsInt32()).AsUInt32();
        evenQuotient = Avx2.Multiply(evenCube, inverse).AsInt32();
        oddQuotient = Avx2.Multiply(oddCube, inverse).AsInt32();
        evenCube -= Avx2.Multiply(evenQuotient, P.AsInt32()).AsUInt32();
        oddCube -= Avx2.Multiply(oddQuotient, P.AsInt32()).AsUInt32();
        var difference = PackedArithmetic.MergeHigh(evenCube, oddCube);
        return Avx2.Min(difference, difference + P);
    }
}
