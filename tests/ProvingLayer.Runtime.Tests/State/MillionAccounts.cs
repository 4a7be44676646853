using System.Diagnostics;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.LedgerWriter;
using ProvingLayer.Runtime.State;
using Xunit.Abstractions;

namespace ProvingLayer.Runtime.Tests.State;

public class MillionAccounts(ITestOutputHelper output)
{
    private const int Accounts = 1_000_000;
    private const long Limit = 3L << 29; // 1.5 GiB

    private static readonly TimeSpan MostForAnUpdate = TimeSpan.FromMicroseconds(200);

    [Fact]
    [Trait("Category", "Long")]
    public void A_million_accounts_fit_memory_and_disk_and_a_step_changes_them_at_once()
    {
        using var folder = new StoreFolder();
        var baseline = GC.GetTotalMemory(forceFullCollection: true);
        var shape = Ledger.Shape;
        var clock = Stopwatch.StartNew();
        var map = SparseMerkleMap.Of(shape, Enumerable.Range(0, Accounts).Select(a => shape.Entry([Scalar.Of(a)], [Scalar.Of(1000)])));
        output.WriteLine($"built in {clock.ElapsedMilliseconds} ms");
        var memory = GC.GetTotalMemory(forceFullCollection: true) - baseline;
        output.WriteLine($"memory {memory >> 20} MiB");
        Assert.True(memory < Limit);

        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 2_000; i++)
        {
            clock.Restart();
            map.Set([Scalar.Of(i * 7919 % Accounts)], [Scalar.Of(i)], out map);
            least = clock.Elapsed < least ? clock.Elapsed : least;
        }

        output.WriteLine($"an update in memory {least.TotalMicroseconds} µs at best");
        Assert.True(least < MostForAnUpdate);
        var record = StateRecord.Empty("Ledger");
        record = record with { Maps = record.Maps.Add("m", map) };
        using (var store = folder.Open())
        {
            clock.Restart();
            Assert.True(store.TryCommit([new(Ledger.Id, null, record)], out _));
            output.WriteLine($"all written in {clock.ElapsedMilliseconds} ms");
            var best = TimeSpan.MaxValue;
            for (var i = 0; i < 200; i++)
            {
                clock.Restart();
                map.Set([Scalar.Of(i * 104_729 % Accounts)], [Scalar.Of(i + 5)], out map);
                var next = record with { Maps = record.Maps.SetItem("m", map) };
                Assert.True(store.TryCommit([new(Ledger.Id, record, next)], out _));
                best = clock.Elapsed < best ? clock.Elapsed : best;
                record = next;
            }

            output.WriteLine($"an update on disk {best.TotalMicroseconds} µs at best");
        }

        var size = new FileInfo(folder.File).Length;
        output.WriteLine($"file {size >> 20} MiB");
        Assert.True(size < Limit);
        clock.Restart();
        using var again = folder.Open();
        output.WriteLine($"opened in {clock.ElapsedMilliseconds} ms");
        Assert.Equal(map.Root, again.Find(Ledger.Id)!.Maps["m"].Root);
    }
}
