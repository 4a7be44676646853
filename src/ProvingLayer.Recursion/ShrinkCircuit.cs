using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>
/// Verifies a proof of one key, a constant of the circuit, whose eight public values are its own: it says the same in another shape. A wrap whose leaf is too wide for the shape
/// is brought into it by one of these.
/// </summary>
public sealed class ShrinkCircuit
{
    private readonly KnownChild child;

    private ShrinkCircuit(KnownChild child, Circuit circuit) => (this.child, Circuit) = (child, circuit);

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit for a key.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="key">The key of a circuit with eight public values that is proved once at a time.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key, or it has other public values.</exception>
    public static ShrinkCircuit Create(RecursionShape shape, VerifyingKey key, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(key);
        if (key.StatementCount != RecursionShape.PublicCount || key.SuiteId != shape.SuiteId)
            throw new ArgumentException("The key's public values are not those of the shape, or it is of another hash suite.", nameof(key));
        var rows = new WireRows(new(shape.SuiteId, hasWords: false));
        var child = new KnownChild(rows, key, InstanceCounts.All(key.Circuits, 0), 0, options);
        rows.Builder.Public(new HalfState(rows, child.Values).Block, RecursionShape.PublicCount);
        return new(child, shape.Build(rows.Builder));
    }

    /// <summary>The circuit's inputs for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof) => child.WitnessOf(publicValues, proof);
}
