using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Signatures;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>Where signatures come from while a function runs.</summary>
public interface ISignatureSource
{
    /// <summary>Whether a signature counts as given where there is none: to make the inputs of a step that others will sign.</summary>
    bool AreAssumed => false;

    /// <summary>Signs a message.</summary>
    /// <param name="asked">Which of the function's signatures is asked for.</param>
    /// <param name="place">Its number among them.</param>
    /// <param name="key">The key that has to sign.</param>
    /// <param name="message">The message.</param>
    /// <returns>A signature, of whatever key; null where nobody signs.</returns>
    Signature? Sign(IrSignature asked, int place, Digest key, Digest message);
}

/// <summary>Data that a test key has signed.</summary>
/// <param name="Signer">The key.</param>
/// <param name="Message">What of the data is signed.</param>
public sealed record SignedDatum(SigningTree Signer, Digest Message);

/// <summary>Signatures that others will make later, but for data that is signed already.</summary>
/// <param name="data">That data.</param>
public sealed class AssumedSignatures(IReadOnlyList<SignedDatum> data) : ISignatureSource
{
    /// <inheritdoc/>
    public bool AreAssumed => true;

    /// <inheritdoc/>
    public Signature? Sign(IrSignature asked, int place, Digest key, Digest message) =>
        asked.IsOfData ? data.FirstOrDefault(d => d.Message == message && d.Signer.Root == key)?.Signer.Sign(0, message) : null;
}

/// <summary>Test keys that sign: the one that is asked, if it is among them, else the one that stands at its place.</summary>
/// <param name="signers">The keys.</param>
/// <param name="data">What data is signed. Where the key that is asked has not signed it, another's signature is tried: it must be refused.</param>
public sealed class TestSigners(IReadOnlyList<SigningTree> signers, IReadOnlyList<SignedDatum> data) : ISignatureSource
{
    /// <inheritdoc/>
    public Signature? Sign(IrSignature asked, int place, Digest key, Digest message) => asked.IsOfData
        ? (data.FirstOrDefault(d => d.Message == message && d.Signer.Root == key) ?? data.FirstOrDefault(d => d.Message == message))?.Signer.Sign(0, message)
        : (signers.FirstOrDefault(s => s.Root == key) ?? signers.ElementAtOrDefault(place))?.Sign(0, message);
}
