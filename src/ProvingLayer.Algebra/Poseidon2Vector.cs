using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// One Poseidon2 permutation with its sixteen elements in one 512-bit vector, element i in lane i, a quarter in each 128 bits. Its time is that
/// of the longest chain of operations, so what does not depend on the cube of an internal round runs beside it.
/// </summary>
internal static class Poseidon2Vector
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // As rc − p, what the cube takes.
    private static readonly Vector512<uint>[] External = [.. Enumerable.Range(0, Poseidon2.ExternalRounds).Select(round =>
        Vector512.Create([.. Poseidon2.ExternalConstants(round).ToArray().Select(c => c.Raw - KoalaBear.Modulus)]))];

    private static readonly uint[] Internal = [.. Poseidon2.InternalConstants.ToArray().Select(c => c.Raw - KoalaBear.Modulus)];
    private static readonly Vector512<uint> Diagonal = Vector512.Create([.. Poseidon2.InternalDiagonal.ToArray().Select(c => c.Raw)]);

    private static Vector512<uint> FirstLane => Vector512.CreateScalar(uint.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(Span<uint> state)
    {
        var x = ExternalLayer(Vector512.Create((ReadOnlySpan<uint>)state));
        for (var round = 0; round < Poseidon2.ExternalRounds / 2; round++)
            x = ExternalLayer(Poseidon2Lanes.Cube(x + External[round]));
        x = InternalRounds(x);
        for (var round = Poseidon2.ExternalRounds / 2; round < Poseidon2.ExternalRounds; round++)
            x = ExternalLayer(Poseidon2Lanes.Cube(x + External[round]));
        x.CopyTo(state);
    }

    [MethodImpl(Inline)]
    private static Vector512<uint> ExternalLayer(Vector512<uint> x)
    {
        // In each quarter s + xᵢ + 2xᵢ₊₁, s the sum of its four.
        var pairs = PackedArithmetic.Add(x, Avx512F.Shuffle(x, 0b10_11_00_01));
        var sum = PackedArithmetic.Add(pairs, Avx512F.Shuffle(pairs, 0b01_00_11_10));
        var next = Avx512F.Shuffle(x, 0b00_11_10_01);
        x = PackedArithmetic.Add(PackedArithmetic.Add(sum, x), PackedArithmetic.Add(next, next));

        // To each element the sum of those at its place in the four quarters.
        var halves = PackedArithmetic.Add(x, Avx512F.Shuffle4x128(x, x, 0b01_00_11_10));
        return PackedArithmetic.Add(x, PackedArithmetic.Add(halves, Avx512F.Shuffle4x128(halves, halves, 0b10_11_00_01)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector512<uint> InternalRounds(Vector512<uint> x)
    {
        var diagonal = Diagonal;
        foreach (var constant in Internal)
        {
            // Beside the cube of element 0: the sum of the others, in 64 bits in each lane pair, and their products with V.
            var others = Avx512F.AndNot(FirstLane, x);
            var sums = (others.AsUInt64() & Vector512.Create(0xFFFFFFFFul)) + (others.AsUInt64() >>> 32);
            sums += Avx512F.Shuffle4x128(sums, sums, 0b01_00_11_10);
            sums += Avx512F.Shuffle4x128(sums, sums, 0b10_11_00_01);
            sums += Avx512F.Shuffle(sums.AsUInt32(), 0b01_00_11_10).AsUInt64();
            var products = PackedArithmetic.Multiply(others, diagonal);

            var cube = Poseidon2Lanes.Cube(x + Vector512.Create(constant)) & FirstLane;
            products = PackedArithmetic.Subtract(products, PackedArithmetic.Add(cube, cube)); // V₀ = −2
            sums += Vector512.Create(cube.ToScalar()).AsUInt64() & Vector512.Create(0xFFFFFFFFul);

            // Sixteen elements sum to less than 2³⁵: 2³¹ = 2²⁴ − 1 folds that below 2p.
            var folded = (sums & Vector512.Create(0x7FFFFFFFul)) + Avx512F.Multiply((sums >>> 31).AsUInt32(), Vector512.Create(0xFFFFFFu));
            var sum = PackedArithmetic.ReduceOnce(Avx512F.DuplicateEvenIndexed(folded.AsSingle()).AsUInt32());
            x = PackedArithmetic.Add(products, sum);
        }

        return x;
    }
}
