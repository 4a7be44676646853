using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Histories;

/// <summary>
/// What the proof of a history says to a program that verifies it: its log begins empty, so it is the log of these steps and no others.
/// </summary>
/// <param name="From">The record's root before the first step.</param>
/// <param name="To">The root after the last.</param>
/// <param name="Steps">How many they are.</param>
/// <param name="Log">The log of what they say.</param>
/// <param name="NotBefore">No step's time begins before this second.</param>
/// <param name="NotAfter">No step's time ends after this second.</param>
public sealed record HistoryClaim(Digest From, Digest To, BigInteger Steps, Digest Log, BigInteger NotBefore, BigInteger NotAfter)
{
    /// <summary>The parts, as paths behind the argument that the proof comes in as, and their limbs; in the order of the record.</summary>
    public static ImmutableArray<(string Path, ScalarLayout Layout)> Parts { get; } =
    [
        ("args.from", ScalarLayout.Digest),
        ("args.to", ScalarLayout.Digest),
        ("result.steps", ScalarLayout.Unsigned(64)),
        ("result.log", ScalarLayout.Digest),
        ("result.window.notBefore", ScalarLayout.Time),
        ("result.window.notAfter", ScalarLayout.Time),
    ];

    /// <summary>The values of the parts, in their order.</summary>
    public ImmutableArray<Scalar> Scalars =>
        [Scalar.Of(From), Scalar.Of(To), Scalar.Of(Steps), Scalar.Of(Log), Scalar.Of(NotBefore), Scalar.Of(NotAfter)];

    /// <summary>The claim whose parts have these values, each of its kind.</summary>
    /// <param name="parts">The values, in the order of the parts.</param>
    public static HistoryClaim Of(ReadOnlySpan<Scalar> parts) => new(parts[0].Digest, parts[1].Digest, parts[2].Number, parts[3].Digest, parts[4].Number, parts[5].Number);

    /// <summary>The statement of the proof; null if so many steps are in no proof.</summary>
    /// <param name="programId">The program's digest.</param>
    public HistoryBoundary? BoundaryOf(Digest programId) => Steps.Sign > 0 && Steps < KoalaBear.Modulus
        ? new(
            HistoryDigests.Carry(programId, From, HistoryDigests.EmptyLog, NotBefore, NotAfter),
            HistoryDigests.Carry(programId, To, Log, NotBefore, NotAfter),
            (int)Steps)
        : null;
}
