using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Signatures;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>Where signatures come from while a function runs.</summary>
public interface ISignatureSource
{
    /// <summary>Whether a signature counts as given where there is none: to make the inputs of a step that others will sign.</summary>
    bool AreAssumed => false;

    /// <summary>Signs a message.</summary>
    /// <param name="signature">Which of the function's signatures is asked for.</param>
    /// <param name="key">The key that has to sign.</param>
    /// <param name="message">The message.</param>
    /// <returns>A signature, of whatever key; null where nobody signs.</returns>
    Signature? Sign(int signature, Digest key, Digest message);
}

/// <summary>Signatures that others will make later.</summary>
public sealed class AssumedSignatures : ISignatureSource
{
    /// <inheritdoc/>
    public bool AreAssumed => true;

    /// <inheritdoc/>
    public Signature? Sign(int signature, Digest key, Digest message) => null;
}

/// <summary>Test keys that sign: the one that is asked, if it is among them, else the one that stands at its place.</summary>
/// <param name="signers">The keys.</param>
public sealed class TestSigners(IReadOnlyList<SigningTree> signers) : ISignatureSource
{
    /// <inheritdoc/>
    public Signature? Sign(int signature, Digest key, Digest message) =>
        (signers.FirstOrDefault(s => s.Root == key) ?? signers.ElementAtOrDefault(signature))?.Sign(0, message);
}
