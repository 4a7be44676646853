using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Testing;

public class TestRunnerTests
{
    /// <summary>A till: money goes in, fees go out, and it counts. Every kind of failure is in reach.</summary>
    public const string Till = """
        module till;

        asset EUR { decimals: 2 }
        asset XAU { decimals: 3 }

        error Closed, TooMuch, TooFew;

        machine Till {
            const FEE: dec<4> = 30 bps;

            data {
                owner: key,
                pub mut visits: u8 = 0,
                mut last: [qty<EUR>; 3] = [0 EUR, 0 EUR, 0 EUR],
                box: vault<EUR>,
                vip: vault<EUR>,
            }

            state Open { since: time }
            state Busy { since: time, visitor: key }
            final state Shut

            event Paid { amount: qty<EUR>, big: bool }

            invariant counted: box.balance <= 1_000.00 EUR;

            transition begin : init -> Open { become Open { since: now.from }; }

            transition pay(who: key, pub amount: qty<EUR>, slot: u8) by who : Open | Busy -> Open | Busy {
                require amount > 0 EUR else TooFew;
                require amount <= 500.00 EUR && slot != 9 else TooMuch;
                if amount >= 100.00 EUR {
                    let fee = (amount * FEE).ceil<qty<EUR>>();
                    move fee from in(who) to vip;
                    emit Paid { amount: amount, big: true };
                } else {
                    emit Paid { amount: amount, big: false };
                }
                move amount from in(who) to box;
                last[slot] = amount;
                visits += 1;
                match self {
                    Open { since } => { become Busy { since, visitor: who }; }
                    Busy { since, visitor } => { become Open { since }; }
                }
            }

            transition spend(amount: qty<EUR>, parts: u64) : Open -> Open {
                let each = (amount / parts).floor<qty<EUR>>();
                move each from box to out(owner);
                stay;
            }

            transition close : Open -> Shut {
                move box.balance from box to out(owner);
                become Shut;
            }
        }

        """;

    /// <summary>A test of the till that passes.</summary>
    public const string TillTest = """
        test "all" {
            let t = Till.new(owner: K.ann);
            at time("2026-01-01T00:00:00Z");
            t.begin();
            t.pay(who: K.bob, amount: 200.00 EUR, slot: 0) by K.bob;
            assert t is Busy;
            assert t.box.balance == 200.00 EUR;
            assert t.vip.balance == 0.60 EUR;
            assert flow(K.bob, EUR) == -200.60 EUR;
            assert flow(K.ann, EUR) == 0 EUR;
            assert t.visits == 1;
            t.pay(who: K.bob, amount: 1.00 EUR, slot: 2) by K.bob;
            assert t is Open;
            assert t.last[0] == 200.00 EUR && t.last[2] == 1.00 EUR && t.last[1] == 0 EUR;
            t.spend(amount: 100.00 EUR, parts: 3);
            assert flow(K.ann, EUR) == 33.33 EUR;
        }
        """;

    [Fact]
    public void A_test_that_expects_what_happens_passes() => Pass(TillTest);

    [Fact]
    public void Reject_expects_the_first_failure_and_undoes_its_block() => Pass("""
        test "all" {
            let t = Till.new(owner: K.ann);
            at time("2026-01-01T00:00:00Z");
            reject WrongState { t.close(); }
            t.begin();
            reject TooFew { t.pay(who: K.bob, amount: 5.00 EUR, slot: 0) by K.bob; t.pay(who: K.bob, amount: 0 EUR, slot: 9) by K.bob; }
            assert flow(K.bob, EUR) == 0 EUR;
            assert t is Open;
            reject TooMuch { t.pay(who: K.bob, amount: 500.01 EUR, slot: 0) by K.bob; }
            reject TooMuch { t.pay(who: K.bob, amount: 5.00 EUR, slot: 9) by K.bob; }
            reject IndexOutOfRange { t.pay(who: K.bob, amount: 5.00 EUR, slot: 3) by K.bob; }
            reject InsufficientBalance { t.spend(amount: 5.00 EUR, parts: 1); }
            reject DivisionByZero { t.spend(amount: 5.00 EUR, parts: 0); }
            t.pay(who: K.bob, amount: 500.00 EUR, slot: 0) by K.bob;
            t.pay(who: K.bob, amount: 500.00 EUR, slot: 0) by K.bob;
            reject InvariantBroken { t.pay(who: K.bob, amount: 0.01 EUR, slot: 0) by K.bob; }
            reject VaultNotEmpty { t.close(); }
            at time("2025-12-31T23:59:59Z");
            reject TimeReversed { t.spend(amount: 1.00 EUR, parts: 1); }
            reject AssertionFailed { assert t is Busy; }
        }
        """);

    [Theory]
    [InlineData("assert t.box.balance == 1.00 EUR;", "AssertionFailed: t.box.balance 0.00 EUR != 1 EUR")]
    [InlineData("t.pay(who: K.bob, amount: 500.01 EUR, slot: 0) by K.bob;", "TooMuch: amount 500.01 EUR > 500 EUR")]
    [InlineData("t.pay(who: K.bob, amount: 5.00 EUR, slot: 3) by K.bob;", "IndexOutOfRange: index 3 is not below 3")]
    [InlineData("t.spend(amount: 5.00 EUR, parts: 1);", "InsufficientBalance: box 0.00 EUR < 5.00 EUR")]
    [InlineData("t.spend(amount: 5.00 EUR, parts: 0);", "DivisionByZero: parts is 0")]
    [InlineData("at time(\"2025-12-31T23:59:59Z\"); t.close();", "TimeReversed: now.from 2025-12-31T23:59:59Z is before the last step's 2026-01-01T00:00:00Z")]
    [InlineData("reject TooFew { t.begin(); }", "expected TooFew, got WrongState: begin starts from init, and Till is in Open")]
    [InlineData("reject TooFew { assert t is Open; }", "expected TooFew, and nothing failed")]
    [InlineData("let x: u8 = t.visits - 1;", "OutOfRange: t.visits - 1 -1 does not fit u8")]
    public void A_failure_says_what_happened_with_values_and_units(string statement, string message)
    {
        var result = Run($$"""
            test "one" {
                let t = Till.new(owner: K.ann);
                at time("2026-01-01T00:00:00Z");
                t.begin();
                {{statement}}
            }
            """);
        Assert.Equal(message, result.Failure?.Message);
        Assert.True(result.Failure!.Mark.Line > 60);
    }

    [Fact]
    public void A_failed_invariant_shows_its_name_and_values()
    {
        var result = Run("""
            test "one" {
                let t = Till.new(owner: K.ann);
                at time("2026-01-01T00:00:00Z");
                t.begin();
                for i in 0..3 { t.pay(who: K.bob, amount: 400.00 EUR, slot: 0) by K.bob; }
            }
            """);
        Assert.Equal("InvariantBroken: invariant counted: box.balance 1,200.00 EUR > 1,000 EUR", result.Failure?.Message);
    }

    [Fact]
    public void Every_call_that_ran_goes_to_the_check_accepted_or_not()
    {
        var check = new Recording();
        var program = Programs.Bind(Till + """
            test "one" {
                let t = Till.new(owner: K.ann);
                at time("2026-01-01T00:00:00Z");
                t.begin();
                reject TooFew { t.pay(who: K.bob, amount: 0 EUR, slot: 0) by K.bob; }
                reject WrongState { t.begin(); }
            }
            """);
        Assert.True(Assert.Single(TestRunner.Run(program, null, check, new DiagnosticBag())).IsPassed);
        Assert.Equal(["begin True", "pay False"], check.Calls);

        check.Answer = "flowsDigest";
        var failed = Assert.Single(TestRunner.Run(program, null, check, new DiagnosticBag()));
        Assert.Equal("interpreter and circuit differ: flowsDigest", failed.Failure?.Message);
    }

    private static TestResult Run(string test)
    {
        var bag = new DiagnosticBag();
        var result = Assert.Single(TestRunner.Run(Programs.Bind(Till + test), null, new CircuitCheck(), bag));
        Assert.Empty(bag.ToSorted());
        return result;
    }

    private static void Pass(string test)
    {
        var result = Run(test);
        Assert.True(result.IsPassed, result.Failure?.ToString());
    }

    private sealed class Recording : IExecutionCheck
    {
        public List<string> Calls { get; } = [];

        public string? Answer { get; set; }

        public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
        {
            Calls.Add($"{entry.Name} {result.IsAccepted}");
            return Answer;
        }
    }
}
