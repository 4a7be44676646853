using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Exact until stored: units, places, rounding words, directions, constants.</summary>
public class Numbers
{
    private const string Dealing = "pub price: dec<4, USD/ETH>, pub size: qty<ETH>, pub cash: qty<USD>, pub n: u32";

    [Theory]
    [InlineData("(price * size).floor()", "lo<qty<USD>>")]
    [InlineData("(price * size).ceil()", "hi<qty<USD>>")]
    [InlineData("(price * size).nearest()", "near<qty<USD>>")]
    [InlineData("(price * size).round(half_up)", "near<qty<USD>>")]
    [InlineData("(price * size).exactly()", "qty<USD>")]
    [InlineData("(cash / n).floor()", "lo<qty<USD>>")]
    [InlineData("(cash / size).floor<dec<6, USD/ETH>>()", "lo<dec<6, USD/ETH>>")]
    [InlineData("cash + cash", "qty<USD>")]
    [InlineData("cash * n", "qty<USD>")]
    [InlineData("cash * 0.5 * 2", "dec<3, USD>")]
    [InlineData("cash / 4", "dec<4, USD>")]
    [InlineData("0", "qty<USD>")]
    [InlineData("80.00", "dec<4, USD/ETH>")]
    [InlineData("5 * USD.unit * n", "qty<USD>")]
    [InlineData("1_000.50 USD", "qty<USD>")]
    [InlineData("abs(cash - 5 USD)", "qty<USD>")]
    [InlineData("min(cash, 5 USD)", "qty<USD>")]
    [InlineData("if n > 3 { cash } else { 0 }", "qty<USD>")]
    [InlineData("n % 7", "u8")]
    public void What_can_be_stored(string expression, string type) => Assert.Equal("", Bind.Statement(Dealing, type, expression));

    [Theory]
    [InlineData("price * size", "qty<USD>", "TNR3002")]
    [InlineData("cash / n", "qty<USD>", "TNR3003")]
    [InlineData("cash / 3", "dec<30, USD>", "TNR3003")]
    [InlineData("cash / 4", "qty<USD>", "TNR3002")]
    [InlineData("cash", "qty<EUR>", "TNR3001")]
    [InlineData("5", "qty<USD>", "TNR3001")]
    [InlineData("cash + 5", "qty<USD>", "TNR3001")]
    [InlineData("cash * size", "qty<USD>", "TNR3001")]
    [InlineData("price", "dec<4>", "TNR3001")]
    [InlineData("(cash / n).floor()", "qty<USD>", "TNR3005")]
    [InlineData("(cash / n).floor()", "hi<qty<USD>>", "TNR3005")]
    [InlineData("(cash / n).nearest()", "lo<qty<USD>>", "TNR3005")]
    [InlineData("cash - (cash / n).floor()", "lo<qty<USD>>", "TNR3005")]
    [InlineData("(cash / n).floor() - (cash / n).floor()", "lo<qty<USD>>", "TNR3005")]
    [InlineData("0.005 USD", "qty<USD>", "TNR3007")]
    [InlineData("-1 USD", "qty<USD>", "TNR3006")]
    [InlineData("1 / 0", "u8", "TNR3009")]
    [InlineData("7 days", "u64", "TNR3001")]
    [InlineData("(price * size).floor<u64>()", "u64", "TNR3001")]
    public void What_cannot_be_stored(string expression, string type, string code) => Assert.Equal(code, Bind.Statement(Dealing, type, expression));

    [Theory]
    [InlineData("cash - (cash / n).ceil()", "lo<qty<USD>>")]
    [InlineData("cash - (cash / n).floor()", "hi<qty<USD>>")]
    [InlineData("(cash / n).floor() + (cash / n).floor()", "lo<qty<USD>>")]
    [InlineData("(cash / n).floor() + (cash / n).ceil()", "near<qty<USD>>")]
    [InlineData("(cash / n).floor() * n", "lo<qty<USD>>")]
    [InlineData("(cash - (cash / n).ceil()).floor()", "lo<qty<USD>>")]
    [InlineData("(cash - (cash / n).floor()).floor()", "near<qty<USD>>")]
    [InlineData("min((cash / n).floor(), (cash / n).floor())", "lo<qty<USD>>")]
    [InlineData("(cash / n).nearest().trust_lo()", "lo<qty<USD>>")]
    [InlineData("(cash / n).floor().trust_hi()", "hi<qty<USD>>")]
    [InlineData("((cash / n).floor() * n).trust_hi().ceil()", "hi<qty<USD>>")]
    [InlineData("(cash - (cash / n).floor().trust_exact()).floor()", "lo<qty<USD>>")]
    public void Direction_of_a_result(string expression, string type)
    {
        Assert.Equal("", Bind.Statement(Dealing, type, expression));
        foreach (var other in new[] { "lo<qty<USD>>", "hi<qty<USD>>" }.Where(o => o != type))
        {
            Assert.Equal("TNR3005", Bind.Statement(Dealing, other, expression));
        }
    }

    [Fact]
    public void A_pool_pays_out_lo_when_what_is_left_is_rounded_up() => Assert.Equal("", Bind.Statement(
        "pub x: qty<ETH>, pub y: qty<USD>, pub dx: qty<ETH>, pub fee: dec<4> ",
        "lo<qty<USD>>",
        "let eff = dx - (dx * fee).ceil(); let depth: lo<qty<ETH>> = x + eff; let left = (x * y / depth).ceil(); y - left"));

    [Fact]
    public void The_product_of_two_bounds_is_no_bound() => Assert.Equal(
        "TNR3005", Bind.Statement(Dealing, "lo<dec<38, USD*USD>>", "(cash / n).floor() * (cash / n).floor()"));

    [Fact]
    public void A_factor_that_may_be_negative_loses_the_direction() => Assert.Equal(
        "TNR3005", Bind.Statement("pub cash: qty<USD>, pub n: u32, pub k: i64", "lo<dec<2, USD>>", "(cash / n).floor() * k"));

    [Theory]
    [InlineData("(7 / 2).floor()", "3")]
    [InlineData("(-7 / 2).floor()", "-4")]
    [InlineData("(-7 / 2).ceil()", "-3")]
    [InlineData("(5 / 2).nearest()", "2")]
    [InlineData("(7 / 2).nearest()", "4")]
    [InlineData("(-5 / 2).nearest()", "-2")]
    [InlineData("(5 / 2).round(half_up)", "3")]
    [InlineData("(-5 / 2).round(half_up)", "-3")]
    [InlineData("(5 / 2).round(half_down)", "2")]
    [InlineData("(-5 / 2).round(half_down)", "-2")]
    [InlineData("(8 / 3).round(half_down)", "3")]
    [InlineData("(-7 / 3).round(toward_zero)", "-2")]
    [InlineData("(7 / 3).round(away_from_zero)", "3")]
    [InlineData("(-7 / 3).round(away_from_zero)", "-3")]
    [InlineData("(6 / 3).exactly()", "2")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7 % -3", "1")]
    [InlineData("1 / 3 * 3", "1")]
    [InlineData("max(2, abs(-3))", "3")]
    public void Constants_are_computed_exactly(string expression, string value) =>
        Assert.Equal($"value i64({value})", Bind.Typed("pub a: i64", "near<i64>", expression).Replace("near<i64>", "i64", StringComparison.Ordinal));

    [Theory]
    [InlineData("7 days + 1 hours", "608400")]
    [InlineData("time(\"2020-03-30T00:00:00Z\") - time(\"2020-03-29T12:00:00Z\")", "43200")]
    [InlineData("time(\"2020-03-30T02:00:00+02:00\") - time(\"2020-03-29T23:59:59Z\")", "1")]
    [InlineData("time.max - time(\"9999-12-31T23:59:59Z\")", "0")]
    public void Times_and_durations(string expression, string seconds) => Assert.Equal($"value duration({seconds})", Bind.Typed("pub a: time", "duration", expression));

    [Theory]
    [InlineData("a + a")]
    [InlineData("-a")]
    [InlineData("a * 2")]
    [InlineData("1 days - a")]
    [InlineData("a + 1")]
    public void Points_in_time_are_not_computed_with_like_lengths(string expression) => Assert.Equal("TNR3012", Bind.Statement("pub a: time", "time", expression));

    [Theory]
    [InlineData("2020-03-30T00:00:00")]
    [InlineData("2020-3-30T00:00:00Z")]
    [InlineData("2020-02-30T00:00:00Z")]
    [InlineData("2020-03-30T24:00:00Z")]
    [InlineData("2020-03-30T00:00:00.5Z")]
    [InlineData("2020-03-30T00:00:00+2:00")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("")]
    public void Malformed_times_are_refused(string text) => Assert.Equal("TNR3013", Bind.Statement("pub a: u8", "time", $"time(\"{text}\")"));

    [Fact]
    public void A_quotient_by_a_constant_with_a_finite_reciprocal_is_no_division() =>
        Assert.Equal("value ((a * 0.125) ⇒floor lo<dec<2>>)", Bind.Typed("pub a: dec<2>", "lo<dec<2>>", "(a / 8).floor()"));

    [Fact]
    public void A_word_where_nothing_can_be_lost_costs_nothing() => Assert.Equal("value ((a + a) ⇒ lo<u64>)", Bind.Typed("pub a: u64", "lo<u64>", "(a + a).floor()"));

    [Fact]
    public void Refinements_narrow_what_is_stored()
    {
        var program = Bind.Program("type Ltv = dec<4> in 0..=1; type Below = dec<4> in 0..1; statement S(pub a: Ltv, pub b: Below) -> Ltv { a }");
        Assert.Equal("", Bind.Codes(program));
        var parameters = program.Targets[0].Statement!.Parameters;
        Assert.Equal((0, 10_000), ((NumberType)parameters[0].Type) switch { var t => ((int)t.Min, (int)t.Max) });
        Assert.Equal((0, 9_999), ((NumberType)parameters[1].Type) switch { var t => ((int)t.Min, (int)t.Max) });
    }

    [Fact]
    public void Bits_stop_at_512()
    {
        Assert.Equal("", Bind.Statement("pub a: u128", "bool", "a * a * a * a > 0"));
        Assert.Equal("TNR3010", Bind.Statement("pub a: u128", "bool", "a * a * a * a * a > 0"));
        Assert.Equal("TNR3010", Bind.Statement("pub a: u128", "bool", "(a * a / a) > (a * a * a * a / a)"));
    }

    [Fact]
    public void Every_store_says_its_type_and_word()
    {
        var program = Bind.Program($"statement S({Dealing}) -> lo<qty<USD>> {{ let mut total: lo<qty<USD>> = 0; total += (price * size).floor(); total }}");
        Assert.Equal("", Bind.Codes(program));
        var assign = Assert.IsType<BoundAssign>(program.Targets[0].Statement!.Body.Statements[1]);
        var sum = Assert.IsType<BoundStore>(assign.Value);
        Assert.Equal(Rounding.None, sum.Rounding);
        var addend = Assert.IsType<BoundStore>(Assert.IsType<BoundArithmetic>(sum.Operand).Right);
        Assert.Equal((Rounding.Floor, Direction.Lo), (addend.Rounding, addend.Target.Direction));
    }
}
