using Bank;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.Values;
using Rulebook = Bank.Bank;

namespace ProvingLayer.Consumer;

/// <summary>A ledger through types: a map of quantities whose witnesses the runtime finds, for keys that it has and keys that it has not.</summary>
public class LedgerTests
{
    private static readonly PartyKey Ann = PartyKey.ForTest("ann");
    private static readonly PartyKey Bob = PartyKey.ForTest("bob");

    [Fact]
    public void Value_moves_between_keys_and_to_oneself()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "rules", "Bank.tnart");
        TenorArtifact.Of(Rules.Emit(File.ReadAllText(TestSupport.Repository.PathOf("tests", "ProvingLayer.Consumer", "bank.tenor")), "Bank")).Save(path);
        var rules = Rulebook.Load(path);
        var (now, ann) = (DateTimeOffset.UnixEpoch.AddYears(50), new TestSigner("ann"));
        var open = rules.Execute(Rulebook.New().Start(now)).State;
        open = rules.Execute(open.Deposit(Ann, Qty<USD>.Of(10m), now).By(ann)).State;
        Assert.Equal(Qty<USD>.Of(10m), open.Accounts[Ann]);
        Assert.False(open.Accounts.TryGet(Bob, out _));
        open = rules.Execute(open.Pay(Ann, Bob, Qty<USD>.Of(4m), now).By(ann)).State;
        open = rules.Execute(open.Pay(Ann, Ann, Qty<USD>.Of(5.90m), now).By(ann)).State;
        Assert.Equal((Qty<USD>.Of(5.90m), Qty<USD>.Of(4m), Qty<USD>.Of(0.10m)), (open.Accounts[Ann], open.Accounts[Bob], open.Fees));
        var short_ = Assert.Throws<TenorException>(() => rules.Execute(open.Pay(Ann, Bob, Qty<USD>.Of(5.86m), now).By(ann)));
        Assert.Equal(Rulebook.Error.InsufficientBalance, Rulebook.ErrorOf(short_));
        var stolen = Assert.Throws<TenorException>(() => rules.Execute(open.Pay(Bob, Ann, Qty<USD>.Of(1m), now).By(ann)));
        Assert.Equal(Rulebook.Error.NotAuthorized, Rulebook.ErrorOf(stolen));
    }
}
