using System.Globalization;
using System.Numerics;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Encoding;

public class ScalarFormatTests
{
    [Theory]
    [InlineData("1000000001", 6, "USDC", "1,000.000001 USDC", "1000.000001")]
    [InlineData("-63000", 2, "USD", "-630.00 USD", "-630.00")]
    [InlineData("5", 4, "USD/AAPL", "0.0005 USD/AAPL", "0.0005")]
    [InlineData("-5", 1, null, "-0.5", "-0.5")]
    [InlineData("123456789", 0, null, "123,456,789", "123456789")]
    [InlineData("0", 18, "ETH", "0.000000000000000000 ETH", "0.000000000000000000")]
    public void Numbers(string number, int places, string? unit, string printed, string written)
    {
        var format = new ScalarFormat(FormatKind.Number, places, unit);
        var value = Scalar.Of(BigInteger.Parse(number, CultureInfo.InvariantCulture));
        Assert.Equal(printed, format.Print(value));
        Assert.Equal(written, format.Write(value));
    }

    [Theory]
    [InlineData(1, 3, "~0.333333 EUR")]
    [InlineData(-1, 3, "~-0.333333 EUR")]
    [InlineData(1, 4, "0.25 EUR")]
    [InlineData(3000, 1, "3,000 EUR")]
    [InlineData(5, 0, "5 / 0 EUR")]
    public void Rationals(int n, int d, string printed) => Assert.Equal(printed, new ScalarFormat(FormatKind.Number, 0, "EUR").Print(n, d));

    [Fact]
    public void Times_durations_booleans_and_digests()
    {
        Assert.Equal("2020-03-30T00:00:00Z", ScalarFormat.Time.Print(Scalar.Of(1585526400)));
        Assert.Equal("9999-12-31T23:59:59Z", ScalarFormat.Time.Write(Scalar.Of(253402300799)));
        Assert.Equal("253402300800", ScalarFormat.Time.Write(Scalar.Of(253402300800)));
        Assert.Equal("3 days", ScalarFormat.Duration.Print(Scalar.Of(3 * 86400)));
        Assert.Equal("90 minutes", ScalarFormat.Duration.Print(Scalar.Of(5400)));
        Assert.Equal("61 seconds", ScalarFormat.Duration.Print(Scalar.Of(61)));
        Assert.Equal("true", ScalarFormat.Boolean.Print(Scalar.Of(true)));
        Assert.Equal("0x" + new string('0', 64), ScalarFormat.Digest.Print(Scalar.Zero(ScalarKind.Digest)));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void C18_text_is_the_same_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Numbers("-1234567", 2, "USD", "-12,345.67 USD", "-12345.67");
            Times_durations_booleans_and_digests();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
