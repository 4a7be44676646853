using System.Collections.Immutable;
using System.Numerics;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>What SHA-256 (FIPS 180-4) is made of, on words of 32 bits: its constants and the functions of its rounds.</summary>
internal static class Sha256
{
    /// <summary>Rounds of a compression.</summary>
    public const int Rounds = 64;

    /// <summary>Bytes of a message that one compression takes in.</summary>
    public const int BlockLength = 64;

    /// <summary>Bytes of a digest.</summary>
    public const int DigestLength = 32;

    /// <summary>The rotations of Σ₀, Σ₁, σ₀ and σ₁; the last of the small ones is a shift.</summary>
    public static readonly (int, int, int) BigSigma0 = (2, 13, 22), BigSigma1 = (6, 11, 25), SmallSigma0 = (7, 18, 3), SmallSigma1 = (17, 19, 10);

    private static readonly int[] Primes = [.. Enumerable.Range(2, 310).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(Rounds)];

    /// <summary>K: the first 32 bits behind the point of the cube roots of the first 64 primes.</summary>
    public static ImmutableArray<uint> Constants { get; } = [.. Primes.Select(prime => Fraction(prime, 3))];

    /// <summary>The chaining value before the first block: those of the square roots of the first eight.</summary>
    public static ImmutableArray<uint> Initial { get; } = [.. Primes.Take(8).Select(prime => Fraction(prime, 2))];

    /// <summary>Σ₀ or Σ₁ of a word.</summary>
    public static uint BigSigma(uint word, (int, int, int) by) =>
        uint.RotateRight(word, by.Item1) ^ uint.RotateRight(word, by.Item2) ^ uint.RotateRight(word, by.Item3);

    /// <summary>σ₀ or σ₁ of a word.</summary>
    public static uint SmallSigma(uint word, (int, int, int) by) =>
        uint.RotateRight(word, by.Item1) ^ uint.RotateRight(word, by.Item2) ^ (word >> by.Item3);

    /// <summary>The bits of f where e has ones, those of g elsewhere.</summary>
    public static uint Choose(uint e, uint f, uint g) => (e & f) ^ (~e & g);

    /// <summary>The bits that at least two have.</summary>
    public static uint Majority(uint a, uint b, uint c) => (a & b) ^ (a & c) ^ (b & c);

    // ⌊2^32·p^(1/k)⌋ mod 2^32: the greatest r with r^k ≤ p·2^(32k), bit by bit.
    private static uint Fraction(int prime, int k)
    {
        var power = (BigInteger)prime << (32 * k);
        var root = BigInteger.Zero;
        for (var bit = 37; bit >= 0; bit--)
        {
            var next = root | (BigInteger.One << bit);
            if (BigInteger.Pow(next, k) <= power)
                root = next;
        }

        return (uint)(root & uint.MaxValue);
    }
}
