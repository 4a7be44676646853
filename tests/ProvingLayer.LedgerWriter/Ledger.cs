using System.Numerics;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime.State;

namespace ProvingLayer.LedgerWriter;

/// <summary>A ledger whose content after any number of steps is known: each step moves something from one account to another.</summary>
public static class Ledger
{
    public const string Id = "ledger";
    public const int Accounts = 64;

    private const string Balances = "record.data.balances";
    private const string Sequence = "record.sequence";
    private const ulong Opening = 1000;

    public static MapShape Shape { get; } = new(20, [ScalarLayout.Unsigned(32)], 20, [ScalarLayout.Unsigned(64)]);

    public static StateRecord Genesis()
    {
        var record = StateRecord.Empty("Ledger");
        var map = SparseMerkleMap.Of(Shape, Enumerable.Range(0, Accounts).Select(a => Shape.Entry([Scalar.Of(a)], [Scalar.Of(Opening)])));
        return record with { Fields = record.Fields.Add(Sequence, Scalar.Of(0)), Maps = record.Maps.Add(Balances, map) };
    }

    public static long StepsOf(StateRecord record) => (long)record.Fields[Sequence].Number;

    public static SparseMerkleMap MapOf(StateRecord record) => record.Maps[Balances];

    public static StateRecord Next(StateRecord record)
    {
        var step = StepsOf(record);
        var (from, to, wanted) = Transfer(step);
        var map = MapOf(record);
        map.Find([Scalar.Of(from)], out var source);
        var amount = BigInteger.Min(source[0].Number, wanted);
        map.Set([Scalar.Of(from)], [Scalar.Of(source[0].Number - amount)], out map);
        map.Find([Scalar.Of(to)], out var target);
        map.Set([Scalar.Of(to)], [Scalar.Of(target[0].Number + amount)], out map);
        return record with { Fields = record.Fields.SetItem(Sequence, Scalar.Of(step + 1)), Maps = record.Maps.SetItem(Balances, map) };
    }

    /// <summary>The balances after so many steps, by another way.</summary>
    public static ulong[] BalancesAfter(long steps)
    {
        var balances = new ulong[Accounts];
        Array.Fill(balances, Opening);
        for (var step = 0L; step < steps; step++)
        {
            var (from, to, wanted) = Transfer(step);
            var amount = Math.Min(balances[from], wanted);
            balances[from] -= amount;
            balances[to] += amount;
        }

        return balances;
    }

    private static (int From, int To, ulong Amount) Transfer(long step) =>
        ((int)(step * 37 % Accounts), (int)(((step * 11) + 5) % Accounts), (ulong)(step * 7919 % 300));
}
