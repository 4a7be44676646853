using System.Diagnostics;
using ProvingLayer.LedgerWriter;
using ProvingLayer.Runtime.State;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Runtime.Tests.State;

/// <summary>A folder with one store file, gone afterwards.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tenor-state-").FullName;

    public string File => Path.Combine(folder, "ledger.db");

    public SqliteStateStore Open()
    {
        Assert.True(SqliteStateStore.TryOpen(File, out var store, out var error), error?.ToString());
        return store;
    }

    /// <summary>Makes a store with a ledger of so many steps and closes it.</summary>
    public void Fill(int steps)
    {
        using var store = Open();
        var record = Ledger.Genesis();
        Assert.True(store.TryCommit([new(Ledger.Id, null, record)], out _));
        for (var i = 0; i < steps; i++)
        {
            var next = Ledger.Next(record);
            Assert.True(store.TryCommit([new(Ledger.Id, record, next)], out _));
            record = next;
        }
    }

    public Process StartWriter()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var writer = Repository.PathOf("artifacts", "bin", "ProvingLayer.LedgerWriter", configuration, "ProvingLayer.LedgerWriter.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [writer, File]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
