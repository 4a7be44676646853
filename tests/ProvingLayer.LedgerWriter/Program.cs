using System.Globalization;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.LedgerWriter;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.State;

// Signs until it is killed; a line with an index says that its signature was made.
if (args is ["sign", var keyPath])
{
    using var key = SigningKey.Open(keyPath);
    for (var message = 0; key.Remaining > 0; message++)
    {
        Console.Out.WriteLine(key.Sign(Digests.OfName($"message {message}")).Index.ToString(CultureInfo.InvariantCulture));
    }

    return 0;
}

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
