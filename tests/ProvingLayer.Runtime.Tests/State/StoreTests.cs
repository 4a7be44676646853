using Microsoft.Data.Sqlite;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.LedgerWriter;
using ProvingLayer.Runtime.State;

namespace ProvingLayer.Runtime.Tests.State;

public class StoreTests
{
    [Fact]
    public void What_was_committed_is_there_after_opening_again()
    {
        using var folder = new StoreFolder();
        var fields = StateRecord.Empty("Odd").Fields
            .Add("a", Scalar.Of(-5)).Add("b", Scalar.Of(true)).Add("c", Scalar.Of(Digests.OfTestKey("alice"))).Add("d", Scalar.Of(System.Numerics.BigInteger.One << 127));
        var odd = StateRecord.Empty("Odd") with { Fields = fields };
        var ledger = Ledger.Next(Ledger.Genesis());
        using (var store = folder.Open())
        {
            Assert.True(store.TryCommit([new("odd", null, odd), new(Ledger.Id, null, ledger), new("gone", null, odd)], out _));
            Assert.True(store.TryCommit([new("gone", odd, null)], out _));
        }

        using var again = folder.Open();
        Assert.Equal([Ledger.Id, "odd"], again.Ids);
        Assert.Equal(fields, again.Find("odd")!.Fields);
        Assert.Equal("Odd", again.Find("odd")!.Machine);
        Assert.Equal(Ledger.MapOf(ledger).Root, Ledger.MapOf(again.Find(Ledger.Id)!).Root);
        Assert.Null(again.Find("gone"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void C14_a_step_on_an_old_record_changes_nothing(bool onDisk)
    {
        using var folder = new StoreFolder();
        using IStateStore store = onDisk ? folder.Open() : new InMemoryStateStore();
        var genesis = Ledger.Genesis();
        Assert.True(store.TryCommit([new(Ledger.Id, null, genesis)], out _));
        var first = Ledger.Next(genesis);
        Assert.True(store.TryCommit([new(Ledger.Id, genesis, first)], out _));

        // The same step again, a second creation, and a good change beside a bad one or beside itself.
        Assert.False(store.TryCommit([new(Ledger.Id, genesis, first)], out var error));
        Assert.Equal(TenorErrorKind.Mismatch, error.Kind);
        Assert.False(store.TryCommit([new(Ledger.Id, null, genesis)], out _));
        Assert.False(store.TryCommit([new("other", null, genesis), new(Ledger.Id, genesis, null)], out _));
        Assert.False(store.TryCommit([new(Ledger.Id, first, Ledger.Next(first)), new(Ledger.Id, first, first)], out _));
        Assert.Same(first, store.Find(Ledger.Id));
        Assert.Equal([Ledger.Id], store.Ids);
    }

    [Fact]
    public void A_damaged_file_is_an_error_or_exactly_what_was_written()
    {
        using var folder = new StoreFolder();
        folder.Fill(3);
        var good = File.ReadAllBytes(folder.File);
        using var before = folder.Open();
        var root = Ledger.MapOf(before.Find(Ledger.Id)!).Root;
        before.Dispose();
        var refused = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var bad = good.ToArray();
            bad[random.Next(bad.Length)] ^= (byte)random.Next(1, 256);
            Check(seed % 10 == 0 ? bad[..random.Next(1, bad.Length)] : bad);
        }

        Assert.True(refused > 20, $"only {refused} damages were noticed");

        void Check(byte[] bytes)
        {
            File.Delete(folder.File + "-wal");
            File.WriteAllBytes(folder.File, bytes);
            if (!SqliteStateStore.TryOpen(folder.File, out var store, out var error))
            {
                refused++;
                Assert.NotEmpty(error.Message);
                return;
            }

            // A damage in space that nobody reads.
            using (store)
            {
                Assert.Equal(root, Ledger.MapOf(store.Find(Ledger.Id)!).Root);
                Assert.Equal(3, Ledger.StepsOf(store.Find(Ledger.Id)!));
            }
        }
    }

    [Theory]
    [InlineData("UPDATE entry SET leaf = (SELECT leaf FROM entry LIMIT 1 OFFSET 5) WHERE slot = (SELECT slot FROM entry LIMIT 1 OFFSET 6)")]
    [InlineData("DELETE FROM entry WHERE slot = (SELECT slot FROM entry LIMIT 1)")]
    [InlineData("INSERT INTO entry SELECT 'stranger', map, slot, leaf FROM entry LIMIT 1")]
    [InlineData("UPDATE entry SET leaf = zeroblob(1000000) WHERE slot = (SELECT slot FROM entry LIMIT 1)")]
    [InlineData("UPDATE record SET content = zeroblob(length(content))")]
    [InlineData("UPDATE record SET id = 'mine'")]
    [InlineData("DELETE FROM record")]
    [InlineData("DROP TABLE entry")]
    [InlineData("PRAGMA user_version = 2")]
    [InlineData("PRAGMA application_id = 7")]
    public void P7_what_another_hand_changed_is_refused(string change)
    {
        using var folder = new StoreFolder();
        folder.Fill(2);
        using (var connection = new SqliteConnection($"Data Source={folder.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        Assert.False(SqliteStateStore.TryOpen(folder.File, out _, out var error));
        Assert.Equal(folder.File, error.File);
    }

    [Fact]
    public void Files_that_are_no_store_are_refused()
    {
        using var folder = new StoreFolder();
        File.WriteAllText(folder.File, "no store, but long enough to be taken for the head of one if nobody looked at what it says there");
        Assert.False(SqliteStateStore.TryOpen(folder.File, out _, out var error));
        Assert.Equal(TenorErrorKind.Format, error.Kind);
        Assert.False(SqliteStateStore.TryOpen(Path.GetDirectoryName(folder.File)!, out _, out error));
        Assert.Equal(TenorErrorKind.File, error.Kind);
    }

    [Fact]
    public async Task P7_a_witness_holds_against_its_own_root_and_leaf_alone()
    {
        using var store = new InMemoryStateStore();
        var (genesis, map) = (Ledger.Genesis(), "record.data.balances");
        Assert.True(store.TryCommit([new(Ledger.Id, null, genesis)], out _));
        var source = new StoreWitnessSource(store);
        var (shape, root) = (Ledger.Shape, Ledger.MapOf((await source.FindAsync(Ledger.Id))!).Root);
        var present = (await source.WitnessOfAsync(Ledger.Id, map, 7))!;
        var absent = (await source.WitnessOfAsync(Ledger.Id, map, Ledger.Accounts + 7))!;
        Assert.True(present.Matches(shape, root, 7));
        Assert.True(absent.Matches(shape, root, Ledger.Accounts + 7));
        Assert.Null(absent.Entry);

        Assert.False(present.Matches(shape, root, 8));
        Assert.False(present.Matches(shape, Ledger.MapOf(Ledger.Next(Ledger.Next(genesis))).Root, 7));
        Assert.False((present with { Entry = null }).Matches(shape, root, 7));
        Assert.False((present with { Entry = shape.Entry([Scalar.Of(8)], [Scalar.Of(1000)]) }).Matches(shape, root, 7));
        Assert.False((absent with { Entry = shape.Entry([Scalar.Of(Ledger.Accounts + 7)], [Scalar.Of(0)]) }).Matches(shape, root, Ledger.Accounts + 7));
        Assert.False((present with { Path = present.Path with { Siblings = present.Path.Siblings.RemoveAt(19) } }).Matches(shape, root, 7));
        Assert.Null(await source.WitnessOfAsync("nobody", map, 7));
        Assert.Null(await source.WitnessOfAsync(Ledger.Id, "no map", 7));
    }
}
