using ProvingLayer.Language.Bound;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Edges, paths, states, time, value.</summary>
public class Machines
{
    /// <summary>A machine with data, two ordinary states and a final one; the body is of a transition from Open.</summary>
    private static string Codes(string body, string edge = "Open -> Paused | Shut", string parameters = "pub n: u32, pub cash: qty<USD>, pub coins: qty<ETH>", string members = "") => Bind.Codes($$"""
        machine M {
            data { owner: key, due: time, mut count: u64 = 0, till: guarded vault<USD>, chest: vault<USD>, coin: vault<ETH> }
            state Open { level: u64 }
            state Paused
            final state Shut
            {{members}}
            transition start : init -> Open { become Open { level: 1 }; }
            transition pause : Open -> Paused { become Paused; }
            transition shut : Paused -> Shut { become Shut; }
            transition step({{parameters}}) by owner : {{edge}} { {{body}} }
        }
        """);

    [Theory]
    [InlineData("become Paused;")]
    [InlineData("if n > 3 { become Paused; } else { become Shut; }")]
    [InlineData("if n > 3 { become Paused; } else if n > 2 { become Shut; } else { become Paused; }")]
    [InlineData("match n { 0 => { become Paused; } _ => { become Shut; } }")]
    [InlineData("{ become Paused; }")]
    [InlineData("if n > 3 { count += 1; } become Paused;")]
    public void Paths_that_end(string body) => Assert.Equal("", Codes(body));

    [Theory]
    [InlineData("", "TNR4001")]
    [InlineData("count += 1;", "TNR4001")]
    [InlineData("if n > 3 { become Paused; }", "TNR4001")]
    [InlineData("if n > 3 { become Paused; } become Shut;", "TNR4001")]
    [InlineData("match n { 0 => { become Paused; } _ => { } }", "TNR4001")]
    [InlineData("become Paused; count += 1;", "TNR4002")]
    [InlineData("become Paused; become Shut;", "TNR4002")]
    [InlineData("for _ in 0..2 { become Paused; } become Paused;", "TNR4005")]
    [InlineData("let x = { become Paused; 1 }; become Paused;", "TNR4005")]
    [InlineData("become Open { level: 2 };", "TNR4003")]
    [InlineData("stay;", "TNR4004")]
    [InlineData("become Nowhere;", "TNR1001")]
    [InlineData("become init;", "TNR4013")]
    [InlineData("become Paused { level: 2 };", "TNR2010")]
    public void Paths_that_do_not(string body, string codes) => Assert.Equal(codes, Codes(body));

    [Theory]
    [InlineData("Open -> Open", "stay;", "")]
    [InlineData("Open -> Open | Paused", "if n > 1 { stay; } else { become Paused; }", "")]
    [InlineData("Open | Paused -> Open | Paused", "stay;", "")]
    [InlineData("Open | Paused -> Open", "stay;", "TNR4004")]
    [InlineData("Open | Paused -> Open", "match self { Open => { stay; } Paused => { become Open { level: 1 }; } }", "")]
    [InlineData("Open -> Open", "become Open;", "TNR2009")]
    [InlineData("Open -> Open", "become Open { level: level + 1 };", "")]
    [InlineData("Open | Paused -> Open", "become Open { level };", "TNR4015")]
    [InlineData("Open | Paused -> Paused", "match self { Open { level } => { require disclose(level) > 1 else Refused; become Paused; } Paused => { stay; } }", "")]
    [InlineData("Open | Paused -> Paused", "match self { Open => { become Paused; } }", "TNR2013")]
    [InlineData("Open | Paused -> Paused", "match self { Open => { become Paused; } _ => { stay; } Paused => { stay; } }", "TNR2014")]
    [InlineData("Open -> Paused", "match self { Open => { become Paused; } Shut => { become Paused; } }", "TNR2014")]
    [InlineData("Open | Open -> Paused", "become Paused;", "TNR1002")]
    [InlineData("Nowhere -> Paused", "become Paused;", "TNR1001")]
    public void Edges_and_the_state_before_the_step(string edge, string body, string codes) => Assert.Equal(codes, Codes(body, edge));

    [Theory]
    [InlineData("now >= due")]
    [InlineData("due < now && now <= due + 7 days && n > 3")]
    [InlineData("now.to - now.from <= 1 hours")]
    [InlineData("now.from > due || n > 3")]
    public void What_a_require_may_ask_of_now(string condition) => Assert.Equal("", Codes($"require {condition} else Refused; become Paused;"));

    [Theory]
    [InlineData("now >= due || n > 3")]
    [InlineData("!(now >= due)")]
    [InlineData("n > 3 implies now >= due")]
    [InlineData("(if now >= due { true } else { false })")]
    [InlineData("(n > 3) == (now >= due)")]
    [InlineData("now == due")]
    [InlineData("now >= now")]
    [InlineData("now + 1 days >= due")]
    public void What_it_may_not(string condition) => Assert.Equal("TNR4010", Codes($"require {condition} else Refused; become Paused;"));

    [Theory]
    [InlineData("now >= due", "(now.from >= due)")]
    [InlineData("now > due", "(now.from > due)")]
    [InlineData("now <= due", "(now.to <= due)")]
    [InlineData("now < due", "(now.to < due)")]
    [InlineData("due <= now", "(due <= now.from)")]
    [InlineData("due < now", "(due < now.from)")]
    [InlineData("due >= now", "(due >= now.to)")]
    [InlineData("due > now", "(due > now.to)")]
    public void A_comparison_with_now_is_of_the_end_that_decides(string condition, string typed)
    {
        var program = Bind.Program($$"""
            machine M {
                data { due: time }
                state On
                transition start : init -> On { require {{condition}} else Refused; become On; }
                transition on : On -> On { stay; }
            }
            """);
        Assert.Equal("", Bind.Codes(program));
        Assert.Contains($"require {typed} else Refused", BoundPrinter.Print(program.Machines[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("move cash from in(owner) to till;", "")]
    [InlineData("move (cash / n).ceil() from in(owner) to till;", "")]
    [InlineData("move (cash / n).floor() from till to out(owner);", "")]
    [InlineData("move (cash / n).nearest() from chest to out(owner);", "")]
    [InlineData("move cash + cash from in(owner) to out(owner);", "")]
    [InlineData("move coins from in(owner) to coin;", "")]
    [InlineData("move 5.00 USD from in(owner) to till; move 0 from till to chest;", "")]
    [InlineData("move (cash / n).floor() from in(owner) to till;", "TNR5001")]
    [InlineData("move (cash / n).ceil() from till to out(owner);", "TNR5001")]
    [InlineData("move (cash / n).nearest() from till to chest;", "TNR5001")]
    [InlineData("move (cash / n).ceil() from till to chest;", "TNR5001")]
    [InlineData("move cash / n from in(owner) to till;", "TNR3003")]
    [InlineData("move cash from in(owner) to coin;", "TNR5004")]
    [InlineData("move coins from in(owner) to till;", "TNR5004")]
    [InlineData("move n from in(owner) to till;", "TNR5002")]
    [InlineData("move cash * cash from in(owner) to out(owner);", "TNR5002")]
    [InlineData("move cash from till to till;", "TNR5005")]
    [InlineData("move cash from in(cash) to till;", "TNR2001")]
    [InlineData("move cash from owner to till;", "TNR5003")]
    [InlineData("till = 5 USD;", "TNR2018")]
    [InlineData("till.balance = 5 USD;", "TNR2018")]
    [InlineData("let t = till;", "TNR2004")]
    [InlineData("owner = owner;", "TNR2018")]
    [InlineData("n = 5;", "TNR2018")]
    [InlineData("move cash from mint to till;", "TNR5007")]
    public void Value_moves_and_nothing_else_changes_it(string statement, string codes) => Assert.Equal(codes, Codes($"{statement} become Paused;"));

    [Fact]
    public void Every_vault_is_required_to_be_empty_before_a_final_state()
    {
        var program = Bind.Program("""
            machine M {
                data { a: vault<USD>, b: vault<ETH> }
                state Open
                final state Shut
                transition start : init -> Open { become Open; }
                transition shut(n: u8) : Open -> Shut { if disclose(n) > 1 { become Shut; } else { become Shut; } }
            }
            """);
        Assert.Equal("", Bind.Codes(program));
        var text = BoundPrinter.Print(program.Machines[0]);
        Assert.Equal(3, text.Split("require (a.balance == 0) else VaultNotEmpty").Length);
        Assert.Equal(3, text.Split("require (b.balance == 0) else VaultNotEmpty").Length);
    }

    [Theory]
    [InlineData("invariant fine: match self { Open { level } => level > 0, _ => true };", "")]
    [InlineData("invariant fine: self is Open implies till.balance > 0;", "")]
    [InlineData("invariant wrong: match self { Open => true };", "TNR2013")]
    [InlineData("invariant wrong: match self { init => true, _ => true };", "TNR2015")]
    [InlineData("invariant wrong: level > 0;", "TNR4015")]
    [InlineData("invariant wrong: now.from > due;", "TNR4010")]
    [InlineData("invariant wrong: till.balance;", "TNR2001")]
    [InlineData("invariant wrong: { require true else Refused; true };", "TNR4011")]
    [InlineData("invariant wrong: { count = 1; true };", "TNR2018")]
    [InlineData("view v() -> u64 { count }", "")]
    [InlineData("event owner { x: u64 }", "TNR1002 TNR1004")]
    [InlineData("state USD", "TNR1003 TNR4006")]
    public void Members(string member, string codes) => Assert.Equal(codes, Codes("become Paused;", members: member));

    [Theory]
    [InlineData("cash: lo<qty<USD>>", "TNR2004")]
    [InlineData("pair: (u64, hi<u64>)", "TNR2004")]
    [InlineData("fine: near<qty<USD>>", "")]
    [InlineData("owner: key", "TNR1003")]
    [InlineData("level: u64", "TNR1003")]
    [InlineData("x: u64, x: u64", "TNR1002")]
    public void Arguments(string parameters, string codes) => Assert.Equal(codes, Codes("become Paused;", parameters: parameters));
}
