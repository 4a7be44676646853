using ProvingLayer.Recursion;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.TestSupport;
using ProvingLayer.Tests.Aggregation;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Examples;

/// <summary>Example 05: sixteen segments of a ledger's day are one proof of one history.</summary>
public sealed class RollupTests
{
    [Fact]
    public void Sixteen_segments_become_one_history()
    {
        var run = Program.Run(Program.Settlement, File.ReadAllBytes(Repository.PathOf("examples", "05-rollup", "scenarios", "day.json")));
        Assert.Empty(run.Errors);
        var steps = Program.Steps(run, Profile.Test).ToArray();
        var prover = steps[0].Prover;
        TenorHistoryProof[] segments = [.. prover.ProveHistory([.. steps.Select(step => step.Input)], new HistoryOptions { MemoryBudget = 1 })];
        Assert.Equal(16, segments.Length);

        var leaves = TenorKeySet.LeavesLike([prover.Key], segments.Select(segment => segment.Proof));
        Assert.Equal(3, leaves.Count()); // a start, an opening, a settlement
        var aggregator = TenorKeySet.Build(leaves, RecursionShape.Least(Profile.Test), AggregatedLife.Testing, default);
        var whole = aggregator.Aggregate([.. segments.Select(segment => TenorLeaf.Of(segment.Statement, segment.Proof))]);
        Assert.Equal(16, whole.Aggregate.Statement.History!.Value.Steps);
        Assert.Equal(segments[0].Statement.ToPublicValues()[..8], whole.Aggregate.Statement.History.Value.From.AsSpan().ToArray());
        Assert.Equal(segments[^1].Statement.ToPublicValues()[8..16], whole.Aggregate.Statement.History.Value.To.AsSpan().ToArray());
        Assert.True(TenorVerifier.Verify(aggregator.Keys, whole.Aggregate, whole.Proof, AggregatedLife.Testing).IsAccepted);
    }
}
