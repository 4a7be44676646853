using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Tests.Examples;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Functions, views, and <c>ensures</c> with <c>old</c>, through interpreter, circuit and checker at once.</summary>
public class FunctionTests
{
    [Fact]
    public void Names_of_a_pattern_after_let_mut_are_assigned_again() => LanguageTests.Pass("""
        struct Pair { a: u64, b: (u64, bool) }
        fn turn(p: Pair, n: u8) -> Pair {
            let mut Pair { a, b: (b, flag) } = p;
            let mut (x, _) = (a, 1);
            for i in 0..3 { if i < n { a += b; b = a - b; flag = !flag; x += 1; } }
            Pair { a: if flag { a } else { x }, b: (b, flag) }
        }
        machine M {
            data { mut p: Pair = Pair { a: 5, b: (7, true) } }
            state Live
            transition start : init -> Live { become Live; }
            transition step(n: u8) : Live -> Live { p = turn(p, n); stay; }
        }
        test "as if they were let mut one by one" {
            let m = M.new();
            m.start();
            m.step(n: 0);
            assert m.p == (Pair { a: 5, b: (7, true) });
            m.step(n: 2);
            assert m.p == (Pair { a: 17, b: (12, true) });
            m.step(n: 1);
            assert m.p == (Pair { a: 18, b: (17, false) });
        }
        """);

    [Theory]
    [InlineData("fn f(a: u64) -> u64 { let mut (x, y) = (a + 1, a); x += y; x } ", "TNR2022")]
    [InlineData("fn f(a: u64?) -> u64 { let mut some(x) = a; x += 1; x } ", "TNR2")]
    [InlineData("fn f(a: u64) -> u64 { let mut (x, y): (u64, u64) = (a, a); let (z, w) = (x, y); z += 1; z + w } ", "TNR2")] // the next pattern's names are none
    [InlineData("fn f(a: u64, n: u64?) -> u64 { let mut (x, y): (u64, u64) = (a, a); match n { some(z) => { z += 1; z } none => { x += y; x } } } ", "TNR2")] // nor are those of an arm
    [InlineData("fn f(a: u64) -> u64 { let mut (x, (y, _)) = unheard; x += y; x } ", "TNR1001")]
    public void A_pattern_after_let_mut_says_what_it_stores_and_always_matches(string text, string code) =>
        Assert.StartsWith(code, Assert.Single(Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", text)]).Diagnostics).Code, StringComparison.Ordinal);

    private const string Fund = """
        module fund;

        asset EUR { decimals: 2 }
        asset SHARE { decimals: 0 }
        error Small, Bad;

        const SHARES: u32 = 3;

        /// Rounded against the one who takes.
        fn part<asset A>(whole: qty<A>, share: dec<4>) -> lo<qty<A>> { (whole * share).floor() }

        fn sum<const N: u32>(xs: [u64; N], start: u64) -> u64 {
            let mut total: u64 = start;
            for x in xs { total += x; }
            total
        }

        fn first<T, const N: u32>(xs: [T; N]) -> T { xs[0] }

        fn atLeast(x: u64, least: u64) {
            require x >= least else Small;
        }

        fn capped(x: u64) -> u64 {
            atLeast(x, least: 2);
            if x > 10 { let y = x % 10; y + min(x, 10) } else { x }
        }

        machine Fund {
            data { pub owner: key, mut units: u64 = 0, mut log: [u64; 3] = [1, 2, 3], till: vault<EUR> }
            state Open { since: time }
            state Closing
            final state Done

            invariant few: units <= limit(1_000);

            fn limit(most: u64) -> u64 { most - (if till.balance > 0 { 1 } else { 0 }) }

            transition start : init -> Open { become Open { since: now.from }; }

            transition add(x: u64, paid: qty<EUR>, pub flag: bool) by owner : Open -> Open | Closing
                ensures units == old(units) + capped(x) && units >= old(units + 1)
                ensures till.balance == old(till.balance) + paid && old(since) <= now.from
                ensures (match self { Open { since } => since < now.to + 1 seconds, Closing => flag })
                ensures old(self is Open) && !old(self is Closing)
            {
                move paid from in(owner) to till;
                let mut spare: u64 = 5;
                units = units + capped(x);
                log[1] = sum(log, start: first([spare, x]));
                if flag { spare = sum<2>([x, 1], 1); become Closing; } else { stay; }
            }

            transition wrong(x: u64) : Open -> Open ensures units == old(units) { units += x; stay; }

            transition shut(share: dec<4>) : Closing -> Done {
                let fee = part(till.balance, share);
                move fee from till to out(owner);
                move part<EUR>(till.balance, 1) from till to out(owner);
                become Done;
            }

            view worth(factor: u64) -> u64 { units * factor + (match self { Open => 1, Closing => 2, Done => 3 }) }
            view opened() -> time? { match self { Open { since } => since, _ => none } }
            view rest() -> qty<EUR> { till.balance }
        }

        """;

    [Theory]
    [InlineData("a round", """
        f.start();
        assert f.worth(2) == 1 && f.opened() == some(time("2026-01-01T00:00:00Z"));
        f.add(x: 7, paid: 5.00 EUR, flag: false) by K.ann;
        assert f.units == 7 && f.log[1] == 11 && f.rest() == 5.00 EUR;
        f.add(x: 25, paid: 0, flag: false) by K.ann;
        assert f.units == 22 && f.log[1] == 20;
        reject Small { f.add(x: 1, paid: 0, flag: false) by K.ann; }
        f.add(x: 2, paid: 0.01 EUR, flag: true) by K.ann;
        assert f.worth(factor: 1) == 26 && f.opened() == none;
        f.shut(share: 0.3333);
        assert f.worth(0) == 3 && f.rest() == 0;
        """)]
    [InlineData("what does not hold after the step", """
        f.start();
        f.wrong(x: 0);
        reject EnsuresBroken { f.wrong(x: 1); }
        """)]
    [InlineData("an invariant that a function states", """
        f.start();
        for i in 0..50 { f.add(x: 20, paid: 0, flag: false) by K.ann; }
        assert f.units == 500;
        for i in 0..49 { f.add(x: 20, paid: 0, flag: false) by K.ann; }
        f.add(x: 10, paid: 0, flag: false) by K.ann;
        assert f.units == 1_000;
        reject InvariantBroken { f.add(x: 2, paid: 0, flag: false) by K.ann; }
        """)]
    [InlineData("a view before the first step", """
        reject WrongState { assert f.worth(1) == 0; }
        """)]
    [InlineData("functions in a test", """
        assert capped(35) == 15 && first([capped(3), capped(1 + 1)]) == 3 && sum<3>([1, 2, 3], 4) == 10;
        assert part(10.00 EUR, 0.3333) == 3.33 EUR && part<SHARE>(10 SHARE, 0.25) == 2 SHARE;
        reject Small { atLeast(1, 2); }
        atLeast(least: 1, x: 2);
        """)]
    public void Interpreter_circuit_and_checker_agree_on(string what, string body) => LanguageTests.Pass($$"""
        {{Fund}}
        test "{{what}}" {
            let f = Fund.new(owner: K.ann);
            at time("2026-01-01T00:00:00Z");
            {{body}}
            let other = Fund.new(owner: K.bob);
            other.start();
        }
        """);

    [Theory]
    [InlineData(5, 12)]
    [InlineData(0, 3)]
    [InlineData(3, 1)]
    [InlineData(96, 200)]
    public void A_function_stands_where_it_is_called(int x, int times)
    {
        var program = Programs.Bind("""
            module turns;
            fn square(x: u64) -> u64 { x * x % 97 }
            fn turn<const N: u32>(x: u64, times: u8) -> u64 {
                let mut y: u64 = x;
                for i in 0..N { if i < times { y = square(y); } }
                y
            }
            statement Turns(pub x: u64, pub times: u8) -> u64 { turn<12>(x, times) }
            """);
        var json = System.Text.Encoding.UTF8.GetBytes($$$"""{"statement": "Turns", "args": {"x": "{{{x}}}", "times": "{{{times}}}"}}""");
        var run = Scenario.Run(program, json, SaltSource.Fixed(), new CircuitCheck());
        Assert.Empty(run.Errors);
        var expected = Enumerable.Range(0, Math.Min(12, times)).Aggregate(x, (y, _) => y * y % 97);
        Assert.Equal(expected, Assert.Single(Assert.Single(run.Steps).Result.Outputs).Number);
    }
}
