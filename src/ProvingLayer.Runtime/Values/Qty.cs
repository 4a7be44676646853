using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Runtime.Values;

/// <summary>A quantity of an asset: a whole number of its smallest units, never negative. Quantities of two assets are of two types.</summary>
/// <typeparam name="TAsset">The asset.</typeparam>
/// <param name="Units">How many smallest units.</param>
public readonly record struct Qty<TAsset>(UInt128 Units) : IComparable<Qty<TAsset>>, IParsable<Qty<TAsset>>
    where TAsset : IAsset
{
    /// <summary>Nothing.</summary>
    public static Qty<TAsset> Zero => default;

    private static ScalarFormat Format => new(FormatKind.Number, TAsset.Decimals, TAsset.Symbol);

    /// <summary>The sum.</summary>
    /// <param name="left">A summand.</param>
    /// <param name="right">A summand.</param>
    /// <exception cref="OverflowException">It does not fit 128 bits.</exception>
    public static Qty<TAsset> operator +(Qty<TAsset> left, Qty<TAsset> right) => new(checked(left.Units + right.Units));

    /// <summary>The difference.</summary>
    /// <param name="left">What is taken from.</param>
    /// <param name="right">What is taken.</param>
    /// <exception cref="OverflowException">It would be negative.</exception>
    public static Qty<TAsset> operator -(Qty<TAsset> left, Qty<TAsset> right) => new(checked(left.Units - right.Units));

    /// <summary>Whether the left is less.</summary>
    /// <param name="left">The left quantity.</param>
    /// <param name="right">The right quantity.</param>
    public static bool operator <(Qty<TAsset> left, Qty<TAsset> right) => left.Units < right.Units;

    /// <summary>Whether the left is more.</summary>
    /// <param name="left">The left quantity.</param>
    /// <param name="right">The right quantity.</param>
    public static bool operator >(Qty<TAsset> left, Qty<TAsset> right) => left.Units > right.Units;

    /// <summary>Whether the left is not more.</summary>
    /// <param name="left">The left quantity.</param>
    /// <param name="right">The right quantity.</param>
    public static bool operator <=(Qty<TAsset> left, Qty<TAsset> right) => left.Units <= right.Units;

    /// <summary>Whether the left is not less.</summary>
    /// <param name="left">The left quantity.</param>
    /// <param name="right">The right quantity.</param>
    public static bool operator >=(Qty<TAsset> left, Qty<TAsset> right) => left.Units >= right.Units;

    /// <summary>A quantity in whole units of the asset.</summary>
    /// <param name="amount">The amount, not negative, with no more decimal places than the asset has.</param>
    /// <returns>The quantity.</returns>
    /// <exception cref="ArgumentException">It has more decimal places.</exception>
    /// <exception cref="OverflowException">It is negative.</exception>
    public static Qty<TAsset> Of(decimal amount) => new((UInt128)DecimalText.Scale(amount, TAsset.Decimals));

    /// <summary>Reads <c>1,000.00 USD</c> or <c>1000</c>: whole units; the asset's symbol may be left out.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored: the form is the same in every culture.</param>
    /// <returns>The quantity.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static Qty<TAsset> Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"this is no quantity of {TAsset.Symbol}, such as 1000.00 {TAsset.Symbol}");

    /// <summary>Reads what <see cref="Parse"/> reads.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <param name="result">The quantity.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Qty<TAsset> result)
    {
        var isRead = DecimalText.TryParse(s, Format, ScalarLayout.Quantity, out var number);
        result = isRead ? new((UInt128)number) : default;
        return isRead;
    }

    /// <summary>In whole units.</summary>
    /// <returns>The amount.</returns>
    /// <exception cref="OverflowException">A <see cref="decimal"/> cannot hold it.</exception>
    public decimal ToDecimal() => DecimalText.Unscale(Units, TAsset.Decimals);

    /// <inheritdoc/>
    public int CompareTo(Qty<TAsset> other) => Units.CompareTo(other.Units);

    /// <summary><c>1,000.00 USD</c></summary>
    /// <returns>That text.</returns>
    public override string ToString() => DecimalText.Print(Units, Format);
}
