using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Testing;

/// <summary>What <c>tenor test --soundness</c> and <c>--coverage</c> do.</summary>
public sealed class SoundnessCheckTests
{
    private const string Text = """
        asset USD { decimals: 2 }
        error Odd;
        machine Jar {
            data { owner: key, mut halves: u64 = 0, ledger: map<u8, vault<USD>, 8>, coins: vault<USD> }
            state Open
            state Shut
            transition start : init -> Open { become Open; }
            transition put(q: qty<USD>, n: u64) by owner : Open -> Open | Shut {
                move q from in(owner) to ledger[3];
                halves = (n / 2).floor<u64>().trust_exact();
                require n % 2 == 0 else Odd;
                if disclose(n > 100) {
                    halves = 0;
                    become Shut;
                } else {
                    stay;
                }
            }
            transition reopen : Shut -> Open { become Open; }
        }

        test "one way" {
            let j = Jar.new(owner: K.ann);
            j.start();
            j.put(q: 5.00 USD, n: 12) by K.ann;
            reject Odd { j.put(q: 5.00 USD, n: 13) by K.ann; }
            assert j.halves == 6;
        }
        """;

    private static readonly Language.Bound.BoundProgram program = Programs.Bind(Text);

    [Fact]
    public void C4_No_lie_about_cells_or_witnesses_gives_a_second_public_statement()
    {
        var check = new SoundnessCheck(new CircuitCheck(), 120);
        var result = Assert.Single(TestRunner.Run(program, null, check, new DiagnosticBag()));
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Told > 150);
        Assert.Equal(0, check.Harmless);
    }

    /// <summary>A function one of whose values is chosen and not computed: what a compiler with a hole would write.</summary>
    [Fact]
    public void C4_A_witness_that_nothing_pins_is_found()
    {
        var builder = new IrBuilder();
        var given = builder.Input(new("args.x", IrInputRole.PublicArgument, IrType.Integer(Interval.Unsigned(16)), ScalarLayout.Unsigned(16), ScalarFormat.Integer));
        var chosen = builder.Input(new("maps.0.m.value", IrInputRole.MapValue, IrType.Integer(Interval.Unsigned(16)), ScalarLayout.Unsigned(16), ScalarFormat.Integer));
        var sum = builder.Add(given, chosen);
        var digest = builder.Hash(DomainTag.Result, new IrPart(sum, ScalarLayout.Unsigned(32)));
        var function = builder.Build("hole", IrFunctionKind.Statement, 0, [new("resultDigest", digest, ScalarLayout.Digest)], []);
        Dictionary<string, Scalar> inputs = new() { ["args.x"] = Scalar.Of(3), ["maps.0.m.value"] = Scalar.Of(4) };
        var found = new SoundnessCheck(new CircuitCheck(), 40).Compare(new("hole", false, [], [function]), function, inputs, Interpreter.Run(function, inputs));
        Assert.Contains("second public statement: the witness maps.0.m.value is not determined", found, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_tells_what_no_test_reaches()
    {
        var coverage = new CoverageCheck(program, new CircuitCheck());
        var result = Assert.Single(TestRunner.Run(program, null, coverage, new DiagnosticBag()));
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.Equal(
            ["start: init -> Open 1", "put: Open -> Open 1", "put: Open -> Shut 0", "reopen: Shut -> Open 0"],
            coverage.Edges.Select(e => $"{e.Transition}: {e.From} -> {e.To} {e.Steps}"));
        Assert.Equal([7, 9, 10, 11, 13, 14, 16, 19], coverage.Lines.Select(l => l.Line));
        Assert.Equal([13, 14, 19], coverage.Lines.Where(l => l.Steps == 0).Select(l => l.Line));
    }

    [Fact]
    public void C18_Results_do_not_depend_on_how_many_tests_run_at_once()
    {
        var texts = Enumerable.Range(0, 12).Select(i => $"test \"t{i}\" {{ let j = Jar.new(owner: K.p{i}); j.start(); j.put(q: {i}.00 USD, n: {2 * i}) by K.p{i}; assert j.halves == {(i == 7 ? 1 : i)}; }}\n");
        var many = Programs.Bind(Text + string.Concat(texts) + "property \"p\" (n: u8) { let j = Jar.new(owner: K.ann); j.start(); j.put(q: 0, n: 2 * n) by K.ann; assert n < 50; }");
        string[] Run(int threads) => [.. TestRunner.Run(many, null, null, new DiagnosticBag(), threads: threads).Select(r => $"{r.Test.Title} {r.Steps} {r.Runs} {r.Failure}")];
        var one = Run(1);
        Assert.Equal(one, Run(4));
        Assert.Equal(14, one.Length);
        Assert.Contains(one, r => r.StartsWith("t7 ", StringComparison.Ordinal) && r.Contains("AssertionFailed", StringComparison.Ordinal));
        Assert.Contains(one, r => r.StartsWith("p ", StringComparison.Ordinal) && r.Contains("n = 50", StringComparison.Ordinal));
    }
}
