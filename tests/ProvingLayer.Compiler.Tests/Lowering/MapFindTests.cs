using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary><c>m.find(k)</c>: the value of a key, or that there is none; and maps read in <c>ensures</c> and invariants.</summary>
public sealed class MapFindTests
{
    private const string Book = """
        module book;
        error Unexpected;
        type Id = u8 in 0..16;
        type Level = u16 in 5..=900;
        struct Line { level: Level, who: key? }

        machine Book {
            data { lines: map<Id, Line, 4>, names: map<key, u64, 1>, mut seen: u64 = 0 }
            state Live
            invariant first: (match lines.find(0) { some(line) => line.level < 900, none => true });

            transition start : init -> Live { become Live; }
            transition put(i: Id, line: Line) : Live -> Live
                ensures lines.get(i) == line && old(lines.find(i)) != some(line)
            {
                if lines.find(i) == none { lines.insert(i, line); } else { lines.set(i, line); }
                stay;
            }
            transition expect(i: Id, level: u16?) : Live -> Live {
                let found: u16? = match lines.find(i) { some(line) => some(line.level), none => none };
                require found == level else Unexpected;
                stay;
            }
            transition take(i: Id) : Live -> Live { lines.remove(i); stay; }
            transition name(k: key, n: u64) : Live -> Live { names.insert(k, n); stay; }
            transition look(k: key, really: bool) : Live -> Live {
                if really { let n = names.find(k) else Unexpected; seen += n; }
                stay;
            }
        }

        """;

    [Fact]
    public void Interpreter_circuit_and_checker_agree_on_what_is_found() => LanguageTests.Pass($$"""
        {{Book}}
        test "found or not" {
            let b = Book.new();
            b.start();
            b.expect(i: 3, level: none);
            b.put(i: 3, line: Line { level: 7, who: none });
            b.expect(i: 3, level: 7);
            b.expect(i: 4, level: none);
            reject Unexpected { b.expect(i: 3, level: none); }
            reject Unexpected { b.expect(i: 4, level: 0); }
            reject EnsuresBroken { b.put(i: 3, line: Line { level: 7, who: none }); }
            b.put(i: 3, line: Line { level: 8, who: K.ann });
            b.expect(i: 3, level: 8);
            b.take(i: 3);
            b.expect(i: 3, level: none);
            b.put(i: 0, line: Line { level: 899, who: none });
            reject InvariantBroken { b.put(i: 0, line: Line { level: 900, who: none }); }

            b.name(k: K.ann, n: 40);
            b.look(k: K.ann, really: true);
            assert b.seen == 40;
            b.look(k: K.eve, really: false);
        }
        """);

    /// <summary>Two keys whose digests begin alike share a place: the one that is not there is not said to be absent.</summary>
    [Fact]
    public void P7_A_place_that_another_key_has_is_neither_found_nor_absent()
    {
        static UInt128 PlaceOf(string name) => MapShape.FirstBits(Digests.Of(DomainTag.MapKey, [(Scalar.Of(Digests.OfTestKey(name)), ScalarLayout.Digest)]), 1);
        string[] names = ["bob", "cid", "dan", "eve", "fay", "gus", "hal", "ida"];
        Assert.Equal(2, names.Select(PlaceOf).Distinct().Count());
        foreach (var name in names)
        {
            var program = Programs.Bind($"{Book}test \"t\" {{ let b = Book.new(); b.start(); b.name(k: K.ann, n: 40); b.look(k: K.{name}, really: true); }}");
            var result = Assert.Single(TestRunner.Run(program, null, new CircuitCheck(), new()));
            Assert.Equal(PlaceOf(name) == PlaceOf("ann") ? "KeyTaken" : "Unexpected", result.Failure!.Cause!.Name);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void P7_A_key_that_is_there_is_not_absent_and_one_that_is_not_is_not_there(bool isThere)
    {
        var program = Programs.Bind(Book);
        var machine = Programs.Lower(program, "Book");
        var instance = MachineInstance.New(program.Machines[0].Symbol, machine, _ => [Scalar.Of(0)], SaltSource.Fixed());
        instance = Step(instance, 0);
        if (isThere)
            instance = Step(instance, 1, ("args.i", Scalar.Of(3)), ("args.line.level", Scalar.Of(7)), ("args.line.who.some", Scalar.Of(false)), ("args.line.who.value", Scalar.Of(default(Algebra.Digest))));
        var arguments = new Dictionary<string, Scalar> { ["args.i"] = Scalar.Of(3), ["args.level.some"] = Scalar.Of(isThere), ["args.level.value"] = Scalar.Of(isThere ? 7 : 0) };
        var honest = instance.Step(2, arguments, 0, 0, SaltSource.Fixed());
        Assert.True(honest.Result.IsAccepted, honest.Result.Failure?.ToString());
        var circuit = CircuitEmitter.Emit(honest.Function);
        Assert.Equal(AbiMapStepKind.Find, circuit.Abi.MapSteps[0].Kind);
        var opened = honest.Function.Accesses[0];
        Assert.True(opened.IsOptional);
        var inputs = honest.Function.Inputs.Select(i => honest.Inputs![i.Name]).ToArray();
        Assert.True(Holds(inputs));

        // The other claim, consistent in itself: what is expected goes with it.
        var lie = (Scalar[])inputs.Clone();
        lie[opened.Values[0]] = Scalar.Of(!isThere);
        lie[opened.Values[1]] = Scalar.Of(isThere ? 0 : 7);
        Set(lie, "args.level.some", Scalar.Of(!isThere));
        Set(lie, "args.level.value", Scalar.Of(isThere ? 0 : 7));
        Assert.False(Holds(lie));

        // A value beside 'none', or another than the map's.
        var other = (Scalar[])inputs.Clone();
        other[opened.Values[1]] = Scalar.Of(9);
        if (isThere)
            Set(other, "args.level.value", Scalar.Of(9));
        Assert.False(Holds(other));

        MachineInstance Step(MachineInstance before, int transition, params (string, Scalar)[] given)
        {
            var step = before.Step(transition, given.ToDictionary(g => g.Item1, g => g.Item2), 0, 0, SaltSource.Fixed());
            return step.After ?? throw new InvalidOperationException(step.Result.Failure!.ToString());
        }

        void Set(Scalar[] into, string name, Scalar value) => into[Array.FindIndex([.. honest.Function.Inputs], i => i.Name == name)] = value;

        bool Holds(Scalar[] values)
        {
            var run = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, values), keepGoing: true);
            var holds = ConstraintChecker.Check(circuit.Circuit, run.Trace!).Holds;
            Assert.Equal(Interpreter.Run(honest.Function, values).IsAccepted, holds);
            return holds;
        }
    }

    [Fact]
    public void A_map_of_optional_values_tells_none_from_a_key_that_is_not_there() => LanguageTests.Pass("""
        error Unexpected;
        machine Book {
            data { names: map<u8, u64?, 8> }
            state Live
            invariant first: (match names.find(0) { some(some(n)) => n > 3, some(none) => true, none => true });
            transition start : init -> Live { become Live; }
            transition put(k: u8, v: u64?) : Live -> Live { if names.find(k) == none { names.insert(k, v); } else { names.set(k, v); } stay; }
            transition expect(k: u8, is_there: bool, v: u64?) : Live -> Live {
                let found = names.find(k);
                let (seen, value): (bool, u64?) = match found { none => (false, none), some(n) => (true, n) };
                require seen == is_there && value == v else Unexpected;
                stay;
            }
        }
        test "three answers" {
            let b = Book.new();
            b.start();
            b.expect(k: 1, is_there: false, v: none);
            b.put(k: 1, v: none);
            b.expect(k: 1, is_there: true, v: none);
            reject Unexpected { b.expect(k: 1, is_there: false, v: none); }
            b.put(k: 1, v: 7);
            b.expect(k: 1, is_there: true, v: 7);
            reject Unexpected { b.expect(k: 1, is_there: true, v: none); }
            b.put(k: 0, v: none);
            reject InvariantBroken { b.put(k: 0, v: 3); }
            assert b.names.find(1) == some(some(7)) && b.names.find(0) == some(none) && b.names.find(9) == none;
        }
        """);

    /// <summary>
    /// Of each key one answer is taken: with 'none' for a key that is not there nothing may stand beside it, or "is it there" would be answered both ways.
    /// </summary>
    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(true, true, 7)]
    public void C8_A_key_of_optional_values_has_one_answer(bool isThere, bool isSome, int number)
    {
        var program = Programs.Bind("""
            error Unexpected;
            machine Book {
                data { names: map<u8, u64?, 8> }
                state Live
                transition start : init -> Live { become Live; }
                transition put(k: u8, v: u64?) : Live -> Live { names.insert(k, v); stay; }
                transition expect(k: u8, is_there: bool) : Live -> Live { require (names.find(k) != none) == is_there else Unexpected; stay; }
            }
            """);
        var instance = MachineInstance.New(program.Machines[0].Symbol, Programs.Lower(program, "Book"), _ => [Scalar.Of(0)], SaltSource.Fixed());
        instance = instance.Step(0, new Dictionary<string, Scalar>(), 0, 0, SaltSource.Fixed()).After!;
        if (isThere)
        {
            var put = new Dictionary<string, Scalar> { ["args.k"] = Scalar.Of(3), ["args.v.some"] = Scalar.Of(isSome), ["args.v.value"] = Scalar.Of(number) };
            instance = instance.Step(1, put, 0, 0, SaltSource.Fixed()).After!;
        }

        var honest = instance.Step(2, new Dictionary<string, Scalar> { ["args.k"] = Scalar.Of(3), ["args.is_there"] = Scalar.Of(isThere) }, 0, 0, SaltSource.Fixed());
        var circuit = CircuitEmitter.Emit(honest.Function);
        var inputs = honest.Function.Inputs.Select(i => honest.Inputs![i.Name]).ToArray();
        var said = Array.FindIndex([.. honest.Function.Inputs], i => i.Name == "args.is_there");
        var opened = honest.Function.Accesses[0].Values;
        Assert.Equal(3, opened.Length);
        foreach (var (there, some, value, claim) in from t in new[] { false, true } from s in new[] { false, true } from v in new[] { 0, 7, 9 } from c in new[] { false, true } select (t, s, v, c))
        {
            var given = (Scalar[])inputs.Clone();
            (given[opened[0]], given[opened[1]], given[opened[2]], given[said]) = (Scalar.Of(there), Scalar.Of(some), Scalar.Of(value), Scalar.Of(claim));
            var isTrue = (there, some, value, claim) == (isThere, isSome, number, isThere);
            var run = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, given), keepGoing: true);
            Assert.Equal(isTrue, ConstraintChecker.Check(circuit.Circuit, run.Trace!).Holds);
            Assert.Equal(isTrue, Interpreter.Run(honest.Function, given).IsAccepted);
        }
    }

    [Fact]
    public void P8_A_list_of_steps_that_finds_is_read_back() =>
        Assert.True(Artifact.TryRead(CircuitEmitter.Emit(Programs.Lower(Programs.Bind(Book), "Book")).ToArtifact().Write(), out var read, out _) && read.Abi.Functions[2].MapSteps[0].Kind == AbiMapStepKind.Find);
}
