using System.Text;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;
using ProvingLayer.TestSupport;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Aggregation;

/// <summary>The life of an option in three segments, and its steps by themselves, each time as one proof.</summary>
public sealed class AggregationTests(AggregatedLife life) : IClassFixture<AggregatedLife>
{
    [Fact]
    public void Segments_of_a_history_become_the_whole_history()
    {
        var whole = life.Whole;
        Assert.Equal(3, whole.Leaves.Length);
        Assert.Equal(3, whole.Aggregate.Statement.History!.Value.Steps);
        var found = life.Verify(whole.Aggregate, whole.Proof);
        Assert.True(found.IsAccepted, found.Message);

        // What it says is what the segments say, each of which is shown to be in it.
        for (var i = 0; i < life.Segments.Length; i++)
        {
            var path = whole.PathOf(i);
            Assert.True(TenorVerifier.VerifyInclusion(life.Keys, whole.Aggregate, life.Prover.Key, life.Segments[i].Statement, path).IsAccepted);
            Assert.False(TenorVerifier.VerifyInclusion(life.Keys, whole.Aggregate, life.Prover.Key, life.Segments[(i + 1) % 3].Statement, path).IsAccepted);
            Assert.False(TenorVerifier.VerifyInclusion(life.Keys, whole.Aggregate, life.Prover.Key, life.Segments[i].Statement, path with { Index = path.Index ^ 1 }).IsAccepted);
            Assert.Equal(TenorInclusion.ToJson(path), TenorInclusion.TryParse(TenorInclusion.ToJson(path), null, out var read, out _) ? TenorInclusion.ToJson(read) : null);
        }
    }

    [Fact]
    public void Segments_in_another_order_are_a_set_and_no_history()
    {
        TenorLeaf[] leaves = [.. life.Segments.Reverse().Select(segment => TenorLeaf.Of(segment.Statement, segment.Proof))];
        var made = life.Aggregator.Aggregate(leaves[..2]);
        Assert.Null(made.Aggregate.Statement.History);
        Assert.True(life.Verify(made.Aggregate, made.Proof).IsAccepted);
    }

    [Fact]
    public void A_statement_reads_back_and_every_part_of_it_counts()
    {
        var json = life.Whole.Aggregate.ToJson();
        Assert.True(TenorAggregate.IsAggregate(json));
        Assert.False(TenorHistory.IsHistory(json));
        Assert.True(TenorAggregate.TryParse(json, null, out var read, out var error), error?.ToString());
        Assert.Equal(json, read.ToJson());
        var statement = read.Statement;
        var history = statement.History!.Value;
        foreach (var (lie, misfit) in new (TenorAggregate, Misfit)[]
        {
            (read with { Statement = statement with { Root = statement.VkRoot } }, Misfit.Proof),
            (read with { Statement = statement with { VkRoot = statement.Root } }, Misfit.Key),
            (read with { Statement = statement with { History = history with { Steps = 4 } } }, Misfit.Proof),
            (read with { Statement = statement with { History = history with { From = history.To } } }, Misfit.Proof),
            (read with { Statement = statement with { History = null } }, Misfit.Proof),
            (read with { Circuit = 0 }, Misfit.Proof),
            (read with { Circuit = 255 }, Misfit.Statement),
        })
        {
            Assert.Equal(misfit, life.Verify(lie, life.Whole.Proof).Misfit);
        }

        foreach (var bad in new[] { "{}", Encoding.UTF8.GetString(json).Replace("\"3\"", "\"03\"", StringComparison.Ordinal), Encoding.UTF8.GetString(json).Replace("vkRoot", "vkroot", StringComparison.Ordinal) })
            Assert.False(TenorAggregate.TryParse(Encoding.UTF8.GetBytes(bad), "a.json", out _, out _), bad);
    }

    [Fact]
    public void Proofs_that_do_not_hold_or_are_not_admitted_are_named()
    {
        var (first, second) = (life.Segments[0], life.Segments[1]);
        var mixed = Assert.Throws<TenorException>(() => life.Aggregator.Aggregate([TenorLeaf.Of(first.Statement, first.Proof), TenorLeaf.Of(first.Statement, second.Proof)]));
        Assert.StartsWith("proof 2 ", mixed.Error.Message, StringComparison.Ordinal);
        var cut = Assert.Throws<TenorException>(() => life.Aggregator.Aggregate([TenorLeaf.Of(first.Statement, first.Proof[..^1])]));
        Assert.StartsWith("proof 1 cannot be read", cut.Error.Message, StringComparison.Ordinal);
        Assert.Throws<TenorException>(() => life.Aggregator.Aggregate([]));
        var stranger = life.Prover.Prove(life.Inputs[0]); // a step by itself, which the set does not admit
        var refused = Assert.Throws<TenorException>(() => life.Aggregator.Aggregate([TenorLeaf.Of(stranger.Statement, stranger.Proof)]));
        Assert.Contains("--for", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stopped_goes_on_from_its_finished_parts()
    {
        var parts = new Parts();
        TenorLeaf[] leaves = [.. life.Segments.Select(segment => TenorLeaf.Of(segment.Statement, segment.Proof))];
        using (var stop = new CancellationTokenSource())
        {
            var after = new Seen(done => { if (done == 3) stop.Cancel(); });
            Assert.ThrowsAny<OperationCanceledException>(() => life.Aggregator.Aggregate(leaves, parts, after, stop.Token));
        }

        Assert.Equal([(0, 1), (0, 2), (1, 1)], parts.Kept.Keys.Order());
        var before = parts.Kept.Count;
        var made = life.Aggregator.Aggregate(leaves, parts);
        Assert.True(life.Verify(made.Aggregate, made.Proof).IsAccepted);
        Assert.Equal(before + 2, parts.Kept.Count); // the third segment and the whole
        Assert.Equal(life.Whole.Aggregate, made.Aggregate);

        // A part that is not what it says, or of something else, is made again.
        parts.Kept[(0, 2)] = (parts.Kept[(0, 2)].Aggregate, parts.Kept[(0, 1)].Proof);
        parts.Kept.Remove((0, 3));
        Assert.True(life.Aggregator.Aggregate(leaves, parts) is var again && life.Verify(again.Aggregate, again.Proof).IsAccepted);
    }

    [Fact]
    public void A_key_set_reads_back_and_a_changed_byte_is_refused_or_gives_another_root()
    {
        var bytes = life.Keys.ToBytes();
        Assert.True(TenorKeySet.TryRead(bytes, null, AggregatedLife.Testing, out var read, out var error), error?.ToString());
        Assert.Equal(bytes, read.ToBytes());
        Assert.Equal(life.Keys.Root, read.Root);
        Assert.False(TenorKeySet.TryRead(bytes, null, out _, out _)); // the profile is for tests
        var random = new Random(20261125);
        for (var i = 0; i < LongRun.Of(all: 2_000, sample: 60); i++)
        {
            var changed = bytes.ToArray();
            var at = random.Next(changed.Length);
            changed[at] ^= (byte)(1 << random.Next(8));
            if (TenorKeySet.TryRead(changed, null, AggregatedLife.Testing, out var other, out _))
                Assert.NotEqual(life.Keys.Root, other.Root);
        }

        for (var length = 0; length < bytes.Length; length += LongRun.Of(all: 1, sample: 71))
            Assert.False(TenorKeySet.TryRead(bytes.AsSpan(0, length), null, AggregatedLife.Testing, out _, out _));
    }

    private sealed class Parts : IAggregationParts
    {
        public Dictionary<(int First, int Count), (TenorAggregate Aggregate, byte[] Proof)> Kept { get; } = [];

        public (TenorAggregate Aggregate, byte[] Proof)? Find(int first, int count) => Kept.TryGetValue((first, count), out var part) ? part : null;

        public void Keep(int first, int count, TenorAggregate aggregate, byte[] proof) => Kept[(first, count)] = (aggregate, proof);
    }

    private sealed class Seen(Action<int> then) : IProgress<AggregationProgress>
    {
        public void Report(AggregationProgress value) => then(value.Done);
    }
}

/// <summary>An option's life proved in segments of one step, under the profile for tests, and their aggregate.</summary>
public sealed class AggregatedLife
{
    internal static readonly VerifierOptions Testing = new() { AllowTestProfile = true };

    public AggregatedLife()
    {
        var run = Program.Run(Program.Options, File.ReadAllBytes(Path.Combine(Program.Scenarios(Program.Options), "apple-put-80-2020-03-30.json")));
        Assert.Empty(run.Errors);
        var steps = Program.Steps(run, Profile.Test).ToArray();
        (Prover, Inputs) = (steps[0].Prover, [.. steps.Select(step => step.Input)]);
        Segments = [.. Prover.ProveHistory(Inputs, new HistoryOptions { MemoryBudget = 1 })];
        var leaves = TenorKeySet.LeavesLike([Prover.Key], Segments.Select(segment => segment.Proof));
        Aggregator = TenorKeySet.Build(leaves, RecursionShape.Least(Profile.Test), Testing, default);
        Whole = Aggregator.Aggregate([.. Segments.Select(segment => TenorLeaf.Of(segment.Statement, segment.Proof))]);
    }

    internal TenorProver Prover { get; }

    internal WitnessInput[] Inputs { get; }

    internal TenorHistoryProof[] Segments { get; }

    internal TenorAggregator Aggregator { get; }

    internal TenorKeySet Keys => Aggregator.Keys;

    internal TenorAggregateProof Whole { get; }

    internal TenorVerification Verify(TenorAggregate aggregate, byte[] proof) => TenorVerifier.Verify(Keys, aggregate, proof, Testing);
}
