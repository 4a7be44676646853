using System.Collections.Immutable;
using Examples.Margin;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.Values;
using ProvingLayer.Stark.Keys;
using ProvingLayer.TestSupport;
using Tests.Inner;
using Quote = Std.Oracle.Quote_std_assets_ETH_std_assets_USDC;

namespace ProvingLayer.Consumer;

/// <summary>Proofs that go into others, through types.</summary>
public class InnerProofTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Proofs_of_a_claim_and_a_history_go_into_a_claim_and_a_step()
    {
        var sum = await Sum.Load(Compile("Sum")).ProveAsync(5, 37);
        var tally = Tally.Load(Compile("Tally"));
        var begin = Tally.New(0, 0);
        var history = tally.BeginHistory();
        var open = (Tally.OpenState)history.Add(begin.Start(Morning));
        history.Add(open.Add(3, Morning.AddHours(1)));
        var segment = Assert.Single((await history.ProveAsync()).Segments);
        var life = new ProvedHistory<Tally.History>(Tally.History.Of(segment.Statement), segment.Proof);
        var (from, to) = (life.Statement.PreRoot, life.Statement.PostRoot);

        var summary = Summary.Load(Compile("Summary"), Profile.Test);
        Assert.Equal(44UL, summary.Execute(from, to, 5, life, sum).Result);
        Assert.Equal(Summary.Error.ProofRejected, Summary.ErrorOf(Assert.Throws<TenorException>(() => summary.Execute(from, to, 6, life, sum))));
        Assert.Equal(Summary.Error.ProofRejected, Summary.ErrorOf(Assert.Throws<TenorException>(() => summary.Execute(to, to, 5, life, sum))));
        var altered = life with { Proof = [.. life.Proof[..^40], (byte)(life.Proof[^40] ^ 1), .. life.Proof[^39..]] };
        Assert.Equal(Summary.Error.ProofRejected, Summary.ErrorOf(Assert.Throws<TenorException>(() => summary.Execute(from, to, 5, altered, sum))));

        var keeper = Keeper.Load(Compile("Keeper"), Profile.Test);
        var started = keeper.Execute(Keeper.New(0).Start(Morning)).State;
        var kept = await keeper.ProveAsync(started.Keep(5, sum, Morning.AddHours(2)).By());
        Assert.Equal(42UL, kept.State.Last);
        Assert.Equal(Keeper.Error.ProofRejected, Keeper.ErrorOf(Assert.Throws<TenorException>(() => keeper.Execute(started.Keep(6, sum, Morning.AddHours(2))))));
    }

    [Fact]
    public async Task A_proof_of_any_of_a_set_goes_into_a_claim()
    {
        var sum = await Sum.Load(Compile("Sum")).ProveAsync(5, 37);
        var net = await Net.Load(Compile("Net")).ProveAsync(5, 40, 3);
        var doubled = Doubled.Load(Compile("Doubled"), Profile.Test);
        Assert.Equal(84UL, doubled.Execute(5, sum).Result);
        Totals either = Totals.Of(net);
        Assert.Equal(84UL, doubled.Execute(5, either).Result);
        Assert.Equal(Doubled.Error.ProofRejected, Doubled.ErrorOf(Assert.Throws<TenorException>(() => doubled.Execute(6, net))));
    }

    [Fact]
    public async Task A_line_is_renewed_by_three_typed_proofs()
    {
        var (client, feed) = (PartyKey.ForTest("client"), PartyKey.ForTest("feed"));
        var price = new Quote(FixedDecimal<Places.P18, Per<Std.Assets.USDC, Std.Assets.ETH>>.Of(2500m), Morning);
        var loans = Enumerable.Repeat(new Loan(Qty<Std.Assets.ETH>.Zero, Qty<Std.Assets.USDC>.Zero), 8).ToImmutableArray();
        var book = new LoanBook(client, loans.SetItem(0, new(Qty<Std.Assets.ETH>.Of(40m), Qty<Std.Assets.USDC>.Of(50_000m))), Morning);
        var covered = LenderCover.Load(Margin("LenderCover"));
        var lender = await covered.ProveAsync(PartyKey.ForTest("lender"), client, feed, book, price, [new TestSigner("lender"), new TestSigner("feed")]);
        Assert.Equal(FixedDecimal<Places.P6, One>.Of(2m), lender.Statement.Result.Ratio);
        Assert.Equal(
            LenderCover.Error.NotFromVenue,
            LenderCover.ErrorOf(Assert.Throws<TenorException>(() => covered.Execute(PartyKey.ForTest("lender"), client, feed, book, price, [new TestSigner("other"), new TestSigner("feed")]))));

        var flat = new Position(Qty<Std.Assets.ETH>.Zero, true, FixedDecimal<Places.P18, Per<Std.Assets.USDC, Std.Assets.ETH>>.Of(0m));
        var positions = Enumerable.Repeat(flat, 4).ToImmutableArray().SetItem(0, flat with { Size = Qty<Std.Assets.ETH>.Of(100m) });
        var perps = await PerpCover.Load(Margin("PerpCover")).ProveAsync(
            PartyKey.ForTest("exchange"), client, feed, new PerpBook(client, Qty<Std.Assets.USDC>.Of(60_000m), positions, Morning), price, [new TestSigner("exchange"), new TestSigner("feed")]);

        ImmutableArray<string> names = ["one", "two", "three"];
        ImmutableArray<PartyKey> dealers = [.. names.Select(PartyKey.ForTest)];
        var quotes = names.Select(_ => new VolQuote(FixedDecimal<Places.P6, One>.Of(0.6m), FixedDecimal<Places.P6, One>.Of(100m), Morning)).ToImmutableArray();
        var index = await VolIndex.Load(Margin("VolIndex")).ProveAsync(dealers, quotes, [.. names.Select(n => new TestSigner(n))]);
        Assert.Equal(FixedDecimal<Places.P6, One>.Of(0.6m), index.Statement.Result.Iv);

        var margin = CrossMargin.Load(Margin("CrossMargin"), Profile.Test);
        var made = CrossMargin.New(client, PartyKey.ForTest("lender"), PartyKey.ForTest("exchange"), feed, dealers, Qty<Std.Assets.USDC>.Zero, Morning.AddDays(-30));
        var live = margin.Execute(made.Start(Morning)).State;
        var renewed = margin.Execute(live.Renew(lender, perps, index, Morning.AddHours(1))); // its proof takes 11 s, and the command's test makes it
        Assert.Equal(Morning, renewed.State.AsOf);
        Assert.True(renewed.State.Line.Units > 0);
    }

    private static string Compile(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "rules", $"inner.{name}.tnart");
        TenorArtifact.Of(Rules.Emit(File.ReadAllText(Repository.PathOf("tests", "ProvingLayer.Consumer", "inner.tenor")), name)).Save(path);
        return path;
    }

    private static string Margin(string name) => Rules.Compile("04-cross-chain-margin/margin.tenor", name);
}
