using Examples.Option;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.Values;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Consumer;

public class OptionTests
{
    private static readonly DateTimeOffset Expiry = new(2020, 3, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly PartyKey Alice = PartyKey.ForTest("alice");
    private static readonly Lazy<string> Artifact = new(() => Rules.Compile("01-european-option/option.tenor", "ApplePut"));

    private static readonly ISigner[] Signers = [new TestSigner("alice"), new TestSigner("bob")];

    private static ApplePut.InitialState NewPut() => ApplePut.New(
        Alice, PartyKey.ForTest("bob"), FixedDecimal<Places.P4, Per<USD, AAPL>>.Of(80.00m), Qty<AAPL>.Of(100), Expiry);

    [Fact]
    public async Task An_option_is_written_exercised_proved_and_verified_through_types()
    {
        var rules = ApplePut.Load(Artifact.Value);
        var opened = rules.Execute(NewPut().Open(Qty<USD>.Of(1000.00m), Expiry.AddDays(-30)).By(Signers));
        Assert.Equal(Qty<USD>.Of(8000.00m), opened.State.Margin);
        Assert.Equal(
            [("examples.option.USD", Qty<USD>.Of(8000.00m), true), ("examples.option.USD", Qty<USD>.Of(1000.00m), true), ("examples.option.USD", Qty<USD>.Of(1000.00m), false)],
            opened.Statement.Receipts.Select(r => (r.Asset, r.AmountOf<USD>()!.Value, r.IsPayment)));

        var exercised = await rules.ProveAsync(opened.State.Exercise(FixedDecimal<Places.P4, Per<USD, AAPL>>.Parse("63.70"), Expiry.AddHours(1)));
        Assert.Equal(Qty<USD>.Of(1630.00m), exercised.State.Payout);
        Assert.Equal(opened.Statement.PostRoot, exercised.Statement.PreRoot);
        var fixing = Assert.IsType<ApplePut.FixedEvent>(Assert.Single(exercised.Statement.Events));
        Assert.Equal((63.70m, 1630.00m), (fixing.Spot.ToDecimal(), fixing.Payout.ToDecimal()));

        // As a stranger: from files alone.
        var folder = Path.Combine(AppContext.BaseDirectory, "option");
        exercised.Save(Path.Combine(folder, "exercise"));
        rules.Key.Save(Path.Combine(folder, "ApplePut.vkey"));
        var key = ApplePut.LoadKey(Path.Combine(folder, "ApplePut.vkey"));
        var statement = ApplePut.ExerciseStatement.Load(Path.Combine(folder, "exercise.json"), key);
        var proof = File.ReadAllBytes(Path.Combine(folder, "exercise.proof"));
        Assert.True(statement.Verify(key, proof).IsAccepted);
        Assert.Equal("63.7000 USD/AAPL", statement.Spot.ToString());
        proof[proof.Length / 2] ^= 1;
        Assert.Equal(Misfit.Proof, statement.Verify(key, proof).Misfit);

        // The record goes to a file and comes back as the same state.
        exercised.State.Record.Save(Path.Combine(folder, "record.json"));
        var restored = Assert.IsType<ApplePut.ExercisedState>(ApplePut.LoadState(Path.Combine(folder, "record.json")));
        Assert.Equal(exercised.State, restored);
        Assert.Equal(Qty<USD>.Zero, rules.Execute(restored.Settle(Expiry.AddHours(2))).State.Margin);
    }

    [Fact]
    public void A_refused_step_names_its_error()
    {
        var rules = ApplePut.Load(Artifact.Value);
        var opened = rules.Execute(NewPut().Open(Qty<USD>.Zero, Expiry.AddDays(-1)).By(Signers));
        var early = Assert.Throws<TenorException>(() => rules.Execute(opened.State.Expire(Expiry)));
        Assert.Equal(ApplePut.Error.TooEarly, ApplePut.ErrorOf(early));
        Assert.EndsWith("rules.tenor", early.Error.File);
    }

    [Fact]
    public void A_step_that_somebody_has_not_signed_is_refused_and_says_so()
    {
        var rules = ApplePut.Load(Artifact.Value);
        var step = NewPut().Open(Qty<USD>.Zero, Expiry.AddDays(-1));
        foreach (var signers in new ISigner[][] { [], [new TestSigner("alice")], [new TestSigner("bob")], [new TestSigner("alice"), new TestSigner("carol")] })
        {
            Assert.Equal("NotAuthorized", Assert.Throws<TenorException>(() => rules.Execute(step.By(signers))).Error.Failure);
        }

        // A step that fails whoever signs asks nobody.
        var refused = Assert.Throws<TenorException>(() => rules.Execute(NewPut().Open(Qty<USD>.Zero, Expiry).By(new Unasked())));
        Assert.Equal(ApplePut.Error.TooLate, ApplePut.ErrorOf(refused));
    }

    private sealed class Unasked : ISigner
    {
        public PartyKey Key => Alice;

        public Constraints.Signatures.Signature Sign(Algebra.Digest message) => throw new InvalidOperationException("nobody may be asked");
    }

    [Fact]
    public void S7_private_values_are_in_no_text()
    {
        const string canary = "86421";
        var put = ApplePut.New(Alice, PartyKey.ForTest("bob"), FixedDecimal<Places.P4, Per<USD, AAPL>>.Of(86421m), Qty<AAPL>.Of(86421), Expiry);
        var rules = ApplePut.Load(Artifact.Value);
        var step = put.Open(Qty<USD>.Of(86421m), Expiry.AddDays(-1)).By(Signers);
        var run = rules.Execute(step);
        Assert.Contains("strike = (private)", put.ToString(), StringComparison.Ordinal);
        foreach (var text in new[] { put.ToString(), put.Record.ToString(), step.ToString(), run.State.ToString() })
        {
            Assert.DoesNotContain(canary, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Alice.ToString(), text, StringComparison.Ordinal);
        }

        // A value out of range is named by its path alone.
        var tooLarge = new Qty<AAPL>(UInt128.MaxValue);
        var failure = Record.Exception(() => rules.Execute(ApplePut.New(Alice, Alice, new(Int128.MaxValue), tooLarge, Expiry).Open(Qty<USD>.Zero, Expiry.AddDays(-1)).By(Signers)));
        Assert.DoesNotContain(UInt128.MaxValue.ToString(), failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_artifact_is_refused_when_it_is_loaded()
    {
        var changed = File.ReadAllText(Repository.PathOf("examples", "01-european-option", "option.tenor")).Replace("pub spot: dec<4, Q/U>", "pub spot: dec<3, Q/U>", StringComparison.Ordinal);
        var path = Path.Combine(AppContext.BaseDirectory, "stale", "ApplePut.tnart");
        var body = File.ReadAllText(Repository.PathOf("examples", "01-european-option", "option.tenor")).Replace("= 3 days", "= 4 days", StringComparison.Ordinal);
        TenorArtifact.Of(Rules.Emit(changed, "ApplePut")).Save(path);
        var error = Assert.Throws<TenorException>(() => ApplePut.Load(path)).Error;
        Assert.Equal(TenorErrorKind.Mismatch, error.Kind);
        Assert.Contains("stale: ApplePut", error.Message, StringComparison.Ordinal);

        // Other bodies under the same interface are the same to a caller.
        Assert.Equal(ApplePut.InterfaceHash, Rules.Emit(body, "ApplePut").Abi.InterfaceHash);
        TenorArtifact.Of(Rules.Emit(File.ReadAllText(Repository.PathOf("examples", "01-european-option", "option.tenor")), "MicrosoftPut")).Save(path);
        Assert.Contains("MicrosoftPut", Assert.Throws<TenorException>(() => ApplePut.Load(path)).Message, StringComparison.Ordinal);
    }
}
