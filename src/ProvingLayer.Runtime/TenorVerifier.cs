using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Recursion;
using ProvingLayer.Stark.Security;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Runtime;

/// <summary>Which of the three things that were given does not fit the others.</summary>
public enum Misfit
{
    /// <summary>None: all three fit.</summary>
    None,

    /// <summary>The statement: it contradicts itself, or is not one of the key's program.</summary>
    Statement,

    /// <summary>The key: it is of another program, or of a profile that proves nothing.</summary>
    Key,

    /// <summary>The proof: it is no proof, or does not show this statement.</summary>
    Proof,
}

/// <summary>What the verifier found.</summary>
/// <param name="Misfit">Which of statement, key and proof does not fit; none if the proof is accepted.</param>
/// <param name="Message">What was found, for people.</param>
/// <param name="Error">The proof system's reason, where it is the proof that does not fit.</param>
/// <param name="Security">The proven security of an accepted proof.</param>
public sealed record TenorVerification(Misfit Misfit, string Message, VerificationError Error = VerificationError.None, SecurityLevel? Security = null)
{
    /// <summary>Whether the proof shows the statement.</summary>
    public bool IsAccepted => Misfit == Misfit.None;
}

/// <summary>
/// Checks a proof. It needs the key, the statement and the proof, and nothing else: no source, no artifact, no ledger. It never throws on what it is
/// given.
/// </summary>
public static class TenorVerifier
{
    /// <summary>Whether a proof shows a statement under a key.</summary>
    /// <param name="key">The key, from someone whom the caller trusts.</param>
    /// <param name="statement">What is claimed.</param>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>What was found.</returns>
    public static TenorVerification Verify(TenorKey key, TenorStatement statement, ReadOnlySpan<byte> proof) => Verify(key, statement, proof, VerifierOptions.Default);

    /// <summary>The same, with what tests may allow.</summary>
    internal static TenorVerification Verify(TenorKey key, TenorStatement statement, ReadOnlySpan<byte> proof, VerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(statement);
        if (statement[KeyRules.ProgramId].Digest != key.ProgramId)
        {
            return new(Misfit.Key, $"the key is of another program than the statement: the key's program id is 0x{key.ProgramId}, the statement's is {statement.TextOf(KeyRules.ProgramId)}");
        }

        // The key's own view of the function counts: a statement that was read with another ABI may call it by another name or layout.
        var index = IndexOf(key, statement);
        if (index < 0)
        {
            return new(Misfit.Statement, $"{key.Name} has no '{statement.Function.Name}' with these fields");
        }

        if (key.Abi.IsMachine && statement[KeyRules.Transition] != Scalar.Of(index))
        {
            return new(Misfit.Statement, $"the statement is called one of '{statement.Function.Name}', which is transition {index}, and says it is of transition {statement.TextOf(KeyRules.Transition)}");
        }

        if (!statement.TryOpen(key.Abi.Functions[index], out var contradiction))
        {
            return new(Misfit.Statement, $"the statement contradicts itself: {contradiction.Message}");
        }

        return Found(Verifier.Verify(key.Functions[index], statement.ToPublicValues(), proof, options));
    }

    /// <summary>Whether a proof shows an aggregate under a key set.</summary>
    /// <param name="keys">The key set, whose root the caller trusts.</param>
    /// <param name="aggregate">What is claimed.</param>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>What was found.</returns>
    public static TenorVerification Verify(TenorKeySet keys, TenorAggregate aggregate, ReadOnlySpan<byte> proof) => Verify(keys, aggregate, proof, VerifierOptions.Default);

    /// <summary>The same, with what tests may allow.</summary>
    internal static TenorVerification Verify(TenorKeySet keys, TenorAggregate aggregate, ReadOnlySpan<byte> proof, VerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(aggregate);
        if (aggregate.Statement.VkRoot != keys.Root)
        {
            return new(Misfit.Key, $"the statement is about the key set 0x{aggregate.Statement.VkRoot}, and this one is 0x{keys.Root}");
        }

        if (aggregate.Circuit >= keys.Set.Members.Length)
        {
            return new(Misfit.Statement, $"the key set has {keys.Set.Members.Length} circuits, and none with the number {aggregate.Circuit}");
        }

        if (!Stark.Formats.ProofFormat.TryRead(proof, out var read, out var fault))
        {
            return new(Misfit.Proof, fault.ToString(), VerificationError.MalformedProof);
        }

        return Found(Aggregator.Verify(keys.Set, new(keys.Set.Members[aggregate.Circuit], aggregate.Statement, read), options));
    }

    /// <summary>Whether a statement is one of the leaves of an aggregate. The aggregate itself is verified apart.</summary>
    /// <param name="keys">The key set.</param>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="key">The key of the leaf's program.</param>
    /// <param name="leaf">What the leaf says.</param>
    /// <param name="path">Its place and the digests beside its way to the root.</param>
    /// <returns>What was found.</returns>
    public static TenorVerification VerifyInclusion(TenorKeySet keys, TenorAggregate aggregate, TenorKey key, TenorStatement leaf, InclusionPath path)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(leaf);
        var index = IndexOf(key, leaf);
        if (index < 0 || leaf[KeyRules.ProgramId].Digest != key.ProgramId)
            return new(Misfit.Key, $"the key is of another program than the leaf, or has no '{leaf.Function.Name}' with these fields");
        return leaf.TryOpen(key.Abi.Functions[index], out var contradiction)
            ? Included(keys, aggregate, key.Functions[index], leaf.ToPublicValues(), path)
            : new(Misfit.Statement, $"the statement contradicts itself: {contradiction.Message}");
    }

    /// <summary>Whether a history is one of the leaves of an aggregate. The aggregate itself is verified apart.</summary>
    /// <param name="keys">The key set.</param>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="key">The key of the leaf's program.</param>
    /// <param name="leaf">What the leaf says.</param>
    /// <param name="path">Its place and the digests beside its way to the root.</param>
    /// <returns>What was found.</returns>
    public static TenorVerification VerifyInclusion(TenorKeySet keys, TenorAggregate aggregate, TenorKey key, TenorHistory leaf, InclusionPath path)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(leaf);
        if (key.History is not { } history || leaf.ProgramId != key.ProgramId)
            return new(Misfit.Key, "the key is of another program than the leaf");
        return leaf.TryOpen(key.Abi, out var contradiction)
            ? Included(keys, aggregate, history, leaf.ToPublicValues(), path)
            : new(Misfit.Statement, $"the statement contradicts itself: {contradiction.Message}");
    }

    private static TenorVerification Included(TenorKeySet keys, TenorAggregate aggregate, Stark.Keys.VerifyingKey leaf, ReadOnlySpan<Algebra.KoalaBear> publicValues, InclusionPath path)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(aggregate);
        ArgumentNullException.ThrowIfNull(path);
        return StatementTree.RootOf(keys.Set.Shape.SuiteId, LeafStatement.Of(leaf, publicValues), path) == aggregate.Statement.Root
            ? new(Misfit.None, $"the statement is leaf {path.Index + 1} of {path.Count}")
            : new(Misfit.Statement, "the path does not lead from the leaf's statement to the aggregate's root");
    }

    /// <summary>Whether a proof shows a history under a key.</summary>
    /// <param name="key">The key, from someone whom the caller trusts.</param>
    /// <param name="history">What is claimed.</param>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>What was found.</returns>
    public static TenorVerification Verify(TenorKey key, TenorHistory history, ReadOnlySpan<byte> proof) => Verify(key, history, proof, VerifierOptions.Default);

    /// <summary>The same, with what tests may allow.</summary>
    internal static TenorVerification Verify(TenorKey key, TenorHistory history, ReadOnlySpan<byte> proof, VerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(history);
        if (history.ProgramId != key.ProgramId)
        {
            return new(Misfit.Key, $"the key is of another program than the history: the key's program id is 0x{key.ProgramId}, the history's is 0x{history.ProgramId}");
        }

        if (key.History is null)
        {
            return new(Misfit.Key, $"{key.Name} is a statement, and only machines have histories");
        }

        return history.TryOpen(key.Abi, out var contradiction)
            ? Found(Verifier.Verify(key.History, history.ToPublicValues(), proof, options))
            : new(Misfit.Statement, $"the statement contradicts itself: {contradiction.Message}");
    }

    private static TenorVerification Found(VerificationResult result)
    {
        return result.Error switch
        {
            VerificationError.None => new(Misfit.None, result.Message, VerificationError.None, result.Security),
            VerificationError.MalformedProof or VerificationError.WrongLength => new(Misfit.Proof, $"this is no proof for this key: {result.Message}", result.Error),
            VerificationError.ProfileRefused => new(Misfit.Key, $"the key is for tests: its proofs prove nothing ({result.Message})", result.Error),
            VerificationError.InvalidKey or VerificationError.PublicValueCount => new(Misfit.Key, $"the key is not one to verify with: {result.Message}", result.Error),
            _ => new(Misfit.Proof, $"the proof does not show this statement; it was altered, or is one of another statement: {result.Message}", result.Error),
        };
    }

    private static int IndexOf(TenorKey key, TenorStatement statement)
    {
        for (var i = 0; i < key.Abi.Functions.Length; i++)
        {
            var function = key.Abi.Functions[i];
            if (function.Name == statement.Function.Name && (ReferenceEquals(function, statement.Function)
                || function.Publics.Select(field => (field.Name, field.Type.Layout)).SequenceEqual(statement.Function.Publics.Select(field => (field.Name, field.Type.Layout)))))
            {
                return i;
            }
        }

        return -1;
    }
}
