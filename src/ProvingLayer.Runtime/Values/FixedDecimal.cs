using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Runtime.Values;

/// <summary>A signed decimal with a fixed number of places and a unit: <c>dec&lt;4, USD/AAPL&gt;</c>. Two units are two types.</summary>
/// <typeparam name="TPlaces">The decimal places.</typeparam>
/// <typeparam name="TUnit">The unit.</typeparam>
/// <param name="Raw">The value times 10^places.</param>
public readonly record struct FixedDecimal<TPlaces, TUnit>(Int128 Raw) : IComparable<FixedDecimal<TPlaces, TUnit>>, IParsable<FixedDecimal<TPlaces, TUnit>>
    where TPlaces : IPlaces
    where TUnit : IUnit
{
    private static ScalarFormat Format => new(FormatKind.Number, TPlaces.Count, TUnit.Symbol is "1" ? null : TUnit.Symbol);

    /// <summary>The sum.</summary>
    /// <param name="left">A summand.</param>
    /// <param name="right">A summand.</param>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    public static FixedDecimal<TPlaces, TUnit> operator +(FixedDecimal<TPlaces, TUnit> left, FixedDecimal<TPlaces, TUnit> right) => new(checked(left.Raw + right.Raw));

    /// <summary>The difference.</summary>
    /// <param name="left">What is taken from.</param>
    /// <param name="right">What is taken.</param>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    public static FixedDecimal<TPlaces, TUnit> operator -(FixedDecimal<TPlaces, TUnit> left, FixedDecimal<TPlaces, TUnit> right) => new(checked(left.Raw - right.Raw));

    /// <summary>Whether the left is less.</summary>
    /// <param name="left">The left number.</param>
    /// <param name="right">The right number.</param>
    public static bool operator <(FixedDecimal<TPlaces, TUnit> left, FixedDecimal<TPlaces, TUnit> right) => left.Raw < right.Raw;

    /// <summary>Whether the left is more.</summary>
    /// <param name="left">The left number.</param>
    /// <param name="right">The right number.</param>
    public static bool operator >(FixedDecimal<TPlaces, TUnit> left, FixedDecimal<TPlaces, TUnit> right) => left.Raw > right.Raw;

    /// <summary>Whether the left is not more.</summary>
    /// <param name="left">The left number.</param>
    /// <param name="right">The right number.</param>
    public static bool operator <=(FixedDecimal<TPlaces, TUnit> left, FixedDecimal<TPlaces, TUnit> right) => left.Raw <= right.Raw;

    /// <summary>Whether the left is not less.</summary>
    /// <param name="left">The left number.</param>
    /// <param name="right">The right number.</param>
    public static bool operator >=(FixedDecimal<TPlaces, TUnit> left, FixedDecimal<TPlaces, TUnit> right) => left.Raw >= right.Raw;

    /// <summary>The number that a <see cref="decimal"/> is.</summary>
    /// <param name="value">The value, with no more decimal places than the type has.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">It has more decimal places.</exception>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    public static FixedDecimal<TPlaces, TUnit> Of(decimal value) => new((Int128)DecimalText.Scale(value, TPlaces.Count));

    /// <summary>Reads <c>63.70</c> or <c>63.70 USD/AAPL</c>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored: the form is the same in every culture.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static FixedDecimal<TPlaces, TUnit> Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var result)
        ? result
        : throw new FormatException($"this is no number with at most {TPlaces.Count} decimal places");

    /// <summary>Reads what <see cref="Parse"/> reads.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <param name="result">The number.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FixedDecimal<TPlaces, TUnit> result)
    {
        var isRead = DecimalText.TryParse(s, Format, ScalarLayout.Signed(128), out var number);
        result = isRead ? new((Int128)number) : default;
        return isRead;
    }

    /// <summary>As a <see cref="decimal"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="OverflowException">A <see cref="decimal"/> cannot hold it.</exception>
    public decimal ToDecimal() => DecimalText.Unscale(Raw, TPlaces.Count);

    /// <inheritdoc/>
    public int CompareTo(FixedDecimal<TPlaces, TUnit> other) => Raw.CompareTo(other.Raw);

    /// <summary><c>63.7000 USD/AAPL</c></summary>
    /// <returns>That text.</returns>
    public override string ToString() => DecimalText.Print(Raw, Format);
}
