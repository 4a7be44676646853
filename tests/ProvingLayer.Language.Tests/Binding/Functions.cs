namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Functions and views: calls, type arguments, what may stand in them; <c>ensures</c> and <c>old</c>.</summary>
public class Functions
{
    private const string Library = """
        fn twice(x: u64) -> u64 { x + x }
        fn check(x: u64) { require x > 0 else Refused; }
        fn fee<asset A>(of: qty<A>, rate: dec<4>) -> hi<qty<A>> { (of * rate).ceil() }
        fn last<T, const N: u32>(xs: [T; N]) -> T { xs[N - 1] }
        fn value<asset A, measure M>(x: qty<A>, price: dec<6, M>) -> near<dec<6, M>> { (price * 1).nearest() }
        type Rate<asset A, asset B> = dec<6, B/A> in 0..;
        fn turned<asset A, asset B>(x: Rate<A, B>) -> dec<6, B/A> { x + 1 * 1 * x }
        fn over<measure M, measure N>(x: near<dec<6, M/N>>, y: dec<6, N>) -> near<dec<6, M>> { (x * y).nearest() }
        fn tail<const N: u32>(x: bytes<N>, y: bytes<N>) -> bool { x == y }
        fn pick<T>(x: T?, otherwise: T) -> T { match x { some(y) => y, none => otherwise } }

        """;

    private const string Parameters = "pub x: u64, pub q: qty<USD>, pub e: qty<EUR>, pub xs: [u64; 3], pub n: u64?, pub price: dec<6, USD/ETH>, pub b: bool";

    [Theory]
    [InlineData("twice(x) == 2 * x")]
    [InlineData("twice(x: x) == twice(twice(1))")]
    [InlineData("{ check(x); true }")]
    [InlineData("fee(q, 0.01) >= q * 0.01")]
    [InlineData("fee<USD>(q, rate: 1 pct) >= 0 && fee(rate: 1 pct, of: e) >= 0")]
    [InlineData("last(xs) == x && last<u64, 3>(xs) == x && last([b, true])")]
    [InlineData("value(q, price) == price")]
    [InlineData("pick(n, x) == x && pick<u64>(none, 3) == 3")]
    [InlineData("turned(price) == 2 * price && turned<ETH, USD>(price) == 2 * price")]
    [InlineData("turned(x) == 2", "TNR2032")]
    [InlineData("turned(price * price) == 2", "TNR2032")]
    [InlineData("turned(1 / price) == 2", "TNR3003")]
    [InlineData("{ let one: dec<6, ETH> = 1; over(price, one) > 0 }")]
    [InlineData("{ let a: bytes<2> = 0x0102; tail(a, a) }")]
    [InlineData("{ let a: address = 0x0102030405060708090a0b0c0d0e0f1011121314; tail(a, a) }", "TNR2032")]
    [InlineData("{ let y = twice(x); y > 0 }")]
    [InlineData("twice(b) == 2", "TNR2001")]
    [InlineData("twice() == 2", "TNR2028")]
    [InlineData("twice(1, 2) == 2", "TNR2028")]
    [InlineData("twice(y: 2) == 2", "TNR2010")]
    [InlineData("twice(x: 2, x: 2) == 2", "TNR2011")]
    [InlineData("twice(2 USD) == 2", "TNR3001")]
    [InlineData("twice<u64>(x) == 2", "TNR2002")]
    [InlineData("fee<EUR>(q, 1 pct) >= 0", "TNR3001")]
    [InlineData("last(3) == 3", "TNR2032")]
    [InlineData("last([1, 2]) == 3", "TNR2022")]
    [InlineData("pick(none, x * x) == 3", "TNR2022")]
    [InlineData("pick(n, x * x) == 3")]
    [InlineData("{ twice(x); true }", "TNR2017")]
    [InlineData("{ check(x) }", "TNR2016")]
    [InlineData("nothing(x)", "TNR1001")]
    public void Calls(string condition, string codes = "") => Assert.Equal(codes, Bind.Codes($"{Library}statement S({Parameters}) -> bool {{ {condition} }}"));

    [Theory]
    [InlineData("fn f(x: u64) -> u64 { f(x) }", "TNR2030")]
    [InlineData("fn f(x: u64) -> u64 { g(x) } fn g(x: u64) -> u64 { f(x) }", "TNR2030")]
    [InlineData("fn f(x: u64) -> u64 { x / 2 }", "TNR3002")]
    [InlineData("fn f(x: u64) -> u64 { }", "TNR2016")]
    [InlineData("fn f(x: u64) { x }", "TNR2017")]
    [InlineData("fn f(x: u64) { at time(\"2020-01-01T00:00:00Z\"); }", "TNR4011")]
    [InlineData("fn f(k: key, q: qty<USD>) { move q from in(k) to out(k); }", "TNR4011")]
    [InlineData("fn f() -> time { now.from }", "TNR4010")]
    [InlineData("fn f() -> bool { self is Open }", "TNR4012")]
    [InlineData("fn f(x: u64) -> u64 { old(x) }", "TNR4016")]
    [InlineData("fn f<asset A>(x: qty<A>) -> qty<A> { x * x }", "TNR3001")]
    [InlineData("fn f<asset A>(x: qty<A>) -> lo<qty<A>> { (x * 1 pct).floor() }")]
    [InlineData("fn f(x: lo<u64>) -> lo<u64> { x }")]
    [InlineData("const C: u64 = f(3); fn f(x: u64) -> u64 { x }", "TNR2023")]
    [InlineData("fn f(x: u64, x: u64) { }", "TNR1002")]
    public void Bodies(string text, string codes = "") => Assert.Equal(codes, Bind.Codes(text));

    [Fact]
    public void C16_A_private_argument_shows_in_the_result_where_the_function_lets_it()
    {
        const string Text = """
            fn both(a: u64, b: u64) -> u64 { if b > 5 { a } else { 0 } }
            fn right(a: u64, b: u64) -> u64 { require a > 0 else Refused; b }
            fn shown(a: u64) -> u64 { disclose(a) }

            """;
        Assert.Equal("", Bind.Codes($"{Text} statement S(pub x: u64, y: u64) -> u64 {{ both(x, x) + right(y, x) + shown(y) }}"));
        Assert.Equal("TNR6003", Bind.Codes($"{Text} statement S(pub x: u64, y: u64) -> u64 {{ both(x, y) }}"));
        Assert.Equal("TNR6003", Bind.Codes($"{Text} statement S(pub x: u64, y: u64) -> u64 {{ both(b: x, a: y) }}"));
        Assert.Equal("TNR6003", Bind.Codes($"{Text} statement S(pub x: u64, y: u64) -> u64 {{ right(x, y) }}"));
    }

    private const string Machine = """
        machine M {
            data { mut count: u64 = 0, mut hidden: u64 = 0, pub mut seen: u64 = 0, till: vault<USD> }
            state Open { since: time }
            state Held
            event Told { x: u64 }
            fn twice() -> u64 { count + count }
            fn kept() -> qty<USD> { till.balance }
            transition go : init -> Open { become Open { since: now.from }; }
            MEMBER
        }

        """;

    [Theory]
    [InlineData("transition t : Open -> Open { count = twice(); stay; }")]
    [InlineData("transition t : Open -> Open { seen = twice(); stay; }", "TNR6002")]
    [InlineData("transition t : Open -> Open { emit Told { x: disclose(twice()) }; stay; }")]
    [InlineData("transition t : Open -> Open ensures count == old(count) { stay; }")]
    [InlineData("transition t : Open -> Held ensures self is Held && old(self is Open) && old(since) <= now.to { become Held; }")]
    [InlineData("transition t : Open -> Held ensures since <= now.to { become Held; }", "TNR4015")]
    [InlineData("transition t : Open -> Open ensures since == old(since) { stay; }")]
    [InlineData("transition t : Open -> Open ensures old(old(count)) == 0 { stay; }", "TNR4016")]
    [InlineData("transition t : Open -> Open ensures ({ let c = count; old(c) == 0 }) { stay; }", "TNR1001")]
    [InlineData("transition t(a: u64) : Open -> Open ensures old(a) == a { stay; }")]
    [InlineData("transition t : Open -> Open ensures count { stay; }", "TNR2001")]
    [InlineData("transition t : Open -> Open { count = old(count); stay; }", "TNR4016")]
    [InlineData("invariant i: old(count) == 0;", "TNR4016")]
    [InlineData("invariant i: twice() == 0;")]
    [InlineData("view v() -> u64 { twice() + 1 }")]
    [InlineData("view v() -> u64 { count = 3; 5 }", "TNR2018")]
    [InlineData("view v() -> bool { match self { Open { since } => since > time(\"2020-01-01T00:00:00Z\"), Held => true } }")]
    [InlineData("view v() -> bool { match self { Open { since } => true } }", "TNR2013")]
    [InlineData("view v() -> u64 { w() } view w() -> u64 { 1 }", "TNR1001")]
    [InlineData("fn twice() -> u64 { 1 }", "TNR1002")]
    [InlineData("fn count() -> u64 { 1 }", "TNR1002")]
    public void Members(string member, string codes = "") =>
        Assert.Equal(codes, Bind.Codes(Machine.Replace("MEMBER", $"{member} transition held : Open -> Held {{ become Held; }} transition back : Held -> Held {{ stay; }}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("assert m.v(2) == 2;")]
    [InlineData("assert m.v(x: 2) == 2;")]
    [InlineData("assert m.v() == 2;", "TNR2028")]
    [InlineData("m.v(1);", "TNR2017")]
    [InlineData("assert m.w() == 2;", "TNR1012")]
    [InlineData("assert v(1) == 2;", "TNR1001")]
    public void Views(string statement, string codes = "") =>
        Assert.Equal(codes, Bind.Codes($$"""
            machine M {
                data { mut count: u64 = 0 }
                final state Open
                transition go : init -> Open { become Open; }
                view v(x: u64) -> u64 { count + x }
            }
            test "views" { let m = M.new(); m.go(); {{statement}} }
            """));

    [Fact]
    public void Functions_of_another_module_are_called_with_it_or_by_name()
    {
        const string Library = "module lib; pub fn twice(x: u64) -> u64 { x + x } fn secret(x: u64) -> u64 { x } pub fn last<T, const N: u32>(xs: [T; N]) -> T { xs[N - 1] }";
        Assert.Equal("", Bind.Codes(Bind.Files(Library, "module a; use lib; use lib.{twice}; statement S(pub x: u64) -> u64 { lib.twice(x) + twice(x) + lib.last([x, x]) + lib.last<u64, 1>([x]) }")));
        Assert.Equal("TNR1005", Bind.Codes(Bind.Files(Library, "module a; use lib; statement S(pub x: u64) -> u64 { lib.secret(x) }")));
    }

    [Fact]
    public void S1_A_long_chain_of_calls_is_refused_in_either_order()
    {
        var chain = Enumerable.Range(0, 200).Select(i => $"fn f{i}(x: u64) -> u64 {{ f{i + 1}(x) }}").Append("fn f200(x: u64) -> u64 { x }").ToArray();
        Assert.Contains("TNR2031", Bind.Codes(string.Join("\n", chain)), StringComparison.Ordinal);
        Assert.Contains("TNR2031", Bind.Codes(string.Join("\n", chain.Reverse())), StringComparison.Ordinal);
        Assert.Equal("", Bind.Codes(string.Join("\n", chain.Skip(150))));
    }

    [Fact]
    public void S1_Deep_expressions_in_a_chain_of_calls_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("-", 300));
        var chain = Enumerable.Range(0, 10).Select(i => $"fn f{i}(x: i64) -> i64 {{ let y: i64 = {deep}{(i == 0 ? "x" : $"f{i - 1}(x)")}; y }}").ToArray();
        Assert.Contains("TNR2031", Bind.Codes(string.Join("\n", chain)), StringComparison.Ordinal);
        Assert.NotEqual("", Bind.Codes(string.Join("\n", chain.Reverse())));
    }
}
