using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Runtime;

/// <summary>A proof of a statement or a history that goes into a step, or another statement, which verifies it: what it says, and its bytes.</summary>
public sealed class TenorInnerProof
{
    private const int MaxProofSize = 64 * 1024 * 1024;

    private readonly byte[] proof;

    private TenorInnerProof(TenorStatement? statement, TenorHistory? history, byte[] proof, string? path) => (Statement, History, this.proof, Path) = (statement, history, proof, path);

    /// <summary>What it says; null of a history.</summary>
    public TenorStatement? Statement { get; }

    /// <summary>What the proof of a history says; null of a statement.</summary>
    public TenorHistory? History { get; }

    /// <summary>The bytes of the proof's file.</summary>
    public ReadOnlyMemory<byte> Proof => proof;

    /// <summary>The proof's file, in full; null if it came from none.</summary>
    public string? Path { get; }

    /// <summary>A proof that was just made.</summary>
    /// <param name="proof">The proof.</param>
    /// <returns>The same, to go into another.</returns>
    public static TenorInnerProof Of(TenorProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new(proof.Statement, null, proof.Proof, null);
    }

    /// <summary>A proof of a history that was just made.</summary>
    /// <param name="proof">The proof.</param>
    /// <returns>The same, to go into another.</returns>
    public static TenorInnerProof Of(TenorHistoryProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new(null, proof.Statement, proof.Proof, null);
    }

    /// <summary>A claim that was just proved.</summary>
    /// <typeparam name="TStatement">What the proof says.</typeparam>
    /// <param name="proof">The proof.</param>
    /// <returns>The same, to go into another.</returns>
    public static TenorInnerProof Of<TStatement>(ProvedClaim<TStatement> proof)
        where TStatement : TypedStatement
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new(proof.Statement.Content, null, proof.Proof, null);
    }

    /// <summary>A proof of any of a set of statements.</summary>
    /// <param name="proof">The proof.</param>
    /// <returns>The same, to go into another.</returns>
    public static TenorInnerProof Of(ProvedOfSet proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return proof.Content;
    }

    /// <summary>A history in one proof.</summary>
    /// <typeparam name="THistory">What the proof says.</typeparam>
    /// <param name="proof">The proof.</param>
    /// <returns>The same, to go into another.</returns>
    public static TenorInnerProof Of<THistory>(ProvedHistory<THistory> proof)
        where THistory : IHistoryStatement
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new(null, proof.Statement.Content, proof.Proof, null);
    }

    /// <summary>Reads a proof's file, <c>NAME.proof</c>, and its statement's, which lies beside it as <c>NAME.json</c>, or says what is wrong with them.</summary>
    /// <param name="path">The proof's file.</param>
    /// <param name="asked">What the proof must be of: an inner proof of a transition's or statement's ABI.</param>
    /// <param name="proof">The proof. Whether it holds is not checked yet.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether both were read.</returns>
    public static bool TryLoad(string path, AbiInnerProof asked, [NotNullWhen(true)] out TenorInnerProof? proof, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return TryLoad(path, [.. asked.Claims], out proof, out error);
    }

    /// <summary>The same by the ABIs of the statements of a set, or of the one that the proof is of.</summary>
    /// <param name="path">The proof's file.</param>
    /// <param name="claims">The ABIs, one at least. The file of the statement says of which it is.</param>
    /// <param name="proof">The proof. Whether it holds is not checked yet.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether both were read.</returns>
    public static bool TryLoad(string path, IReadOnlyList<Abi> claims, [NotNullWhen(true)] out TenorInnerProof? proof, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(claims);
        (proof, error) = (null, new(TenorErrorKind.Mismatch, "there is no statement that the proof may be of", path));
        foreach (var claim in claims)
        {
            if (TryLoad(path, claim, out proof, out error) || error.Kind != TenorErrorKind.Mismatch)
                return proof is not null;
        }

        if (claims.Count > 1)
            error = error with { Message = $"this is a statement of none of {string.Join(", ", claims.Select(claim => claim.Name))}" };
        return false;
    }

    /// <summary>The same by the ABI of the statement that the proof is of, or of the machine of the history.</summary>
    /// <param name="path">The proof's file.</param>
    /// <param name="claim">The statement's or machine's ABI.</param>
    /// <param name="proof">The proof. Whether it holds is not checked yet.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether both were read.</returns>
    public static bool TryLoad(string path, Abi claim, [NotNullWhen(true)] out TenorInnerProof? proof, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(claim);
        proof = null;
        var beside = System.IO.Path.ChangeExtension(path, ".json");
        var (statement, history) = ((TenorStatement?)null, (TenorHistory?)null);
        if (!DurableFile.TryRead(path, MaxProofSize, out var bytes, out error)
            || !DurableFile.TryRead(beside, claim.IsMachine ? TenorHistory.MaxFileSize : TenorStatement.MaxFileSize, out var text, out error)
            || !(claim.IsMachine ? TenorHistory.TryRead(text, claim, beside, isAlias: true, out history, out error) : TenorStatement.TryRead(text, claim, beside, isAlias: true, out statement, out error)))
        {
            return false;
        }

        proof = new(statement, history, bytes, System.IO.Path.GetFullPath(path));
        return true;
    }

    /// <summary>What it says, as the inputs of a transition or statement that verifies it have it: a value for each path behind the argument's.</summary>
    /// <returns>The values by path: <c>args.venue</c>, <c>result</c>; of a history <c>args.from</c>, <c>result.steps</c> and so on.</returns>
    public IReadOnlyDictionary<string, Scalar> Said() => Statement is not null
        ? Statement.Opened
        : HistoryClaim.Parts.Zip(History!.ToClaim().Scalars, (part, value) => KeyValuePair.Create(part.Path, value)).ToImmutableDictionary(StringComparer.Ordinal);
}
