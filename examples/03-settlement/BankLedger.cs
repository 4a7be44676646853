using System.Globalization;
using Examples.Settlement;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Maps;
using ProvingLayer.Runtime.State;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Examples;

/// <summary>
/// A bank's own ledger, a text with a line for each account, read as the source of witnesses for the settlement's map: none of this library's stores has a part in it. A real one would keep
/// the tree beside its accounts instead of building it for each question.
/// </summary>
/// <param name="key">The program's key, whose ABI says how accounts stand in leaves.</param>
/// <param name="text">Lines <c>account;balance</c>.</param>
public sealed class BankLedger(TenorKey key, string text) : IWitnessSource
{
    /// <summary>The name under which steps ask for it.</summary>
    public const string Name = "ledger";

    private static MapBinding<uint, ulong> Map => Settlement.BalancesMap;

    /// <summary>The accounts as they are now.</summary>
    public string Text { get; private set; } = text;

    /// <summary>The root of their map.</summary>
    public HashValue Root => new(Tree().Root);

    /// <summary>A machine's record that begins with these accounts: their root, not their entries.</summary>
    public StateRecord Adopted(TenorRecord record) => Map.Adopt(record, Tree()).Content with { Maps = record.Content.Maps.Clear() };

    /// <summary>Does what a step did.</summary>
    public void Follow(IEnumerable<MapWrite> writes)
    {
        var accounts = Accounts();
        foreach (var write in writes)
        {
            if (write.Entry is { } entry)
            {
                var account = Map.Read(Map.ShapeIn(key.Abi), entry);
                accounts[account.Key] = account.Value;
            }
            else
            {
                accounts.Remove((uint)write.Index); // an account is its own place
            }
        }

        Text = string.Concat(accounts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key};{a.Value}\n")));
    }

    /// <inheritdoc/>
    public ValueTask<StateRecord?> FindAsync(string id, CancellationToken cancellation = default) => new(default(StateRecord)); // the record is the machine's owner's

    /// <inheritdoc/>
    public ValueTask<MapWitness?> WitnessOfAsync(string id, string map, UInt128 index, CancellationToken cancellation = default)
    {
        var tree = Tree();
        return new(id == Name && map == Map.Path ? new MapWitness(tree.TryGet(index, out var entry) ? entry : null, tree.PathOf(index)) : null);
    }

    private SortedDictionary<uint, ulong> Accounts() => new(Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(';')).ToDictionary(p => uint.Parse(p[0], CultureInfo.InvariantCulture), p => ulong.Parse(p[1], CultureInfo.InvariantCulture)));

    private SparseMerkleMap Tree() => Map.Build(key.Abi, Accounts());
}
