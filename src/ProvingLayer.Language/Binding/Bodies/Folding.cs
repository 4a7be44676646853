using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <summary>Computes with constants.</summary>
internal static class Folding
{
    /// <summary>Whether an expression is a constant: a literal, or a tuple, array or struct of them.</summary>
    public static bool IsConstant(BoundExpression expression) => expression switch
    {
        BoundNumber or BoundBoolean or BoundDigest or BoundBytes => true,
        BoundTuple tuple => tuple.Elements.All(IsConstant),
        BoundArray array => array.Elements.All(IsConstant),
        BoundRepeat repeat => IsConstant(repeat.Element),
        BoundStruct structure => structure.Values.All(IsConstant),
        BoundVariant variant => variant.Values.All(IsConstant),
        _ => false,
    };

    /// <summary>The value of a number known now; null for any other, also where it hangs on the decimals of an asset parameter.</summary>
    public static Rational? ValueOf(BoundExpression expression) => expression switch
    {
        BoundNumber { Type: ExactType { PlacesAreDeferred: false } } number => number.Value,
        BoundNumber { Type: NumberType { PlacesAreKnown: true } } number => number.Value,
        BoundNumber { Value.Sign: 0 } zero => zero.Value,
        _ => null,
    };

    /// <summary>The whole number that a value becomes when its fraction is rounded off.</summary>
    public static BigInteger Round(Rational value, Rounding rounding)
    {
        switch (rounding)
        {
            case Rounding.Ceil:
                return value.Ceiling();
            case Rounding.TowardZero:
                return value.Sign < 0 ? value.Ceiling() : value.Floor();
            case Rounding.AwayFromZero:
                return value.Sign < 0 ? value.Floor() : value.Ceiling();
            case Rounding.HalfEven or Rounding.HalfUp or Rounding.HalfDown:
                var floor = value.Floor();
                var side = (value - new Rational(floor)).CompareTo(new(1, 2));
                var up = side > 0 || (side == 0 && rounding switch
                {
                    Rounding.HalfEven => !floor.IsEven,
                    Rounding.HalfUp => value.Sign > 0,
                    _ => value.Sign < 0,
                });
                return up ? floor + 1 : floor;
            default:
                return value.Floor();
        }
    }

    /// <summary>The Euclidean remainder of whole numbers.</summary>
    public static BigInteger Remainder(BigInteger value, BigInteger divisor)
    {
        var remainder = BigInteger.Remainder(value, divisor);
        return remainder.Sign < 0 ? remainder + BigInteger.Abs(divisor) : remainder;
    }

    public static bool Compare(ComparisonOperator comparison, Rational left, Rational right) => comparison switch
    {
        ComparisonOperator.Equal => left == right,
        ComparisonOperator.NotEqual => left != right,
        ComparisonOperator.Less => left < right,
        ComparisonOperator.LessOrEqual => left <= right,
        ComparisonOperator.Greater => left > right,
        _ => left >= right,
    };
}
