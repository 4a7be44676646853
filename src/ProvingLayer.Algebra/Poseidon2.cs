using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>
/// Poseidon2 of width 16 (eprint 2023/323): an initial external layer; four external rounds, twenty internal, four external. An external
/// round adds 16 constants, cubes all elements and applies the external layer; an internal round touches only element 0 so and applies
/// the internal layer.
/// </summary>
public readonly struct Poseidon2 : IPermutation
{
    /// <summary>External rounds, half of them before the internal ones.</summary>
    public const int ExternalRounds = 8;

    /// <summary>Internal rounds.</summary>
    public const int InternalRounds = 20;

    private const int Width = IPermutation.Width;

    private static readonly KoalaBear[] External = [.. Poseidon2Constants.External.ToArray().Select(KoalaBear.FromCanonical)];
    private static readonly KoalaBear[] Internal = [.. Poseidon2Constants.Internal.ToArray().Select(KoalaBear.FromCanonical)];
    private static readonly KoalaBear[] Diagonal = ComputeDiagonal();

    /// <inheritdoc/>
    public static uint SuiteId => 1;

    /// <inheritdoc/>
    public static string Name => "poseidon2-koalabear-16";

    /// <summary>The constant of each internal round.</summary>
    public static ReadOnlySpan<KoalaBear> InternalConstants => Internal;

    /// <summary>
    /// The diagonal V of the internal layer J + diag(V): −2, 1, 2, ½, 3, 4, −½, −3, −4, 2⁻⁸, 2⁻³, 2⁻²⁴, −2⁻⁸, −2⁻³, −2⁻⁴, −2⁻²⁴.
    /// </summary>
    public static ReadOnlySpan<KoalaBear> InternalDiagonal => Diagonal;

    /// <summary>The sixteen constants of an external round, 0 … 7.</summary>
    public static ReadOnlySpan<KoalaBear> ExternalConstants(int round) => External.AsSpan(round * Width, Width);

    /// <summary>
    /// The external layer: M = [2 3 1 1; 1 2 3 1; 1 1 2 3; 3 1 1 2] on each quarter, then to each element the sum of the four at its place.
    /// </summary>
    public static void ExternalLayer<T>(Span<T> state)
        where T : struct, IRing<T>
    {
        for (var i = 0; i < Width; i += 4)
            Quarter(state.Slice(i, 4));
        for (var i = 0; i < 4; i++)
        {
            var sum = state[i] + state[i + 4] + (state[i + 8] + state[i + 12]);
            state[i] += sum;
            state[i + 4] += sum;
            state[i + 8] += sum;
            state[i + 12] += sum;
        }
    }

    /// <summary>The internal layer J + diag(V): the sum of all elements plus Vᵢ times the element.</summary>
    public static void InternalLayer<T>(Span<T> state)
        where T : struct, IRing<T>
    {
        var sum = state[0];
        for (var i = 1; i < Width; i++)
            sum += state[i];
        for (var i = 0; i < Width; i++)
            state[i] = sum + T.Scale(state[i], Diagonal[i]);
    }

    /// <summary>The permutation over any ring: the text that constraints and tests read.</summary>
    public static void Permute<T>(Span<T> state)
        where T : struct, IRing<T>
    {
        ExternalLayer(state);
        for (var round = 0; round < ExternalRounds / 2; round++)
            ExternalRound(state, round);
        foreach (var constant in Internal)
        {
            state[0] = Cube(state[0] + T.FromBase(constant));
            InternalLayer(state);
        }

        for (var round = ExternalRounds / 2; round < ExternalRounds; round++)
            ExternalRound(state, round);
    }

    /// <inheritdoc/>
    public static void Permute(Span<KoalaBear> state)
    {
        var elements = MemoryMarshal.Cast<KoalaBear, uint>(state[..Width]);
        if (Avx512F.IsSupported)
            Poseidon2Vector.Permute(elements);
        else if (Avx2.IsSupported)
            Poseidon2Vector256.Permute(ref elements[0]);
        else
            Poseidon2Scalar.Permute(ref elements[0]);
    }

    /// <inheritdoc/>
    public static void PermutePacked(Span<PackedKoalaBear> state)
    {
        if (Avx512F.IsSupported && state.Length >= Width)
            Poseidon2Lanes.Permute(ref MemoryMarshal.Cast<PackedKoalaBear, Vector512<uint>>(state)[0]);
        else if (PackedArithmetic.Uses256Bits && state.Length >= Width)
            Poseidon2Lanes256.Permute(ref MemoryMarshal.Cast<PackedKoalaBear, Vector512<uint>>(state)[0]);
        else
            Permute<PackedKoalaBear>(state);
    }

    private static void ExternalRound<T>(Span<T> state, int round)
        where T : struct, IRing<T>
    {
        var constants = ExternalConstants(round);
        for (var i = 0; i < Width; i++)
            state[i] = Cube(state[i] + T.FromBase(constants[i]));
        ExternalLayer(state);
    }

    private static void Quarter<T>(Span<T> x)
        where T : struct, IRing<T>
    {
        // With s = x₀ + x₁ + x₂ + x₃ row i is s + xᵢ + 2·xᵢ₊₁.
        var (x0, x1, x2, x3) = (x[0], x[1], x[2], x[3]);
        var s = x0 + x1 + (x2 + x3);
        x[0] = s + x0 + (x1 + x1);
        x[1] = s + x1 + (x2 + x2);
        x[2] = s + x2 + (x3 + x3);
        x[3] = s + x3 + (x0 + x0);
    }

    private static T Cube<T>(T x)
        where T : struct, IRing<T> => T.Square(x) * x;

    private static KoalaBear[] ComputeDiagonal()
    {
        static KoalaBear Integer(uint value) => KoalaBear.FromCanonical(value);
        static KoalaBear TwoToMinus(ulong exponent) => KoalaBear.Half.Pow(exponent);
        return
        [
            -Integer(2), Integer(1), Integer(2), TwoToMinus(1), Integer(3), Integer(4), -TwoToMinus(1), -Integer(3),
            -Integer(4), TwoToMinus(8), TwoToMinus(3), TwoToMinus(24), -TwoToMinus(8), -TwoToMinus(3), -TwoToMinus(4), -TwoToMinus(24),
        ];
    }
}
