using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Histories as inner proofs, up to the circuit: names and types, mocks, what the interpreter asks.</summary>
public class InnerHistoryTests
{
    private const string Machine = """
        pub machine Tally {
            data { pub mut total: u64 = 0, hidden: u64 = 7, pub times: map<u64, u64, 8> }
            state Open { bonus: u64 }
            transition start : init -> Open { become Open { bonus: hidden }; }
            transition add(n: u64) : Open -> Open { total = disclose(total + n); stay; }
        }
        """;

    private const string Source = Machine + """

        error Late;
        machine Follower {
            data { subject: root<Tally>, pub mut seen: u64 = 0, pub mut log: hash = 0x0000000000000000000000000000000000000000000000000000000000000000 }
            state Live
            transition start : init -> Live { become Live; }
            @steps(p, start = 1, add = 2)
            transition follow(pub to: root<Tally>, p: proof<Tally.history>) : Live -> Live {
                let h = verify Tally.history(from: subject, to: to) using p;
                require now >= h.window.notAfter && now >= h.window.notBefore else Late;
                require to != subject else Late;
                seen = disclose(h.steps);
                log = disclose(h.log);
                stay;
            }
        }
        test "a history goes into a step" {
            at time("2026-11-26T08:00:00Z");
            let t = Tally.new();
            let begin = t.root;
            reject WrongState { let nothing = prove(t.history); }
            t.start();
            let early = prove(t.history);
            at time("2026-11-26T09:00:00Z");
            t.add(n: 3);
            let f = Follower.new(subject: begin);
            f.start();
            f.follow(to: t.root, p: prove(t.history));
            assert f.seen == 2;
            reject ProofRejected { f.follow(to: begin, p: prove(t.history)); }
            reject ProofRejected { f.follow(to: t.root, p: early); }
            let other = Follower.new(subject: t.root);
            other.start();
            reject ProofRejected { other.follow(to: t.root, p: prove(t.history)); }
            at time("2026-11-26T08:30:00Z");
            let soon = Follower.new(subject: begin);
            soon.start();
            reject Late { soon.follow(to: t.root, p: prove(t.history)); }
        }
        test "a history fits its room" {
            let t = Tally.new();
            let begin = t.root;
            t.start();
            let f = Follower.new(subject: begin);
            f.start();
            reject ProofRejected { f.follow(to: t.root, p: prove(t.history)); }
            t.add(n: 1);
            t.add(n: 2);
            f.follow(to: t.root, p: prove(t.history));
            t.add(n: 3);
            reject ProofRejected { f.follow(to: t.root, p: prove(t.history)); }
        }
        """;

    [Fact]
    public void Mocks_carry_the_steps_of_their_machine()
    {
        foreach (var result in TestRunner.Run(Programs.Bind(Source), null, new CircuitCheck(), new DiagnosticBag()))
            Assert.True(result.Failure is null, result.Failure?.Message);
    }

    [Fact]
    public void Root_and_history_are_those_of_the_steps_public_statements()
    {
        var program = Programs.Bind(Source);
        var symbol = program.Machines.First(m => m.Symbol.Name == "Tally");
        var machine = MachineInstance.New(symbol.Symbol, Programs.Lower(program, "Tally"), f => f.Name == "hidden" ? [Scalar.Of(7)] : [Scalar.Of(0)], SaltSource.Fixed());
        Assert.Null(machine.History);
        var log = HistoryDigests.EmptyLog;
        for (var i = 0; i < 3; i++)
        {
            var before = machine.Root;
            var step = machine.Step(Math.Min(i, 1), new Dictionary<string, Scalar> { ["args.n"] = Scalar.Of(i) }, 10 + i, 20 - i, SaltSource.Fixed());
            Assert.True(step.Result.IsAccepted, step.Result.Failure?.Message);
            machine = step.After!;
            Assert.Equal(before, step.Result.Public("preRoot").Digest);
            Assert.Equal(machine.Root, step.Result.Public("postRoot").Digest);
            log = HistoryDigests.Append(log, new(
                Math.Min(i, 1), step.Result.Public("argumentsDigest").Digest, step.Result.Public("flowsDigest").Digest, step.Result.Public("eventsDigest").Digest, 10 + i, 20 - i));
        }

        Assert.Equal(new HistoryClaim(machine.History!.From, machine.Root, 3, log, 10, 20), machine.History);
    }

    [Fact]
    public void Mock_shows_nothing_but_what_it_says()
    {
        var asked = Programs.Lower(Programs.Bind(Source), "Follower").Functions[1].Proofs[0];
        Assert.Equal("start=1,add=2", asked.RoomText);
        var claim = new HistoryClaim(Digests.OfTestKey("a"), Digests.OfTestKey("b"), 2, Digests.OfTestKey("c"), 3, 4);
        var mock = new TypedMocks(HistoryClaim.Parts.Zip(claim.Scalars).ToDictionary(p => $"args.p.{p.First.Path}", p => p.Second));
        Assert.Null(mock.FaultOf(asked, claim));
        foreach (var other in new[]
        {
            claim with { From = claim.To }, claim with { To = claim.From }, claim with { Steps = 3 }, claim with { Log = claim.To }, claim with { NotBefore = 2 }, claim with { NotAfter = 5 },
        })
        {
            Assert.NotNull(mock.FaultOf(asked, other));
        }
    }

    [Theory]
    [InlineData("statement S(pub a: root<Tally>, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a, to: a) using p; disclose(h.steps) }", "TNR7010")]
    [InlineData("@steps(p) statement S(pub a: root<Tally>, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a, to: a) using p; disclose(h.steps) }", "TNR4019")]
    [InlineData("@steps(p, add = 3) statement S(pub a: root<Tally>, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a, to: a) using p; disclose(h.steps) }", "TNR4019")]
    [InlineData("@steps(p, close = 1) statement S(pub a: root<Tally>, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a, to: a) using p; disclose(h.steps) }", "TNR4019")]
    [InlineData("@steps(p, add = 2_048) statement S(pub a: root<Tally>, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a, to: a) using p; disclose(h.steps) }", "TNR4019")]
    [InlineData("@steps(a, add = 1) statement S(pub a: root<Tally>) -> root<Tally> { a }", "TNR4019")]
    [InlineData("@steps(p, add = 1) statement S(pub a: hash, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a, to: a) using p; disclose(h.steps) }", "TNR2001")]
    [InlineData("@steps(p, add = 1) statement S(pub a: root<Tally>, p: proof<Tally.history>) -> u64 { let h = verify Tally.history(from: a) using p; disclose(h.steps) }", "TNR7004")]
    [InlineData("machine M { data { a: u64 } state A @steps(p, t = 1) transition t(p: proof<M.history>) : init -> A { become A; } }", "TNR7007")]
    [InlineData("statement S(pub a: root<u64>) -> u64 { 1 }", "TNR1001")]
    public void Mistakes_have_codes(string text, string code)
    {
        var codes = Compilation.Check([new SourceFile("t.tenor", Machine + text)]).Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Descriptor.Code} {d.Message}").ToList();
        Assert.Contains(codes, c => c.StartsWith(code, StringComparison.Ordinal));
    }
}
