using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Engine;

/// <summary>A proof that a circuit verifies and whose key is a constant of the circuit; its inputs are the public values, then the proof's blocks.</summary>
internal sealed class KnownChild
{
    private readonly VerifyingKey key;
    private readonly ChildVerifier verifier;

    /// <summary>Writes the instructions.</summary>
    /// <param name="rows">Where.</param>
    /// <param name="key">The key.</param>
    /// <param name="instances">How often each of its circuits is in the proof.</param>
    /// <param name="firstSlot">The first input slot.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key and number.</exception>
    public KnownChild(WireRows rows, VerifyingKey key, InstanceCounts instances, int firstSlot, VerifierOptions? options)
    {
        if (ChildVerifier.FaultOf(key, instances, options ?? VerifierOptions.Default) is { } fault)
            throw new ArgumentException(fault, nameof(key));
        this.key = key;
        Key = ChildKey.Known(rows, key);
        Values = rows.Inputs(key.StatementCount, firstSlot);
        verifier = new(rows, Key, instances, Values, firstSlot + Values.Length);
    }

    /// <summary>The key.</summary>
    public ChildKey Key { get; }

    /// <summary>The public values.</summary>
    public Wire[] Values { get; }

    /// <summary>The inputs for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return verifier.WitnessOf(key, publicValues, proof) is { } blocks ? [.. CellValue.Values(publicValues), .. blocks] : null;
    }
}
