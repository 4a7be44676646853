namespace ProvingLayer.Stark.Proving;

/// <summary>Splits loops over the cores. Ranges are fixed by the count alone, so results do not depend on the number of threads.</summary>
internal static class Ranges
{
    /// <summary>Calls <paramref name="body"/> with consecutive ranges of at most <paramref name="grain"/> items.</summary>
    public static void Run(int count, int grain, Action<int, int> body, CancellationToken cancellation)
    {
        var ranges = (count + grain - 1) / grain;
        if (ranges <= 1)
        {
            cancellation.ThrowIfCancellationRequested();
            body(0, count);
            return;
        }

        Parallel.For(0, ranges, new ParallelOptions { CancellationToken = cancellation }, range => body(range * grain, Math.Min(count, (range + 1) * grain)));
    }
}
