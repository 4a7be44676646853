using ProvingLayer.Cli.Shell;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Cli.Commands;

/// <summary>Shows on the progress line how far a proof has come.</summary>
internal sealed class ProvingLine(ProgressLine line, string what) : IProgress<ProvingProgress>
{
    /// <inheritdoc/>
    public void Report(ProvingProgress value) => line.Show($"proving {what}: {Words(value.Stage)}");

    private static string Words(ProvingStage stage) => stage switch
    {
        ProvingStage.CommitTrace => "committing to the trace",
        ProvingStage.CommitPermutation => "committing to the bus",
        ProvingStage.CommitQuotient => "committing to the quotient",
        ProvingStage.Open => "opening",
        ProvingStage.Fold => "folding",
        _ => "queries",
    };
}
