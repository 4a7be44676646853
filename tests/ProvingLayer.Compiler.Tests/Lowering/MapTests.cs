using System.Globalization;
using System.Text;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Maps through interpreter, circuit and checker at once.</summary>
public class MapTests
{
    private const string Ledger = """
        module ledger;

        struct Place { row: u8, column: u8 }
        enum Mood { Calm { level: Level }, Wild { why: u16? } }
        type Level = u8 in 1..=9;

        machine Ledger {
            data {
                few: map<u8, u16, 8>,
                named: map<key, (u64, bool), 30>,
                places: map<Place, i64, 5>,
                moods: map<u8, Mood, 8>,
            }

            state Live

            transition start(a: u8, v: u16) : init -> Live { few.insert(a, v); become Live; }
            transition add(a: u8, v: u16) : Live -> Live { few.insert(a, v); stay; }
            transition put(a: u8, v: u16) : Live -> Live { few.set(a, v); stay; }
            transition take(a: u8) : Live -> Live { few.remove(a); stay; }
            transition expect(a: u8, v: u16) : Live -> Live { assert few.get(a) == v; stay; }
            transition shift(from: u8, to: u8, v: u16) : Live -> Live {
                few.set(from, few.get(from) - v);
                few.set(to, few.get(to) + v);
                stay;
            }
            transition maybe(sure: bool, a: u8) : Live -> Live {
                let mut seen: u16 = 0;
                if sure { seen = few.get(a); few.set(a, seen + 1); assert few.get(a) == seen + 1; }
                else { assert seen == 0; }
                stay;
            }
            transition either(first: bool, a: u8, b: u8) : Live -> Live {
                if first { few.remove(a); } else { few.insert(b, 9); few.set(b, 10); }
                stay;
            }
            transition name(k: key, n: u64) : Live -> Live { named.insert(k, (n, true)); stay; }
            transition rename(k: key, n: u64) : Live -> Live {
                assert named.get(k).1;
                named.set(k, (named.get(k).0 + n, named.get(k).1));
                stay;
            }
            transition forget(k: key) : Live -> Live { named.remove(k); stay; }
            transition feel(a: u8, m: Mood) : Live -> Live { moods.insert(a, m); stay; }
            transition change(really: bool, a: u8, m: Mood) : Live -> Live {
                if really { assert moods.get(a) != m; moods.set(a, m); }
                assert !really || moods.get(a) == m;
                stay;
            }
            transition build(p: Place, v: i64) : Live -> Live { places.insert(p, v); assert places.get(p) == v; stay; }
        }

        """;

    [Theory]
    [InlineData("entries", """
        l.add(a: 0, v: 7);
        l.expect(a: 0, v: 7);
        l.put(a: 255, v: 8);
        l.expect(a: 255, v: 8);
        l.take(a: 0);
        reject KeyNotFound { l.expect(a: 0, v: 0); }
        reject KeyNotFound { l.put(a: 0, v: 0); }
        reject KeyNotFound { l.take(a: 0); }
        reject KeyTaken { l.add(a: 255, v: 8); }
        l.add(a: 0, v: 0);
        l.expect(a: 0, v: 0);
        """)]
    [InlineData("C14 the same key twice", """
        l.shift(from: 255, to: 255, v: 5);
        l.expect(a: 255, v: 65000);
        l.add(a: 1, v: 1);
        l.shift(from: 255, to: 1, v: 5);
        l.expect(a: 255, v: 64995);
        l.expect(a: 1, v: 6);
        reject OutOfRange { l.shift(from: 1, to: 255, v: 7); }
        reject OutOfRange { l.shift(from: 255, to: 1, v: 65000); }
        """)]
    [InlineData("arms not taken", """
        l.maybe(sure: true, a: 255);
        l.expect(a: 255, v: 65001);
        l.maybe(sure: false, a: 255);
        l.maybe(sure: false, a: 3);
        reject KeyNotFound { l.maybe(sure: true, a: 3); }
        l.expect(a: 255, v: 65001);
        l.either(first: false, a: 9, b: 3);
        l.expect(a: 3, v: 10);
        reject KeyTaken { l.either(first: false, a: 9, b: 3); }
        reject KeyNotFound { l.either(first: true, a: 9, b: 4); }
        l.either(first: true, a: 3, b: 255);
        reject KeyNotFound { l.expect(a: 3, v: 10); }
        l.expect(a: 255, v: 65001);
        """)]
    [InlineData("keys by their digests", """
        l.name(k: K.ann, n: 3);
        l.name(k: K.bob, n: 4);
        l.rename(k: K.ann, n: 5);
        reject KeyTaken { l.name(k: K.ann, n: 3); }
        reject KeyNotFound { l.rename(k: K.cid, n: 5); }
        l.forget(k: K.ann);
        reject KeyNotFound { l.forget(k: K.ann); }
        l.rename(k: K.bob, n: 1);
        """)]
    [InlineData("values of several cases", """
        l.feel(a: 1, m: Mood.Calm { level: 9 });
        l.change(really: true, a: 1, m: Mood.Wild { why: none });
        l.change(really: true, a: 1, m: Mood.Wild { why: some(0) });
        reject AssertionFailed { l.change(really: true, a: 1, m: Mood.Wild { why: some(0) }); }
        l.change(really: false, a: 2, m: Mood.Calm { level: 1 });
        reject KeyNotFound { l.change(really: true, a: 2, m: Mood.Calm { level: 1 }); }
        l.change(really: true, a: 1, m: Mood.Calm { level: 1 });
        """)]
    public void Interpreter_circuit_and_checker_agree_on(string what, string body) => Run(what, body);

    /// <summary>33 keys for 32 slots: at the latest the last one finds another's.</summary>
    [Fact]
    public void P7_a_slot_taken_by_another_key_refuses_the_second()
    {
        var shape = new MapShape(5, [ScalarLayout.Unsigned(8), ScalarLayout.Unsigned(8)], 0, [ScalarLayout.Signed(64)]);
        var seen = new Dictionary<UInt128, int>();
        for (var row = 0; ; row++)
        {
            if (seen.TryAdd(shape.IndexOf([Scalar.Of(row), Scalar.Of(1)]), row))
                continue;
            var first = seen[shape.IndexOf([Scalar.Of(row), Scalar.Of(1)])];
            Run("taken", string.Create(CultureInfo.InvariantCulture, $$"""
                l.build(p: Place { row: {{first}}, column: 1 }, v: 4 - 9);
                reject KeyTaken { l.build(p: Place { row: {{row}}, column: 1 }, v: 5); }
                """));
            return;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_accesses_do_what_a_dictionary_does(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<int, int> { [255] = 65000 };
        var body = new StringBuilder();
        for (var i = 0; i < 25; i++)
        {
            var (a, v) = (random.Next(4) == 0 ? 255 : random.Next(3), random.Next(100));
            var (call, holds, error) = random.Next(4) switch
            {
                0 => ($"add(a: {a}, v: {v})", model.TryAdd(a, v), "KeyTaken"),
                1 => ($"put(a: {a}, v: {v})", model.ContainsKey(a) && (model[a] = v) == v, "KeyNotFound"),
                2 => ($"take(a: {a})", model.Remove(a), "KeyNotFound"),
                _ => ($"expect(a: {a}, v: {model.GetValueOrDefault(a)})", model.ContainsKey(a), "KeyNotFound"),
            };
            body.Append(holds ? $"l.{call};\n" : $"reject {error} {{ l.{call}; }}\n");
        }

        Run("random", body.ToString());
    }

    /// <summary>What the witness of a step claims of a leaf: another key's value, a value of nothing, a leaf that is not there.</summary>
    [Fact]
    public void P7_another_leaf_value_or_sibling_than_the_maps_is_refused()
    {
        var (circuit, honest, function) = Settle();
        var run = Interpreter.Run(function, honest);
        Assert.True(run.IsAccepted, run.Failure?.ToString());
        var lied = 0;
        for (var i = 0; i < function.Inputs.Length; i++)
        {
            if (function.Inputs[i].Role is not (IrInputRole.MapValue or IrInputRole.MapSibling))
                continue;
            foreach (var lie in function.Inputs[i].Role == IrInputRole.MapValue
                ? [Scalar.Of(honest[i].Number + 1), Scalar.Of(0)]
                : new[] { Scalar.Of(default(Digest)), Scalar.Of(EmptySubtrees.Of(19)), Scalar.Of(EmptySubtrees.Leaf) })
            {
                if (lie == honest[i])
                    continue;
                lied++;
                Scalar[] inputs = [.. honest];
                inputs[i] = lie;
                Assert.False(Interpreter.Run(function, inputs).IsAccepted);
                var forced = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, inputs), keepGoing: true);
                Assert.False(ConstraintChecker.Check(circuit.Circuit, forced.Trace!).Holds, function.Inputs[i].Name);
            }
        }

        Assert.True(lied > 80);
    }

    /// <summary>The leaf of another account with the same balance, honestly opened: the account is part of the leaf and tells its place.</summary>
    [Fact]
    public void P7_the_leaf_of_another_id_with_the_same_balance_is_refused()
    {
        var (circuit, honest, function) = Settle();
        var writer = Array.FindIndex([.. function.Inputs], i => i.Name == "args.writer");
        foreach (var other in new[] { 8, 9 })
        {
            Scalar[] inputs = [.. honest];
            inputs[writer] = Scalar.Of(other);
            Assert.Equal("KeyNotFound", Interpreter.Run(function, inputs).Failure?.Name);
            var forced = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, inputs), keepGoing: true);
            Assert.False(ConstraintChecker.Check(circuit.Circuit, forced.Trace!).Holds);
        }
    }

    /// <summary>A map of which nobody showed how it came about holds a level beside 'Wild', a level past its range, a reason beside 'none'.</summary>
    [Theory]
    [InlineData(1, 5, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 10, 0, 0)]
    [InlineData(1, 0, 0, 7)]
    [InlineData(0, 5, 1, 0)]
    [InlineData(0, 5, 0, 0, true)]
    public void C20_a_leaf_that_is_no_value_of_its_type_is_refused(int tag, int level, int some, int why, bool isValue = false)
    {
        var bound = Programs.Bind(Ledger);
        var program = Programs.Lower(bound, "Ledger");
        var machine = bound.Machines.Single().Symbol;
        var salts = SaltSource.Fixed();
        var instance = MachineInstance.New(machine, program, _ => [], salts)
            .Step(0, new Dictionary<string, Scalar> { ["args.a"] = Scalar.Of(0), ["args.v"] = Scalar.Of(0) }, 0, 0, salts).After!;
        var map = instance.Maps["record.data.moods"];
        map = map.With(map.Shape.Entry([Scalar.Of(3)], [Scalar.Of(tag), Scalar.Of(level), Scalar.Of(some != 0), Scalar.Of(why)]));
        var change = machine.Transitions.Single(t => t.Name == "change").Ordinal;
        Dictionary<string, Scalar> arguments = new()
        {
            ["args.really"] = Scalar.Of(true),
            ["args.a"] = Scalar.Of(3),
            ["args.m.tag"] = Scalar.Of(1),
            ["args.m.Calm.level"] = Scalar.Of(0),
            ["args.m.Wild.why.some"] = Scalar.Of(true),
            ["args.m.Wild.why.value"] = Scalar.Of(1),
        };
        var step = instance.WithMap("record.data.moods", map).Step(change, arguments, 0, 0, salts);
        Assert.Equal(isValue ? null : "OutOfRange", step.Result.Failure?.Name);
        var circuit = CircuitEmitter.Emit(step.Function);
        var forced = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, [.. step.Result.Inputs]), keepGoing: true);
        Assert.Equal(isValue, ConstraintChecker.Check(circuit.Circuit, forced.Trace!).Holds);
    }

    [Fact]
    public void The_settlement_takes_84_hashes_and_what_the_records_take()
    {
        var (circuit, _, _) = Settle();
        var table = circuit.Circuit.Tables.Single(t => t.Chip.Name == "poseidon2");
        Assert.Equal(128, table.Period);
        Assert.InRange(table.UsedRows, 84, 104);
    }

    [Fact]
    public void A_settlement_is_proved_and_its_proof_is_of_its_roots_alone()
    {
        var (circuit, honest, _) = Settle();
        var trace = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, honest)).Trace!;
        var key = ProvingKey.Generate(circuit.Circuit, Profile.Test);
        var proof = Prover.Prove(key, trace);
        Assert.True(Verify(key, trace.PublicValues.AsSpan(), proof));
        KoalaBear[] other = [.. trace.PublicValues];
        other[10] += KoalaBear.One; // of the root before
        Assert.False(Verify(key, other, proof));
    }

    /// <summary>A settlement between two of a thousand accounts: its circuit, and inputs on which it holds.</summary>
    private static (CircuitFunction Circuit, Scalar[] Inputs, IrFunction Function) Settle()
    {
        var program = Programs.Lower(Programs.Settlement, "Settlement");
        var symbol = Programs.Settlement.Machines.Single().Symbol;
        var salts = SaltSource.Fixed();
        var instance = MachineInstance.New(symbol, program, _ => [], salts);
        instance = instance.Step(0, new Dictionary<string, Scalar>(), 0, 0, salts).After!;
        var map = instance.Maps["record.data.balances"];
        for (var id = 0; id < 1_000; id++)
            map = map.With(map.Shape.Entry([Scalar.Of(id == 8 ? 1_000 : id)], [Scalar.Of(1_000_000_000)]));
        instance = instance.WithMap("record.data.balances", map);
        var arguments = new Dictionary<string, Scalar>
        {
            ["args.spot"] = Scalar.Of(10_500_000_000),
            ["args.strike"] = Scalar.Of(10_000_000_000),
            ["args.quantity"] = Scalar.Of(150_000_000),
            ["args.holder"] = Scalar.Of(3),
            ["args.writer"] = Scalar.Of(7),
        };
        var step = instance.Step(3, arguments, 0, 0, salts);
        Assert.True(step.Result.IsAccepted, step.Result.Failure?.ToString());
        Assert.Equal(250_000_000, ValueOf(step.After!, 7));
        Assert.Equal(1_750_000_000, ValueOf(step.After!, 3));
        return (CircuitEmitter.Emit(step.Function), [.. step.Result.Inputs], step.Function);
    }

    private static bool Verify(ProvingKey key, ReadOnlySpan<KoalaBear> publics, Stark.Proof proof) =>
        Verifier.Verify(key.VerifyingKey, publics, proof, new VerifierOptions { AllowTestProfile = true }).IsAccepted;

    private static System.Numerics.BigInteger ValueOf(MachineInstance instance, int id)
    {
        Assert.Equal(MapOutcome.Done, instance.Maps["record.data.balances"].Find([Scalar.Of(id)], out var value));
        return value[0].Number;
    }

    private static void Run(string what, string body)
    {
        var check = new CircuitCheck();
        var bag = new DiagnosticBag();
        var program = Programs.Bind($"{Ledger}test \"{what}\" {{\nlet l = Ledger.new();\nl.start(a: 255, v: 65000);\n{body}\n}}\n");
        var result = Assert.Single(TestRunner.Run(program, null, check, bag));
        Assert.Empty(bag.ToSorted());
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Runs > 1);
    }
}
