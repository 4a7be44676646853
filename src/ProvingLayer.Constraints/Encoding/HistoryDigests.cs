using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>What a step of a history says beyond the roots that it leads from and to: the fields of its public statement that the log keeps.</summary>
/// <param name="Transition">The transition's index.</param>
/// <param name="Arguments">The digest of its public arguments.</param>
/// <param name="Flows">The digest of its receipts.</param>
/// <param name="Events">The digest of its events.</param>
/// <param name="NotBefore">The first second of its time.</param>
/// <param name="NotAfter">The last second of its time.</param>
public readonly record struct HistoryEntry(int Transition, Digest Arguments, Digest Flows, Digest Events, BigInteger NotBefore, BigInteger NotAfter);

/// <summary>A history's digests, as <c>grammar/encodings.md</c> describes them: the carry, which goes from step to step, and the log in it.</summary>
public static class HistoryDigests
{
    /// <summary>The log of a history in which nothing has happened.</summary>
    public static Digest EmptyLog { get; } = Digests.Of(DomainTag.Log, []);

    /// <summary>The log with one entry more.</summary>
    public static Digest Append(Digest log, HistoryEntry entry) => Digests.Of(
        DomainTag.Log,
        [
            (Scalar.Of(log), ScalarLayout.Digest),
            (Scalar.Of(entry.Arguments), ScalarLayout.Digest),
            (Scalar.Of(entry.Flows), ScalarLayout.Digest),
            (Scalar.Of(entry.Events), ScalarLayout.Digest),
            (Scalar.Of(entry.Transition), ScalarLayout.Tag),
            (Scalar.Of(entry.NotBefore), ScalarLayout.Time),
            (Scalar.Of(entry.NotAfter), ScalarLayout.Time),
        ]);

    /// <summary>The carry: program and window, which no step changes, root and log, which each does.</summary>
    /// <param name="programId">The program's digest.</param>
    /// <param name="root">The record's root between two steps.</param>
    /// <param name="log">The log of the steps so far.</param>
    /// <param name="notBefore">No step's time begins before this second.</param>
    /// <param name="notAfter">No step's time ends after this second.</param>
    public static Digest Carry(Digest programId, Digest root, Digest log, BigInteger notBefore, BigInteger notAfter) => Digests.Of(
        DomainTag.Carry,
        [
            (Scalar.Of(programId), ScalarLayout.Digest),
            (Scalar.Of(root), ScalarLayout.Digest),
            (Scalar.Of(log), ScalarLayout.Digest),
            (Scalar.Of(notBefore), ScalarLayout.Time),
            (Scalar.Of(notAfter), ScalarLayout.Time),
        ]);
}
