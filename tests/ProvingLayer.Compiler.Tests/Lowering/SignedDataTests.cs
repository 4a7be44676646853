using System.Collections.Immutable;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary><c>signed&lt;T&gt;</c>: what its signer has not signed is not read.</summary>
public sealed class SignedDataTests
{
    private const string Text = """
        module tests.signed;

        use std.oracle;
        use std.oracle.{Quote, Price};

        asset USD { decimals: 2 }
        asset OIL { decimals: 3 }
        error Forged, Again;

        struct Pair { first: signed<u64>, second: signed<u64> }
        enum Word { Silence, Said { what: signed<u64> } }

        machine Book {
            data { feed: key, mut other: key, mut last: Price<OIL, USD> = 0, mut sum: u64 = 0 }
            state Live
            transition start : init -> Live { become Live; }

            transition update(quote: signed<Quote<OIL, USD>>) : Live -> Live {
                last = oracle.fresh(quote, feed, now.from, 10 minutes).price;
                stay;
            }

            transition fix(quote: signed<Quote<OIL, USD>>, of_: time) : Live -> Live {
                last = oracle.fixing(quote, feed, of_);
                stay;
            }

            transition add(counts: [signed<u64>; 2], pair: Pair, takes: bool) : Live -> Live {
                for c in counts {
                    let n = c.open(feed) else Forged;
                    sum += n;
                }
                if takes {
                    let n = pair.first.open(feed) else Forged;
                    let m = pair.second.open(other) else Again;
                    sum += n + m;
                }
                stay;
            }

            transition hear(word: Word, maybe: signed<u64>?) : Live -> Live {
                match word {
                    Said { what } => { let n = what.open(feed) else Forged; sum += n; }
                    Silence => { }
                }
                match maybe {
                    some(what) => { let n: u64 = what.open(feed) else Again; sum += n; }
                    none => { }
                }
                stay;
            }
        }

        fn read(what: signed<u64>, signer: key) -> u64 { let n = what.open(signer) else Forged; n }

        statement Doubled(pub signer: key, what: signed<u64>) -> u64 { disclose(read(what, signer) * 2) }

        test "a price is as old as it may be, and signed" {
            let b = Book.new(feed: K.feed, other: K.bob);
            let at_ = time("2026-06-26T08:00:00Z");
            at at_;
            b.start();
            let quote = K.feed.sign(Quote<OIL, USD> { price: 80.25, time: at_ });
            b.update(quote: quote);
            assert b.last * 1 OIL == 80.25 USD;
            at at_ + 10 minutes;
            b.update(quote: quote);
            reject oracle.NotTheFixing { b.fix(quote: quote, of_: at_ + 1 seconds); }
            b.fix(quote: quote, of_: at_);
            reject oracle.NotFromFeed { b.update(quote: K.bob.sign(Quote<OIL, USD> { price: 80.25, time: at_ })); }
            at at_ + 10 minutes + 1 seconds;
            reject oracle.Stale { b.update(quote: quote); }
            reject oracle.NotYet { b.update(quote: K.feed.sign(Quote<OIL, USD> { price: 80.25, time: at_ + 1 hours })); }
        }

        test "every open is by itself, and in an arm that is not taken none counts" {
            let b = Book.new(feed: K.feed, other: K.bob);
            b.start();
            let one: signed<u64> = K.feed.sign(1);
            let two: signed<u64> = K.feed.sign(2);
            let bobs: signed<u64> = K.bob.sign(5);
            b.add(counts: [one, two], pair: Pair { first: one, second: bobs }, takes: true);
            assert b.sum == 9;
            b.add(counts: [one, one], pair: Pair { first: bobs, second: one }, takes: false);
            assert b.sum == 11;
            reject Forged { b.add(counts: [one, bobs], pair: Pair { first: one, second: bobs }, takes: true); }
            reject Forged { b.add(counts: [one, two], pair: Pair { first: bobs, second: bobs }, takes: true); }
            reject Again { b.add(counts: [one, two], pair: Pair { first: one, second: two }, takes: true); }
            b.hear(word: Word.Said { what: two }, maybe: none);
            b.hear(word: Word.Silence, maybe: one);
            reject Forged { b.hear(word: Word.Said { what: bobs }, maybe: none); }
            reject Again { b.hear(word: Word.Said { what: one }, maybe: some(bobs)); }
            assert b.sum == 14;
            assert read(two, K.feed) == 2;
            reject Forged { assert read(two, K.bob) == 2; }
        }
        """;

    private static readonly Language.Bound.BoundProgram program = Programs.Bind(Text);
    private static readonly IrProgram book = Programs.Lower(program, "Book");

    public static TheoryData<string> Tests => [.. program.Tests.Select(t => t.Title)];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Tests_of_signed_data_agree_in_interpreter_circuit_and_checker(string title)
    {
        var (check, bag) = (new CircuitCheck(), new DiagnosticBag());
        var result = Assert.Single(TestRunner.Run(program, t => t.Title == title, check, bag));
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Runs >= 6);
    }

    [Fact]
    public void C4_A_signature_of_data_with_any_scalar_changed_is_refused_by_the_constraints()
    {
        var (circuit, honest) = Statement(9, "feed", "feed");
        Assert.True(Holds(circuit, honest));
        var names = honest.Keys.Where(k => k.StartsWith("data[0].", StringComparison.Ordinal)).ToList();
        Assert.Equal(Signature.Count, names.Count);
        foreach (var name in names)
        {
            var lie = honest[name].Kind == ScalarKind.Digest ? Scalar.Of(Digests.OfName("a lie")) : Scalar.Of(honest[name].Number + 1);
            Assert.False(Holds(circuit, honest.SetItem(name, lie)), $"{name} was changed");
        }
    }

    [Fact]
    public void Data_that_is_not_what_was_signed_is_refused()
    {
        var (circuit, honest) = Statement(9, "feed", "feed");
        Assert.True(Holds(circuit, honest));
        Assert.False(Holds(circuit, honest.SetItem("args.what", Scalar.Of(10)))); // another value
        Assert.False(Holds(circuit, honest.SetItem("args.signer", Scalar.Of(Digests.OfTestKey("bob"))))); // another key
        var (_, forged) = Statement(9, "bob", "feed");
        Assert.False(Holds(circuit, forged));
    }

    [Fact]
    public void A_signature_of_one_type_is_none_of_another_of_the_same_scalars()
    {
        var types = new TenorType[]
        {
            NumberType.OfKind(NumberKind.U64),
            NumberType.OfKind(NumberKind.U64) with { Max = 1000 },
            NumberType.FixedPoint(0, Unit.None),
            NumberType.FixedPoint(2, Unit.None),
            new TupleType([NumberType.OfKind(NumberKind.U64)]),
            new StructType("S", "m.S", [new("x", NumberType.OfKind(NumberKind.U64))]),
            new StructType("S", "m.S", [new("y", NumberType.OfKind(NumberKind.U64))]),
            new StructType("S", "n.S", [new("x", NumberType.OfKind(NumberKind.U64))]),
            NumberType.Quantity(new("USD", "m.USD", 2)),
            NumberType.Quantity(new("USD", "m.USD", 6)),
            NumberType.Quantity(new("USD", "n.USD", 2)),
        };
        Assert.Equal(types.Length, types.Select(t => SignedData.MessageOf(t, [Scalar.Of(5)])).Distinct().Count());
    }

    [Fact]
    public void Who_signs_a_step_has_signed_no_data()
    {
        // The feed is among those who sign the step: that is no signature of what the step says it said.
        var source = new TestSigners([TestKeys.Of("feed")], []);
        Assert.Null(source.Sign(new("data[0]", 0) { IsOfData = true }, 0, TestKeys.Of("feed").Root, default));
        Assert.NotNull(source.Sign(new("by[0]", 0), 0, TestKeys.Of("feed").Root, default));
    }

    [Fact]
    public void C16_What_is_signed_of_data_is_the_same_before_and_after_the_passes_and_outside_of_them()
    {
        var unoptimised = ProgramLowering.Run(program.Instantiate("Doubled", new())!, new DiagnosticBag())!.Functions[0];
        var (circuit, honest) = Statement(9, "feed", "feed");
        var (before, after) = (Interpreter.Run(unoptimised, honest), Interpreter.Run(circuit.Function, honest));
        Assert.True(before.IsAccepted && after.IsAccepted);
        Assert.Equal(before.Output("data[0].message"), after.Output("data[0].message"));
        Assert.Equal(Scalar.Of(SignedData.MessageOf(NumberType.OfKind(NumberKind.U64), [Scalar.Of(9)])), after.Output("data[0].message"));
    }

    [Fact]
    public void The_same_data_opened_twice_with_one_key_takes_one_signature()
    {
        var twice = Programs.Bind("""
            error No;
            statement Twice(pub k: key, pub l: key, x: signed<u64>) -> u64 {
                let a = x.open(k) else No;
                let b = x.open(k) else No;
                let c = x.open(l) else No;
                disclose(a + b + c)
            }
            """);
        Assert.Equal(2, Programs.Lower(twice, "Twice").Functions[0].Signatures.Length);
    }

    [Theory]
    [InlineData("struct S { x: signed<u64> } machine M { data { s: S } final state A transition t : init -> A { become A; } }", "TNR2004")]
    [InlineData("machine M { data { x: signed<u64> } final state A transition t : init -> A { become A; } }", "TNR2004")]
    [InlineData("machine M { data { m: map<u32, signed<u64>, 32> } final state A transition t : init -> A { become A; } }", "TNR2004")]
    [InlineData("machine M { final state A { x: signed<u64> } transition t(x: signed<u64>) : init -> A { become A { x }; } }", "TNR2004")]
    [InlineData("statement S(x: signed<u64>) -> signed<u64> { x }", "TNR2004")]
    [InlineData("statement S(x: signed<signed<u64>>) -> u64 { 1 }", "TNR2004")]
    [InlineData("statement S(x: signed<lo<u64>>) -> u64 { 1 }", "TNR2004")]
    [InlineData("statement S(x: signed<>) -> u64 { 1 }", "TNR")]
    [InlineData("statement S(x: signed<u64>, k: key) -> bool { disclose(x == x) }", "TNR2")]
    [InlineData("statement S(x: signed<u64>, k: key) -> u64 { x }", "TNR2")]
    [InlineData("statement S(x: signed<u64>, k: key) -> u64 { disclose(x.open(k)) }", "TNR")]
    [InlineData("error E; statement S(x: u64, k: key) -> u64 { let y = x.open(k) else E; 1 }", "TNR1")]
    [InlineData("error E; statement S(x: signed<u64>, k: u64) -> u64 { let y = x.open(k) else E; 1 }", "TNR2")]
    [InlineData("error E; statement S(x: signed<u64>, k: key) -> u64 { let y = x.open() else E; 1 }", "TNR2")]
    [InlineData("error E; statement S(x: signed<u64>, k: key) -> u64 { let y = x.open(k) else E; y }", "TNR6")]
    [InlineData("property \"p\" (x: signed<u64>) { assert true; }", "TNR2004")]
    [InlineData("test \"t\" { let x = K.alice.sign(1 / 3); }", "TNR2")]
    [InlineData("statement S(k: key) -> u64 { let x = k.sign(1); 1 }", "TNR")]
    public void C4_Signed_data_is_used_as_signed_data_alone(string text, string code)
    {
        var found = Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", text)]).Diagnostics;
        Assert.StartsWith(code, Assert.Single(found).Code, StringComparison.Ordinal);
    }

    private static (CircuitFunction Circuit, ImmutableSortedDictionary<string, Scalar> Inputs) Statement(int value, string signer, string asked)
    {
        var json = """{"statement": "Doubled", "args": {"signer": "K.ASKED", "what": {"by": "K.SIGNER", "value": "VALUE"}}}"""
            .Replace("ASKED", asked, StringComparison.Ordinal)
            .Replace("SIGNER", signer, StringComparison.Ordinal)
            .Replace("VALUE", value.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var run = Scenario.Run(program, System.Text.Encoding.UTF8.GetBytes(json), SaltSource.Fixed());
        Assert.Equal(signer == asked, run.Errors.IsEmpty);
        var step = Assert.Single(run.Steps);
        return (CircuitEmitter.Emit(step.Function), step.Inputs!.Add("programId", Scalar.Of(default(Algebra.Digest))));
    }

    private static bool Holds(CircuitFunction circuit, ImmutableSortedDictionary<string, Scalar> inputs)
    {
        var cells = CircuitComparison.Cells(circuit, [.. circuit.Function.Inputs.Select(i => inputs[i.Name])]);
        return ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, keepGoing: true).Trace!).Holds;
    }
}
