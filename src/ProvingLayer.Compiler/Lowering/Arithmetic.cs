using System.Numerics;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>
/// Exact arithmetic on numbers n / (d·10^p), d ≥ 1: nothing is lost until a store. Checks count only on the present path; on any other
/// they are given a harmless operand.
/// </summary>
internal sealed class Arithmetic(IrBuilder builder)
{
    /// <summary>Whether the text being lowered is reached.</summary>
    public IrValue Path { get; set; } = builder.Constant(true);

    /// <summary>A number known now.</summary>
    public NumberValue Constant(Rational value) => value.Places is { } places
        ? new(builder.Constant((value * new Rational(BigInteger.Pow(10, places))).Numerator), null, places)
        : new(builder.Constant(value.Numerator), builder.Constant(value.Denominator), 0);

    /// <summary>left + right.</summary>
    public NumberValue Add(NumberValue left, NumberValue right)
    {
        var (l, r, denominator, places) = Common(left, right);
        return new(builder.Add(l, r), denominator, places);
    }

    /// <summary>left − right.</summary>
    public NumberValue Subtract(NumberValue left, NumberValue right)
    {
        var (l, r, denominator, places) = Common(left, right);
        return new(builder.Subtract(l, r), denominator, places);
    }

    /// <summary>left · right.</summary>
    public NumberValue Multiply(NumberValue left, NumberValue right) =>
        new(builder.Multiply(left.Numerator, right.Numerator), Product(left.Denominator, right.Denominator), left.Places + right.Places);

    /// <summary>left / right; fails where right is 0.</summary>
    public NumberValue Divide(NumberValue left, NumberValue right, IrFailure byZero)
    {
        // (a / (b·10^p)) / (c / (d·10^q)) = a·d·10^q / (b·|c|·10^p), with c's sign on the numerator.
        if (builder.KnownValue(right.Numerator) is { } known && right.Denominator is null && !known.Number.IsZero
            && (Rational.One / new Rational(known.Number, BigInteger.Pow(10, right.Places))) is { Places: not null } reciprocal)
        {
            return Multiply(left, Constant(reciprocal));
        }

        var (divisor, isNegative) = Magnitude(right.Numerator);
        divisor = NonZero(divisor, byZero);
        var numerator = builder.Select(isNegative, Negated(left.Numerator), left.Numerator);
        if (right.Denominator is { } d)
            numerator = builder.Multiply(numerator, d);
        var places = left.Places - right.Places;
        if (places < 0)
            (numerator, places) = (Scaled(numerator, -places), 0);
        return new(numerator, Product(left.Denominator, divisor), places);
    }

    /// <summary>The Euclidean remainder of whole numbers, 0 ≤ r &lt; |right|; fails where right is 0.</summary>
    public NumberValue Remainder(NumberValue left, NumberValue right, IrFailure byZero)
    {
        var divisor = NonZero(Magnitude(Whole(right)).Magnitude, byZero);
        return new(builder.DivRem(Whole(left), divisor).Remainder, null, 0);
    }

    /// <summary>−value.</summary>
    public NumberValue Negate(NumberValue value) => value with { Numerator = Negated(value.Numerator) };

    /// <summary>|value|.</summary>
    public NumberValue Absolute(NumberValue value) => value with { Numerator = Magnitude(value.Numerator).Magnitude };

    /// <summary>left &lt; right, exactly.</summary>
    public IrValue Less(NumberValue left, NumberValue right)
    {
        var (l, r, _, _) = Common(left, right);
        return builder.Less(l, r);
    }

    /// <summary>left = right, exactly.</summary>
    public IrValue Equal(NumberValue left, NumberValue right)
    {
        var (l, r, _, _) = Common(left, right);
        return builder.Equal(l, r);
    }

    /// <summary>One of two numbers.</summary>
    public NumberValue Select(IrValue condition, NumberValue whenTrue, NumberValue whenFalse)
    {
        if (whenTrue == whenFalse)
            return whenTrue;
        var places = Math.Max(whenTrue.Places, whenFalse.Places);
        var denominator = whenTrue.Denominator is null && whenFalse.Denominator is null
            ? (IrValue?)null
            : builder.Select(condition, whenTrue.Denominator ?? builder.Constant(1), whenFalse.Denominator ?? builder.Constant(1));
        return new(
            builder.Select(condition, Scaled(whenTrue.Numerator, places - whenTrue.Places), Scaled(whenFalse.Numerator, places - whenFalse.Places)),
            denominator,
            places);
    }

    /// <summary>
    /// Stores: value·10^P, rounded to a whole number, in the target's range. n / D = q + r / D by one quotient and remainder, 0 ≤ r &lt; D, and
    /// every rounding word is q or q + 1.
    /// </summary>
    /// <param name="value">The exact number.</param>
    /// <param name="target">What it is stored as; P are its places.</param>
    /// <param name="rounding">The rounding word.</param>
    /// <param name="outOfRange">The failure of a number that does not fit.</param>
    /// <param name="inexact">The failure of <c>.exactly()</c>.</param>
    public NumberValue Store(NumberValue value, NumberType target, Rounding rounding, IrFailure outOfRange, IrFailure inexact)
    {
        var numerator = Scaled(value.Numerator, Math.Max(0, target.Places - value.Places));
        var power = BigInteger.Pow(10, Math.Max(0, value.Places - target.Places));
        var divisor = Product(value.Denominator, power.IsOne ? null : builder.Constant(power));
        var whole = divisor is { } d ? Round(numerator, d, rounding, inexact) : numerator;
        return new(Narrow(whole, new(target.Min, target.Max), outOfRange), null, target.Places);
    }

    /// <summary>The integer, checked to lie in an interval; where the text is not reached it is some integer of the interval.</summary>
    public IrValue Narrow(IrValue value, Interval interval, IrFailure failure)
    {
        if (interval.Contains(builder.IntervalOf(value)))
            return value;
        var harmless = interval.Contains(BigInteger.Zero) ? BigInteger.Zero : interval.Low;
        return builder.Narrow(builder.Select(Path, value, builder.Constant(harmless)), interval, failure);
    }

    /// <summary>Requires the condition where the text is reached.</summary>
    public void Require(IrValue condition, IrFailure failure) => builder.Require(builder.Select(Path, condition, builder.Constant(true)), failure);

    private IrValue Round(IrValue numerator, IrValue divisor, Rounding rounding, IrFailure inexact)
    {
        var (quotient, remainder) = builder.DivRem(numerator, divisor);
        if (rounding is Rounding.None or Rounding.Floor)
            return quotient;
        var isExact = builder.Equal(remainder, builder.Constant(0));
        if (rounding == Rounding.Exactly)
        {
            Require(isExact, inexact);
            return quotient;
        }

        var isNegative = builder.Less(numerator, builder.Constant(0));
        var twice = builder.Add(remainder, remainder);
        var roundsUp = rounding switch
        {
            Rounding.Ceil => builder.Not(isExact),
            Rounding.TowardZero => builder.And(isNegative, builder.Not(isExact)),
            Rounding.AwayFromZero => builder.Not(builder.Or(isNegative, isExact)),
            Rounding.HalfEven => AboveHalfOr(builder.Equal(builder.DivRem(quotient, builder.Constant(2)).Remainder, builder.Constant(1))),
            Rounding.HalfUp => AboveHalfOr(builder.Not(isNegative)),
            Rounding.HalfDown => AboveHalfOr(isNegative),
            _ => throw new InvalidOperationException($"compiler bug: no meaning for {rounding}"),
        };
        return builder.Add(quotient, builder.Select(roundsUp, builder.Constant(1), builder.Constant(0)));

        // r > D/2, or a tie that goes up.
        IrValue AboveHalfOr(IrValue tieGoesUp) => builder.Or(builder.Less(divisor, twice), builder.And(builder.Equal(divisor, twice), tieGoesUp));
    }

    private (IrValue Left, IrValue Right, IrValue? Denominator, int Places) Common(NumberValue left, NumberValue right)
    {
        var places = Math.Max(left.Places, right.Places);
        var l = Scaled(left.Numerator, places - left.Places);
        var r = Scaled(right.Numerator, places - right.Places);
        if (left.Denominator == right.Denominator)
            return (l, r, left.Denominator, places);
        return (Times(l, right.Denominator), Times(r, left.Denominator), Product(left.Denominator, right.Denominator), places);

        IrValue Times(IrValue value, IrValue? factor) => factor is { } f ? builder.Multiply(value, f) : value;
    }

    private IrValue? Product(IrValue? left, IrValue? right) => left is { } l && right is { } r ? builder.Multiply(l, r) : left ?? right;

    private IrValue Scaled(IrValue value, int places) => places == 0 ? value : builder.Multiply(value, builder.Constant(BigInteger.Pow(10, places)));

    private IrValue Negated(IrValue value) => builder.Subtract(builder.Constant(0), value);

    private (IrValue Magnitude, IrValue IsNegative) Magnitude(IrValue value)
    {
        var isNegative = builder.Less(value, builder.Constant(0));
        var interval = builder.IntervalOf(value);
        if (interval.IsNonNegative)
            return (value, isNegative);
        var magnitude = builder.Select(isNegative, Negated(value), value);

        // The choice is never negative, though no interval of its two operands says so.
        var known = new Interval(0, BigInteger.Max(BigInteger.Abs(interval.Low), BigInteger.Abs(interval.High)));
        return (builder.Narrow(magnitude, known, IrFailure.Of(FailureKind.Range, ErrorSymbol.OutOfRange.Name, "magnitude")), isNegative);
    }

    private IrValue NonZero(IrValue magnitude, IrFailure byZero)
    {
        var interval = builder.IntervalOf(magnitude);
        return interval.Low.Sign > 0
            ? magnitude
            : builder.Narrow(builder.Select(Path, magnitude, builder.Constant(1)), new(1, BigInteger.Max(1, interval.High)), byZero);
    }

    private static IrValue Whole(NumberValue value) => value is { Places: 0, Denominator: null }
        ? value.Numerator
        : throw new InvalidOperationException("compiler bug: % of a number that is not whole");
}
