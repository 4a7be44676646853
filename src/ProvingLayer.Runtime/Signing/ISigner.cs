using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime.Signing;

/// <summary>Who signs steps: a key on this machine (<see cref="SigningKey"/>), or one behind a service or device that keeps the secret to itself.</summary>
public interface ISigner
{
    /// <summary>The key by which rules know the signer.</summary>
    PartyKey Key { get; }

    /// <summary>Signs a message. An implementation never uses an index twice, whatever happens in between: two signatures under one index show enough to forge.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The signature.</returns>
    Signature Sign(Digest message);
}

/// <summary>The signer of the key that <c>K.name</c> stands for: for tests, as everybody can sign with it.</summary>
/// <param name="name">The name.</param>
public sealed class TestSigner(string name) : ISigner
{
    /// <inheritdoc/>
    public PartyKey Key => PartyKey.ForTest(name);

    /// <inheritdoc/>
    public Signature Sign(Digest message) => TestKeys.Of(name).Sign(0, message);
}
