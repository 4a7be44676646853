using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary><c>mint</c> and <c>burn</c>: the issuer of an asset makes and destroys it, and every unit of it stands in a receipt.</summary>
public sealed class IssueTests
{
    private const string Text = """
        module shares;
        asset SHARE { decimals: 0 }
        asset EUR { decimals: 2 }
        error Much;

        @issuer(SHARE)
        machine Fund {
            data { manager: key, mut limit: u64 = 100, till: vault<EUR>, own: guarded vault<SHARE> }
            state Open
            transition start : init -> Open { become Open; }
            transition buy(shares: qty<SHARE>, who: key, keep: bool) by who, manager : Open -> Open {
                require shares <= limit * SHARE.unit else Much;
                move (shares * 2.50 EUR / 1 SHARE).exactly() from in(who) to till;
                if disclose(keep) { move shares from mint to own; } else { move shares from mint to out(who); }
                stay;
            }
            transition redeem(shares: qty<SHARE>, who: key) by who : Open -> Open {
                move shares from in(who) to burn;
                move (shares * 2.50 EUR / 1 SHARE).exactly() from till to out(who);
                stay;
            }
            transition retire : Open -> Open { move own.balance from own to burn; stay; }
        }

        test "what is minted is there, and what is burned is not" {
            let f = Fund.new(manager: K.ann);
            f.start();
            reject NotAuthorized { f.buy(shares: 4 SHARE, who: K.bob, keep: false) by K.bob; }
            reject Much { f.buy(shares: 101 SHARE, who: K.bob, keep: false) by K.bob, K.ann; }
            f.buy(shares: 4 SHARE, who: K.bob, keep: false) by K.bob, K.ann;
            assert flow(K.bob, SHARE) == 4 SHARE && flow(K.bob, EUR) == -10.00 EUR && f.own.balance == 0 SHARE;
            f.buy(shares: 6 SHARE, who: K.bob, keep: true) by K.bob, K.ann;
            assert f.own.balance == 6 SHARE && flow(K.bob, SHARE) == 4 SHARE;
            f.redeem(shares: 3 SHARE, who: K.bob) by K.bob;
            assert flow(K.bob, SHARE) == 1 SHARE && f.till.balance == 17.50 EUR;
            f.retire();
            assert f.own.balance == 0 SHARE;
        }
        """;

    private static readonly Language.Bound.BoundProgram program = Programs.Bind(Text);

    [Fact]
    public void Interpreter_circuit_and_checker_agree()
    {
        var (check, bag) = (new CircuitCheck(), new DiagnosticBag());
        var result = Assert.Single(TestRunner.Run(program, null, check, bag));
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Runs >= 6);
    }

    [Fact]
    public void C17_For_every_asset_what_the_vaults_gain_is_in_less_out_plus_minted_less_burned()
    {
        var run = Scenario.Run(
            program,
            """
            {"machine": "Fund", "new": {"manager": "K.ann"}, "steps": [
              {"at": "2026-01-01T00:00:00Z", "call": "start"},
              {"at": "2026-01-01T00:00:00Z", "call": "buy", "args": {"shares": "4 SHARE", "who": "K.bob", "keep": false}, "by": ["K.bob", "K.ann"]},
              {"at": "2026-01-01T00:00:00Z", "call": "buy", "args": {"shares": "6 SHARE", "who": "K.bob", "keep": true}, "by": ["K.bob", "K.ann"]},
              {"at": "2026-01-01T00:00:00Z", "call": "redeem", "args": {"shares": "3 SHARE", "who": "K.bob"}, "by": ["K.bob"]}]}
            """u8.ToArray(),
            SaltSource.Fixed(),
            new CircuitCheck());
        Assert.Empty(run.Errors);
        var receipts = run.Steps.SelectMany(s => s.Receipts).Where(r => r.Asset == "shares.SHARE").ToList();
        Assert.Equal([4, 4, 6, -3, -3], receipts.Select(r => (int)r.Amount));
        Assert.Equal([true, false, true, false, true], receipts.Select(r => r.IsIssue));
        Assert.All(receipts, r => Assert.Equal(r.IsIssue, r.Party == default));
        Assert.Equal("6 SHARE", run.Steps[^1].Balances.Single(b => b.Vault == "own").Text);
        Assert.Equal(1, (int)run.Flows.Single(f => f.Asset == "shares.SHARE").Amount); // a party's: issues are nobody's
    }

    [Fact]
    public void Directions_are_public_and_a_slot_says_which_it_is()
    {
        var buy = Programs.Lower(program, "Fund").Functions[1];
        Assert.Equal([ReceiptDirection.In, ReceiptDirection.Mint, ReceiptDirection.Mint, ReceiptDirection.Out], buy.Receipts.Select(r => r.Direction));
        Assert.Equal([AbiDirection.In, AbiDirection.Mint, AbiDirection.Mint, AbiDirection.Out], CircuitEmitter.Emit(buy).Abi.Receipts.Select(r => r.Direction));
        Assert.Equal(Scalar.Of(3), CircuitEmitter.Emit(buy).Abi.Digests.Single(d => d.Name == "flowsDigest").Parts[1].Constant);
    }

    [Fact]
    public void A_budget_goes_with_its_transition()
    {
        var budgeted = Programs.Bind("""
            const ROWS: u64 = 40;
            machine Counter {
                data { mut count: u64 = 0 }
                state Live
                @budget(rows = ROWS * 2)
                transition start : init -> Live { become Live; }
                transition go : Live -> Live { stay; }
            }
            """);
        Assert.Equal(80, Programs.Lower(budgeted, "Counter").Functions[0].Budget?.Rows);
    }
}
