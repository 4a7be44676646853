using System.Globalization;
using System.Runtime.CompilerServices;

namespace ProvingLayer.Algebra;

/// <summary>
/// An element of the prime field of order p = 2³¹ − 2²⁴ + 1. Stored as v·2³² mod p in [0, p) (Montgomery form), so a span of
/// elements is a span of <see cref="uint"/> in that form.
/// </summary>
public readonly struct KoalaBear : IField<KoalaBear>
{
    /// <summary>The order p of the field.</summary>
    public const uint Modulus = 0x7f000001;

    /// <summary>p − 1 = 2²⁴ · 127.</summary>
    public const int TwoAdicity = 24;

    /// <summary>p⁻¹ mod 2³².</summary>
    internal const uint ModulusInverse = 0x81000001;

    // 2⁶⁴ mod p, the factor that brings a canonical value into Montgomery form.
    private const uint RadixSquared = (uint)((ulong.MaxValue % Modulus) + 1);

    private static readonly KoalaBear[] TwoAdicRoots = ComputeTwoAdicRoots();

    private readonly uint raw;

    private KoalaBear(uint raw) => this.raw = raw;

    /// <inheritdoc/>
    public static KoalaBear Zero => default;

    /// <inheritdoc/>
    public static KoalaBear One => new((uint)((1ul << 32) % Modulus));

    /// <summary>1/2.</summary>
    public static KoalaBear Half => One.Halve();

    /// <summary>3, a generator of the multiplicative group.</summary>
    public static KoalaBear Generator => FromCanonical(3);

    /// <summary>The integer in [0, p) that this element stands for.</summary>
    public uint Canonical => Reduce(raw);

    /// <summary>The Montgomery form, in [0, p).</summary>
    public uint Raw => raw;

    /// <inheritdoc/>
    public bool IsZero => raw == 0;

    /// <summary>The element for a canonical integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The integer is not below p.</exception>
    public static KoalaBear FromCanonical(uint value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Modulus);
        return new(Multiply(value, RadixSquared));
    }

    /// <summary>The element for a canonical integer; false when it is not below p.</summary>
    public static bool TryFromCanonical(uint value, out KoalaBear element)
    {
        var canonical = value < Modulus;
        element = canonical ? new(Multiply(value, RadixSquared)) : default;
        return canonical;
    }

    /// <summary>The element for a Montgomery form, which must be below p: for what this library stored itself, never for input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KoalaBear FromRaw(uint raw) => new(raw);

    /// <inheritdoc/>
    public static KoalaBear FromBase(KoalaBear value) => value;

    /// <summary>The generator of the subgroup of order 2^<paramref name="log"/>; each is the square of the next.</summary>
    /// <param name="log">0 … 24.</param>
    public static KoalaBear TwoAdicRoot(int log)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(log);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(log, TwoAdicity);
        return TwoAdicRoots[log];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KoalaBear operator +(KoalaBear left, KoalaBear right) => new(Add(left.raw, right.raw));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KoalaBear operator -(KoalaBear left, KoalaBear right) => new(Subtract(left.raw, right.raw));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KoalaBear operator *(KoalaBear left, KoalaBear right) => new(Multiply(left.raw, right.raw));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KoalaBear operator -(KoalaBear value) => new(Subtract(0, value.raw));

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(KoalaBear left, KoalaBear right) => left.raw == right.raw;

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(KoalaBear left, KoalaBear right) => left.raw != right.raw;

    /// <inheritdoc cref="IRing{T}.Scale"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static KoalaBear Scale(KoalaBear value, KoalaBear factor) => value * factor;

    /// <summary>Half of this element.</summary>
    public KoalaBear Halve() => new((raw >> 1) + (0u - (raw & 1) & ((Modulus + 1) >> 1)));

    /// <inheritdoc/>
    public KoalaBear Pow(ulong exponent) => FieldAlgorithms.Power(this, exponent);

    /// <inheritdoc/>
    public bool TryInverse(out KoalaBear inverse)
    {
        inverse = Pow(Modulus - 2); // Fermat; maps zero to zero
        return raw != 0;
    }

    /// <inheritdoc/>
    public KoalaBear Inverse() =>
        TryInverse(out var inverse) ? inverse : throw new DivideByZeroException("Zero has no inverse.");

    /// <inheritdoc/>
    public bool Equals(KoalaBear other) => raw == other.raw;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is KoalaBear other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)raw;

    /// <summary>The canonical integer in decimal.</summary>
    public override string ToString() => Canonical.ToString(CultureInfo.InvariantCulture);

    // On Montgomery forms below p. Math.Min of a wrapped and an unwrapped candidate picks the one below p without a branch.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Add(uint left, uint right)
    {
        var sum = left + right;
        return Math.Min(sum, sum - Modulus);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Subtract(uint left, uint right)
    {
        var difference = left - right;
        return Math.Min(difference, difference + Modulus);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Multiply(uint left, uint right) => Reduce((ulong)left * right);

    /// <summary>x·2⁻³² mod p for x below p·2³²: subtracts the multiple of p that clears the low half, keeps the high half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Reduce(ulong value)
    {
        var quotient = (uint)value * ModulusInverse;
        var high = (uint)(((ulong)quotient * Modulus) >> 32);
        var difference = (uint)(value >> 32) - high;
        return Math.Min(difference, difference + Modulus);
    }

    private static KoalaBear[] ComputeTwoAdicRoots()
    {
        var roots = new KoalaBear[TwoAdicity + 1];
        roots[TwoAdicity] = Generator.Pow(127);
        for (var log = TwoAdicity; log > 0; log--)
            roots[log - 1] = roots[log] * roots[log];
        return roots;
    }
}
