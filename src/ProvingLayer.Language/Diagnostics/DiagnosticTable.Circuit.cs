namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 7: verify, circuit and cost.</content>
public static partial class DiagnosticTable
{
    /// <summary>The text unrolls to too much.</summary>
    public static DiagnosticDescriptor UnrolledTextTooLarge { get; } = Error(
        "TNR7001",
        "The text unrolls to too much",
        "unrolled, the text has more than {0} expressions and statements by here",
        """
        Loops are unrolled and every transition and statement becomes one straight line, so that it can be proved. What it unrolls to has a
        limit, far above what can be proved in reasonable time. Make the loops shorter, or spread the work over several steps.
        """);
}
