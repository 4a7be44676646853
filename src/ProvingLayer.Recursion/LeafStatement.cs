using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Recursion;

/// <summary>The statement of a leaf proof as one digest: sponge(statement tag, key digest, public values).</summary>
public static class LeafStatement
{
    /// <summary>The digest of a statement under a key's hash suite.</summary>
    /// <param name="key">The key.</param>
    /// <param name="publicValues">What a proof of the key states.</param>
    public static Digest Of(VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues)
    {
        ArgumentNullException.ThrowIfNull(key);
        return HashSuites.Get(key.SuiteId).Hash((uint)DomainTag.Statement, [.. key.Digest.AsSpan(), .. publicValues]);
    }

    internal static Cell Of(WireRows rows, HalfState keyDigest, IEnumerable<Wire> publicValues) => CircuitSponge.Hash(
        rows, (uint)DomainTag.Statement, [.. Enumerable.Range(0, Digest.Length).Select(i => new Limb(keyDigest, i)), .. publicValues.Select(value => Limb.Of(rows, value))]);
}
