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
/// Verifies a leaf: a proof of one key at one number of instances, both constants of the circuit. The statement is that of an aggregate of this one leaf; of a history it may be a
/// chain. The key set's root is taken as it is given: it enters the statement, and who verifies compares it.
/// </summary>
public sealed class WrapCircuit
{
    private readonly VerifyingKey leaf;
    private readonly KnownChild child;
    private readonly bool isLink;

    private WrapCircuit(VerifyingKey leaf, KnownChild child, bool isLink, Circuit circuit) => (this.leaf, this.child, this.isLink, Circuit) = (leaf, child, isLink, circuit);

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit for a leaf's key.</summary>
    /// <param name="shape">The shape; a leaf that needs taller tables has them.</param>
    /// <param name="leaf">The key.</param>
    /// <param name="instances">How often each of its circuits is in the proof.</param>
    /// <param name="isLink">Whether the statement is that of a chain of one history.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key and number, or it is to be a link and is of no history.</exception>
    public static WrapCircuit Create(RecursionShape shape, VerifyingKey leaf, InstanceCounts instances, bool isLink, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(instances);
        if (leaf.SuiteId != shape.SuiteId || (isLink && !leaf.IsHistory))
            throw new ArgumentException(isLink && !leaf.IsHistory ? "A link is a history." : "The key is of another hash suite.", nameof(leaf));

        var rows = new WireRows(new(shape.SuiteId, hasWords: false));
        var vkRoot = rows.Builder.Input(CellType.Block, 0);
        var child = new KnownChild(rows, leaf, instances, 1, options);
        var values = child.Values;
        var statement = new StatementCells(vkRoot, LeafStatement.Of(rows, child.Key.Digest, values), isLink
            ? (new HalfState(rows, values[..Digest.Length]).Block, new HalfState(rows, values[Digest.Length..(2 * Digest.Length)]).Block, values[^1])
            : null);
        rows.Builder.Public(statement.Digest(rows), RecursionShape.PublicCount);
        return new(leaf, child, isLink, shape.Build(rows.Builder));
    }

    /// <summary>The statement of a proof of the circuit.</summary>
    public AggregateStatement StatementOf(Digest vkRoot, ReadOnlySpan<KoalaBear> publicValues) =>
        new(vkRoot, LeafStatement.Of(leaf, publicValues), isLink && HistoryBoundary.TryRead(publicValues, out var boundary) ? boundary : null);

    /// <summary>The circuit's inputs for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    public CellValue[]? WitnessOf(Digest vkRoot, ReadOnlySpan<KoalaBear> publicValues, Proof proof) =>
        child.WitnessOf(publicValues, proof) is { } inputs ? [CellValue.Block(vkRoot), .. inputs] : null;
}
