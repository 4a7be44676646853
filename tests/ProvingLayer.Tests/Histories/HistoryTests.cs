using System.Numerics;
using System.Text;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Histories;

/// <summary>The life of an option as one proof: three kinds of step, each its own tables.</summary>
public sealed class HistoryTests
{
    private static readonly VerifierOptions Testing = new() { AllowTestProfile = true };

    private static readonly Lazy<(TenorProver Prover, WitnessInput[] Inputs)> Life = new(() =>
    {
        var run = Program.Run(Program.Options, File.ReadAllBytes(Path.Combine(Program.Scenarios(Program.Options), "apple-put-80-2020-03-30.json")));
        var steps = Program.Steps(run, Profile.Test).ToArray();
        return (steps[0].Prover, [.. steps.Select(step => step.Input)]);
    });

    private static readonly Lazy<TenorHistoryProof> Whole = new(() => Assert.Single(Prover.ProveHistory(Inputs)));

    private static TenorProver Prover => Life.Value.Prover;

    private static WitnessInput[] Inputs => Life.Value.Inputs;

    private static TenorHistory History => Whole.Value.Statement;

    [Fact]
    public void A_history_is_one_proof_that_says_what_its_steps_say()
    {
        Assert.Equal(["open", "exercise", "settle"], History.Steps.Select(step => step.Function.Name));
        var found = Verify(History);
        Assert.True(found.IsAccepted, found.Message);
        Assert.Equal(HistoryDigests.EmptyLog, History.PreLog);

        // The same steps, proved one by one: roots and opened values are theirs.
        var single = Inputs.Select(input => Prover.TryExecute(input, out var execution, out var error) ? execution.Statement : throw new TenorException(error)).ToArray();
        Assert.Equal(single[0]["preRoot"].Digest, History.PreRoot);
        Assert.Equal(single[^1]["postRoot"].Digest, History.PostRoot);
        foreach (var (step, statement) in History.Steps.Zip(single))
        {
            Assert.Equal(statement.Opened.OrderBy(v => v.Key, StringComparer.Ordinal), step.Opened.OrderBy(v => v.Key, StringComparer.Ordinal));
            Assert.Equal((statement["notBefore"].Number, statement["notAfter"].Number), (step.NotBefore, step.NotAfter));
        }

        Assert.Equal(single.Min(s => s["notBefore"].Number), History.NotBefore);
        Assert.Equal(single.Max(s => s["notAfter"].Number), History.NotAfter);
    }

    [Fact]
    public void A_statement_reads_back_and_nothing_is_tolerated_in_it()
    {
        var json = History.ToJson();
        Assert.True(TenorHistory.IsHistory(json));
        Assert.True(TenorHistory.TryParse(json, Prover.Key.Abi, null, out var read, out var error), error?.ToString());
        Assert.Equal(json, read.ToJson());
        Assert.True(Verify(read).IsAccepted);
        var text = Encoding.UTF8.GetString(json);
        foreach (var (from, to) in ((string, string)[])[("\"function\": \"open\"", "\"function\": \"close\""), ("\"program\": \"ApplePut\"", "\"program\": \"AppleCall\""), ("\"steps\": [", "\"more\": \"1\", \"steps\": ["), ("\"preLog\"", "\"prelog\"")])
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            Assert.False(TenorHistory.TryParse(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), Prover.Key.Abi, "h.json", out _, out error));
            Assert.Contains("h.json", error.ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever of the statement is changed alone, and with its log made to fit.</summary>
    [Fact]
    public void P18_every_field_of_a_history_is_bound()
    {
        var other = HistoryDigests.Append(History.PreLog, default);
        Refused(Misfit.Key, With(programId: other));
        Refused(Misfit.Proof, With(preRoot: other));
        Refused(Misfit.Proof, With(postRoot: other));
        Refused(Misfit.Statement, With(preLog: other));
        Refused(Misfit.Statement, With(postLog: other));
        Refused(Misfit.Proof, With(preLog: other, isRelogged: true));
        Refused(Misfit.Proof, With(notBefore: History.NotBefore - 1));
        Refused(Misfit.Proof, With(notAfter: History.NotAfter + 1));
        Refused(Misfit.Proof, With(notBefore: History.NotAfter));
        foreach (var steps in (TenorStep[][])
        [
            [History.Steps[0], History.Steps[2]],
            [History.Steps[1], History.Steps[0], History.Steps[2]],
            [.. History.Steps, History.Steps[2]],
            [History.Steps[0], History.Steps[1], History.Steps[1]],
            [History.Steps[0], History.Steps[1] with { NotBefore = History.Steps[1].NotBefore + 1 }, History.Steps[2]],
            [History.Steps[0], History.Steps[1] with { Opened = History.Steps[1].Opened.SetItem("args.spot", Scalar.Of(1)) }, History.Steps[2]],
        ])
        {
            Refused(Misfit.Statement, With(steps: steps));
            Refused(Misfit.Proof, With(steps: steps, isRelogged: true));
        }

        Refused(Misfit.Statement, With(steps: []));
        Refused(Misfit.Statement, With(steps: [History.Steps[0] with { Opened = History.Steps[0].Opened.Clear() }, .. History.Steps[1..]]));
    }

    [Fact]
    public void Proofs_of_steps_and_of_histories_do_not_mix()
    {
        var step = Prover.Prove(Inputs[0]);
        Assert.False(TenorVerifier.Verify(Prover.Key, History, step.Proof, Testing).IsAccepted);
        Assert.False(TenorVerifier.Verify(Prover.Key, step.Statement, Whole.Value.Proof, Testing).IsAccepted);
        Assert.Equal(Misfit.Proof, TenorVerifier.Verify(Prover.Key, History, Whole.Value.Proof.AsSpan()[..^1], Testing).Misfit);
        Assert.Equal(Misfit.Key, TenorVerifier.Verify(Prover.Key, History, Whole.Value.Proof).Misfit); // the test profile proves nothing
    }

    [Fact]
    public void A_history_that_does_not_fit_the_memory_is_cut_into_segments_that_continue_each_other()
    {
        var segments = Prover.ProveHistory(Inputs, new() { MemoryBudget = 1 }).ToArray();
        Assert.Equal(3, segments.Length);
        Assert.All(segments, segment => Assert.True(TenorVerifier.Verify(Prover.Key, segment.Statement, segment.Proof, Testing).IsAccepted));
        for (var i = 1; i < segments.Length; i++)
        {
            Assert.True(segments[i].Statement.Continues(segments[i - 1].Statement));
            Assert.False(segments[i - 1].Statement.Continues(segments[i].Statement));
        }

        Assert.Equal(History.PreRoot, segments[0].Statement.PreRoot);
        Assert.Equal(History.PostRoot, segments[^1].Statement.PostRoot);
        Assert.Equal(History.PostLog, segments[^1].Statement.PostLog);
    }

    [Fact]
    public void Steps_that_do_not_follow_each_other_are_not_proved()
    {
        var error = Assert.Throws<TenorException>(() => Prover.ProveHistory([Inputs[0], Inputs[2]]).ToArray()).Error;
        Assert.Contains("step 1, settle: it does not begin where the step before it ended", error.Message, StringComparison.Ordinal);
        Assert.Throws<TenorException>(() => Prover.ProveHistory([]).ToArray());
        error = Assert.Throws<TenorException>(() => Prover.ProveHistory(Inputs, new() { NotAfter = Inputs[0]["now.to"].Number }).ToArray()).Error;
        Assert.Contains("step 1, exercise: the step ends within the history's window", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_may_be_wider_than_the_steps()
    {
        var wide = Assert.Single(Prover.ProveHistory(Inputs, new() { NotBefore = 0, NotAfter = History.NotAfter + 1_000_000 }));
        Assert.True(TenorVerifier.Verify(Prover.Key, wide.Statement, wide.Proof, Testing).IsAccepted);
        Assert.False(TenorVerifier.Verify(Prover.Key, History, wide.Proof, Testing).IsAccepted);
    }

    private static TenorHistory With(
        Algebra.Digest? programId = null,
        Algebra.Digest? preRoot = null,
        Algebra.Digest? postRoot = null,
        Algebra.Digest? preLog = null,
        Algebra.Digest? postLog = null,
        BigInteger? notBefore = null,
        BigInteger? notAfter = null,
        TenorStep[]? steps = null,
        bool isRelogged = false)
    {
        var said = steps ?? [.. History.Steps];
        var log = preLog ?? History.PreLog;
        foreach (var step in said)
        {
            if (isRelogged && step.TryEntry(Prover.Key.Abi, out var entry, out _))
                log = HistoryDigests.Append(log, entry);
        }

        return new(
            Prover.Key.Abi, programId ?? History.ProgramId, preRoot ?? History.PreRoot, postRoot ?? History.PostRoot, preLog ?? History.PreLog,
            isRelogged ? log : postLog ?? History.PostLog, notBefore ?? History.NotBefore, notAfter ?? History.NotAfter, [.. said]);
    }

    private static void Refused(Misfit expected, TenorHistory history)
    {
        var found = Verify(history);
        Assert.True(found.Misfit == expected, $"{found.Misfit}: {found.Message}");
    }

    private static TenorVerification Verify(TenorHistory history) => TenorVerifier.Verify(Prover.Key, history, Whole.Value.Proof, Testing);
}
