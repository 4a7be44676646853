using Examples.Put;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.Values;
using Std.Assets;
using Quote = Std.Oracle.Quote_std_assets_ETH_std_assets_USDC;

namespace ProvingLayer.Consumer;

/// <summary>A step that takes signed data, through types: the data is an argument, and who signed it is among the step's signers.</summary>
public class SignedDataTests
{
    private static readonly DateTimeOffset Expiry = new(2026, 6, 26, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_quote_is_taken_from_its_feed_and_from_nobody_else()
    {
        var rules = EtherPut.Load(Rules.Compile("08-signed-put/put.tenor", "EtherPut"));
        var put = EtherPut.New(
            PartyKey.ForTest("alice"), PartyKey.ForTest("bob"), PartyKey.ForTest("feed"),
            FixedDecimal<Places.P18, Per<USDC, ETH>>.Of(3000m), Qty<ETH>.Of(2m), Expiry);
        var open = rules.Execute(put.Open(Qty<USDC>.Of(150m), Expiry.AddDays(-30)).By(new TestSigner("alice"), new TestSigner("bob"))).State;
        var step = open.Exercise(new Quote(FixedDecimal<Places.P18, Per<USDC, ETH>>.Of(2500m), Expiry), Expiry.AddHours(1));
        // Nobody signs a step whose data nobody has signed: it may fail.
        foreach (var signers in new ISigner[][] { [new TestSigner("bob")], [new TestSigner("bob"), new TestSigner("alice")] })
        {
            Assert.Equal(EtherPut.Error.NotAuthorized, EtherPut.ErrorOf(Assert.Throws<TenorException>(() => rules.Execute(step.By(signers)))));
        }

        Assert.Equal(EtherPut.Error.NotAuthorized, EtherPut.ErrorOf(Assert.Throws<TenorException>(() => rules.Execute(step.By(new TestSigner("feed"))))));
        var exercised = rules.Execute(step.By(new TestSigner("bob"), new TestSigner("feed")));
        Assert.Equal(Qty<USDC>.Of(1000m), exercised.State.Payout);
    }

    [Fact]
    public void Data_is_signed_before_the_step_and_no_party_signs_one_that_may_fail()
    {
        var rules = EtherPut.Load(Rules.Compile("08-signed-put/put.tenor", "EtherPut"));
        var put = EtherPut.New(
            PartyKey.ForTest("alice"), PartyKey.ForTest("bob"), PartyKey.ForTest("feed"),
            FixedDecimal<Places.P18, Per<USDC, ETH>>.Of(3000m), Qty<ETH>.Of(2m), Expiry);
        var open = rules.Execute(put.Open(Qty<USDC>.Zero, Expiry.AddDays(-30)).By(new TestSigner("alice"), new TestSigner("bob"))).State;
        var (feed, bob) = (new Counting("feed"), new Counting("bob"));

        // In time and in the money: each signs once.
        rules.Execute(open.Exercise(new Quote(FixedDecimal<Places.P18, Per<USDC, ETH>>.Of(2500m), Expiry), Expiry.AddHours(1)).By(bob, feed));
        Assert.Equal((1, 1), (feed.Signed, bob.Signed));

        // Out of the money: that shows only when the quote is signed, and then its holder does not sign.
        Assert.Throws<TenorException>(() => rules.Execute(open.Exercise(new Quote(FixedDecimal<Places.P18, Per<USDC, ETH>>.Of(3500m), Expiry), Expiry.AddHours(1)).By(bob, feed)));
        Assert.Equal((2, 1), (feed.Signed, bob.Signed));
    }

    private sealed class Counting(string name) : ISigner
    {
        private readonly TestSigner signer = new(name);

        public int Signed { get; private set; }

        public PartyKey Key => signer.Key;

        public Constraints.Signatures.Signature Sign(Algebra.Digest message)
        {
            Signed++;
            return signer.Sign(message);
        }
    }
}
