using System.Collections.Immutable;
using Examples.Solvency;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Consumer;

public class AggregationTests
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Claims_of_two_venues_are_one_proof_in_which_each_is_shown()
    {
        var solvency = Solvency.Load(Rules.Compile("02-solvency/solvency.tenor", "Solvency"));
        var venues = new[] { 1500.25m, 900m }.Select(deposits => Claim(solvency, deposits)).ToArray();
        var first = await venues[0];
        var second = await venues[1];

        var aggregator = TenorKeySet.Build([solvency.Key]);
        var done = new List<AggregationProgress>();
        var made = await aggregator.AggregateAsync([first.AsLeaf(), second.AsLeaf()], progress: new Told(done));
        Assert.Equal(new(3, 3), done[^1]);
        var folder = Path.Combine(AppContext.BaseDirectory, "aggregate");
        made.Save(Path.Combine(folder, "both"));
        aggregator.Keys.Save(Path.Combine(folder, "venues.tkeys"));
        first.Save(Path.Combine(folder, "first"));
        solvency.Key.Save(Path.Combine(folder, "Solvency.vkey"));

        // The stranger: the key set, of which he knows the root; the aggregate; the one claim that concerns him, and the key of its program.
        var keys = TenorKeySet.Load(Path.Combine(folder, "venues.tkeys"));
        Assert.Equal(aggregator.Keys.Root, keys.Root);
        var aggregate = TenorAggregate.Load(Path.Combine(folder, "both.json"));
        Assert.True(TenorVerifier.Verify(keys, aggregate, File.ReadAllBytes(Path.Combine(folder, "both.proof"))).IsAccepted);
        var key = Solvency.LoadKey(Path.Combine(folder, "Solvency.vkey"));
        var claim = Solvency.Statement.Load(Path.Combine(folder, "first.json"), key);
        Assert.True(claim.VerifyInclusion(keys, aggregate, key, made.PathOf(0)).IsAccepted);
        Assert.False(claim.VerifyInclusion(keys, aggregate, key, made.PathOf(1)).IsAccepted);
        Assert.Equal(Qty<USD>.Of(1500.25m), claim.Result);
    }

    private static Task<ProvedClaim<Solvency.Statement>> Claim(Solvency solvency, decimal deposits)
    {
        var empty = new Account(Qty<USD>.Zero, Qty<ETH>.Zero);
        var accounts = Enumerable.Repeat(empty, 16).ToImmutableArray().SetItem(3, new(Qty<USD>.Of(deposits), Qty<ETH>.Of(2m)));
        return solvency.ProveAsync(FixedDecimal<Places.P2, Per<USD, ETH>>.Of(1800m), FixedDecimal<Places.P4, One>.Of(1.5m), accounts);
    }

    private sealed class Told(List<AggregationProgress> done) : IProgress<AggregationProgress>
    {
        public void Report(AggregationProgress value) => done.Add(value);
    }
}
