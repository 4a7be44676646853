using System.Diagnostics;
using System.Globalization;

namespace ProvingLayer.Cli.Bench;

/// <summary>The most physical memory the process held since a moment. Where the system cannot forget the peaks before it, since the process began.</summary>
internal static class PeakMemory
{
    private const string Reset = "/proc/self/clear_refs";
    private const string Status = "/proc/self/status";
    private const string Peak = "VmHWM:";

    /// <summary>The peak so far.</summary>
    public static long Bytes
    {
        get
        {
            if (File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Peak, StringComparison.Ordinal)) is { } line)
                return long.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture) * 1024;
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Begins to watch, once garbage is collected.</summary>
    public static void Restart()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        try
        {
            if (File.Exists(Reset))
                File.WriteAllText(Reset, "5"); // sets the peak to what is held now
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The peak is then that of the whole process: an upper bound.
        }
    }
}
