using System.Collections.Immutable;
using Examples.Solvency;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Consumer;

public class SolvencyTests
{
    [Fact]
    public async Task A_claim_is_proved_and_verified_through_types()
    {
        var solvency = Solvency.Load(Rules.Compile("02-solvency/solvency.tenor", "Solvency"));
        var empty = new Account(Qty<USD>.Zero, Qty<ETH>.Zero);
        var accounts = Enumerable.Repeat(empty, 16).ToImmutableArray().SetItem(3, new(Qty<USD>.Of(1500.25m), Qty<ETH>.Of(2m)));
        var (price, ratio) = (FixedDecimal<Places.P2, Per<USD, ETH>>.Of(1800m), FixedDecimal<Places.P4, One>.Of(1.5m));
        var proved = await solvency.ProveAsync(price, ratio, accounts);
        Assert.Equal(Qty<USD>.Of(1500.25m), proved.Statement.Result);
        Assert.True(proved.Statement.Verify(solvency.Key, proved.Proof).IsAccepted);
        Assert.DoesNotContain("1500", accounts[3].ToString(), StringComparison.Ordinal);

        var uncovered = accounts.SetItem(0, new(Qty<USD>.Of(1m), Qty<ETH>.Zero));
        Assert.Equal(Solvency.Error.Uncovered, Solvency.ErrorOf(Assert.Throws<TenorException>(() => solvency.Execute(price, ratio, uncovered))));
    }
}
