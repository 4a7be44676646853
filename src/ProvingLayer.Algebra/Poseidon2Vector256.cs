using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// One Poseidon2 permutation with its sixteen elements in two 256-bit vectors, a quarter in each 128 bits; the same function as <see cref="Poseidon2Vector"/>.
/// Its time is that of the longest chain of operations: in the internal rounds that from one cube of element 0 to the next, and all else runs beside it.
/// </summary>
internal static class Poseidon2Vector256
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const int Half = IPermutation.Width / 2;

    // As rc − p, what the cube takes.
    private static readonly uint[] External = [.. Enumerable.Range(0, Poseidon2.ExternalRounds)
        .SelectMany(round => Poseidon2.ExternalConstants(round).ToArray()).Select(c => c.Raw - KoalaBear.Modulus)];

    private static readonly uint[] Internal = [.. Poseidon2.InternalConstants.ToArray().Select(c => c.Raw - KoalaBear.Modulus)];

    // 0 for element 0, which has a vector of its own.
    private static readonly uint[] Diagonal = [0, .. Poseidon2.InternalDiagonal[1..].ToArray().Select(c => c.Raw)];

    private static Vector256<uint> P => Vector256.Create(KoalaBear.Modulus);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(ref uint state)
    {
        var low = Vector256.LoadUnsafe(ref state);
        var high = Vector256.LoadUnsafe(ref state, Half);
        ExternalLayer(ref low, ref high);
        ExternalRounds(ref low, ref high, ref External[0]);
        InternalRounds(ref low, ref high);
        ExternalRounds(ref low, ref high, ref External[Poseidon2.ExternalRounds / 2 * IPermutation.Width]);
        low.StoreUnsafe(ref state);
        high.StoreUnsafe(ref state, Half);
    }

    [MethodImpl(Inline)]
    private static void ExternalRounds(ref Vector256<uint> low, ref Vector256<uint> high, ref uint constants)
    {
        for (nuint first = 0; first < Poseidon2.ExternalRounds / 2 * IPermutation.Width; first += IPermutation.Width)
        {
            low = Poseidon2Lanes256.Cube(low + Vector256.LoadUnsafe(ref constants, first));
            high = Poseidon2Lanes256.Cube(high + Vector256.LoadUnsafe(ref constants, first + Half));
            ExternalLayer(ref low, ref high);
        }
    }

    [MethodImpl(Inline)]
    private static void ExternalLayer(ref Vector256<uint> low, ref Vector256<uint> high)
    {
        low = Quarters(low);
        high = Quarters(high);

        // To each element the sum of those at its place in the four quarters.
        var halves = PackedArithmetic.Add(low, high);
        var sum = PackedArithmetic.Add(halves, Avx2.Permute2x128(halves, halves, 1));
        low = PackedArithmetic.Add(low, sum);
        high = PackedArithmetic.Add(high, sum);
    }

    // In each quarter s + xᵢ + 2xᵢ₊₁, s the sum of its four.
    [MethodImpl(Inline)]
    private static Vector256<uint> Quarters(Vector256<uint> x)
    {
        var pairs = PackedArithmetic.Add(x, Avx2.Shuffle(x, 0b10_11_00_01));
        var sum = PackedArithmetic.Add(pairs, Avx2.Shuffle(pairs, 0b01_00_11_10));
        var next = Avx2.Shuffle(x, 0b00_11_10_01);
        return PackedArithmetic.Add(sum, PackedArithmetic.Add(x, PackedArithmetic.Add(next, next)));
    }

    // Element 0 is in the lowest lane of a vector of its own. With F the sum of the others, c its cube and s = F + c, a round makes F − c of it, Vᵢxᵢ + s of another,
    // and ΣVᵢxᵢ + 15F + 15c of F: at the end of a round the cube enters each of the three with little left to do.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void InternalRounds(ref Vector256<uint> low, ref Vector256<uint> high)
    {
        var diagonalLow = Vector256.LoadUnsafe(ref Diagonal[0]);
        var diagonalHigh = Vector256.LoadUnsafe(ref Diagonal[Half]);
        var first = low & Vector256.CreateScalar(uint.MaxValue);
        var (x, y) = (low ^ first, high);
        var others = Fold(Sum(x, y));
        foreach (var constant in Internal)
        {
            x = PackedArithmetic.Multiply256(x, diagonalLow);
            y = PackedArithmetic.Multiply256(y, diagonalHigh);
            var next = Sum(x, y) + Fifteen(others);
            var cube = Cube(first + Vector256.CreateScalar(constant));
            first = PackedArithmetic.Subtract(others.AsUInt32(), cube);
            var cubes = Avx2.BroadcastScalarToVector256(cube.AsUInt64().GetLower());
            var sum = Avx.DuplicateEvenIndexed(PackedArithmetic.Add(others.AsUInt32(), cubes.AsUInt32()).AsSingle()).AsUInt32();
            x = PackedArithmetic.Add(x, sum);
            y = PackedArithmetic.Add(y, sum);
            others = Fold(next + Fifteen(cubes));
        }

        low = Avx2.Blend(x, first, 1);
        high = y;
    }

    // In all four 64-bit lanes, below 16p.
    [MethodImpl(Inline)]
    private static Vector256<ulong> Sum(Vector256<uint> x, Vector256<uint> y)
    {
        var low = Vector256.Create(0xFFFFFFFFul);
        var sum = (x.AsUInt64() & low) + (x.AsUInt64() >>> 32) + ((y.AsUInt64() & low) + (y.AsUInt64() >>> 32));
        sum += Avx2.Permute2x128(sum, sum, 1);
        return sum + Avx2.Shuffle(sum.AsUInt32(), 0b01_00_11_10).AsUInt64();
    }

    [MethodImpl(Inline)]
    private static Vector256<ulong> Fifteen(Vector256<ulong> x) => (x << 4) - x;

    // For x below 2³⁷: 2³¹ = 2²⁴ − 1, so h·2³¹ + l = l + h·(2²⁴ − 1), below 2³¹ + 2³⁰ < 2p.
    [MethodImpl(Inline)]
    private static Vector256<ulong> Fold(Vector256<ulong> x)
    {
        var folded = (x & Vector256.Create(0x7FFFFFFFul)) + Avx2.Multiply((x >>> 31).AsUInt32(), Vector256.Create(0xFFFFFFu));
        return PackedArithmetic.ReduceOnce(folded.AsUInt32()).AsUInt64(); // of the upper halves, which are 0, the least is 0
    }

    // Of the lowest lane, signed, in [−p, p). The lane beside it holds 0 then; what stands in the others nobody reads.
    [MethodImpl(Inline)]
    private static Vector256<uint> Cube(Vector256<uint> x)
    {
        var inverse = Vector256.Create(KoalaBear.ModulusInverse);
        var square = Avx2.Multiply(x.AsInt32(), x.AsInt32());
        square -= Avx2.Multiply(Avx2.Multiply(square.AsUInt32(), inverse).AsInt32(), P.AsInt32());
        var cube = Avx2.Multiply(PackedArithmetic.OddToEven(square.AsUInt32()).AsInt32(), x.AsInt32());
        cube -= Avx2.Multiply(Avx2.Multiply(cube.AsUInt32(), inverse).AsInt32(), P.AsInt32());
        var high = (cube.AsUInt64() >>> 32).AsUInt32();
        return Avx2.Min(high, high + P);
    }
}
