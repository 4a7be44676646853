using ProvingLayer.Language.Auditing;
using ProvingLayer.Language.Tests.Binding;

namespace ProvingLayer.Language.Tests;

/// <summary>What an audit lists, and what it does not.</summary>
public class Auditing
{
    [Theory]
    [InlineData("let q = (x / 3).floor<u64>().trust_exact(); require q > 0 else Refused;", "Trust: (x / 3).floor<u64>() is taken as u64, and nothing proves that direction")]
    [InlineData("seen = disclose(x + hidden);", "Disclosure: x + hidden is made public")]
    [InlineData("let unread = x;", "Unused: nothing reads local 'unread'")]
    [InlineData("for i in 0..3 { hidden += i; }", "")]
    [InlineData("let (a, b) = (x, x); hidden = a;", "Unused: nothing reads local 'b'")]
    [InlineData("move 5 USD from in(owner) to till;", "")]
    [InlineData("move 5 USD from in(k) to till;", "Receipt: the receipt shows 5 USD, which is private otherwise", "owner, k")]
    [InlineData("require k != owner else Refused;", "Authority: asks 'k' to sign, an argument that pays nothing: any key will do", "owner, k")]
    [InlineData("move till.balance from till to out(owner);", "Receipt: the receipt shows till.balance, which is private otherwise")]
    public void Bodies(string body, string findings, string by = "owner") => Assert.Equal(findings, Find($$"""
        machine M {
            data { pub owner: key, mut hidden: u64 = 0, pub mut seen: u64 = 0, till: vault<USD> }
            state Open
            transition start : init -> Open { become Open; }
            transition step(pub x: u64, k: key) by {{by}} : Open -> Open { require x > hidden && k != owner else Refused; {{body}} stay; }
            transition drain : Open -> Open { move disclose(till.balance) from till to out(owner); stay; }
        }
        """, except: f => f.Message.StartsWith("till.balance is", StringComparison.Ordinal)));

    [Theory]
    [InlineData("require x > 3 else Refused;", "")]
    [InlineData("let y = x + 1; let z = y * 2; require z > count else Refused;", "")]
    [InlineData("count = disclose(x);", "")]
    [InlineData("if x > 3 { count += 1; }", "")]
    [InlineData("atLeast(x);", "")]
    [InlineData("move x * USD.unit from till to out(owner);", "")]
    [InlineData("emit Told { x };", "FreeArgument: public argument 'x' is neither stored nor compared nor moved")]
    [InlineData("let y = x + 1; emit Told { x: y };", "FreeArgument: public argument 'x' is neither stored nor compared nor moved")]
    [InlineData("", "FreeArgument: public argument 'x' is neither stored nor compared nor moved; Unused: nothing reads argument 'x'")]
    public void C15_Public_arguments_that_nothing_pins(string body, string findings) => Assert.Equal(findings, Find($$"""
        machine M {
            data { pub owner: key, pub mut count: u64 = 0, pub till: vault<USD> }
            state Open
            event Told { x: u64 }
            fn atLeast(x: u64) { require x > 2 else Refused; }
            transition start : init -> Open { become Open; }
            transition step(pub x: u64) : Open -> Open { {{body}} stay; }
        }
        """, except: f => f.Kind is AuditKind.Disclosure or AuditKind.Receipt));

    [Theory]
    [InlineData("Open -> Open", "StuckValue: no way out of state 'Open' pays anything from vault 'till'; StuckValue: no way out of state 'Held' pays anything from vault 'till'")]
    [InlineData("Open -> Held", "StuckValue: no way out of state 'Open' pays anything from vault 'till'; StuckValue: no way out of state 'Held' pays anything from vault 'till'")]
    [InlineData("Held -> Open", "", "move till.balance from till to out(owner);")]
    [InlineData("Open -> Open", "StuckValue: no way out of state 'Held' pays anything from vault 'till'", "move till.balance from till to out(owner);")]
    public void Value_without_a_way_out(string edge, string findings, string body = "") => Assert.Equal(findings, Find($$"""
        machine M {
            data { pub owner: key, pub till: vault<USD> }
            state Open
            state Held
            transition start by owner : init -> Open { move 5 USD from in(owner) to till; become Open; }
            transition hold : Open -> Held { become Held; }
            transition wait : Held -> Held { stay; }
            transition step : {{edge}} { {{body}} become {{edge.Split(' ')[^1]}}; }
        }
        """, except: f => f.Kind == AuditKind.Authority));

    /// <summary>A key is compared with the map's, a value is stored; both may stand in a map whose name nothing reads otherwise.</summary>
    [Theory]
    [InlineData("book.set(k, 3);", "")]
    [InlineData("book.insert(3, k);", "")]
    [InlineData("book.remove(k);", "")]
    [InlineData("let read = book.get(k); require read > 1 else Refused;", "")]
    [InlineData("let read = book.get(3); shown = disclose(read); book.set(read, k);", "Disclosure: read is made public")]
    [InlineData("let n = k; book.insert(3, n); let lost = book.get(3);", "Unused: nothing reads local 'lost'")]
    [InlineData("book.remove(3); emit Told { k };", "FreeArgument: public argument 'k' is neither stored nor compared nor moved")]
    public void Maps(string body, string findings) => Assert.Equal(findings, Find($$"""
        machine M {
            data { book: map<u64, u64, 64>, pub mut shown: u64 = 0 }
            state Open
            event Told { k: u64 }
            transition start : init -> Open { become Open; }
            transition step(pub k: u64) : Open -> Open { {{body}} stay; }
        }
        """));

    /// <summary>Who brings data may not say whose signature it takes, unless everybody sees it; of a ledger a key is compared like a map's.</summary>
    [Theory]
    [InlineData("transition step(x: signed<u64>) : Open -> Open { let y = x.open(feed) else Refused; sum = y; stay; }", "")]
    [InlineData("transition step(x: signed<u64>, pub who: key) : Open -> Open { let y = x.open(who) else Refused; sum = y; stay; }", "FreeArgument: public argument 'who' is neither stored nor compared nor moved")]
    [InlineData("transition step(x: signed<u64>, who: key) : Open -> Open { let y = x.open(who) else Refused; sum = y; stay; }", "Authority: opens signed data with 'who', a private argument: any key will do")]
    [InlineData("transition step(pub x: signed<u64>) : Open -> Open { let y = x.open(feed) else Refused; stay; }", "Unused: nothing reads local 'y'")]
    [InlineData("transition step(pub who: key) : Open -> Open { require held[who].balance > 0 else Refused; stay; }", "")]
    [InlineData("transition step(pub who: key) : Open -> Open { move 1 USD from held[who] to out(feed); stay; }", "Receipt: the receipt shows 1 USD, which is private otherwise")]
    public void Signed_data_and_ledgers(string step, string findings) => Assert.Equal(findings, Find($$"""
        machine M {
            data { feed: key, mut sum: u64 = 0, held: map<key, vault<USD>, 64> }
            state Open
            invariant i: held[feed].balance >= 0 && sum >= 0;
            transition start : init -> Open { become Open; }
            {{step}}
        }
        """));

    [Fact]
    public void A_statement_opens_with_a_key_that_its_reader_sees() => Assert.Equal(
        "Authority: opens signed data with 'k', a private argument: any key will do",
        Find("statement A(pub k: key, x: signed<u64>) -> u64 { let y = x.open(k) else Refused; y2(y) } fn y2(y: u64) -> u64 { y } statement B(k: key, x: signed<u64>) -> bool { let y = x.open(k) else Refused; disclose(y > 0) }"
            .Replace("y2(y) }", "disclose(y2(y)) }", StringComparison.Ordinal), f => f.Kind == AuditKind.Disclosure));

    [Fact]
    public void Data_and_arguments_that_nothing_reads_each_once_for_all_instances() => Assert.Equal(
        "Unused: nothing reads data field 'spare'; Unused: nothing reads argument 'y'; Unused: nothing reads argument 'b'",
        Find("""
            machine M<asset A> {
                data { spare: u64, used: u64, looked: u64, pub shown: u64 }
                final state Open
                transition start(x: u64, y: u64) : init -> Open { require x > used else Refused; become Open; }
                view v() -> u64 { looked }
            }
            type First = M<USD>;
            type Second = M<ETH>;
            fn f(a: u64, b: u64) -> u64 { a }
            """));

    private static string Find(string text, Func<AuditFinding, bool>? except = null)
    {
        var program = Bind.Program(text);
        Assert.Equal("", string.Join("\n", program.Diagnostics));
        return string.Join("; ", Audit.Run(program).Where(f => except?.Invoke(f) != true).Select(f => $"{f.Kind}: {f.Message}"));
    }
}
