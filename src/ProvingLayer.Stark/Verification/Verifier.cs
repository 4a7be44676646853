using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Security;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Verification;

/// <summary>Checks proofs. Never throws for what a proof or a statement holds: the answer is a value that names what failed.</summary>
public static class Verifier
{
    /// <summary>Whether the proof shows that some trace of the key's circuit has these public values.</summary>
    /// <param name="key">The circuit's key, from a source that the verifier trusts.</param>
    /// <param name="publicValues">The statement.</param>
    /// <param name="proof">The proof, from anyone.</param>
    /// <param name="options">What to allow beyond the default.</param>
    public static VerificationResult Verify(
        VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(proof);
        return HashSuites.Get(key.SuiteId).Verify(key, publicValues, proof, options ?? VerifierOptions.Default);
    }

    /// <summary>Whether the bytes of a proof file show that some trace of the key's circuit has these public values.</summary>
    /// <param name="key">The circuit's key, from a source that the verifier trusts.</param>
    /// <param name="publicValues">The statement.</param>
    /// <param name="proof">The file, from anyone.</param>
    /// <param name="options">What to allow beyond the default.</param>
    public static VerificationResult Verify(
        VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, ReadOnlySpan<byte> proof, VerifierOptions? options = null) =>
        ProofFormat.TryRead(proof, out var read, out var error)
            ? Verify(key, publicValues, read, options)
            : new(VerificationError.MalformedProof, error.ToString());
}

/// <summary>The verifier for one hash suite.</summary>
internal static class Verifier<TPermutation>
    where TPermutation : IPermutation
{
    public static VerificationResult Verify(VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof, VerifierOptions options) =>
        Verify(key, publicValues, proof, options, new(ProofHeader.TranscriptTag));

    /// <summary>Verifies with a transcript of the caller's.</summary>
    public static VerificationResult Verify(
        VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof, VerifierOptions options, Transcript<TPermutation> transcript)
    {
        // 0. What key and header determine, before anything is allocated by their numbers.
        if (key.Profile.IsForTests && !options.AllowTestProfile)
            return Reject(VerificationError.ProfileRefused, $"the profile {key.Profile.Name} is for tests only");
        if (proof.IsHiding != key.IsHiding)
            return Reject(VerificationError.HeaderMismatch, key.IsHiding ? "the proof is transparent, the key hiding" : "the proof is hiding, the key transparent");
        if (publicValues.Length != key.StatementCount)
            return Reject(VerificationError.PublicValueCount, $"{publicValues.Length} public values are given, the key has {key.StatementCount}");
        var instances = proof.Instances;
        if (instances.Circuits != key.Circuits)
            return Reject(VerificationError.HeaderMismatch, $"the proof is of {instances.Circuits} circuits, the key of {key.Circuits}");
        if (instances.Greatest == InstanceCounts.Absent)
            return Reject(VerificationError.HeaderMismatch, "no circuit is in the proof");
        if (instances.Greatest > key.MaxLogInstances || instances.Logs.Any(log => log < InstanceCounts.Absent))
            return Reject(VerificationError.TooManyInstances, $"log N = {instances.Greatest} is not between 0 and {key.MaxLogInstances}");
        if (key.IsHistory && (!HistoryBoundary.TryRead(publicValues, out var boundary) || boundary.Steps > instances.Instances))
            return Reject(VerificationError.StepCount, $"a history of these instances has 1 to {instances.Instances} steps, not {publicValues[^1].Canonical}");
        if (KeyRules.ReadsAt(key, instances) >= KoalaBear.Modulus)
            return Reject(VerificationError.TooManyReads, "reads times heights reach p");
        var shape = new ProofShape(key, instances);
        var security = SecurityLevel.Of(key.Parameters, shape.Soundness(), key.Profile.Regime);
        if (security.Bits < key.Profile.MinimumBits)
        {
            return Reject(
                VerificationError.SecurityTooLow,
                string.Create(CultureInfo.InvariantCulture, $"{security.Bits:F1} proven bits are fewer than the {key.Profile.MinimumBits} of {key.Profile.Name}"),
                security);
        }

        if (proof.Messages.Length != shape.MessageElements)
            return Reject(VerificationError.WrongLength, $"the messages have {proof.Messages.Length} elements, not {shape.MessageElements}", security);
        var commitments = shape.Inputs.Length + shape.FoldTrees.Length;
        if (proof.Openings.Length != commitments)
            return Reject(VerificationError.WrongLength, $"{proof.Openings.Length} commitments are opened, not {commitments}", security);

        var engine = new NativeEngine<TPermutation>(key, publicValues, proof, transcript);
        new ProofChecker<NativeEngine<TPermutation>, Extension5, Digest, MerkleOpening, int>(engine, shape).Check();
        return engine.HasRejected ? new(engine.Error, engine.Message, security) : VerificationResult.Accepted(security);
    }

    private static VerificationResult Reject(VerificationError error, string message, SecurityLevel? security = null) => new(error, message, security);
}
