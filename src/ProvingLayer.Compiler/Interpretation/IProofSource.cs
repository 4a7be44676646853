using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
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
        var inner = keys.Of(proof.Program);
        var verdict = Verifier.Verify(inner.Key, [.. inner.ProgramId.AsSpan(), .. arguments.AsSpan(), .. result.AsSpan()], bytes, keys.Options);
        return verdict.Error == VerificationError.None ? null : verdict.Message;
    }
}
