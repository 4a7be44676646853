namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Private data reaches what is public through disclose alone.</summary>
public class Privacy
{
    private static string Codes(string body) => Bind.Codes($$"""
        machine M {
            data { secret: u64, pub open: u64, owner: key, mut hidden: u64 = 0, pub mut shown: u64 = 0, mut some_other: u64 = 0, safe: vault<USD>, pub glass: vault<USD> }
            state On { pub a: u64, b: u64 }
            state Off
            event Told { x: u64 }
            transition start : init -> On { become On { a: 0, b: 0 }; }
            transition off : On -> Off { become Off; }
            transition again : Off -> Off { stay; }
            transition step(pub p: u64, q: u64, amount: qty<USD>) by owner : On -> On | Off { {{body}} }
        }
        """);

    [Theory]
    [InlineData("emit Told { x: p };")]
    [InlineData("emit Told { x: open };")]
    [InlineData("emit Told { x: a };")]
    [InlineData("emit Told { x: disclose(secret) };")]
    [InlineData("emit Told { x: disclose(secret + q) };")]
    [InlineData("shown = shown + p;")]
    [InlineData("hidden = secret; hidden += p;")]
    [InlineData("if secret > 5 { hidden = 1; }")]
    [InlineData("if disclose(secret > 5) { emit Told { x: 1 }; shown = 1; }")]
    [InlineData("if p > 5 { emit Told { x: 1 }; }")]
    [InlineData("require secret > 5 else Refused; emit Told { x: 1 };")]
    [InlineData("move amount from in(owner) to glass;")]
    [InlineData("if secret > 5 { move amount from in(owner) to safe; }")]
    [InlineData("let x = if self is On { 1 } else { 2 }; emit Told { x: x };")]
    public void What_may_be(string statements) => Assert.Equal("", Codes($"{statements} stay;"));

    [Theory]
    [InlineData("emit Told { x: secret };", "TNR6001")]
    [InlineData("emit Told { x: q };", "TNR6001")]
    [InlineData("emit Told { x: b };", "TNR6001")]
    [InlineData("emit Told { x: p + q };", "TNR6001")]
    [InlineData("emit Told { x: disclose(p) + q };", "TNR6001")]
    [InlineData("let y = secret; let z = y + 1; emit Told { x: z };", "TNR6001")]
    [InlineData("let y = if secret > 1 { 1 } else { 2 }; emit Told { x: y };", "TNR6001")]
    [InlineData("let y = match secret { 0 => 1, _ => 2 }; emit Told { x: y };", "TNR6001")]
    [InlineData("let mut y: u64 = 0; if secret > 1 { y = 1; } emit Told { x: y };", "TNR6001")]
    [InlineData("let mut y: u64 = 0; let mut z: u64 = 0; for _ in 0..3 { z = y; y = secret; } emit Told { x: z };", "TNR6001")]
    [InlineData("let mut y: [u64; 3] = [0; 3]; y[1] = secret; emit Told { x: y[0] };", "TNR6001")]
    [InlineData("let (y, z) = (p, q); emit Told { x: z };", "TNR6001")]
    [InlineData("shown = secret;", "TNR6002")]
    [InlineData("shown += q;", "TNR6002")]
    [InlineData("if secret > 5 { shown = 1; }", "TNR6002")]
    [InlineData("move amount from safe to glass;", "TNR6002")]
    [InlineData("if secret > 5 { emit Told { x: 1 }; }", "TNR6004")]
    [InlineData("if p > 1 && secret > 5 { emit Told { x: 1 }; }", "TNR6004")]
    public void What_may_not(string statements, string codes) => Assert.Equal(codes, Codes($"{statements} stay;"));

    [Theory]
    [InlineData("become On { a: q, b: q };", "TNR6002")]
    [InlineData("become On { a: p, b: q };", "")]
    [InlineData("if secret > 5 { become Off; } else { stay; }", "TNR6004")]
    [InlineData("if secret > 5 { become On { a: 1, b: 1 }; } else { become On { a: 2, b: 1 }; }", "TNR6002 TNR6002")]
    [InlineData("if secret > 5 { become On { a, b: 1 }; } else { become On { a, b: 2 }; }", "TNR6002 TNR6002")]
    [InlineData("if disclose(secret > 5) { become Off; } else { stay; }", "")]
    public void The_next_state(string statements, string codes) => Assert.Equal(codes, Codes(statements));

    [Theory]
    [InlineData("a: u64, pub b: u64", "b", "")]
    [InlineData("a: u64, pub b: u64", "a", "TNR6003")]
    [InlineData("a: u64, pub b: u64", "if a > 1 { b } else { 0 }", "TNR6003")]
    [InlineData("a: u64, pub b: u64", "if a > 1 { disclose(b) } else { 0 }", "TNR6003")]
    [InlineData("a: u64, pub b: u64", "disclose(if a > 1 { b } else { 0 })", "")]
    [InlineData("a: [u64; 3], pub b: u64", "let mut s: u64 = 0; for x in a { s += x; } s", "TNR6003")]
    [InlineData("a: [u64; 3], pub b: u64", "let mut s: u64 = 0; for x in a { s += 1; } s", "")]
    public void Results(string parameters, string body, string codes) => Assert.Equal(codes, Bind.Statement(parameters, "u64", body));
}
