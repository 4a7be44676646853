using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>
/// Verifies proofs inside a circuit that does other things besides. Each proof's key is a constant of the circuit, and so bound by the circuit's own; its public values are cells of
/// the circuit, which binds them to what it computes.
/// </summary>
/// <param name="builder">The circuit, of the keys' hash suite.</param>
public sealed class InnerVerifier(CircuitBuilder builder)
{
    private readonly WireRows rows = new(builder);

    /// <summary>Writes the instructions that verify one proof, of one instance.</summary>
    /// <param name="key">The key.</param>
    /// <param name="statement">The public values: blocks, eight values each.</param>
    /// <param name="firstSlot">The first input slot of the proof.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <returns>What the proof's slots hold.</returns>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key, or it has other public values.</exception>
    public InnerProofLayout Verify(VerifyingKey key, IReadOnlyList<Cell> statement, int firstSlot, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(statement);
        var instances = InstanceCounts.All(key.Circuits, 0);
        if (ChildVerifier.FaultOf(key, instances, options ?? VerifierOptions.Default) is { } fault)
            throw new ArgumentException(fault, nameof(key));
        if (key.StatementCount != statement.Count * Digest.Length)
            throw new ArgumentException("The key has another number of public values.", nameof(statement));
        Wire[] values = [.. statement.SelectMany(block => builder.Spread(block)).Select(rows.WireOf)];
        return new(key, new(rows, ChildKey.Known(rows, key), instances, values, firstSlot));
    }
}

/// <summary>How a proof of a key is laid out in the input slots of a circuit that verifies it.</summary>
public sealed class InnerProofLayout
{
    private readonly VerifyingKey key;
    private readonly ChildVerifier verifier;

    internal InnerProofLayout(VerifyingKey key, ChildVerifier verifier) => (this.key, this.verifier) = (key, verifier);

    /// <summary>Input slots, blocks all of them.</summary>
    public int Slots => verifier.Slots;

    /// <summary>The layout for a key, whatever circuit verifies its proofs.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key.</exception>
    public static InnerProofLayout Of(VerifyingKey key, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var builder = new CircuitBuilder(key.SuiteId, hasWords: false);
        var blocks = Enumerable.Range(0, key.StatementCount / Digest.Length).Select(i => builder.Input(CellType.Block, i)).ToArray();
        return new InnerVerifier(builder).Verify(key, blocks, blocks.Length, options);
    }

    /// <summary>The slots' values for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    /// <remarks>Whether the proof holds is what the circuit checks.</remarks>
    /// <param name="publicValues">What the proof states.</param>
    /// <param name="proof">The proof.</param>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return verifier.WitnessOf(key, publicValues, proof);
    }
}
