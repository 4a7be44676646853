using System.Globalization;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.LedgerWriter;

namespace ProvingLayer.Runtime.Tests.State;

public class CrashTests
{
    [Fact]
    public void S4_a_writer_killed_in_the_middle_of_an_update_loses_nothing_acknowledged() => Kill(1, 5);

    [Fact]
    [Trait("Category", "Long")]
    public void S4_two_hundred_writers_killed_in_the_middle_of_an_update_lose_nothing_acknowledged() => Kill(1_000, 200);

    [Fact]
    public void S4_a_second_process_on_the_same_file_is_told_so()
    {
        using var folder = new StoreFolder();
        folder.Fill(1);
        using var store = folder.Open();
        using var other = folder.StartWriter();
        var message = other.StandardError.ReadToEnd();
        other.WaitForExit();
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("another process has this state store open", message, StringComparison.Ordinal);
        Assert.Equal(1, Ledger.StepsOf(store.Find(Ledger.Id)!));
    }

    // Each writer goes on with what the one before left.
    private static void Kill(int firstSeed, int count)
    {
        using var folder = new StoreFolder();
        var steps = 0L;
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            var random = new Random(seed);
            using var writer = folder.StartWriter();
            var acknowledged = "";
            for (var left = random.Next(1, 30); left > 0 && writer.StandardOutput.ReadLine() is { } line; left--)
                acknowledged = line + "\n";
            Thread.SpinWait(random.Next(0, 200_000));
            writer.Kill();
            acknowledged += writer.StandardOutput.ReadToEnd();
            writer.WaitForExit();

            // A last line without its end was cut off, and says nothing.
            var whole = acknowledged[..(acknowledged.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(whole.Length > 0, $"seed {seed}: {writer.StandardError.ReadToEnd()}");
            var told = long.Parse(whole[^1], CultureInfo.InvariantCulture);
            Assert.True(told > steps, $"seed {seed}");

            using var store = folder.Open();
            var record = store.Find(Ledger.Id)!;
            steps = Ledger.StepsOf(record);
            Assert.True(steps == told || steps == told + 1, $"seed {seed}: {told} steps were acknowledged, {steps} are in the store");
            var balances = Ledger.BalancesAfter(steps);
            for (var account = 0; account < Ledger.Accounts; account++)
            {
                Assert.Equal(MapOutcome.Done, Ledger.MapOf(record).Find([Scalar.Of(account)], out var balance));
                Assert.Equal(balances[account], (ulong)balance[0].Number);
            }
        }
    }
}
