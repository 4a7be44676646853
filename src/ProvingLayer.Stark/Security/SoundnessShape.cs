using System.Collections.Immutable;

namespace ProvingLayer.Stark.Security;

/// <summary>What of a proof's shape enters its security level.</summary>
/// <param name="LogDomain">log₂ n of the longest codeword, preprocessed ones included.</param>
/// <param name="BatchedTerms">B: base columns times opening points, over all matrices.</param>
/// <param name="Constraints">C: constraints over all tables, LogUp's included.</param>
/// <param name="Degree">d: the greatest constraint degree.</param>
/// <param name="PointsPerColumn">c: the most points at which one column is opened.</param>
/// <param name="Fractions">M: LogUp fractions over all rows, padding included.</param>
/// <param name="MessageWidth">W: the widest message, its bus id counted.</param>
/// <param name="LogArities">log₂ of the folding factor of each FRI round, in order.</param>
public sealed record SoundnessShape(
    int LogDomain,
    long BatchedTerms,
    long Constraints,
    int Degree,
    int PointsPerColumn,
    double Fractions,
    int MessageWidth,
    ImmutableArray<int> LogArities);
