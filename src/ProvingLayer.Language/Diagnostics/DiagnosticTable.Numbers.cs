namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 3: numbers, units, rounding.</content>
public static partial class DiagnosticTable
{
    /// <summary>Units differ.</summary>
    public static DiagnosticDescriptor UnitMismatch { get; } = Error(
        "TNR3001",
        "Units differ",
        "units differ: {0} and {1}{2}",
        """
        Numbers of different units are not added, compared or stored in each other. Multiply or divide by a price to change the unit; a
        number literal takes an asset's unit when its name follows: '5 USD'. 0 fits every unit, and a bare literal takes the unit of the
        'dec' it is stored in.
        """);

    /// <summary>Places would be lost.</summary>
    public static DiagnosticDescriptor PlacesLost { get; } = Error(
        "TNR3002",
        "Places would be lost",
        "storing {0} with {1} in {2} with {3} can lose {4}: say .floor(), .ceil(), .nearest(), .round(mode) or .exactly()",
        """
        Arithmetic is exact until something is stored. Where the value has more decimal places than the type it is stored in, say what
        becomes of the rest: .floor() (the result is lo), .ceil() (hi), .nearest() (near, ties to even), .round(mode) (near), or
        .exactly(), a constraint that nothing is lost.
        """);

    /// <summary>A quotient would be rounded.</summary>
    public static DiagnosticDescriptor QuotientLost { get; } = Error(
        "TNR3003",
        "A quotient would be rounded",
        "storing a quotient in {0} can lose places: say .floor(), .ceil(), .nearest(), .round(mode) or .exactly()",
        """
        A quotient by a value known only at run time, or by one like 3, has no finite decimal form in general. Say what becomes of the
        rest where it is stored.
        """);

    /// <summary>Rounded to what.</summary>
    public static DiagnosticDescriptor RoundingTarget { get; } = Error(
        "TNR3004",
        "Rounded to what",
        "nothing says to which type this is rounded: store it in a declared type, or write .{0}<T>() (it has {1})",
        """
        A rounding word rounds to the type that the value is stored in, or to the T of '.floor<T>()'. Failing both it rounds to 'qty<A>'
        if the unit is one asset.
        """);

    /// <summary>Rounded to the wrong side.</summary>
    public static DiagnosticDescriptor DirectionLost { get; } = Error(
        "TNR3005",
        "Rounded to the wrong side",
        "a {0} value does not fit {1}: {2}",
        """
        'lo' says that a number is not above the exact result, 'hi' that it is not below it. An exact value fits both, and everything fits
        'near'; nothing else converts. Negation and the right side of '-' flip the direction; '+' and '-' keep a common one.
        """);

    /// <summary>A constant that does not fit.</summary>
    public static DiagnosticDescriptor ConstantRange { get; } = Error(
        "TNR3006",
        "A constant that does not fit",
        "{0} does not fit {1}, which holds {2} to {3}",
        """
        The value is known at compile time, and it lies outside the range of the type it is stored in.
        """);

    /// <summary>More places than the asset has.</summary>
    public static DiagnosticDescriptor LiteralPlaces { get; } = Error(
        "TNR3007",
        "More places than the asset has",
        "{0} has {1}, the literal {2}",
        """
        An amount has at most as many decimal places as one whole unit of the asset is divided into.
        """);

    /// <summary>No such unit.</summary>
    public static DiagnosticDescriptor UnknownUnit { get; } = Error(
        "TNR3008",
        "No such unit",
        "'{0}' is no unit of a literal",
        """
        After a number stands an asset, or one of bps, pct, seconds, minutes, hours, days, weeks.
        """);

    /// <summary>Division by zero.</summary>
    public static DiagnosticDescriptor ZeroDivisor { get; } = Error(
        "TNR3009",
        "Division by zero",
        "the divisor is 0",
        """
        The divisor is known at compile time to be 0.
        """);

    /// <summary>A number of more than 512 bits.</summary>
    public static DiagnosticDescriptor TooManyBits { get; } = Error(
        "TNR3010",
        "A number of more than 512 bits",
        "the exact {0} may have {1} bits; the limit is 512: store an intermediate result",
        """
        Arithmetic is exact, so products grow. Past 512 bits the compiler asks you to store an intermediate result in a declared type,
        with a rounding word if places are lost.
        """);

    /// <summary>% is for whole numbers.</summary>
    public static DiagnosticDescriptor RemainderOperands { get; } = Error(
        "TNR3011",
        "% is for whole numbers",
        "'%' takes whole numbers without unit, or two durations: found {0}",
        """
        The remainder is Euclidean: 0 ≤ r < |divisor|. It is defined on whole numbers.
        """);

    /// <summary>Points in time.</summary>
    public static DiagnosticDescriptor TimeArithmetic { get; } = Error(
        "TNR3012",
        "Points in time",
        "{0}",
        """
        A time is a point, a duration a length: time - time is a duration, time + duration and time - duration are times; times are
        compared with times, and nothing else is computed with them.
        """);

    /// <summary>A malformed time.</summary>
    public static DiagnosticDescriptor TimeLiteral { get; } = Error(
        "TNR3013",
        "A malformed time",
        "'{0}' is not a time: write \"2026-06-26T08:00:00Z\", or an offset like +02:00 for Z; years 1970 to 9999, no fractions",
        """
        Times are written as RFC 3339 says, with 'Z' or an offset, in whole seconds.
        """);

    /// <summary>No such rounding mode.</summary>
    public static DiagnosticDescriptor RoundingMode { get; } = Error(
        "TNR3014",
        "No such rounding mode",
        "'{0}' is no rounding mode: half_even, half_up, half_down, toward_zero, away_from_zero",
        """
        '.round(mode)' rounds to the nearest with a tie to the even neighbour (half_even), away from zero (half_up) or towards zero
        (half_down); or every value towards zero (toward_zero) or away from it (away_from_zero).
        """);

    /// <summary>Not a number of places.</summary>
    public static DiagnosticDescriptor DecimalPlaces { get; } = Error(
        "TNR3015",
        "Not a number of places",
        "dec and assets have 0 to 38 decimal places, found {0}",
        """
        10^38 is the largest power of ten that 127 bits hold.
        """);

    /// <summary>An empty range.</summary>
    public static DiagnosticDescriptor EmptyRange { get; } = Error(
        "TNR3016",
        "An empty range",
        "no value lies in {0}",
        """
        The lower end of the range is above its upper end, or the type holds none of it.
        """);

    /// <summary>Not a number.</summary>
    public static DiagnosticDescriptor NotANumber { get; } = Error(
        "TNR3017",
        "Not a number",
        "'{0}' is for numbers, found {1}",
        """
        Rounding words, 'min', 'max', 'abs' and refinements are for numbers.
        """);
}
