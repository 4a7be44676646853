using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Enums, optional values and matches on them, through interpreter, circuit and checker at once.</summary>
public class ChoiceTests
{
    [Fact]
    public void Patterns_take_a_states_fields_apart() => LanguageTests.Pass("""
        error Unexpected;
        struct Leg { size: u64, sides: (u8, bool) }
        machine Deal {
            data { mut seen: u64 = 0 }
            state Open { leg: Leg, note: u8? }
            state Closed { sides: (u8, bool) }
            final state Done
            invariant small: match self { Open { leg: Leg { sides: (n, _) } } => n < 200, Closed { sides: (n, up) } => up implies n > 0, Done => true };
            transition start(leg: Leg) : init -> Open { become Open { leg, note: none }; }
            transition next(add: u64) : Open | Closed -> Closed | Done {
                match self {
                    Open { leg: Leg { size, sides: (n, up) }, note: _ } => { seen += size + n + add; become Closed { sides: (n, !up) }; }
                    Closed { sides: (n, up) } => { require up else Unexpected; seen += n; become Done; }
                }
            }
            view told() -> u64 { match self { Open { leg: Leg { sides: (n, up) } } => if up { n } else { 0 }, Closed { sides: (n, _) } => n + 1_000, Done => 0 } }
        }
        test "taken apart" {
            let d = Deal.new();
            d.start(leg: Leg { size: 5, sides: (7, true) });
            assert d.told() == 7;
            d.next(add: 100);
            assert d.seen == 112 && d.told() == 1_007;
            reject Unexpected { d.next(add: 0); }
            let e = Deal.new();
            reject InvariantBroken { e.start(leg: Leg { size: 5, sides: (200, true) }); }
            e.start(leg: Leg { size: 5, sides: (7, false) });
            e.next(add: 0);
            e.next(add: 0);
            assert e is Done && e.seen == 19;
        }
        """);

    [Fact]
    public void An_arm_that_binds_names_ends_a_path() => LanguageTests.Pass("""
        machine Deal {
            data { mut last: u64 = 0 }
            state Open { note: u64? }
            final state Done
            transition start(note: u64?) : init -> Open { become Open { note }; }
            transition next(other: u64?) : Open -> Open | Done {
                match (note, other) {
                    (some(n), some(m)) => { last = n + m; become Open { note: n }; }
                    (some(n), none)    => { last = n; become Done; }
                    (none, m)          => { become Open { note: m }; }
                }
            }
        }
        test "each arm" {
            let d = Deal.new();
            d.start(note: none);
            d.next(other: 5);
            d.next(other: 6);
            assert d is Open && d.last == 11;
            d.next(other: none);
            assert d is Done && d.last == 5;
        }
        """);

    [Theory]
    [InlineData("some(n) => { last = n; } none => { stay; }")]
    [InlineData("some(n) => { last = n; } none => { last = 0; }")]
    [InlineData("some(n) => { last = n; stay; } none => { }")]
    public void An_arm_that_binds_names_and_does_not_end_its_path_leaves_it_open(string arms) => Assert.StartsWith("TNR4", Assert.Single(Language.Binding.Binder.Bind([new Language.Text.SourceFile(
        "test.tenor",
        $"machine M {{ data {{ mut last: u64 = 0 }} state Open transition s : init -> Open {{ become Open; }} transition t(x: u64?) : Open -> Open {{ match x {{ {arms} }} }} }}")]).Diagnostics).Code, StringComparison.Ordinal);

    [Theory]
    [InlineData("Open { note: some(n) } => n, Done => 0", "TNR2015")]
    [InlineData("Open { note: none } => 1, Done => 0", "TNR2015")]
    [InlineData("Open { side: (a, b, c) } => a, Done => 0", "TNR2015")]
    [InlineData("Open { side: (a, _) } | Done => a", "TNR")]
    public void A_pattern_on_a_states_field_always_matches(string arms, string code) => Assert.All(
        Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", $"machine M {{ state Open {{ note: u8?, side: (u8, u8) }} final state Done transition s(x: u8) : init -> Open {{ become Open {{ note: none, side: (x, x) }}; }} transition t : Open -> Done {{ become Done; }} view v() -> u8 {{ match self {{ {arms} }} }} }}")]).Diagnostics.Take(1).DefaultIfEmpty(),
        d => Assert.StartsWith(code, d?.Code ?? "nothing", StringComparison.Ordinal));

    private const string Desk = """
        module desk;

        asset EUR { decimals: 2 }
        error NoLimit, Bad;

        enum Side { Long, Short { fee: qty<EUR>, rate: Rate }, Flat { why: (bool, u8?) } }

        type Rate = u8 in 1..=9;

        struct Quote { side: Side, limit: qty<EUR>? }

        machine Desk {
            data { pub owner: key, mut side: Side = Side.Long, mut limit: qty<EUR>? = none, mut log: [u8?; 2] = [none, 3], till: vault<EUR> }
            state Open { last: Quote? }
            final state Shut

            event Seen { side: Side, fee: qty<EUR>? }

            transition start(quote: Quote?) : init -> Open { become Open { last: quote }; }

            transition take(quote: Quote) by owner : Open -> Open {
                let limit_ = quote.limit else NoLimit;
                let fee: qty<EUR> = match quote.side {
                    Long => 0,
                    Short { fee, rate: 1 } => fee,
                    Short { fee, rate } => (fee * rate).exactly(),
                    Flat { why: (true, some(n)) } => n * EUR.unit,
                    Flat { why: (true, none) } => 1.00 EUR,
                    Flat { why: (false, _) } => { require limit_ > 2.00 EUR else Bad; 2.00 EUR },
                };
                require fee <= limit_ else Bad;
                move fee from in(owner) to till;
                limit = if fee > 0 { some(fee) } else { none };
                side = quote.side;
                emit Seen { side: disclose(quote.side), fee: disclose(limit) };
                become Open { last: Quote { limit, ..quote } };
            }

            transition shift(i: u8, to_: u8?) : Open -> Open {
                log[i] = to_;
                require log[0] != log[1] || log[0] == none else Bad;
                stay;
            }

            transition shut : Open -> Shut {
                require (match last { some(q) => q.side == side && q.limit == limit, none => side is Long }) else Bad;
                move till.balance from till to out(owner);
                become Shut;
            }
        }

        """;

    [Theory]
    [InlineData("long", """
        d.start(quote: none);
        d.take(quote: Quote { side: Side.Long, limit: 5.00 EUR }) by K.ann;
        assert d.limit == none && d.side == Side.Long && d.till.balance == 0;
        """)]
    [InlineData("short, once as it is and once multiplied", """
        d.start(quote: some(Quote { side: Side.Long, limit: none }));
        d.take(quote: Quote { side: Short { fee: 1.50 EUR, rate: 1 }, limit: some(5.00 EUR) }) by K.ann;
        assert d.limit == some(1.50 EUR);
        d.take(quote: Quote { side: Side.Short { rate: 3, fee: 1.50 EUR }, limit: 4.50 EUR }) by K.ann;
        assert d.limit == some(4.50 EUR) && d.limit != some(4.51 EUR) && d.limit != none;
        assert d.side is Short && !(d.side is Long);
        assert d.side == (Side.Short { fee: 1.50 EUR, rate: 3 }) && d.side != (Short { fee: 1.50 EUR, rate: 2 });
        reject Bad { d.take(quote: Quote { side: Side.Short { rate: 3, fee: 1.51 EUR }, limit: 4.50 EUR }) by K.ann; }
        d.shut();
        assert flow(K.ann, EUR) == 0;
        """)]
    [InlineData("cases inside cases", """
        d.start(quote: none);
        d.take(quote: Quote { side: Side.Flat { why: (true, some(7)) }, limit: some(5.00 EUR) }) by K.ann;
        assert d.limit == some(0.07 EUR);
        d.take(quote: Quote { side: Side.Flat { why: (true, none) }, limit: some(5.00 EUR) }) by K.ann;
        assert d.limit == some(1.00 EUR);
        d.take(quote: Quote { side: Side.Flat { why: (false, 5) }, limit: some(5.00 EUR) }) by K.ann;
        assert d.limit == some(2.00 EUR);
        reject Bad { d.take(quote: Quote { side: Side.Flat { why: (false, none) }, limit: some(2.00 EUR) }) by K.ann; }
        assert (match d.side { Flat { why: (_, some(n)) } => n == 5, _ => false });
        """)]
    [InlineData("a missing value", """
        d.start(quote: none);
        reject NoLimit { d.take(quote: Quote { side: Side.Flat { why: (false, none) }, limit: none }) by K.ann; }
        d.shut();
        """)]
    [InlineData("elements of arrays", """
        d.start(quote: none);
        d.shift(i: 0, to_: 2);
        reject Bad { d.shift(i: 1, to_: some(2)); }
        d.shift(i: 1, to_: none);
        d.shift(i: 0, to_: none);
        assert d.log[0] == none && d.log[1] == none;
        let n: u8? = 5;
        reject NoLimit { let m = d.log[0] else NoLimit; assert m == 0; }
        let five = n else NoLimit;
        assert five == 5;
        """)]
    public void Interpreter_circuit_and_checker_agree_on(string what, string body) => LanguageTests.Pass($$"""
        {{Desk}}
        test "{{what}}" {
            let d = Desk.new(owner: K.ann);
            at time("2026-01-01T00:00:00Z");
            {{body}}
        }
        """);

    private const string Limits = """
        module limits;
        type Rate = u8 in 1..=9;
        enum Side { Long, Short { fee: u32, rate: Rate } }
        statement Limits(pub side: Side, limit: (u64, hash?)?) -> bool {
            disclose(match (side, limit) { (Short { rate }, some((n, some(h)))) => rate > n && h == h, (_, none) => true, _ => false })
        }
        """;

    [Fact]
    public void C8_What_a_tag_leaves_out_is_zero_and_what_it_holds_is_in_its_range()
    {
        var program = Programs.Bind(Limits);
        var compiled = CircuitEmitter.Emit(Programs.Lower(program, "Limits").Functions[0]);
        var digest = Scalar.Of(default(Digest));
        var some = Scalar.Of(true);
        var inputs = new Dictionary<string, Scalar>
        {
            ["programId"] = digest,
            ["args.side.tag"] = Scalar.Of(1),
            ["args.side.Short.fee"] = Scalar.Of(7),
            ["args.side.Short.rate"] = Scalar.Of(3),
            ["args.limit.some"] = some,
            ["args.limit.value.0"] = Scalar.Of(2),
            ["args.limit.value.1.some"] = some,
            ["args.limit.value.1.value"] = Scalar.Of(new Digest([.. Enumerable.Range(1, 8).Select(i => KoalaBear.FromCanonical((uint)i))])),
        };
        Assert.Equal(compiled.Abi.Inputs.Select(i => i.Name).Order(StringComparer.Ordinal), inputs.Keys.Order(StringComparer.Ordinal));
        Assert.True(Accepted());
        Refused("args.side.tag", Scalar.Of(0));
        Refused("args.side.tag", Scalar.Of(2));
        Refused("args.side.Short.rate", Scalar.Of(0));
        Refused("args.side.Short.rate", Scalar.Of(10));
        Refused("args.limit.some", Scalar.Of(false));
        Refused("args.limit.value.1.some", Scalar.Of(false));

        // The other case has its own rules.
        inputs["args.side.tag"] = Scalar.Of(0);
        inputs["args.side.Short.fee"] = Scalar.Of(0);
        Refused("args.side.Short.fee", Scalar.Of(0));
        inputs["args.side.Short.rate"] = Scalar.Of(0);
        Assert.True(Accepted());
        Refused("args.side.Short.fee", Scalar.Of(1));

        bool Accepted()
        {
            Scalar[] values = [.. compiled.Abi.Inputs.Select(i => inputs[i.Name])];
            var result = CircuitExecutor.Run(compiled.Circuit, CircuitComparison.Cells(compiled, values), keepGoing: true);
            var holds = ConstraintChecker.Check(compiled.Circuit, result.Trace!).Holds;
            Assert.Equal(result.Succeeded, holds);
            return holds;
        }

        void Refused(string name, Scalar forged)
        {
            var honest = inputs[name];
            inputs[name] = forged;
            Assert.False(Accepted(), $"{name} = {forged} is accepted");
            inputs[name] = honest;
        }
    }

    [Theory]
    [InlineData("""{"side": {"Short": {"fee": "5"}}, "n": null}""", "5")]
    [InlineData("""{"side": {"Both": {"size": "2", "fee": "6"}}, "n": "1"}""", "8")]
    [InlineData("""{"side": "Long", "n": "7"}""", "7")]
    [InlineData("""{"side": "Long", "n": null}""", "100")]
    [InlineData("""{"side": {"Pair": {"of": ["3", "4"]}}, "n": "5"}""", "12")]
    public void Alternatives_bind_what_the_one_that_matches_holds(string arguments, string result)
    {
        var program = Programs.Bind("""
            module alternatives;
            enum Side { Long, Short { fee: u32 }, Both { size: u32, fee: u32 }, Pair { of: (u32, u32) } }
            statement Fees(pub side: Side, n: u32?) -> u32 {
                let own: u32 = match side { Short { fee: x } | Both { fee: x, size: _ } => x, Pair { of: (3, x) } | Pair { of: (x, _) } => x + 3, Long => 0 };
                let both: u32 = match (side, n) { (Both { size: a }, _) | (Pair { of: (_, _) }, some(a)) | (Long, some(a)) => a, (Long, none) => 100, _ => 0 };
                disclose(own + both)
            }
            """);
        var json = System.Text.Encoding.UTF8.GetBytes($$$"""{"statement": "Fees", "args": {{{arguments}}}}""");
        var run = Scenario.Run(program, json, SaltSource.Fixed(), new CircuitCheck());
        Assert.Empty(run.Errors);
        Assert.Equal(result, Assert.Single(Assert.Single(run.Steps).Result.Outputs).ToString());
    }

    [Theory]
    [InlineData("""{"side": "Long", "limit": null}""", "true")]
    [InlineData("""{"side": {"Short": {"fee": "5", "rate": "9"}}, "limit": ["8", "0x0100000002000000030000000400000005000000060000000700000008000000"]}""", "true")]
    [InlineData("""{"side": {"Short": {"fee": "5", "rate": "8"}}, "limit": ["8", null]}""", "false")]
    [InlineData("""{"side": {"Short": {"fee": "5", "rate": "0"}}, "limit": null}""", null)]
    [InlineData("""{"side": "Short", "limit": null}""", null)]
    [InlineData("""{"side": {"Long": {"fee": "5"}}, "limit": null}""", null)]
    [InlineData("""{"side": "Wide", "limit": null}""", null)]
    public void Scenarios_write_them_so(string arguments, string? result)
    {
        var program = Programs.Bind(Limits);
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"statement": "Limits", "args": {{arguments}}}""");
        var run = Scenario.Run(program, json, SaltSource.Fixed(), new CircuitCheck());
        Assert.Equal(result is null, run.Errors.Length == 1);
        if (result is not null)
            Assert.Equal(result, Assert.Single(Assert.Single(run.Steps).Result.Outputs).ToString());
    }
}
