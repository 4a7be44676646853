using System.Globalization;
using CsCheck;
using Examples.Option;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Consumer;

public class ValueTests
{
    [Fact]
    public void Text_reads_back_to_the_same_quantity_in_every_culture() => Gen.ULong.Select(Gen.ULong).Sample((high, low) =>
    {
        CultureInfo.CurrentCulture = new("de-DE");
        var quantity = new Qty<USD>(new(high, low));
        return Qty<USD>.Parse(quantity.ToString()) == quantity;
    });

    [Fact]
    public void Decimals_are_exact_or_refused() => Gen.Int[-1_000_000_000, 1_000_000_000].Select(Gen.Int[0, 6]).Sample((n, scale) =>
    {
        var value = new decimal(Math.Abs(n), 0, 0, n < 0, (byte)scale);
        var whole = decimal.Truncate(value * 10000m) == value * 10000m ? value : (decimal?)null;
        return whole is null
            ? Record.Exception(() => FixedDecimal<Places.P4, One>.Of(value)) is ArgumentException
            : FixedDecimal<Places.P4, One>.Of(value).ToDecimal() == value;
    });

    [Fact]
    public void Quantities_do_not_go_below_zero_or_beyond_128_bits()
    {
        Assert.Throws<OverflowException>(() => Qty<USD>.Of(1m) - Qty<USD>.Of(2m));
        Assert.Throws<OverflowException>(() => new Qty<USD>(UInt128.MaxValue) + new Qty<USD>(1));
        Assert.Throws<OverflowException>(() => Qty<USD>.Of(-1m));
        Assert.Throws<ArgumentException>(() => Qty<USD>.Of(0.001m));
        Assert.Throws<FormatException>(() => Qty<USD>.Parse("1 AAPL"));
    }
}
