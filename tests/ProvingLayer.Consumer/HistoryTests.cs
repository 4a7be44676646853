using Examples.Option;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.Values;
using Price = ProvingLayer.Runtime.Values.FixedDecimal<ProvingLayer.Runtime.Values.Places.P4, ProvingLayer.Runtime.Values.Per<Examples.Option.USD, Examples.Option.AAPL>>;

namespace ProvingLayer.Consumer;

public class HistoryTests
{
    private static readonly DateTimeOffset s_expiry = new(2020, 3, 30, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_life_is_one_proof_that_a_stranger_verifies_from_files()
    {
        var rules = ApplePut.Load(Rules.Compile("01-european-option/option.tenor", "ApplePut"));
        var put = ApplePut.New(PartyKey.ForTest("alice"), PartyKey.ForTest("bob"), Price.Of(80.00m), Qty<AAPL>.Of(100), s_expiry);
        var life = rules.BeginHistory();
        await Assert.ThrowsAsync<TenorException>(() => life.ProveAsync());
        var open = life.Add(put.Open(Qty<USD>.Of(1000.00m), s_expiry.AddDays(-30)).By(new TestSigner("alice"), new TestSigner("bob")));
        Assert.Equal(ApplePut.Error.TooEarly, ApplePut.ErrorOf(Assert.Throws<TenorException>(() => life.Add(open.Expire(s_expiry)))));
        var exercised = life.Add(open.Exercise(Price.Of(63.70m), s_expiry.AddHours(1)));
        Assert.Equal(TenorErrorKind.Mismatch, Assert.Throws<TenorException>(() => life.Add(open.Exercise(Price.Of(63.70m), s_expiry.AddHours(1)))).Error.Kind);
        var settled = life.Add(exercised.Settle(s_expiry.AddHours(2)));
        Assert.Equal((3, Qty<USD>.Zero), (life.Count, settled.Margin));
        var proved = await life.ProveAsync();
        Assert.Single(proved.Segments);
        var name = Assert.Single(proved.Save(Path.Combine(AppContext.BaseDirectory, "history", "life")));
        rules.Key.Save(name + ".vkey");

        // The stranger: key, statement, proof; no artifact.
        var key = ApplePut.LoadKey(name + ".vkey");
        var history = ApplePut.History.Load(name + ".json", key);
        var proof = File.ReadAllBytes(name + ".proof");
        Assert.True(history.Verify(key, proof).IsAccepted);
        Assert.Equal(["OpenStep", "ExerciseStep", "SettleStep"], history.Steps.Select(s => s.GetType().Name));
        var step = Assert.IsType<ApplePut.ExerciseStep>(history.Steps[1]);
        Assert.Equal((63.70m, s_expiry.AddHours(1)), (step.Spot.ToDecimal(), step.Now.NotBefore));
        Assert.Equal(1630.00m, Assert.IsType<ApplePut.FixedEvent>(Assert.Single(step.Events)).Payout.ToDecimal());
        Assert.Equal(2, history.Steps[2].Receipts.Length);
        Assert.Equal((s_expiry.AddDays(-30), s_expiry.AddHours(2)), (history.Window.NotBefore, history.Window.NotAfter));

        // What somebody changed is refused, and by what it contradicts.
        var text = File.ReadAllText(name + ".json");
        File.WriteAllText(name + ".json", text.Replace("63.7", "63.6", StringComparison.Ordinal));
        Assert.Equal(Misfit.Statement, ApplePut.History.Load(name + ".json", key).Verify(key, proof).Misfit);
        proof[proof.Length / 3] ^= 1;
        Assert.Equal(Misfit.Proof, history.Verify(key, proof).Misfit);
        File.WriteAllText(name + ".json", text.Replace("\"exercise\"", "\"expire\"", StringComparison.Ordinal));
        Assert.Throws<TenorException>(() => ApplePut.History.Load(name + ".json", key));
    }

    [Fact]
    public async Task A_history_that_the_memory_cuts_continues_from_segment_to_segment()
    {
        var rules = ApplePut.Load(Rules.Compile("01-european-option/option.tenor", "ApplePut"));
        var life = rules.BeginHistory();
        var open = life.Add(ApplePut.New(PartyKey.ForTest("alice"), PartyKey.ForTest("bob"), Price.Of(80.00m), Qty<AAPL>.Of(100), s_expiry).Open(Qty<USD>.Zero, s_expiry.AddDays(-30)).By(new TestSigner("alice"), new TestSigner("bob")));
        life.Add(open.Exercise(Price.Of(63.70m), s_expiry.AddHours(1)));
        var proved = await life.ProveAsync(new() { MemoryBudget = 1 });
        var names = proved.Save(Path.Combine(AppContext.BaseDirectory, "history", "cut"));
        Assert.Equal(["cut.1", "cut.2"], names.Select(Path.GetFileName));
        var segments = names.Select(n => ApplePut.History.Load(n + ".json", rules.Key)).ToArray();
        Assert.All(names.Zip(segments), s => Assert.True(s.Second.Verify(rules.Key, File.ReadAllBytes(s.First + ".proof")).IsAccepted));
        Assert.True(segments[1].Continues(segments[0]));
        Assert.False(segments[0].Continues(segments[1]));
    }

    [Fact]
    public async Task A_store_of_keys_finds_the_one_and_takes_no_other()
    {
        var rules = ApplePut.Load(Rules.Compile("01-european-option/option.tenor", "ApplePut"));
        var put = ApplePut.New(PartyKey.ForTest("alice"), PartyKey.ForTest("bob"), Price.Of(80.00m), Qty<AAPL>.Of(100), s_expiry);
        var opening = put.Open(Qty<USD>.Zero, s_expiry.AddDays(-30)).By(new TestSigner("alice"), new TestSigner("bob"));
        var told = new List<ProvingLayer.Stark.Proving.ProvingProgress>();
        var proved = await rules.ProveAsync(opening, new Told(told));
        Assert.NotEmpty(told);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rules.ProveAsync(opening, cancellation: cancelled.Token));
        var life = rules.BeginHistory();
        life.Add(opening);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => life.ProveAsync(cancellation: cancelled.Token));

        var folder = Path.Combine(AppContext.BaseDirectory, "keys");
        rules.Key.Save(Path.Combine(folder, "ApplePut.vkey"));
        Assert.True(KeyStore.TryOpen(folder, out var store, out _));
        var statement = proved.Statement.Content.ToJson();
        Assert.True(store.Verify(statement, proved.Proof, out var key).IsAccepted);
        Assert.Equal((rules.Key.ProgramId, rules.Key.ProgramId), (key!.ProgramId, store.Find(proved.Statement.ProgramId)!.ProgramId));
        Assert.Equal(Misfit.Key, KeyStore.Empty.Verify(statement, proved.Proof, out key).Misfit);
        Assert.Null(key);
        Assert.True(KeyStore.Empty.With(rules.Key).Verify(statement, proved.Proof, out _).IsAccepted);
        Assert.Equal(Misfit.Statement, store.Verify("{}"u8.ToArray(), proved.Proof, out _).Misfit);
        Assert.Equal(Misfit.Statement, store.Verify("no json"u8.ToArray(), proved.Proof, out _).Misfit);
        Assert.Equal(Misfit.Proof, store.Verify(statement, [1, 2, 3], out _).Misfit);
        File.WriteAllText(Path.Combine(folder, "broken.vkey"), "no key");
        Assert.False(KeyStore.TryOpen(folder, out _, out var error));
        Assert.EndsWith("broken.vkey", error.File, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "broken.vkey"));
    }

    private sealed class Told(List<ProvingLayer.Stark.Proving.ProvingProgress> list) : IProgress<ProvingLayer.Stark.Proving.ProvingProgress>
    {
        public void Report(ProvingLayer.Stark.Proving.ProvingProgress value)
        {
            lock (list)
                list.Add(value);
        }
    }
}
