using System.Numerics;

namespace ProvingLayer.Language.Types;

/// <summary>
/// The type of an exact number that is not stored: a rational of any size, known by a numerator over a denominator. It has no encoding; only
/// a store gives it one. The bounds follow from the types of what is read alone.
/// </summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Places">How many decimal places are enough for every value it can have; null where none are: after a division by a run-time value.</param>
/// <param name="Direction">On which side of the exact result it may lie.</param>
/// <param name="Min">The smallest value, or null if nobody knows.</param>
/// <param name="Max">The largest value, or null if nobody knows.</param>
public sealed record ExactType(Unit Unit, int? Places, Direction Direction, Rational? Min, Rational? Max) : TenorType
{
    /// <summary>Whether it is a point in time, not a length: seconds since 1970-01-01T00:00:00Z.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether it is built from literals without unit alone, so that it takes the unit of the <c>dec</c> it is stored in.</summary>
    public bool IsBare { get; init; }

    /// <summary>Whether <see cref="Places"/> hangs on the decimals of an asset parameter: then only the instances can tell.</summary>
    public bool PlacesAreDeferred { get; init; }

    /// <summary>The power of ten in the denominator: <see cref="Places"/>, where it is known.</summary>
    public int Scale { get; init; } = Places ?? 0;

    /// <summary>An upper bound of the numerator's bits, without its sign.</summary>
    public int NumeratorBits { get; init; }

    /// <summary>An upper bound of the denominator's bits; 10^<see cref="Scale"/> is not in it.</summary>
    public int DenominatorBits { get; init; } = 1;

    /// <inheritdoc/>
    public override string Name
    {
        get
        {
            var places = PlacesAreDeferred || Places is null ? "" : FormattableString.Invariant($" with {Places} places");
            var name = IsTime ? "time" : Unit.IsNone ? $"number{places}" : $"number in {Unit}{places}";
            return Direction == Direction.Exact ? $"exact {name}" : $"{Direction.ToString().ToLowerInvariant()} {name}";
        }
    }

    /// <summary>What reading a stored number gives.</summary>
    /// <param name="stored">Its type.</param>
    /// <returns>The exact number's type.</returns>
    public static ExactType Of(NumberType stored) =>
        new(stored.Unit, stored.Places, stored.Direction, stored.MinValue, stored.MaxValue)
        {
            IsTime = stored.IsTime,
            PlacesAreDeferred = !stored.PlacesAreKnown,
            NumeratorBits = BitLength(BigInteger.Max(BigInteger.Abs(stored.Min), BigInteger.Abs(stored.Max))),
        };

    /// <summary>The type of a constant.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="unit">Its unit.</param>
    /// <returns>The type.</returns>
    public static ExactType Of(Rational value, Unit unit) =>
        new(unit, value.Places, Direction.Exact, value, value)
        {
            NumeratorBits = BitLength(BigInteger.Abs(value.Places is { } places ? (value * new Rational(BigInteger.Pow(10, places))).Numerator : value.Numerator)),
            DenominatorBits = value.Places is null ? BitLength(value.Denominator) : 1,
        };

    /// <summary>How many bits a number not below 0 has; 0 for 0.</summary>
    /// <param name="value">The number.</param>
    /// <returns>That many.</returns>
    public static int BitLength(BigInteger value)
    {
        var bytes = value.ToByteArray(); // little-endian two's complement, one sign bit at least
        var top = bytes.Length - 1;
        while (top > 0 && bytes[top] == 0)
        {
            top--;
        }

        var bits = 8 * top;
        for (int rest = bytes[top]; rest != 0; rest >>= 1)
        {
            bits++;
        }

        return bits;
    }
}
