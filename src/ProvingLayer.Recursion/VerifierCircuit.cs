using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>
/// A circuit that verifies proofs of one key at one number of instances. The key is a constant of the circuit, so it is bound by the circuit's own key. Its
/// public values are the eight elements of the leaf statement, sponge(statement tag, key digest, public values), whatever their number.
/// </summary>
public sealed class VerifierCircuit
{
    private readonly ChildVerifier child;

    private VerifierCircuit(ChildVerifier child, Circuit circuit)
    {
        this.child = child;
        Circuit = circuit;
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit for a key.</summary>
    /// <param name="key">The key; it need not be trusted, for its digest is in the statement, but it must be one that the verifier would take.</param>
    /// <param name="logInstances">log₂ of the number of instances.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key and number.</exception>
    public static VerifierCircuit Create(VerifyingKey key, int logInstances = 0, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var builder = new CircuitBuilder(key.SuiteId);
        var child = new ChildVerifier(new(builder), key, logInstances, 0, options ?? VerifierOptions.Default);
        builder.Public(child.Statement, Digest.Length);
        return new(child, builder.Build());
    }

    /// <summary>The statement of a leaf: what the circuit's public values are.</summary>
    public Digest StatementOf(ReadOnlySpan<KoalaBear> publicValues) => child.StatementOf(publicValues);

    /// <summary>The circuit's inputs for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    /// <remarks>Whether the proof holds is what the circuit checks.</remarks>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return child.WitnessOf(publicValues, proof);
    }
}
