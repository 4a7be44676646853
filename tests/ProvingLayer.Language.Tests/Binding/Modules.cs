using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Names across files; generics and their instances; the ways in from outside.</summary>
public class Modules
{
    private const string Assets = "module lib.assets; pub asset USD { decimals: 2 } pub asset ETH { decimals: 18 } asset OWN { decimals: 0 } pub const LIMIT: u64 = 9;";

    private const string Put = """
        machine Put<asset U, asset Q> {
            data { strike: dec<4, Q/U>, size: qty<U>, margin: guarded vault<Q>, writer: key }
            state Open
            final state Settled
            transition open by writer : init -> Open {
                move (strike * size).ceil() from in(writer) to margin;
                become Open;
            }
            transition settle : Open -> Settled {
                move margin.balance from margin to out(writer);
                become Settled;
            }
        }
        """;

    [Theory]
    [InlineData("module a; use lib.assets.{USD}; statement S(pub a: qty<USD>) -> qty<USD> { a }")]
    [InlineData("module a; use lib.assets; statement S(pub a: qty<assets.USD>) -> u64 { assets.LIMIT }")]
    [InlineData("module a; use lib.assets as money; statement S(pub a: qty<money.USD>) -> u64 { money.LIMIT }")]
    public void Items_are_used_by_name_or_through_their_module(string text) => Assert.Equal("", Bind.Codes(Bind.Files(text, Assets)));

    [Theory]
    [InlineData("module a; use lib.assets.{OWN};", "TNR1005")]
    [InlineData("module a; use lib.assets; statement S(pub a: qty<assets.OWN>) -> u64 { 1 }", "TNR1005")]
    [InlineData("module a; use lib.assets.{NOPE};", "TNR1007")]
    [InlineData("module a; use std.nowhere.{USD, ETH}; statement S(pub a: dec<4, USD/ETH>) -> qty<USD> { 5 USD }", "TNR1006")]
    [InlineData("module a; use lib.assets.{USD}; use lib.assets.{USD}; use lib.assets as std;", "")]
    [InlineData("module lib.assets; asset USD { decimals: 3 }", "TNR1002")]
    public void What_cannot_be_used_is_said_once(string text, string codes) => Assert.Equal(codes, Bind.Codes(Bind.Files(text, Assets)));

    [Fact]
    public void Modules_in_a_circle_are_refused_at_every_use_of_it() => Assert.Equal(
        "TNR1008 TNR1008 TNR1008", Bind.Codes(Bind.Files("module a; use b;", "module b; use c;", "module c; use a;", "module d; use a;")));

    [Fact]
    public void A_generic_machine_is_bound_for_every_list_of_assets()
    {
        var program = Bind.Files($"module a; use lib.assets.{{USD, ETH}}; {Put} type EthPut = Put<ETH, USD>; type Odd = Put<USD, ETH>;", Assets);
        Assert.Equal("", Bind.Codes(program));
        Assert.Equal(["EthPut", "Odd"], program.Targets.Select(t => t.Name));
        Assert.Equal(["Put<ETH, USD>", "Put<USD, ETH>"], program.Machines.Select(m => m.Name));
    }

    [Fact]
    public void Mistakes_of_a_generic_body_are_said_once_and_without_an_instance()
    {
        var wrong = Put.Replace("(strike * size).ceil()", "strike", StringComparison.Ordinal);
        var program = Bind.Files($"module a; use lib.assets.{{USD, ETH}}; {wrong} type A = Put<ETH, USD>; type B = Put<USD, ETH>;", Assets);
        Assert.Equal("TNR5002", Bind.Codes(program));
        Assert.Empty(program.Diagnostics[0].Notes);
    }

    [Fact]
    public void What_hangs_on_decimals_is_said_of_the_instance_that_loses_them()
    {
        var exact = Put.Replace("(strike * size).ceil()", "(strike * 1 U)", StringComparison.Ordinal).Replace("dec<4, Q/U>", "dec<2, Q/U>", StringComparison.Ordinal);
        Assert.Equal("", Bind.Codes(Bind.Files($"module a; use lib.assets.{{USD, ETH}}; {exact}", Assets)));
        Assert.Equal("", Bind.Codes(Bind.Files($"module a; use lib.assets.{{USD, ETH}}; {exact} type A = Put<ETH, USD>;", Assets)));
        var lossy = exact.Replace("dec<2, Q/U>", "dec<3, Q/U>", StringComparison.Ordinal);
        var program = Bind.Files($"module a; use lib.assets.{{USD, ETH}}; {lossy} type A = Put<USD, ETH>; type B = Put<ETH, USD>;", Assets);
        Assert.Equal("TNR3002", Bind.Codes(program));
        Assert.Contains(program.Diagnostics[0].Notes, n => n.Text == "in Put<ETH, USD>");
    }

    [Fact]
    public void Statements_are_generic_over_constants()
    {
        var program = Bind.Files("module a; statement Sum<const N: u32>(xs: [u64; N]) -> u64 { let mut s: u64 = 0; for x in xs { s += x; } disclose(s) } type Sum8 = Sum<8>;");
        Assert.Equal("", Bind.Codes(program));
        Assert.Equal("[u64; 8]", program.Targets.Single().Statement!.Parameters[0].Type.Name);
    }

    [Theory]
    [InlineData("Put<ETH, USD>")]
    [InlineData("a.Put<assets.ETH, assets.USD>")]
    [InlineData("Named")]
    public void An_instance_is_found_by_its_text(string text)
    {
        var program = Bind.Files($"module a; use lib.assets.{{USD, ETH}}; pub {Put} type Named = Put<ETH, USD>;", Assets);
        var diagnostics = new DiagnosticBag();
        var target = program.Instantiate(text, diagnostics);
        Assert.Equal(0, diagnostics.Count);
        Assert.Equal("Put<ETH, USD>", target!.Machine!.Name);
        Assert.Same(target.Machine, program.MachineOf(target.Machine.Symbol));
    }

    [Theory]
    [InlineData("Put<ETH>")]
    [InlineData("Put<ETH, u64>")]
    [InlineData("Nothing")]
    [InlineData("USD")]
    [InlineData("u64")]
    [InlineData("Put<")]
    [InlineData("")]
    [InlineData("u8; asset X { decimals: 1 }")]
    public void A_text_that_names_no_instance_is_refused(string text)
    {
        var program = Bind.Files($"module a; use lib.assets.{{USD, ETH}}; {Put}", Assets);
        var diagnostics = new DiagnosticBag();
        Assert.Null(program.Instantiate(text, diagnostics));
        Assert.True(diagnostics.HasErrors);
        Assert.NotNull(program.Instantiate("Put<ETH, USD>", new()));
    }

    [Theory]
    [InlineData("100 ETH", "qty<ETH>(100)")]
    [InlineData("0", "qty<ETH>(0)")]
    public void Values_of_scenarios_are_literals(string text, string expected)
    {
        var program = Bind.Files(Assets);
        var value = program.ReadValue(text, NumberType.Quantity(program.Assets.Single(a => a.Name == "ETH")), new());
        Assert.Equal(expected, ProvingLayer.Language.Bound.BoundPrinter.Print(value!));
    }

    [Theory]
    [InlineData("2020-03-30T00:00:00Z")]
    [InlineData("time(\"2020-03-30T00:00:00Z\")")]
    public void Times_of_scenarios_are_written_with_or_without_time(string text) =>
        Assert.Equal("time(1585526400)", ProvingLayer.Language.Bound.BoundPrinter.Print(Bind.Files(Assets).ReadValue(text, NumberType.Time, new())!));

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("5 XYZ")]
    [InlineData("256")]
    [InlineData("1.5")]
    [InlineData("5; const B: u8 = 1")]
    [InlineData("flow(K.a, USD)")]
    public void What_is_no_value_is_refused(string text)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(Bind.Files(Assets).ReadValue(text, NumberType.OfKind(NumberKind.U8), diagnostics));
        Assert.True(diagnostics.HasErrors);
    }
}
