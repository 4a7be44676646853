using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProvingLayer.Algebra;

/// <summary>
/// Poseidon of width 16 (eprint 2019/458) with a circulant matrix: four full rounds, twenty partial, four full. A full round adds 16
/// constants, cubes all elements and applies the matrix; a partial round cubes element 0 alone.
/// </summary>
public readonly struct Poseidon1 : IPermutation
{
    /// <summary>Full rounds, half of them before the partial ones.</summary>
    public const int FullRounds = 8;

    /// <summary>Partial rounds.</summary>
    public const int PartialRounds = 20;

    private const int Width = IPermutation.Width;

    private static readonly KoalaBear[] Rounds = [.. Poseidon1Constants.Rounds.ToArray().Select(KoalaBear.FromCanonical)];
    private static readonly KoalaBear[] FirstRow = [.. Poseidon1Constants.MdsFirstRow.ToArray().Select(KoalaBear.FromCanonical)];

    /// <inheritdoc/>
    public static uint SuiteId => 2;

    /// <inheritdoc/>
    public static string Name => "poseidon1-koalabear-16";

    /// <summary>The first row of the circulant matrix; row i is this row rotated right by i.</summary>
    public static ReadOnlySpan<KoalaBear> MdsFirstRow => FirstRow;

    /// <summary>The sixteen constants of a round, 0 … 27, added before its S-boxes.</summary>
    public static ReadOnlySpan<KoalaBear> RoundConstants(int round) => Rounds.AsSpan(round * Width, Width);

    /// <summary>Whether all sixteen elements are cubed in this round, 0 … 27; else element 0 alone.</summary>
    public static bool IsFull(int round) => round is < FullRounds / 2 or >= (FullRounds / 2) + PartialRounds;

    /// <summary>The circulant matrix: element i becomes Σⱼ m₍j−i mod 16₎ xⱼ.</summary>
    public static void MdsLayer<T>(Span<T> state)
        where T : struct, IRing<T>
    {
        Span<T> input = [state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7],
            state[8], state[9], state[10], state[11], state[12], state[13], state[14], state[15]];
        for (var i = 0; i < Width; i++)
        {
            var sum = T.Scale(input[i], FirstRow[0]);
            for (var k = 1; k < Width; k++)
                sum += T.Scale(input[(i + k) % Width], FirstRow[k]);
            state[i] = sum;
        }
    }

    /// <summary>The permutation over any ring: the text that constraints and tests read.</summary>
    public static void Permute<T>(Span<T> state)
        where T : struct, IRing<T>
    {
        for (var round = 0; round < FullRounds + PartialRounds; round++)
        {
            var constants = RoundConstants(round);
            for (var i = 0; i < Width; i++)
                state[i] += T.FromBase(constants[i]);
            var cubed = IsFull(round) ? Width : 1;
            for (var i = 0; i < cubed; i++)
                state[i] = T.Square(state[i]) * state[i];
            MdsLayer(state);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permute(Span<KoalaBear> state)
    {
        Span<ulong> twice = stackalloc ulong[2 * Width]; // the state two times: the circulant rows read it without wrapping around
        state = state[..Width];
        for (var round = 0; round < FullRounds + PartialRounds; round++)
        {
            var constants = RoundConstants(round);
            var cubed = IsFull(round) ? Width : 1;
            for (var i = 0; i < Width; i++)
            {
                var x = state[i] + constants[i];
                if (i < cubed)
                    x = x * x * x;
                twice[i] = twice[i + Width] = x.Raw;
            }

            // The row's entries sum to 371: 64 bits hold any combination of Montgomery forms.
            for (var i = 0; i < Width; i++)
            {
                var window = twice.Slice(i, Width);
                var sum = 0ul;
                for (var k = 0; k < Width; k++)
                    sum += window[k] * Poseidon1Constants.MdsFirstRow[k];
                state[i] = KoalaBear.FromRaw((uint)(sum % KoalaBear.Modulus));
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PermutePacked(Span<PackedKoalaBear> state)
    {
        Span<PackedFactor> twice = stackalloc PackedFactor[2 * Width];
        state = state[..Width];
        for (var round = 0; round < FullRounds + PartialRounds; round++)
        {
            var constants = RoundConstants(round);
            var cubed = IsFull(round) ? Width : 1;
            for (var i = 0; i < Width; i++)
            {
                var x = state[i] + PackedKoalaBear.FromBase(constants[i]);
                if (i < cubed)
                    x = x * x * x;
                twice[i] = twice[i + Width] = new(x);
            }

            for (var i = 0; i < Width; i++)
                state[i] = MdsRow(ref twice[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static PackedKoalaBear MdsRow(ref PackedFactor window)
    {
        ref var row = ref MemoryMarshal.GetArrayDataReference(FirstRow);
        PackedProductSum sum = default;
        for (var k = 0; k < Width; k += 2)
        {
            sum.Add(
                Unsafe.Add(ref window, k), new PackedFactor(Unsafe.Add(ref row, k)),
                Unsafe.Add(ref window, k + 1), new PackedFactor(Unsafe.Add(ref row, k + 1)));
        }

        return sum.Reduce();
    }
}
