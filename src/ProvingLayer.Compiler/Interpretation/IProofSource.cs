using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>Where inner proofs come from while a function runs.</summary>
public interface IProofSource
{
    /// <summary>Whether there is a proof that shows what the function says it does.</summary>
    /// <param name="proof">The argument it came in as, and the statement it must be of.</param>
    /// <param name="arguments">The digest of the statement's public arguments.</param>
    /// <param name="result">The digest of its result.</param>
    /// <returns>What is wrong; null where the proof shows it.</returns>
    string? FaultOf(IrInnerProof proof, Digest arguments, Digest result);

    /// <summary>Whether there is a proof of a history that shows what the function says it does.</summary>
    /// <param name="proof">The argument it came in as, and the machine whose history it must be of.</param>
    /// <param name="claim">What it must show.</param>
    /// <returns>What is wrong; null where the proof shows it.</returns>
    string? FaultOf(IrInnerProof proof, HistoryClaim claim);
}

/// <summary>
/// What stands for proofs in tests: each carries the statement that it would prove, which was made by running it. Nothing else can be shown with it.
/// </summary>
/// <param name="said">What the proofs say: the scalars by the names of the function's inputs.</param>
public sealed class TypedMocks(IReadOnlyDictionary<string, Scalar> said) : IProofSource
{
    /// <inheritdoc/>
    public string? FaultOf(IrInnerProof proof, Digest arguments, Digest result)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return proof.DigestsOf(said) == (arguments, result) ? null : "the proof is about something else";
    }

    /// <inheritdoc/>
    public string? FaultOf(IrInnerProof proof, HistoryClaim claim)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(claim);
        return proof.HistoryOf(said) != claim ? "the proof is about something else"
            : claim.Steps > proof.Room.Sum() || claim.Steps < proof.Room.Count(count => count > 0) ? $"a history of {claim.Steps} {(claim.Steps.IsOne ? "step" : "steps")} does not fit the room, {proof.RoomText}"
            : null;
    }
}

/// <summary>Proofs from files, which are verified.</summary>
/// <param name="proofs">The bytes of the proofs' files, by the names of the arguments.</param>
/// <param name="keys">The keys of the statements.</param>
public sealed class NativeProofs(IReadOnlyDictionary<string, byte[]> proofs, InnerKeys keys) : IProofSource
{
    /// <inheritdoc/>
    public string? FaultOf(IrInnerProof proof, Digest arguments, Digest result)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (!proofs.TryGetValue(proof.Name, out var bytes))
            return "the proof is missing";
        var message = "";
        foreach (var program in proof.Programs)
        {
            var inner = keys.Of(program);
            var verdict = Verifier.Verify(inner.Key, [.. inner.ProgramId.AsSpan(), .. arguments.AsSpan(), .. result.AsSpan()], bytes, keys.Options);
            if (verdict.Error == VerificationError.None)
                return null;
            message = verdict.Message;
        }

        return proof.Choices.IsEmpty ? message : "it is one under none of their keys";
    }

    /// <inheritdoc/>
    public string? FaultOf(IrInnerProof proof, HistoryClaim claim)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(claim);
        if (!proofs.TryGetValue(proof.Name, out var bytes))
            return "the proof is missing";
        var inner = keys.Of(proof.Program);
        if (claim.BoundaryOf(inner.ProgramId) is not { } boundary)
            return "no proof has so many steps";
        var verdict = Verifier.Verify(inner.Key, boundary.ToPublicValues(), bytes, keys.Options);
        return verdict.Error != VerificationError.None ? verdict.Message
            : ProofFormat.TryRead(bytes, out var read, out _) && read.Instances.Equals(proof.Instances) ? null
            : $"it has another form: prove it with room for {proof.RoomText}";
    }
}
