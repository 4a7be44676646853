using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>
/// How one scalar stands in a block, or, one of more than 128 bits, in two: an integer as little-endian 16-bit limbs (signed ones in two's complement of that many limbs),
/// a boolean as one limb, a digest as eight field elements.
/// </summary>
/// <param name="Kind">What the scalar is.</param>
/// <param name="Limbs">Limbs, 1 to 8, or 9 to 16 over two blocks; 8 for a digest.</param>
/// <param name="IsSigned">Whether an integer is in two's complement.</param>
public readonly record struct ScalarLayout(ScalarKind Kind, int Limbs, bool IsSigned)
{
    /// <summary>Bits of a limb.</summary>
    public const int LimbBits = 16;

    /// <summary>Limbs of the longest integer: two blocks.</summary>
    public const int MaximumLimbs = 16;

    /// <summary>One limb, 0 or 1.</summary>
    public static ScalarLayout Boolean { get; } = new(ScalarKind.Boolean, 1, false);

    /// <summary>Eight field elements.</summary>
    public static ScalarLayout Digest { get; } = new(ScalarKind.Digest, Algebra.Digest.Length, false);

    /// <summary>A point in time or a duration: whole seconds, 48 bits (the end of year 9999 is below 2^38).</summary>
    public static ScalarLayout Time { get; } = Unsigned(48);

    /// <summary>A state tag, event tag, direction or transition number: one limb.</summary>
    public static ScalarLayout Tag { get; } = Unsigned(LimbBits);

    /// <summary>A record's sequence number: 48 bits.</summary>
    public static ScalarLayout Sequence { get; } = Unsigned(48);

    /// <summary>A whole number of an asset's smallest units: u128.</summary>
    public static ScalarLayout Quantity { get; } = Unsigned(128);

    /// <summary>An unsigned integer of so many bits, at most 256.</summary>
    public static ScalarLayout Unsigned(int bits) => Integer(bits, isSigned: false);

    /// <summary>A signed integer of so many bits, at most 256.</summary>
    public static ScalarLayout Signed(int bits) => Integer(bits, isSigned: true);

    /// <summary>The values the limbs can hold.</summary>
    public Interval Interval => Kind != ScalarKind.Integer ? default
        : IsSigned ? Interval.Signed(Limbs * LimbBits)
        : Interval.Unsigned(Limbs * LimbBits);

    /// <summary>Writes the scalar's limbs.</summary>
    /// <param name="value">A value of this layout's kind and range.</param>
    /// <param name="limbs">Exactly <see cref="Limbs"/> elements.</param>
    public void Write(Scalar value, Span<KoalaBear> limbs)
    {
        if (value.Kind != Kind || (Kind == ScalarKind.Integer && !Interval.Contains(value.Number)))
            throw new InvalidOperationException($"compiler bug: {value} does not fit {this}");
        if (Kind == ScalarKind.Digest)
        {
            value.Digest.AsSpan().CopyTo(limbs);
            return;
        }

        var rest = value.Number.Sign < 0 ? value.Number + (BigInteger.One << (Limbs * LimbBits)) : value.Number;
        for (var i = 0; i < Limbs; i++)
        {
            limbs[i] = KoalaBear.FromCanonical((uint)(rest & 0xffff));
            rest >>= LimbBits;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; false when these are the limbs of no scalar of this layout, whoever wrote them.</summary>
    /// <param name="limbs">Any number of elements.</param>
    /// <param name="value">The scalar.</param>
    public bool TryRead(ReadOnlySpan<KoalaBear> limbs, out Scalar value)
    {
        value = default;
        if (limbs.Length != Limbs)
            return false;
        if (Kind == ScalarKind.Digest)
        {
            value = Scalar.Of(new Digest(limbs));
            return true;
        }

        var number = BigInteger.Zero;
        for (var i = limbs.Length - 1; i >= 0; i--)
        {
            if (limbs[i].Canonical >> LimbBits != 0)
                return false;
            number = (number << LimbBits) + limbs[i].Canonical;
        }

        if (Kind == ScalarKind.Boolean)
        {
            value = Scalar.Of(number.IsOne);
            return number <= BigInteger.One;
        }

        if (IsSigned && limbs[^1].Canonical >> (LimbBits - 1) != 0)
            number -= BigInteger.One << (limbs.Length * LimbBits);
        value = Scalar.Of(number);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ScalarKind.Boolean => "bool",
        ScalarKind.Digest => "digest",
        _ => $"{(IsSigned ? 'i' : 'u')}{Limbs * LimbBits}",
    };

    private static ScalarLayout Integer(int bits, bool isSigned) => bits is >= 1 and <= MaximumLimbs * LimbBits
        ? new(ScalarKind.Integer, (bits + LimbBits - 1) / LimbBits, isSigned)
        : throw new InvalidOperationException($"compiler bug: a stored integer of {bits} bits");
}
