namespace ProvingLayer.Stark.Proving;

/// <summary>A stage of proving, in order.</summary>
public enum ProvingStage
{
    /// <summary>Extending and hashing the trace.</summary>
    CommitTrace,

    /// <summary>Summing the bus messages.</summary>
    CommitPermutation,

    /// <summary>Evaluating the constraints.</summary>
    CommitQuotient,

    /// <summary>Evaluating the columns at the out-of-domain point.</summary>
    Open,

    /// <summary>Folding.</summary>
    Fold,

    /// <summary>Grinding and opening the queries.</summary>
    Query,
}

/// <summary>How far a proof has come.</summary>
/// <param name="Stage">The stage that begins.</param>
/// <param name="Fraction">Stages done, 0 … 1.</param>
public readonly record struct ProvingProgress(ProvingStage Stage, double Fraction);
