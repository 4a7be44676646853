using System.Numerics;
using System.Text;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Ledgers, <c>map&lt;K, vault&lt;A&gt;, depth&gt;</c>: value moves between keys and never comes from nowhere.</summary>
public sealed class LedgerTests
{
    private const string Bank = """
        module bank;
        asset USD { decimals: 2 }
        error Unexpected, NotThere;
        type Id = u8 in 0..16;

        @issuer(USD)
        machine Bank {
            data { held: map<Id, vault<USD>, 4>, named: map<key, vault<USD>, 1>, till: vault<USD>, limits: map<Id, u64, 4>, mut last: qty<USD> = 0 }
            state Live

            invariant small: held[0].balance <= 1_000.00 USD;

            fn of(i: Id) -> qty<USD> { held[i].balance }
            fn limit(i: Id) -> u64 { match limits.find(i) { some(l) => l, none => 7 } }

            transition start : init -> Live { move 5.00 USD from mint to held[15]; become Live; }
            transition pay(a: Id, b: Id, q: qty<USD>) : Live -> Live
                ensures a == b || (held[a].balance + q == old(held[a].balance) && held[b].balance == old(held[b].balance) + q)
                ensures a != b || held[a].balance == old(held[a].balance)
            {
                move q from held[a] to held[b];
                stay;
            }
            transition put(who: key, a: Id, q: qty<USD>) by who : Live -> Live { move q from in(who) to held[a]; stay; }
            transition take(a: Id, q: qty<USD>, who: key) : Live -> Live { move q from held[a] to out(who); stay; }
            transition collect(a: Id, b: Id) : Live -> Live {
                let q = held[a].balance;
                move q from held[a] to till;
                move held[b].balance from held[b] to till;
                move till.balance from till to held[a];
                last = of(a);
                require held[b].balance == (if a == b { last } else { 0 }) else Unexpected;
                stay;
            }
            transition maybe(a: Id, b: Id, q: qty<USD>, really: bool) : Live -> Live {
                if really { move q from held[a] to held[b]; last = held[b].balance; }
                else { move q from held[b] to held[a]; }
                stay;
            }
            transition burn_(a: Id, q: qty<USD>) : Live -> Live { move q from held[a] to burn; stay; }
            transition name(k: key, q: qty<USD>) : Live -> Live { move q from held[15] to named[k]; stay; }
            transition allow(i: Id, n: u64) : Live -> Live { require limit(i) == 7 else Unexpected; limits.insert(i, n); stay; }
            view worth(i: Id) -> qty<USD> { held[i].balance + of(15) }
            view allowed(i: Id) -> u64 { limit(i) }
        }

        """;

    [Fact]
    public void Interpreter_circuit_and_checker_agree_on_what_a_ledger_holds() => LanguageTests.Pass($$"""
        {{Bank}}
        test "value moves between keys" {
            let b = Bank.new();
            b.start();
            assert b.held[15].balance == 5.00 USD;
            assert b.held[3].balance == 0;
            reject InsufficientBalance { b.pay(a: 3, b: 4, q: 0.01 USD); }
            b.pay(a: 3, b: 4, q: 0);
            b.pay(a: 15, b: 3, q: 2.00 USD);
            reject InsufficientBalance { b.pay(a: 3, b: 4, q: 2.01 USD); }
            b.pay(a: 3, b: 4, q: 2.00 USD);
            assert b.held[3].balance == 0 && b.held[4].balance == 2.00 USD;
            b.put(who: K.ann, a: 3, q: 1.50 USD) by K.ann;
            reject NotAuthorized { b.put(who: K.ann, a: 3, q: 1.50 USD) by K.bob; }
            b.take(a: 3, q: 0.50 USD, who: K.bob);
            b.burn_(a: 15, q: 1.00 USD);
            reject InsufficientBalance { b.burn_(a: 15, q: 2.01 USD); }
            assert flow(K.ann, USD) == -1.50 USD && flow(K.bob, USD) == 0.50 USD;
            assert b.worth(4) == 4.00 USD;
            b.collect(a: 4, b: 3);
            assert b.last == 3.00 USD && b.held[4].balance == 3.00 USD && b.held[3].balance == 0;
            b.collect(a: 4, b: 4);
            assert b.last == 3.00 USD;
        }

        test "an arm that is not taken moves nothing, and may be short" {
            let b = Bank.new();
            b.start();
            b.maybe(a: 15, b: 2, q: 4.00 USD, really: true);
            assert b.last == 4.00 USD;
            b.maybe(a: 15, b: 2, q: 1.50 USD, really: false);
            assert b.held[15].balance == 2.50 USD && b.held[2].balance == 2.50 USD && b.last == 4.00 USD;
            reject InsufficientBalance { b.maybe(a: 15, b: 2, q: 3.00 USD, really: true); }
            reject InsufficientBalance { b.maybe(a: 15, b: 2, q: 3.00 USD, really: false); }
        }

        test "a place that another key has is nobody else's" {
            let b = Bank.new();
            b.start();
            let first = K.a;
            b.name(k: first, q: 1.00 USD);
            b.name(k: first, q: 1.00 USD);
            assert b.named[first].balance == 2.00 USD;
            assert b.limits.find(3) == none;
            assert b.allowed(3) == 7;
            b.allow(i: 3, n: 9);
            assert b.limits.get(3) == 9 && b.allowed(3) == 9 && b.limits.find(3) == some(9);
            reject KeyNotFound { assert b.limits.get(4) == 9; }
            reject Unexpected { b.allow(i: 3, n: 9); }
        }

        test "an invariant sees the ledger after the step" {
            let b = Bank.new();
            b.start();
            b.put(who: K.ann, a: 0, q: 1_000.00 USD) by K.ann;
            reject InvariantBroken { b.pay(a: 15, b: 0, q: 0.01 USD); }
        }
        """);

    [Fact]
    public void KeyTaken_is_said_where_another_key_has_the_place()
    {
        var shape = Compiler.Lowering.Shape.ShapeOf((Language.Types.MapType)Programs.Bind(Bank).Machines.Single().Symbol.Data.Single(f => f.Name == "named").Type);
        var names = Enumerable.Range(0, 8).Select(i => $"k{i}").ToList();
        var same = names.GroupBy(n => shape.IndexOf([Scalar.Of(Digests.OfTestKey(n))])).First(g => g.Count() > 1).Take(2).ToList();
        LanguageTests.Pass($$"""
            {{Bank}}
            test "taken" {
                let b = Bank.new();
                b.start();
                b.name(k: K.{{same[0]}}, q: 1.00 USD);
                reject KeyTaken { b.name(k: K.{{same[1]}}, q: 1.00 USD); }
                reject KeyTaken { assert b.named[K.{{same[1]}}].balance == 0; }
            }
            """);
    }

    /// <summary>from = to, and two keys that are the same: what is paid to oneself is not paid twice.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public void C14_who_pays_himself_has_what_he_had(int cents) => LanguageTests.Pass($$"""
        {{Bank}}
        test "to oneself" {
            let b = Bank.new();
            b.start();
            b.pay(a: 15, b: 15, q: {{cents}} * USD.unit);
            b.pay(a: 15, b: 15, q: {{cents}} * USD.unit);
            assert b.held[15].balance == 5.00 USD;
            reject InsufficientBalance { b.pay(a: 15, b: 15, q: 5.01 USD); }
            reject InsufficientBalance { b.pay(a: 3, b: 3, q: 0.01 USD); }
            b.maybe(a: 15, b: 15, q: 5.00 USD, really: true);
            assert b.held[15].balance == 5.00 USD;
        }
        """);

    /// <summary>The same leaf twice in one step: the second access answered as if the first had not been.</summary>
    [Fact]
    public void C14_a_second_access_that_does_not_see_the_first_is_refused()
    {
        var bound = Programs.Bind(Bank);
        var program = Programs.Lower(bound, "Bank");
        var salts = SaltSource.Fixed();
        var instance = MachineInstance.New(bound.Machines.Single().Symbol, program, _ => [Scalar.Of(0)], salts).Step(0, new Dictionary<string, Scalar>(), 0, 0, salts).After!;
        var arguments = new Dictionary<string, Scalar> { ["args.a"] = Scalar.Of(15), ["args.b"] = Scalar.Of(15), ["args.q"] = Scalar.Of(200) };
        var step = instance.Step(1, arguments, 0, 0, salts);
        Assert.True(step.Result.IsAccepted, step.Result.Failure?.ToString());
        var circuit = CircuitEmitter.Emit(step.Function);
        Scalar[] honest = [.. step.Result.Inputs];
        Assert.True(Holds(circuit, honest));
        var values = step.Function.Accesses.Where(a => a.Map == "record.data.held").Select(a => a.Values).Take(2).ToList(); // of the move; those of 'ensures' stand in operands not reached
        var lied = 0;
        foreach (var access in values)
        {
            // As before the step, as if it held more, and as if it had never been.
            foreach (var (some, balance) in new[] { (true, 500), (true, 300), (true, 700), (false, 0) })
            {
                Scalar[] lie = [.. honest];
                (lie[access[0]], lie[access[1]]) = (Scalar.Of(some), Scalar.Of(balance));
                if (lie.AsSpan().SequenceEqual(honest))
                    continue;
                lied++;
                Assert.False(Interpreter.Run(step.Function, lie).IsAccepted);
                Assert.False(Holds(circuit, lie));
            }
        }

        Assert.Equal(6, lied);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void C7_random_payments_keep_the_sum_and_do_what_a_dictionary_does(int seed)
    {
        var (random, model) = (new Random(seed), new Dictionary<int, BigInteger> { [15] = 500 });
        var body = new StringBuilder();
        for (var i = 0; i < 20; i++)
        {
            var (a, b, q) = (random.Next(3) == 0 ? random.Next(16) : model.Keys.ElementAt(random.Next(model.Count)), random.Next(16), random.Next(300));
            if (a == 0 || b == 0 || model.GetValueOrDefault(a) < q)
            {
                body.Append(model.GetValueOrDefault(a) < q ? $"reject InsufficientBalance {{ b.pay(a: {a}, b: {b}, q: {q} * USD.unit); }}\n" : "");
                continue;
            }

            body.Append($"b.pay(a: {a}, b: {b}, q: {q} * USD.unit);\n");
            model[a] = model.GetValueOrDefault(a) - q;
            model[b] = model.GetValueOrDefault(b) + q;
        }

        Assert.Equal(500, model.Values.Aggregate(BigInteger.Zero, (sum, v) => sum + v));
        body.Append(string.Concat(model.Select(m => $"assert b.held[{m.Key}].balance == {m.Value} * USD.unit;\n")));
        LanguageTests.Pass($"{Bank}test \"random\" {{ let b = Bank.new(); b.start();\n{body}}}");
    }

    [Fact]
    public void C7_a_balance_that_would_not_fit_is_refused() => LanguageTests.Pass("""
        asset USD { decimals: 0 }
        @issuer(USD)
        machine Mint {
            data { held: map<u8, vault<USD>, 8> }
            state Live
            transition start : init -> Live { become Live; }
            transition make(a: u8, q: qty<USD>) : Live -> Live { move q from mint to held[a]; stay; }
            transition pay(a: u8, b: u8, q: qty<USD>) : Live -> Live { move q from held[a] to held[b]; stay; }
        }

        test "128 bits" {
            let m = Mint.new();
            m.start();
            let most: qty<USD> = 340_282_366_920_938_463_463_374_607_431_768_211_455 * USD.unit;
            m.make(a: 1, q: most);
            reject OutOfRange { m.make(a: 1, q: 1 USD); }
            m.make(a: 2, q: 1 USD);
            reject OutOfRange { m.pay(a: 1, b: 2, q: most); }
            reject OutOfRange { m.pay(a: 2, b: 1, q: 1 USD); }
            m.pay(a: 1, b: 1, q: most);
            m.pay(a: 1, b: 3, q: most);
            assert m.held[1].balance == 0 && m.held[3].balance == most;
        }
        """);

    [Theory]
    [InlineData("held.set(1, 5.00 USD);", "TNR5010")]
    [InlineData("held.insert(1, 5.00 USD);", "TNR5010")]
    [InlineData("held.remove(1);", "TNR5010")]
    [InlineData("let x = held.get(1);", "TNR5010")]
    [InlineData("let x = held.find(1);", "TNR5010")]
    [InlineData("let x = held[1];", "TNR2004")]
    [InlineData("let x = held;", "TNR2004")]
    [InlineData("held[1] = 5;", "TNR")]
    [InlineData("move 5.00 USD from till to held;", "TNR")]
    [InlineData("move 5.00 USD from till to held[1 / 3];", "TNR3")]
    [InlineData("move 5.00 EUR from till2 to held[1];", "TNR5")]
    [InlineData("move 5.00 USD from mint to held[1];", "TNR5007")]
    [InlineData("move (1.00 USD / 3).ceil() from held[1] to held[2];", "TNR5001")]
    [InlineData("move (1.00 USD / 3).floor() from held[1] to held[2];", "TNR5001")]
    [InlineData("move 1.00 USD from limits[1] to held[2];", "TNR")]
    [InlineData("move secret * USD.unit from held[1] to open[2];", "TNR6")]
    [InlineData("move 1 * USD.unit from held[1] to open[secret];", "TNR6")]
    [InlineData("if secret > 3 { move 1 * USD.unit from open[1] to held[2]; }", "TNR6")]
    public void C14_a_ledger_is_changed_by_moves_alone(string statement, string code)
    {
        var text = "asset USD { decimals: 2 } asset EUR { decimals: 2 } machine M { data { held: map<u8, guarded vault<USD>, 8>, till: vault<USD>, till2: vault<EUR>, limits: map<u8, u64, 8>, pub open: map<u8, vault<USD>, 8> } "
            + "state A transition t : init -> A { become A; } transition s(secret: u8) : A -> A { " + statement + " stay; } }";
        var found = Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", text)]).Diagnostics;
        Assert.StartsWith(code, Assert.Single(found).Code, StringComparison.Ordinal);
    }

    private static bool Holds(CircuitFunction circuit, Scalar[] inputs) =>
        ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, inputs), keepGoing: true).Trace!).Holds;
}
