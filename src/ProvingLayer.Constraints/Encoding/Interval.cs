using System.Globalization;
using System.Numerics;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>A closed interval of integers, both ends included; never empty.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value, at least <paramref name="Low"/>.</param>
public readonly record struct Interval(BigInteger Low, BigInteger High)
{
    /// <summary>The interval of one value.</summary>
    public static Interval Of(BigInteger value) => new(value, value);

    /// <summary>0 … 2^bits − 1.</summary>
    public static Interval Unsigned(int bits) => new(BigInteger.Zero, (BigInteger.One << bits) - 1);

    /// <summary>−2^(bits − 1) … 2^(bits − 1) − 1.</summary>
    public static Interval Signed(int bits) => new(-(BigInteger.One << (bits - 1)), (BigInteger.One << (bits - 1)) - 1);

    /// <summary>Whether only one value is left.</summary>
    public bool IsSingle => Low == High;

    /// <summary>Whether no value is negative.</summary>
    public bool IsNonNegative => Low.Sign >= 0;

    /// <summary>Bits of the magnitude of the end that is further from zero.</summary>
    public int MagnitudeBits => (int)BigInteger.Max(BigInteger.Abs(Low), BigInteger.Abs(High)).GetBitLength();

    /// <summary>The sums of a value of each.</summary>
    public static Interval operator +(Interval left, Interval right) => new(left.Low + right.Low, left.High + right.High);

    /// <summary>The differences of a value of each.</summary>
    public static Interval operator -(Interval left, Interval right) => new(left.Low - right.High, left.High - right.Low);

    /// <summary>The least interval that holds the products of a value of each.</summary>
    public static Interval operator *(Interval left, Interval right)
    {
        var (a, b, c, d) = (left.Low * right.Low, left.Low * right.High, left.High * right.Low, left.High * right.High);
        return new(BigInteger.Min(BigInteger.Min(a, b), BigInteger.Min(c, d)), BigInteger.Max(BigInteger.Max(a, b), BigInteger.Max(c, d)));
    }

    /// <summary>The least interval that holds both.</summary>
    public Interval Union(Interval other) => new(BigInteger.Min(Low, other.Low), BigInteger.Max(High, other.High));

    /// <summary>The values in both, or nothing.</summary>
    public Interval? Intersect(Interval other)
    {
        var (low, high) = (BigInteger.Max(Low, other.Low), BigInteger.Min(High, other.High));
        return low <= high ? new(low, high) : null;
    }

    /// <summary>Whether every value of the other lies in this one.</summary>
    public bool Contains(Interval other) => Low <= other.Low && other.High <= High;

    /// <summary>Whether the value lies in it.</summary>
    public bool Contains(BigInteger value) => Low <= value && value <= High;

    /// <summary>The floors of value / divisor, for a divisor of at least one.</summary>
    public Interval FloorDivide(Interval divisor)
    {
        if (divisor.Low.Sign <= 0)
            throw new InvalidOperationException("compiler bug: a divisor that may be zero or negative");
        return new(
            FloorDivide(Low, Low.Sign < 0 ? divisor.Low : divisor.High),
            FloorDivide(High, High.Sign < 0 ? divisor.High : divisor.Low));
    }

    /// <summary>⌊value / divisor⌋ for a positive divisor.</summary>
    public static BigInteger FloorDivide(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        IsSingle ? $"{{{Name(Low)}}}" : $"[{Name(Low)}, {Name(High)}]";

    /// <summary>A bound as people read it: powers of two by name once they are long.</summary>
    private static string Name(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        var sign = value.Sign < 0 ? "-" : "";
        if (magnitude.GetBitLength() <= 32)
            return value.ToString(CultureInfo.InvariantCulture);
        if (magnitude.IsPowerOfTwo)
            return $"{sign}2^{magnitude.GetBitLength() - 1}";
        if ((magnitude + 1).IsPowerOfTwo)
            return value.Sign < 0 ? $"-(2^{magnitude.GetBitLength()}-1)" : $"2^{magnitude.GetBitLength()}-1";
        return value.ToString(CultureInfo.InvariantCulture);
    }
}
