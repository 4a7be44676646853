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

    /// <summary>Over budget.</summary>
    public static DiagnosticDescriptor OverBudget { get; } = Error(
        "TNR7002",
        "Over budget",
        "transition '{0}' takes {1} rows, more than the {2} of its budget",
        """
        '@budget(rows = n)' is the author's word that a step stays as cheap as it was meant: rows of all tables before padding, the shared byte
        table apart. 'tenor cost' shows which lines take them. Make the step cheaper, or raise the budget where a reviewer sees it.
        """);
}
