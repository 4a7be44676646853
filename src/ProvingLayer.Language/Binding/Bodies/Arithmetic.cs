using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <summary>
/// The types of exact results: places, direction, bounds and bits. Units are checked before. A value is N / (D · 10^Scale); the bits are of N and D.
/// </summary>
internal static class Arithmetic
{
    /// <summary>The exact type of a number, stored or not.</summary>
    public static ExactType TypeOf(BoundExpression number) => number switch
    {
        BoundNumber { Type: NumberType { PlacesAreKnown: true } type } constant =>
            ExactType.Of(constant.Value, type.Unit) with { Direction = type.Direction, IsTime = type.IsTime },
        { Type: NumberType type } => ExactType.Of(type),
        _ => (ExactType)number.Type,
    };

    public static ExactType Negate(ExactType a) => a with
    {
        Direction = Flip(a.Direction),
        Min = a.Max is { } max ? -max : null,
        Max = a.Min is { } min ? -min : null,
    };

    public static ExactType Absolute(ExactType a)
    {
        if (IsNonNegative(a))
        {
            return a;
        }

        Rational? max = a is { Min: { } low, Max: { } high } ? Larger(-low, high) : null;
        return a with { Direction = a.Direction == Direction.Exact ? Direction.Exact : Direction.Near, Min = Rational.Zero, Max = max, IsBare = a.IsBare };
    }

    /// <summary>a + b. Where one is the constant 0, the unit is the other's.</summary>
    public static ExactType Add(ExactType a, ExactType b, Unit unit)
    {
        Rational? min = a.Min + b.Min, max = a.Max + b.Max;
        var scale = Math.Max(a.Scale, b.Scale);
        var (left, right) = (a.NumeratorBits + TenBits(scale - a.Scale), b.NumeratorBits + TenBits(scale - b.Scale));
        return new(unit, a.Places is { } p && b.Places is { } q ? Math.Max(p, q) : null, Join(a.Direction, b.Direction), min, max)
        {
            Scale = scale,
            IsTime = a.IsTime || b.IsTime,
            IsBare = a.IsBare && b.IsBare,
            PlacesAreDeferred = a.PlacesAreDeferred || b.PlacesAreDeferred,
            NumeratorBits = Known(min, max, scale, a, b) ?? Math.Max(left + Extra(b), right + Extra(a)) + 1,
            DenominatorBits = Math.Max(1, Extra(a) + Extra(b)),
        };
    }

    public static ExactType Multiply(ExactType a, ExactType b)
    {
        var (min, max) = Products(a.Min, a.Max, b.Min, b.Max);
        return new(a.Unit * b.Unit, a.Places + b.Places, Scaled(a, b), min, max)
        {
            Scale = a.Scale + b.Scale,
            IsBare = a.IsBare && b.IsBare,
            PlacesAreDeferred = a.PlacesAreDeferred || b.PlacesAreDeferred,
            NumeratorBits = Known(min, max, a.Scale + b.Scale, a, b) ?? a.NumeratorBits + b.NumeratorBits,
            DenominatorBits = Math.Max(1, Extra(a) + Extra(b)),
        };
    }

    /// <summary>a / b, b not known to be a constant with a finite reciprocal.</summary>
    public static ExactType Divide(ExactType a, ExactType b)
    {
        var smallest = b.Places is { } places ? new Rational(1, BigInteger.Pow(10, places)) : (Rational?)null;
        Rational? low = b.Min is { Sign: 0 } ? smallest : b.Min, high = b.Max is { Sign: 0 } ? -smallest : b.Max;
        var (min, max) = low is { Sign: > 0 } || high is { Sign: < 0 }
            ? Products(a.Min, a.Max, high is { } h ? Rational.One / h : null, low is { } l ? Rational.One / l : null)
            : (null, null);
        return new(a.Unit / b.Unit, null, Divided(a, b), min, max)
        {
            Scale = Math.Max(0, a.Scale - b.Scale),
            PlacesAreDeferred = a.PlacesAreDeferred || b.PlacesAreDeferred,
            NumeratorBits = a.NumeratorBits + Extra(b) + TenBits(b.Scale - a.Scale),
            DenominatorBits = Math.Max(1, Extra(a) + b.NumeratorBits),
        };
    }

    /// <summary>a mod b, whole numbers of one unit.</summary>
    public static ExactType Remainder(ExactType a, ExactType b)
    {
        Rational? max = b is { Min: { } low, Max: { } high } ? Larger(Larger(-low, high) - Rational.One, Rational.Zero) : null;
        return new(a.Unit, 0, a.Direction == Direction.Exact && b.Direction == Direction.Exact ? Direction.Exact : Direction.Near, Rational.Zero, max)
        {
            NumeratorBits = b.NumeratorBits,
        };
    }

    /// <summary>What either of two may be: of arms, of <c>min</c> and <c>max</c>.</summary>
    public static ExactType Either(ExactType a, ExactType b, Unit unit)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        return new(
            unit,
            a.Places is { } p && b.Places is { } q ? Math.Max(p, q) : null,
            Join(a.Direction, b.Direction),
            a.Min is { } low && b.Min is { } otherLow ? Smaller(low, otherLow) : null,
            a.Max is { } high && b.Max is { } otherHigh ? Larger(high, otherHigh) : null)
        {
            Scale = scale,
            IsTime = a.IsTime,
            IsBare = a.IsBare && b.IsBare,
            PlacesAreDeferred = a.PlacesAreDeferred || b.PlacesAreDeferred,
            NumeratorBits = Math.Max(a.NumeratorBits + TenBits(scale - a.Scale), b.NumeratorBits + TenBits(scale - b.Scale)),
            DenominatorBits = Math.Max(a.DenominatorBits, b.DenominatorBits),
        };
    }

    public static ExactType Minimum(ExactType a, ExactType b, Unit unit) => Either(a, b, unit) with
    {
        Max = a.Max is { } p ? b.Max is { } q ? Smaller(p, q) : p : b.Max,
    };

    public static ExactType Maximum(ExactType a, ExactType b, Unit unit) => Either(a, b, unit) with
    {
        Min = a.Min is { } p ? b.Min is { } q ? Larger(p, q) : p : b.Min,
    };

    /// <summary>The bits of the larger numerator when two numbers are given one denominator, which comparing them does.</summary>
    public static int CrossBits(ExactType a, ExactType b)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        return Math.Max(a.NumeratorBits + TenBits(scale - a.Scale) + Extra(b), b.NumeratorBits + TenBits(scale - b.Scale) + Extra(a));
    }

    public static Direction Flip(Direction direction) => direction switch
    {
        Direction.Lo => Direction.Hi,
        Direction.Hi => Direction.Lo,
        _ => direction,
    };

    /// <summary>The direction of a sum: kept where equal or where one is exact.</summary>
    public static Direction Join(Direction a, Direction b) => a == b || b == Direction.Exact ? a : a == Direction.Exact ? b : Direction.Near;

    /// <summary>The direction of a value after a rounding word.</summary>
    public static Direction Rounded(Direction direction, Rounding rounding) => rounding switch
    {
        Rounding.None or Rounding.Exactly => direction,
        Rounding.Floor when direction is Direction.Exact or Direction.Lo => Direction.Lo,
        Rounding.Ceil when direction is Direction.Exact or Direction.Hi => Direction.Hi,
        _ => Direction.Near,
    };

    /// <summary>Whether a value of one direction is a value of another: the only implicit conversions.</summary>
    public static bool Converts(Direction from, Direction to) => from == to || from == Direction.Exact || to == Direction.Near;

    private static bool IsNonNegative(ExactType a) => a.Min is { Sign: >= 0 };

    // A bound stays a bound when it is multiplied by an exact number that is not negative. The product of two bounds is a bound only if the
    // numbers they bound are not negative either, which nobody knows here.
    private static Direction Scaled(ExactType a, ExactType b) =>
        b.Direction == Direction.Exact && (a.Direction == Direction.Exact || IsNonNegative(b)) ? a.Direction
        : a.Direction == Direction.Exact && IsNonNegative(a) ? b.Direction
        : Direction.Near;

    // lo / exact and hi / exact are as above. exact / lo is hi: 0 < lo ≤ d, so n/lo ≥ n/d for n ≥ 0. The d that a hi bounds may be 0 or negative.
    private static Direction Divided(ExactType a, ExactType b) =>
        b.Direction == Direction.Exact && (a.Direction == Direction.Exact || IsNonNegative(b)) ? a.Direction
        : a.Direction == Direction.Exact && b.Direction == Direction.Lo && IsNonNegative(a) && IsNonNegative(b) ? Direction.Hi
        : Direction.Near;

    private static (Rational? Min, Rational? Max) Products(Rational? aMin, Rational? aMax, Rational? bMin, Rational? bMax)
    {
        if (aMin is { Sign: >= 0 } && bMin is { Sign: >= 0 })
        {
            return (aMin * bMin, aMax * bMax);
        }

        if (aMin is not { } a || aMax is not { } b || bMin is not { } c || bMax is not { } d)
        {
            return (null, null);
        }

        Rational p = a * c, q = a * d, r = b * c, s = b * d;
        return (Smaller(Smaller(p, q), Smaller(r, s)), Larger(Larger(p, q), Larger(r, s)));
    }

    private static int? Known(Rational? min, Rational? max, int scale, ExactType a, ExactType b)
    {
        if (min is not { } low || max is not { } high || a.DenominatorBits > 1 || b.DenominatorBits > 1)
        {
            return null;
        }

        var largest = Larger(-low, high) * new Rational(BigInteger.Pow(10, scale));
        return ExactType.BitLength(BigInteger.Abs(Larger(largest, -largest).Ceiling()));
    }

    private static Rational Smaller(Rational a, Rational b) => a < b ? a : b;

    private static Rational Larger(Rational a, Rational b) => a > b ? a : b;

    private static int Extra(ExactType a) => a.DenominatorBits == 1 ? 0 : a.DenominatorBits;

    // 10^n < 2^(10n/3 + 1)
    private static int TenBits(int places) => places <= 0 ? 0 : ((10 * places) + 2) / 3;
}
