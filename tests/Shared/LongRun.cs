namespace ProvingLayer.TestSupport;

/// <summary>How much of a long test runs: a sample with kept seeds; all of it where the variable LONG_TESTS is "all", as in a night's run.</summary>
internal static class LongRun
{
    public static int Of(int all, int sample) => Environment.GetEnvironmentVariable("LONG_TESTS") == "all" ? all : sample;
}
