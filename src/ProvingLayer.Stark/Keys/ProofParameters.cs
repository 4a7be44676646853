namespace ProvingLayer.Stark.Keys;

/// <summary>What prover and verifier must agree on beside the circuit. All of it enters the key's digest and the transcript.</summary>
/// <param name="LogBlowup">log₂ of 1/ρ, the ratio of a codeword's length to its polynomial's coefficients.</param>
/// <param name="LogArity">log₂ of the greatest folding factor of a FRI round.</param>
/// <param name="LogFinalLength">log₂ of the number of coefficients of the final polynomial.</param>
/// <param name="Queries">Independent FRI queries.</param>
/// <param name="QueryGrindingBits">Proof of work before the query indices are drawn.</param>
/// <param name="BatchGrindingBits">Proof of work before the batching challenge is drawn.</param>
/// <param name="FoldGrindingBits">Proof of work before each folding challenge is drawn.</param>
public sealed record ProofParameters(
    int LogBlowup,
    int LogArity,
    int LogFinalLength,
    int Queries,
    int QueryGrindingBits,
    int BatchGrindingBits,
    int FoldGrindingBits)
{
    /// <summary>The most bits of a squeezed element that are used: p − 1 = 127·2²⁴, so their bias is 2⁻³¹.</summary>
    public const int MaxBits = 24;

    /// <summary>The rate ρ.</summary>
    public double Rate => Math.ScaleB(1.0, -LogBlowup);

    /// <summary>Whether every number is one the protocol is defined for.</summary>
    public bool AreValid =>
        LogBlowup is >= 1 and <= 6
        && LogArity is >= 1 and <= 5
        && LogFinalLength is >= 0 and <= 4 // a period has at least 16 rows, and no height may lie under the final polynomial's length
        && Queries is >= 1 and <= 1024
        && QueryGrindingBits is >= 0 and <= MaxBits
        && BatchGrindingBits is >= 0 and <= MaxBits
        && FoldGrindingBits is >= 0 and <= MaxBits;
}
