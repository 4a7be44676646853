using Examples.Settlement;
using ProvingLayer.Examples;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.State;
using ProvingLayer.Runtime.Values;
using ProvingLayer.TestSupport;
using Tests.Registry;

namespace ProvingLayer.Consumer;

/// <summary>Maps: of a record that holds them, of a store, and of a ledger that is another system's.</summary>
public class MapTests
{
    private const ulong Unit = 100_000_000;

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<TenorMachine<Settlement.State>> s_rules = new(() => Settlement.Load(Rules.Compile("03-settlement/settlement.tenor", "Settlement")));

    private static TenorMachine<Settlement.State> Ledger => s_rules.Value;

    [Fact]
    public async Task A_record_holds_its_map_from_step_to_step_in_files_and_in_a_proof()
    {
        var live = Ledger.Execute(Settlement.New().Start(s_now)).State;
        live = Ledger.Execute(live.Open(7, 1_000 * Unit, s_now)).State;
        live = Ledger.Execute(live.Open(1_048_575, 0, s_now)).State;
        Assert.Equal((2, 1_000 * Unit), (live.Balances.Count, live.Balances[7]));
        Assert.False(live.Balances.TryGet(8, out _));
        Assert.False(live.Balances.TryGet(uint.MaxValue, out _)); // no key of the map
        Assert.Equal("KeyNotFound", Assert.Throws<TenorException>(() => Ledger.Execute(live.Close(8, s_now))).Error.Failure);
        Assert.Equal(Settlement.Error.KeyTaken, Settlement.ErrorOf(Assert.Throws<TenorException>(() => Ledger.Execute(live.Open(7, 1, s_now)))));

        // Two keys of one step: the second is opened under the root that the first write left.
        var settled = await Ledger.ProveAsync(live.Settle(105 * Unit, 100 * Unit, 3 * Unit, holder: 1_048_575, writer: 7, s_now));
        Assert.Equal([(7u, 985 * Unit), (1_048_575u, 15 * Unit)], settled.State.Balances.Entries.Select(e => (e.Key, e.Value)));
        Assert.True(settled.Statement.Verify(Ledger.Key, settled.Proof).IsAccepted);
        Assert.Equal(2, settled.Writes.Length);
        var same = Ledger.Execute(settled.State.Settle(Unit, 0, Unit, holder: 7, writer: 7, s_now)).State; // who pays himself
        Assert.Equal(settled.State.Balances.Root, same.Balances.Root);

        // The file holds the entries, and nobody can give it another.
        var path = Path.Combine(AppContext.BaseDirectory, "maps", "record.json");
        settled.State.Record.Save(path);
        var read = Assert.IsType<Settlement.LiveState>(Settlement.LoadState(path));
        Assert.Equal(settled.State, read);
        Assert.Equal(985 * Unit, Ledger.Execute(read.Close(1_048_575, s_now)).State.Balances[7]);
        var text = File.ReadAllText(path);
        var entry = text.IndexOf("\"entries\"", StringComparison.Ordinal);
        File.WriteAllText(path, text[..entry] + text[entry..].Replace("0700", "0600", StringComparison.Ordinal));
        Assert.Equal(TenorErrorKind.Json, Assert.Throws<TenorException>(() => Settlement.LoadState(path)).Error.Kind);
        Assert.DoesNotContain("985", $"{settled.State}{settled.State.Balances}{settled.State.Record}{settled.Writes[0]}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_keeps_what_a_step_leaves()
    {
        using var store = new InMemoryStateStore();
        var before = Ledger.Execute(Settlement.New().Start(s_now)).State;
        Assert.True(store.TryCommit([new("main", null, before.Record.Content)], out _));
        var found = (Settlement.LiveState)Settlement.StateOf(store.Find("main")!);
        var after = Ledger.Execute(found.Open(3, 30, s_now)).State;
        Assert.True(store.TryCommit([new("main", found.Record.Content, after.Record.Content)], out _));
        Assert.False(store.TryCommit([new("main", found.Record.Content, before.Record.Content)], out _)); // a step on what is past
        Assert.Equal(30ul, ((Settlement.LiveState)Settlement.StateOf(store.Find("main")!)).Balances[3]);
    }

    [Fact]
    public void What_a_record_cannot_be_is_said_before_anything_runs()
    {
        var map = Settlement.BalancesMap;
        var abi = Ledger.Key.Abi;
        Assert.Throws<ArgumentException>(() => map.Build(abi, [new(1_048_576, 1)]));
        Assert.Throws<ArgumentException>(() => map.Build(abi, [new(1, 1), new(1, 2)]));
        Assert.Throws<ArgumentException>(() => map.IndexOf(abi, 1_048_576));
        var accounts = map.Build(abi, [new(1, 10)]);

        // A machine that is not made yet has no accounts; after that step it may begin with some.
        var adopted = (Settlement.InitialState)Settlement.StateOf(map.Adopt(Settlement.New().Record, accounts));
        Assert.Equal(TenorErrorKind.Mismatch, Assert.Throws<TenorException>(() => Ledger.Execute(adopted.Start(s_now))).Error.Kind);
        var live = (Settlement.LiveState)Settlement.StateOf(map.Adopt(Ledger.Execute(Settlement.New().Start(s_now)).State.Record, accounts));
        Assert.Equal(0, Ledger.Execute(live.Close(1, s_now)).State.Balances.Count);

        // A map without its root, a root without its kind.
        var content = live.Record.Content;
        Assert.Throws<TenorException>(() => Settlement.StateOf(content with { Fields = content.Fields.Remove(map.Path) }));
        var unheld = content with { Maps = content.Maps.Clear(), Fields = content.Fields.Remove(map.Path) };
        Assert.Throws<TenorException>(() => Ledger.Execute(((Settlement.LiveState)Settlement.StateOf(unheld)).Close(1, s_now)));
        Assert.Throws<TenorException>(() => Settlement.StateOf(content with { Fields = content.Fields.SetItem(map.Path, content.Fields["record.salt.rest"]) }));
    }

    [Fact]
    public async Task Witnesses_come_from_a_ledger_of_another_system()
    {
        var bank = new BankLedger(Ledger.Key, "7;100000000000\n1048575;0\n12;5\n");
        var record = bank.Adopted(Ledger.Execute(Settlement.New().Start(s_now)).State.Record);
        var live = (Settlement.LiveState)Settlement.StateOf(record);
        Assert.False(live.Balances.IsHeld);
        Assert.Throws<TenorException>(() => live.Balances[7]);
        var settle = live.Settle(105 * Unit, 100 * Unit, 3 * Unit, holder: 1_048_575, writer: 7, s_now);
        Assert.Contains("no witness source", Assert.Throws<TenorException>(() => Ledger.Execute(settle)).Message, StringComparison.Ordinal);

        var proved = await Ledger.ProveAsync(settle, bank, "ledger");
        Assert.True(proved.Statement.Verify(Ledger.Key, proved.Proof).IsAccepted);
        bank.Follow(proved.Writes);
        Assert.Equal("7;98500000000\n12;5\n1048575;1500000000\n", bank.Text);
        Assert.Equal(bank.Root, proved.State.Balances.Root);

        // A source can only fail to answer: what it says of another time, map or leaf is refused, or the circuit refuses it.
        var stale = new BankLedger(Ledger.Key, "7;100000000000\n1048575;0\n12;5\n");
        Assert.Equal(TenorErrorKind.Mismatch, (await Assert.ThrowsAsync<TenorException>(() => Ledger.ExecuteAsync(proved.State.Close(12, s_now), stale, "ledger"))).Error.Kind);
        Assert.Equal(TenorErrorKind.Mismatch, (await Assert.ThrowsAsync<TenorException>(() => Ledger.ExecuteAsync(proved.State.Close(12, s_now), bank, "other"))).Error.Kind);
        var history = Ledger.BeginHistory();
        var closed = await history.AddAsync(proved.State.Close(12, s_now), bank, "ledger");
        Assert.NotEqual(bank.Root, closed.Balances.Root);
        bank.Follow((await Ledger.ExecuteAsync(proved.State.Close(12, s_now), bank, "ledger")).Writes);
        Assert.Equal(bank.Root, closed.Balances.Root);
    }

    [Fact]
    public void Keys_and_values_of_any_type_and_writes_in_arms()
    {
        var rules = Registry.Load(Save());
        var (ann, bob) = (PartyKey.ForTest("ann"), PartyKey.ForTest("bob"));
        var pledged = new Holding(Qty<EUR>.Of(12.34m), s_now, new Side.Pledged(bob));
        var open = rules.Execute(Registry.New().Open(s_now)).State;
        open = rules.Execute(open.Enter(ann, pledged, s_now)).State;
        Assert.Equal(pledged, open.Holdings[ann]);
        var marked = rules.Execute(open.Change(0, ann, bob, s_now));
        Assert.Equal([((byte)1, false), ((byte)2, false)], marked.State.Marks.Entries.Select(e => (e.Key, e.Value)));
        Assert.Equal(pledged, marked.State.Holdings[ann]);
        Assert.Equal(2, marked.Writes.Length); // not those of the other arm
        var moved = rules.Execute(marked.State.Change(1, ann, bob, s_now)).State;
        Assert.Equal((1, pledged), (moved.Holdings.Count, moved.Holdings[bob]));
        Assert.Equal(marked.State.Marks.Root, moved.Marks.Root);
        Assert.Equal("KeyNotFound", Assert.Throws<TenorException>(() => rules.Execute(moved.Change(1, ann, bob, s_now))).Error.Failure);
        Assert.Equal("KeyTaken", Assert.Throws<TenorException>(() => rules.Execute(moved.Change(0, ann, bob, s_now))).Error.Failure);

        static string Save()
        {
            var path = Path.Combine(AppContext.BaseDirectory, "rules", "Registry.tnart");
            TenorArtifact.Of(Rules.Emit(File.ReadAllText(Repository.PathOf("tests", "ProvingLayer.Consumer", "registry.tenor")), "Registry")).Save(path);
            return path;
        }
    }
}
