using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.State;
using ProvingLayer.Runtime.Values;
using TypedApp.Rules;
using Price = ProvingLayer.Runtime.Values.FixedDecimal<ProvingLayer.Runtime.Values.Places.P4, ProvingLayer.Runtime.Values.Per<TypedApp.Rules.USD, TypedApp.Rules.AAPL>>;

namespace TypedApp;

/// <summary>Who wrote the option: holds its record, private, in a store that outlives the process.</summary>
internal static class Writer
{
    private const string Id = "put-2020-03-30";

    private static readonly DateTimeOffset s_expiry = DateTimeOffset.Parse("2020-03-30T00:00:00Z");

    /// <summary>Agrees on the terms. No step is made yet.</summary>
    public static int Write(string folder)
    {
        var put = ApplePut.New(
            writer: PartyKey.ForTest("alice"), holder: PartyKey.ForTest("bob"), strike: Price.Of(80.00m), size: Qty<AAPL>.Of(100), s_expiry);
        using var store = Open(folder);
        if (!store.TryCommit([new(Id, store.Find(Id), put.Record.Content)], out var failure))
        {
            throw new TenorException(failure);
        }

        Console.WriteLine($"written: {put}");
        return 0;
    }

    /// <summary>Opens, exercises and settles it, and proves that as one.</summary>
    public static async Task<int> Exercise(string folder)
    {
        using var store = Open(folder);
        if (store.Find(Id) is not { } found || ApplePut.StateOf(found) is not ApplePut.InitialState put)
        {
            Console.Error.WriteLine("there is no option that was not opened yet; write one");
            return 1;
        }

        var life = ApplePut.Load().BeginHistory();
        // Who pays signs: here with keys for tests, which everybody has. A party keeps his own in a SigningKey's file.
        var open = life.Add(put.Open(premium: Qty<USD>.Of(1000.00m), at: s_expiry.AddDays(-30)).By(new TestSigner("alice"), new TestSigner("bob")));
        try
        {
            life.Add(open.Exercise(spot: Price.Of(91.20m), at: s_expiry.AddHours(1)));
        }
        catch (TenorException e) when (ApplePut.ErrorOf(e) == ApplePut.Error.NotInTheMoney)
        {
            Console.WriteLine("not at 91.20: the put is not in the money");
        }

        var exercised = life.Add(open.Exercise(spot: Price.Of(63.70m), at: s_expiry.AddHours(1)));
        var settled = life.Add(exercised.Settle(at: s_expiry.AddHours(2)));
        var proved = await life.ProveAsync(progress: new Progress<ProvingLayer.Stark.Proving.ProvingProgress>(p => Console.Error.WriteLine($"  {p.Stage}")));
        proved.Save(Path.Combine(folder, "life"));
        if (!store.TryCommit([new(Id, found, settled.Record.Content)], out var failure))
        {
            throw new TenorException(failure);
        }

        Console.WriteLine($"proved {life.Count} steps, which pay {exercised.Payout}; the stranger gets life.proof and life.json");
        return 0;
    }

    private static SqliteStateStore Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return SqliteStateStore.TryOpen(Path.Combine(folder, "writer.db"), out var store, out var error) ? store : throw new TenorException(error);
    }
}
