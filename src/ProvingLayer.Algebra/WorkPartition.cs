namespace ProvingLayer.Algebra;

/// <summary>Splits independent work over the machine's cores. What is computed never depends on how it was split.</summary>
public static class WorkPartition
{
    // Below this many elementary operations (about 50 µs) a second thread costs more than it brings.
    private const long WorthSplitting = 1 << 16;

    [ThreadStatic]
    private static bool staysOnThread;

    /// <summary>Calls <paramref name="body"/> with consecutive ranges [start, end) that cover 0 … count, at most one a core.</summary>
    /// <param name="count">Items.</param>
    /// <param name="operationsPerItem">Roughly the field operations of an item; little work stays on the calling thread.</param>
    /// <param name="body">Must write only what belongs to its range.</param>
    public static void ForRanges(int count, long operationsPerItem, Action<int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var workers = (int)Math.Min(Math.Min(Environment.ProcessorCount, count), count * operationsPerItem / WorthSplitting);
        if (workers <= 1 || staysOnThread)
        {
            if (count > 0)
                body(0, count);
            return;
        }

        Parallel.For(0, workers, worker => body((int)((long)count * worker / workers), (int)((long)count * (worker + 1) / workers)));
    }

    /// <summary>Runs <paramref name="work"/> with all its ranges on the calling thread: how long it takes then is the time of one core.</summary>
    public static void OnThisThread(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var outer = staysOnThread;
        staysOnThread = true;
        try
        {
            work();
        }
        finally
        {
            staysOnThread = outer;
        }
    }
}
