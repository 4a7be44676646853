namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Enums, optional values, and what a match covers.</summary>
public class Choices
{
    private const string Types = """
        enum Side { Long, Short { fee: u64, why: bool? }, Flat { pos: (bool, bool) } }
        enum Box<asset A> { Empty, Full { of: qty<A> } }
        struct Pair { left: Side, right: u64? }
        const ONE: u64 = 1;

        """;

    private const string Parameters = "pub side: Side, pub n: u64?, pub box: Box<USD>, pub pair: Pair, pub b: bool, pub x: u64";

    [Theory]
    [InlineData("some(x)")]
    [InlineData("none")]
    [InlineData("x")]
    [InlineData("5")]
    [InlineData("if b { none } else { x }")]
    [InlineData("match n { some(m) => some(m + 1), none => none }")]
    [InlineData("match n { none => 1, some(0) => none, some(m) => m }")]
    [InlineData("match n { some(ONE) => 1, some(_) | none => 2 }")]
    [InlineData("let m = n else Refused; m")]
    [InlineData("let (p, q) = some((x, b)) else Refused; if q { p } else { none }")]
    [InlineData("let m: u64 = n else Refused; m")]
    [InlineData("let mut m: u64 = n else Refused; m += 1; m")]
    [InlineData("let m: u64? = none; m")]
    [InlineData("let m: u128? = n; none")]
    [InlineData("let m = none; m", "TNR2022")]
    [InlineData("some(some(x))", "TNR2001")]
    [InlineData("some(x, x)", "TNR2028")]
    [InlineData("let m = some(x * x); none", "TNR2022")]
    [InlineData("let m = x else Refused; m", "TNR2001")]
    [InlineData("let m = n else Nothing; m", "TNR1001")]
    [InlineData("n + 1", "TNR2008")]
    [InlineData("let y: u64 = n; y", "TNR2001")]
    public void Optional_values(string body, string codes = "") => Assert.Equal(codes, Bind.Codes($"{Types}statement S({Parameters}) -> u64? {{ {body} }}"));

    [Theory]
    [InlineData("side is Long")]
    [InlineData("side is Side.Short")]
    [InlineData("side == Side.Long && Side.Long == side && side != Long && Long != side")]
    [InlineData("side == (Side.Short { fee: 5, why: none })")]
    [InlineData("let s: Side = Short { fee: 5, why: b }; s == side")]
    [InlineData("let f: Box<USD> = Full { of: 5 USD }; f == box && box == (Box.Full<USD> { of: 5 USD }) && Box.Empty == box")]
    [InlineData("n == none && none == n && n != some(5)")]
    [InlineData("pair == (Pair { left: Side.Long, right: none })")]
    [InlineData("side is Wide", "TNR1012")]
    [InlineData("side == Side.Wide", "TNR1012")]
    [InlineData("side == (Side.Wide { fee: 5 })", "TNR1012")]
    [InlineData("side == Side.Short", "TNR2009")]
    [InlineData("side == (Side.Short { fee: 5, why: none, who: 5 })", "TNR2010")]
    [InlineData("side == Box.Empty", "TNR2002")]
    [InlineData("side == 5", "TNR2001")]
    [InlineData("x == none", "TNR2001")]
    [InlineData("n == 5", "TNR2001")]
    [InlineData("side < side", "TNR2008")]
    [InlineData("n.value == 5", "TNR1012")]
    [InlineData("Side == side", "TNR1010")]
    public void Variants(string condition, string codes = "") => Assert.Equal(codes, Bind.Codes($"{Types}statement S({Parameters}) -> bool {{ {condition} }}"));

    [Theory]
    [InlineData("match side { Long => 1, Short { fee } => fee, Flat { pos } => 3 }")]
    [InlineData("match side { Side.Long => 1, Side.Short { fee: f, why: _ } => f, Side.Flat { pos: (p, q) } => 3 }")]
    [InlineData("match side { Short { why: some(true) } => 1, Short { why: some(false) } => 2, Short { why: none } => 3, Long => 4, Flat => 5 }")]
    [InlineData("match side { Flat { pos: (true, _) } => 1, Flat { pos: (_, true) } => 2, Flat { pos: (false, false) } => 3, Long => 4, Short => 5 }")]
    [InlineData("match (side, n) { (Long, none) => 1, (_, some(5)) => 2, (Short, _) => 3, (Flat, _) => 4, (Long, some(m)) => m }")]
    [InlineData("match pair { Pair { left: Long } => 1, Pair { right: none } => 2, Pair { right: some(m), left: l } => m }")]
    [InlineData("match box { Empty => 1, Full { of } => 2 }")]
    [InlineData("match b { true => 1, false => 2 }")]
    [InlineData("match (b, b) { (true, true) => 1, (false, _) => 2, (_, false) => 3 }")]
    [InlineData("match x { 0 => 1, 5 => 2, _ => 3 }")]
    [InlineData("match side { Long => 1, Short => 2 }", "TNR2013", "the match does not cover 'Flat { pos: (_, _) }'")]
    [InlineData("match side { Long => 1, Short { why: none } => 2, Flat => 3 }", "TNR2013", "the match does not cover 'Short { why: some(_) }'")]
    [InlineData("match side { Flat { pos: (true, _) } => 1, Flat { pos: (_, true) } => 2, Long => 4, Short => 5 }", "TNR2013", "the match does not cover 'Flat { pos: (false, false) }'")]
    [InlineData("match (side, n) { (Long, none) => 1, (_, some(5)) => 2, (Short, _) => 3, (Flat, _) => 4 }", "TNR2013", "the match does not cover '(Long, some(_))'")]
    [InlineData("match n { some(5) => 1, none => 2 }", "TNR2013", "the match does not cover 'some(_)'")]
    [InlineData("match b { true => 1 }", "TNR2013", "the match does not cover 'false'")]
    [InlineData("match x { 0 => 1 }", "TNR2013", "the match does not cover every value: add '_'")]
    [InlineData("match side { Long => 1, Short => 2, Flat => 3, _ => 4 }", "TNR2014")]
    [InlineData("match side { Long => 1, Long => 2, _ => 3 }", "TNR2014")]
    [InlineData("match n { some(_) => 1, some(5) => 2, none => 3 }", "TNR2014")]
    [InlineData("match x { 5 => 1, 5 => 2, _ => 3 }", "TNR2014")]
    [InlineData("match side { Wide => 1, _ => 2 }", "TNR1001")]
    [InlineData("match side { Short { cost } => 1, _ => 2 }", "TNR2010")]
    [InlineData("match side { Short { fee: a, fee: c } => 1, _ => 2 }", "TNR2011")]
    [InlineData("match side { some(_) => 1, _ => 2 }", "TNR2015")]
    [InlineData("match x { none => 1, _ => 2 }", "TNR2001")]
    [InlineData("match side { Short { fee } | Flat { pos: (fee, _) } => 1, _ => 2 }", "TNR2020")]
    [InlineData("match (b, b) { (y, y) | (y, y) | (_, y) => 1 }", "TNR1003 TNR2014 TNR1003 TNR2014")]
    [InlineData("match side { Short { why: some(w) } | Flat { pos: (w, _) } => if w { 1 } else { 2 }, _ => 2 }")]
    [InlineData("match side { Short { fee } | Long => 1, _ => 2 }", "TNR2033")]
    [InlineData("match n { some(x) | none => 1 }", "TNR1003 TNR2033")]
    public void Matches(string body, string codes = "", string? message = null)
    {
        var text = $"{Types}statement S({Parameters}) -> u64 {{ {body} }}";
        Assert.Equal(codes, Bind.Codes(text));
        if (message is not null)
        {
            Assert.Equal(message, Bind.Messages(text));
        }
    }

    [Theory]
    [InlineData("enum E { }", "TNR0031")]
    [InlineData("enum E { A, A }", "TNR1002")]
    [InlineData("enum E { a }", "TNR1004")]
    [InlineData("enum E { A { x: u64, x: u64 } }", "TNR1002")]
    [InlineData("enum E { A { e: E } }", "TNR2005")]
    [InlineData("enum E { A { e: E? } }", "TNR2005")]
    [InlineData("enum E { A { v: vault<USD> } }", "TNR2004")]
    [InlineData("struct S { v: vault<USD>? }", "TNR2004")]
    [InlineData("enum E<asset A> { X { of: qty<A>? }, Y } type F = E<USD>;", "")]
    [InlineData("statement S(pub l: lo<u64>?) -> bool { true }", "TNR2004")]
    public void Declarations(string text, string codes) => Assert.Equal(codes, Bind.Codes(text));

    [Fact]
    public void A_match_that_asks_too_much_of_the_compiler_is_refused_soon()
    {
        var arms = string.Concat(Enumerable.Range(0, 12).Select(i => $"({string.Join(", ", Enumerable.Range(0, 24).Select(j => j == i ? "true" : j == 23 - i ? "false" : "_"))}) => {i}, "));
        var type = string.Join(", ", Enumerable.Repeat("bool", 24));
        Assert.Contains(Bind.Codes($"statement S(pub t: ({type})) -> u64 {{ match t {{ {arms} }} }}"), (string[])["TNR2013", "TNR2029"]);
    }
}
