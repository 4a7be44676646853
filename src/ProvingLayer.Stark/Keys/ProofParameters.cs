using ProvingLayer.Stark.Hiding;

namespace ProvingLayer.Stark.Keys;

/// <summary>What is random in a hiding proof, by number. Why so much is enough stands at <see cref="BlindingCounts"/>.</summary>
/// <param name="ColumnCoefficients">Coefficients of the polynomial whose multiple blinds a column.</param>
/// <param name="ChunkCoefficients">Coefficients, of the extension, that pass between two chunks of a quotient.</param>
/// <param name="QuotientMaskColumns">Columns of the polynomial that masks a quotient.</param>
/// <param name="CodewordColumns">Columns of the random codeword.</param>
/// <param name="SaltElements">Elements in each row hash.</param>
/// <param name="MaskColumns">Columns that mask the terminal of a table.</param>
public sealed record BlindingSizes(int ColumnCoefficients, int ChunkCoefficients, int QuotientMaskColumns, int CodewordColumns, int SaltElements, int MaskColumns);

/// <summary>What prover and verifier must agree on beside the circuit. All of it enters the key's digest and the transcript.</summary>
/// <param name="LogBlowup">log₂ of the ratio of a codeword's length to its table's height.</param>
/// <param name="LogArity">log₂ of the greatest folding factor of a FRI round.</param>
/// <param name="LogFinalLength">log₂ of the number of coefficients of the final polynomial; hiding, it has one sixteenth more.</param>
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

    /// <summary>A hiding codeword's degree bound is 17/16 of the table's height that its length is made for: the sixteenth is room for blinding.</summary>
    private const int LogRoom = 4;

    /// <summary>Whether proofs hide their witness; the flag of the key, which has its parameters accordingly.</summary>
    public bool IsHiding { get; init; }

    /// <summary>The rate ρ: 2^−LogBlowup, hiding 17/16 of it.</summary>
    public double Rate => Math.ScaleB(IsHiding ? 1.0 + Math.ScaleB(1.0, -LogRoom) : 1.0, -LogBlowup);

    /// <summary>What is random in a proof; null if it is transparent.</summary>
    public BlindingSizes? Blinding => IsHiding
        ? new(BlindingCounts.OfColumn(this), BlindingCounts.OfChunk(this), BlindingCounts.QuotientMaskWidth, BlindingCounts.CodewordWidth, BlindingCounts.SaltWidth, TerminalMask.Columns)
        : null;

    /// <summary>log₂ of the length of the final polynomial's word.</summary>
    public int LogFinalDomain => LogFinalLength + LogBlowup;

    /// <summary>Coefficients of the final polynomial.</summary>
    public int FinalLength => DegreeBound(LogFinalDomain);

    /// <summary>Whether every number is one the protocol is defined for.</summary>
    public bool AreValid =>
        LogBlowup is >= 1 and <= 6
        && LogArity is >= 1 and <= 5
        && LogFinalLength is >= 0 and <= 4 // a period has at least 16 rows, and no height may lie under the final polynomial's length
        && (!IsHiding || LogFinalLength == LogRoom) // else ρ times the final word's length is no whole number
        && Queries is >= 1 and <= 1024
        && QueryGrindingBits is >= 0 and <= MaxBits
        && BatchGrindingBits is >= 0 and <= MaxBits
        && FoldGrindingBits is >= 0 and <= MaxBits;

    /// <summary>ρn: codewords of 2^<paramref name="logDomain"/> points, at least the final one's, belong to polynomials of degree below this.</summary>
    public int DegreeBound(int logDomain)
    {
        var height = 1 << (logDomain - LogBlowup);
        return IsHiding ? height + (height >> LogRoom) : height;
    }
}
