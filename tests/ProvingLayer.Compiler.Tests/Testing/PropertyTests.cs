using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Testing;

/// <summary>Properties: what values they are tried with, and what is told where they fail.</summary>
public class PropertyTests
{
    private const string Types = """
        module properties;
        asset EUR { decimals: 2 }
        error Bad;
        enum Side { Long, Short { fee: qty<EUR>, why: bool? } }
        struct Quote { side: Side, size: u32 }

        """;

    [Theory]
    [InlineData("x: u64", "assert x < 1_000;", "with x = 1,000: AssertionFailed: x 1,000 >= 1,000")]
    [InlineData("x: i64", "assert x > -50;", "with x = -50: AssertionFailed: x -50 <= -50")]
    [InlineData("x: u8 in 3..=9, y: u8", "assert x < 5;", "with x = 5, y = 0: AssertionFailed: x 5 >= 5")]
    [InlineData("x: u64, y: u64", "assert x + y < 100;", null)]
    [InlineData("q: qty<EUR> in 0.01 EUR..=10 EUR", "assert q < 2.50 EUR;", "with q = 2.50 EUR: AssertionFailed: q 2.50 EUR >= 2.5 EUR")]
    [InlineData("d: dec<4> in -1.5..1.5", "assert d >= -1 && d <= 1;", null)]
    [InlineData("b: bool, c: bool", "assert !b || c;", "with b = true, c = false: AssertionFailed: !b || c does not hold")]
    [InlineData("xs: [u8; 3]", "assert xs[1] < 7;", "with xs = [0, 7, 0]: AssertionFailed: xs[1] 7 >= 7")]
    [InlineData("x: u8?", "assert x == none;", "with x = some(0): AssertionFailed: x == none does not hold")]
    [InlineData("quote: Quote", "assert quote.side is Long;", "with quote = Quote { side: Short { fee: 0.00 EUR, why: none }, size: 0 }: AssertionFailed: quote.side is Long does not hold")]
    [InlineData("t: time, k: key", "assert t < time(\"1970-01-01T00:01:00Z\") || k == K.nobody;", null)]
    [InlineData("x: u128", "let y: u128 = x * 2; assert y >= x;", null)]
    public void Values_that_fail_are_made_as_small_as_they_go(string parameters, string body, string? message)
    {
        var result = Run($"{Types}property \"p\" ({parameters}) {{ {body} }}", 200);
        Assert.False(result.IsPassed);
        if (message is not null)
            Assert.Equal(message, result.Failure!.Message);
        Assert.InRange(result.Runs, 1, 200);
    }

    [Theory]
    [InlineData("x: u64, y: u64", "assert max(x, y) >= x;")]
    [InlineData("x: u8 in 3..9, d: dec<2> in -0.5..=0.5", "assert x >= 3 && x < 9 && d >= -0.50 && d <= 0.50;")]
    [InlineData("quote: Quote", "match quote.side { Long => { } Short { fee, why } => { assert fee >= 0; } }")]
    [InlineData("x: u8", "if x == 0 { reject Bad { require x > 0 else Bad; } } else { assert x > 0; }")]
    [InlineData("a: (u8, bool), q: qty<EUR>", "assert a == (a.0, a.1) && q * 2 == q + q;")]
    public void What_holds_passes_for_all_that_is_tried(string parameters, string body)
    {
        var result = Run($"{Types}property \"p\" ({parameters}) {{ {body} }}", 200);
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.Equal(200, result.Runs);
    }

    [Fact]
    public void A_property_of_a_machine_runs_its_circuits_and_finds_what_breaks()
    {
        const string Machine = """
            module jar;
            asset EUR { decimals: 2 }
            machine Jar {
                data { owner: key, coins: vault<EUR> }
                state Open
                transition start : init -> Open { become Open; }
                transition put(q: qty<EUR>) by owner : Open -> Open { move q from in(owner) to coins; stay; }
                transition take(share: dec<4>) : Open -> Open {
                    let q = (coins.balance * share).ceil();
                    move q from coins to out(owner);
                    stay;
                }
            }
            property "nobody takes more than his share" (q: qty<EUR> in 0..=1_000 EUR, share: dec<4> in 0..=1) {
                let jar = Jar.new(owner: K.ann);
                jar.start();
                jar.put(q: q) by K.ann;
                jar.take(share: share);
                assert flow(K.ann, EUR) <= LIMIT;
            }
            """;
        var check = new CircuitCheck();
        var passed = Run(Machine.Replace("LIMIT", "q * share - q + EUR.unit", StringComparison.Ordinal), 10, check);
        Assert.True(passed.IsPassed, passed.Failure?.ToString());
        Assert.Equal((10, 30, 30), (passed.Runs, passed.Steps, check.Runs));
        var failed = Run(Machine.Replace("LIMIT", "q * share - q", StringComparison.Ordinal), 50);
        Assert.Contains("with q = 0.01 EUR, share = 0.0001: AssertionFailed", failed.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void C18_The_same_values_are_tried_every_time()
    {
        const string Text = "property \"p\" (x: u128, y: i128) { assert x != 77_777; }";
        var (first, second) = (Record(), Record());
        Assert.Equal(first, second);

        string Record()
        {
            var random = new Random(5);
            var types = Programs.Bind(Types + Text).Tests[0].Parameters.Select(p => p.Type).ToArray();
            return string.Join(" ", Enumerable.Range(0, 50).SelectMany(_ => types).Select(t => ValueSource.Describe(t, ValueSource.Next(t, random))));
        }
    }

    [Fact]
    public void Values_are_in_the_range_of_their_type_and_reach_its_ends()
    {
        var random = new Random(1);
        foreach (var type in (NumberType[])[NumberType.OfKind(NumberKind.U8), NumberType.OfKind(NumberKind.I128), NumberType.Time, NumberType.OfKind(NumberKind.U64) with { Min = 17, Max = 19 }])
        {
            var values = Enumerable.Range(0, 2_000).Select(_ => ((ConcreteNumber)ValueSource.Next(type, random)).Numerator).ToList();
            Assert.Equal((type.Min, type.Max), (values.Min(), values.Max()));
            Assert.True(values.Distinct().Count() >= 3);
        }
    }

    private static TestResult Run(string text, int runs, CircuitCheck? check = null)
    {
        var bag = new DiagnosticBag();
        var result = Assert.Single(TestRunner.Run(Programs.Bind(text), null, check, bag, runs));
        Assert.Empty(bag.ToSorted());
        return result;
    }
}
