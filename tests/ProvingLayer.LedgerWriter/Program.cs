using System.Globalization;
using ProvingLayer.LedgerWriter;
using ProvingLayer.Runtime.State;

// Makes steps until it is killed; a line with their number says that this many are acknowledged.
if (!SqliteStateStore.TryOpen(args[0], out var store, out var error))
{
    Console.Error.WriteLine(error);
    return 1;
}

var record = store.Find(Ledger.Id);
if (record is null)
{
    record = Ledger.Genesis();
    if (!store.TryCommit([new(Ledger.Id, null, record)], out error))
    {
        Console.Error.WriteLine(error);
        return 1;
    }
}

while (true)
{
    var next = Ledger.Next(record);
    if (!store.TryCommit([new(Ledger.Id, record, next)], out error))
    {
        Console.Error.WriteLine(error);
        return 1;
    }

    record = next;
    Console.Out.WriteLine(Ledger.StepsOf(record).ToString(CultureInfo.InvariantCulture));
}
