using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>What the language can say, through interpreter, circuit and checker at once.</summary>
public class FeatureTests
{
    /// <summary>A machine that says everything.</summary>
    public const string Basket = """
        module basket;

        asset EUR { decimals: 2 }
        asset GEM { decimals: 0 }

        error Bad;

        type Share = near<dec<4>> in 0..=1;

        struct Line { who: key, due: qty<EUR>, urgent: bool }

        machine Basket {
            data {
                mark: hash,
                mut lines: [Line; 3],
                mut pair: (u16, i64) = (0, 0),
                mut best: Share = 0,
                pot: vault<EUR>,
                tip: vault<EUR>,
            }

            state Idle
            state Held { holder: key, until: time, level: i64 }
            state Done { count: u32 }
            final state Gone

            event Step { index: u8, who: key, due: qty<EUR> }
            event Nothing { }

            transition fill(amount: qty<EUR>, payer: key) by payer : init -> Idle {
                move amount from in(payer) to pot;
                become Idle;
            }

            transition payAll(cap: qty<EUR>) : Idle -> Idle | Done {
                let mut paid: u32 = 0;
                for i in 0..3 {
                    if disclose(lines[i].due > 0 EUR && (lines[i].urgent || lines[i].due <= cap)) {
                        move lines[i].due from pot to out(lines[i].who);
                        emit Step { index: i, who: disclose(lines[i].who), due: disclose(lines[i].due) };
                        lines[i].due = 0 EUR;
                        paid += 1;
                    } else {
                        emit Nothing { };
                    }
                }
                if disclose(paid == 3) { become Done { count: paid }; } else { stay; }
            }

            transition hold(holder: key, span: duration, level: i64) : Idle -> Held {
                require span <= 2 days implies level >= 0 else Bad;
                become Held { holder, until: now.to + span, level };
            }

            transition turn(k: i64, d: i64) : Idle | Held -> Idle | Held | Done {
                pair = (pair.0 + 1, (k % d) - abs(d));
                match self {
                    Idle => {
                        move min(pot.balance, 5.00 EUR) from pot to tip;
                        become Idle;
                    }
                    Held { holder, until, level } => {
                        if disclose(level > k) {
                            become Held { holder, until, level: max(level, k) - 1 };
                        } else {
                            become Done { count: 7 };
                        }
                    }
                }
            }

            transition rate(a: qty<EUR>, b: qty<EUR>) : Idle -> Idle {
                best = (a / b).nearest();
                stay;
            }

            transition exact(a: qty<EUR>, n: u8) : Idle -> Idle {
                let share = (a / n).exactly<qty<EUR>>();
                require share * n == a else Bad;
                move share from pot to tip;
                stay;
            }

            transition swap(i: u8, j: u8, mark_: hash) : Idle -> Idle {
                require mark_ == mark else Bad;
                let first = lines[i];
                lines[i] = lines[j];
                lines[j] = first;
                require lines[i] == lines[i] else Bad;
                stay;
            }

            transition end : Idle | Held | Done -> Gone {
                let all = pot.balance;
                move all from pot to out(lines[0].who);
                move tip.balance from tip to out(lines[2].who);
                become Gone;
            }
        }

        """;

    private const string Made = """
            let b = Basket.new(mark: 0x0100000002000000030000000400000005000000060000000700000008000000,
                lines: [Line { who: K.ann, due: 10.00 EUR, urgent: false }, Line { who: K.bob, due: 20.00 EUR, urgent: true }, Line { who: K.cid, due: 0 EUR, urgent: false }]);
            at time("2026-01-01T00:00:00Z");
            b.fill(amount: 100.00 EUR, payer: K.ann) by K.ann;

        """;

    /// <summary>Some of its life.</summary>
    public const string BasketTests = $$"""
        test "one" {
        {{Made}}
            b.payAll(cap: 5.00 EUR);
            reject Bad { b.hold(holder: K.bob, span: 2 days, level: -1); }
            b.rate(a: 2.00 EUR, b: 3.00 EUR);
            b.exact(a: 9.99 EUR, n: 3);
            b.swap(i: 0, j: 2, mark_: b.mark);
            b.hold(holder: K.bob, span: 3 days, level: -1);
            b.turn(k: -2, d: 5);
            b.turn(k: 17, d: -5);
            b.end();
            assert b is Gone;
        }
        """;

    [Theory]
    [InlineData("loops, arms and slots", """
        b.payAll(cap: 5.00 EUR);
        assert b is Idle;
        assert b.lines[0].due == 10.00 EUR && b.lines[1].due == 0 EUR;
        assert flow(K.bob, EUR) == 20.00 EUR && flow(K.ann, EUR) == -100.00 EUR;
        b.payAll(cap: 10.00 EUR);
        assert flow(K.ann, EUR) == -90.00 EUR;
        assert b.pot.balance == 70.00 EUR;
        """)]
    [InlineData("states with fields", """
        reject Bad { b.hold(holder: K.bob, span: 2 days, level: -1); }
        b.hold(holder: K.bob, span: 3 days, level: -1);
        assert b is Held;
        b.turn(k: -2, d: 5);
        assert b is Held;
        assert b.pair.0 == 1 && b.pair.1 == 3 - 5;
        b.turn(k: 17, d: -5);
        assert b is Done;
        assert b.pair.1 == 2 - 5;
        b.end();
        assert b is Gone;
        """)]
    [InlineData("zero divisor in a remainder", "reject DivisionByZero { b.turn(k: 1, d: 0); }")]
    [InlineData("refinement and nearest", """
        b.rate(a: 1.00 EUR, b: 3.00 EUR);
        assert b.best == 0.3333;
        b.rate(a: 2.00 EUR, b: 3.00 EUR);
        assert b.best == 0.6667;
        b.rate(a: 3.00 EUR, b: 3.00 EUR);
        assert b.best == 1;
        reject OutOfRange { b.rate(a: 3.01 EUR, b: 3.00 EUR); }
        reject DivisionByZero { b.rate(a: 3.01 EUR, b: 0 EUR); }
        """)]
    [InlineData("exactly", """
        reject NotExact { b.exact(a: 10.00 EUR, n: 3); }
        b.exact(a: 9.99 EUR, n: 3);
        assert b.tip.balance == 3.33 EUR;
        """)]
    [InlineData("run-time indices and opaque values", """
        b.swap(i: 0, j: 2, mark_: 0x0100000002000000030000000400000005000000060000000700000008000000);
        assert b.lines[2].who == K.ann && b.lines[0].due == 0 EUR;
        reject Bad { b.swap(i: 0, j: 2, mark_: 0x0200000002000000030000000400000005000000060000000700000008000000); }
        reject IndexOutOfRange { b.swap(i: 0, j: 3, mark_: 0x0100000002000000030000000400000005000000060000000700000008000000); }
        """)]
    [InlineData("moves in one arm only", """
        b.turn(k: 1, d: 1);
        assert b.tip.balance == 5.00 EUR && b.pot.balance == 95.00 EUR;
        b.end();
        assert flow(K.cid, EUR) == 5.00 EUR && flow(K.ann, EUR) == -5.00 EUR;
        """)]
    [InlineData("loops and choices in a test", """
        for i in 0..3 { b.turn(k: 1, d: 1); }
        if b.tip.balance == 15.00 EUR { b.end(); } else { assert false; }
        assert b is Gone;
        """)]
    public void Interpreter_circuit_and_checker_agree_on(string what, string body)
    {
        var check = new CircuitCheck();
        var bag = new DiagnosticBag();
        var program = Programs.Bind($"{Basket}test \"{what}\" {{\n{Made}{body}\n}}\n");
        var result = Assert.Single(TestRunner.Run(program, null, check, bag));
        Assert.Empty(bag.ToSorted());
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Runs > 1);
    }

    [Fact]
    public void A_statement_with_every_shape_of_argument_and_result()
    {
        var program = Programs.Bind("""
            module shapes;
            asset EUR { decimals: 2 }
            error Bad;
            struct Point { x: i64, y: dec<3> }
            statement Shapes(pub points: [Point; 2], pair: (bool, key), flag: bool) -> (Point, bool, near<dec<1>>) {
                let mut sum: i64 = 0;
                for p in points { sum += p.x; }
                let y = if flag { points[0].y } else { points[1].y };
                require pair.1 != K_ || !pair.0 else Bad;
                disclose((Point { x: sum, y: y }, pair.0 == flag, (y / 7).round(half_up)))
            }
            const K_: key = 0x0000000000000000000000000000000000000000000000000000000000000000;
            """);
        var run = Scenario.Run(
            program,
            """{"statement": "Shapes", "args": {"points": [{"x": "-9223372036854775808", "y": "1.050"}, {"x": "5", "y": "-2.450"}], "pair": [true, "K.ann"], "flag": false}}"""u8.ToArray(),
            SaltSource.Fixed(),
            new CircuitCheck());
        Assert.Empty(run.Errors);
        var result = Assert.Single(run.Steps).Result;
        Assert.Equal(
            ["-9223372036854775803", "-2450", "false", "-4"],
            result.Outputs.Select(o => o.ToString()));
    }

    [Fact]
    public void A_text_that_unrolls_to_too_much_is_a_diagnostic_and_soon()
    {
        var program = Programs.Bind($$"""
            module large;
            statement Large(pub x: u8) -> u8 {
                let mut y: u8 = 0;
                for i in 0..60000 { {{string.Concat(Enumerable.Repeat("y = x; ", 40))}} }
                y
            }
            """);
        var bag = new DiagnosticBag();
        Assert.Null(Compilation.Lower(program.Instantiate("Large", bag)!, bag));
        Assert.Equal("TNR7001", Assert.Single(bag.ToSorted()).Code);
    }
}
