using System.Runtime.CompilerServices;

namespace ProvingLayer.Algebra;

/// <summary>
/// One Poseidon2 permutation, for transcripts and single paths; the same function as the generic text. Linear layers add Montgomery forms as
/// 64-bit integers and reduce each result once, with the next round's constant already in it.
/// </summary>
internal static class Poseidon2Scalar
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const ulong P = KoalaBear.Modulus;
    private const int Width = IPermutation.Width;

    private static readonly uint[] External = [.. Enumerable.Range(0, Poseidon2.ExternalRounds)
        .SelectMany(round => Poseidon2.ExternalConstants(round).ToArray()).Select(c => c.Raw)];

    private static readonly uint[] Internal = [.. Poseidon2.InternalConstants.ToArray().Select(c => c.Raw)];

    private static readonly uint[] Schedule = [.. External[..(4 * Width)], .. new uint[Width], .. External[(5 * Width)..], .. new uint[Width]];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(ref uint state)
    {
        // Schedule[r] follows layer r: the constants of external round r, none before the internal rounds and at the end.
        const int half = Poseidon2.ExternalRounds / 2;
        ref var schedule = ref Schedule[0];
        Mix(ref state, ref schedule);
        for (var round = 1; round <= half; round++)
        {
            CubeAll(ref state);
            Mix(ref state, ref Unsafe.Add(ref schedule, round * Width));
        }

        foreach (var constant in Internal)
            InternalRound(ref state, constant);
        ref var first = ref External[half * Width];
        for (var i = 0; i < Width; i++)
            Unsafe.Add(ref state, i) = KoalaBear.Add(Unsafe.Add(ref state, i), Unsafe.Add(ref first, i));
        for (var round = half + 1; round <= Poseidon2.ExternalRounds; round++)
        {
            CubeAll(ref state);
            Mix(ref state, ref Unsafe.Add(ref schedule, round * Width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CubeAll(ref uint state)
    {
        for (var i = 0; i < Width; i++)
            Unsafe.Add(ref state, i) = Cube(Unsafe.Add(ref state, i));
    }

    [MethodImpl(Inline)]
    private static uint Cube(uint x) => KoalaBear.Multiply(KoalaBear.Multiply(x, x), x);

    // Sums of 35 elements and a constant: below 36p.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(ref uint state, ref uint constants)
    {
        Unsafe.SkipInit(out Sums sums);
        ref var mixed = ref Unsafe.As<Sums, ulong>(ref sums);
        ulong sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        for (var i = 0; i < Width; i += 4)
        {
            ulong x0 = Unsafe.Add(ref state, i), x1 = Unsafe.Add(ref state, i + 1), x2 = Unsafe.Add(ref state, i + 2), x3 = Unsafe.Add(ref state, i + 3);
            var s = x0 + x1 + x2 + x3;
            sum0 += Unsafe.Add(ref mixed, i) = s + x0 + (2 * x1);
            sum1 += Unsafe.Add(ref mixed, i + 1) = s + x1 + (2 * x2);
            sum2 += Unsafe.Add(ref mixed, i + 2) = s + x2 + (2 * x3);
            sum3 += Unsafe.Add(ref mixed, i + 3) = s + x3 + (2 * x0);
        }

        for (var i = 0; i < Width; i += 4)
        {
            Unsafe.Add(ref state, i) = Fold(Unsafe.Add(ref mixed, i) + sum0 + Unsafe.Add(ref constants, i));
            Unsafe.Add(ref state, i + 1) = Fold(Unsafe.Add(ref mixed, i + 1) + sum1 + Unsafe.Add(ref constants, i + 1));
            Unsafe.Add(ref state, i + 2) = Fold(Unsafe.Add(ref mixed, i + 2) + sum2 + Unsafe.Add(ref constants, i + 2));
            Unsafe.Add(ref state, i + 3) = Fold(Unsafe.Add(ref mixed, i + 3) + sum3 + Unsafe.Add(ref constants, i + 3));
        }
    }

    // All results below 21p: the sum of sixteen elements, and at most 4p to keep it positive.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InternalRound(ref uint state, uint constant)
    {
        ulong x0 = Cube(KoalaBear.Add(state, constant));
        var sum = x0;
        for (var i = 1; i < Width; i++)
            sum += Unsafe.Add(ref state, i);
        state = Fold(sum + (2 * (P - x0)));
        Unsafe.Add(ref state, 1) = Fold(sum + Unsafe.Add(ref state, 1));
        Unsafe.Add(ref state, 2) = Fold(sum + (2ul * Unsafe.Add(ref state, 2)));
        Unsafe.Add(ref state, 3) = Fold(sum + Halve(Unsafe.Add(ref state, 3)));
        Unsafe.Add(ref state, 4) = Fold(sum + (3ul * Unsafe.Add(ref state, 4)));
        Unsafe.Add(ref state, 5) = Fold(sum + (4ul * Unsafe.Add(ref state, 5)));
        Unsafe.Add(ref state, 6) = Fold(sum + P - Halve(Unsafe.Add(ref state, 6)));
        Unsafe.Add(ref state, 7) = Fold(sum + (3 * (P - Unsafe.Add(ref state, 7))));
        Unsafe.Add(ref state, 8) = Fold(sum + (4 * (P - Unsafe.Add(ref state, 8))));
        Unsafe.Add(ref state, 9) = Fold(sum + P + Divided(Unsafe.Add(ref state, 9), 8));
        Unsafe.Add(ref state, 10) = Fold(sum + P + Divided(Unsafe.Add(ref state, 10), 3));
        Unsafe.Add(ref state, 11) = Fold(sum + P + Divided(Unsafe.Add(ref state, 11), 24));
        Unsafe.Add(ref state, 12) = Fold(sum + P - Divided(Unsafe.Add(ref state, 12), 8));
        Unsafe.Add(ref state, 13) = Fold(sum + P - Divided(Unsafe.Add(ref state, 13), 3));
        Unsafe.Add(ref state, 14) = Fold(sum + P - Divided(Unsafe.Add(ref state, 14), 4));
        Unsafe.Add(ref state, 15) = Fold(sum + P - Divided(Unsafe.Add(ref state, 15), 24));
    }

    [MethodImpl(Inline)]
    private static ulong Halve(uint x) => (x >> 1) + ((x & 1) * ((P + 1) >> 1));

    // x = h·2ⁿ + l, and 2⁻²⁴ = −127: x·2⁻ⁿ = h − l·127·2²⁴⁻ⁿ, a number in (−p, p), modulo 2⁶⁴.
    [MethodImpl(Inline)]
    private static ulong Divided(uint x, int n) => (x >> n) - ((x & ((1ul << n) - 1)) * (127ul << (24 - n)));

    // For x below 2³⁷: 2³¹ = 2²⁴ − 1, so h·2³¹ + l = l + h·(2²⁴ − 1), below 2³¹ + 2³⁰ < 2p.
    [MethodImpl(Inline)]
    private static uint Fold(ulong x)
    {
        var folded = (uint)(x & 0x7fffffff) + ((uint)(x >> 31) * 0xffffff);
        return Math.Min(folded, folded - KoalaBear.Modulus);
    }

    [InlineArray(Width)]
    private struct Sums
    {
        private ulong first;
    }
}
