using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>A proof with its statement.</summary>
/// <param name="PublicValues">The public values.</param>
/// <param name="Proof">The proof.</param>
public readonly record struct ProvedStatement(KoalaBear[] PublicValues, Proof Proof);

/// <summary>
/// A circuit that verifies two proofs, each of a key of its own, and so makes them one. Both keys are constants of the circuit: a proof of another
/// program, or one of the other side, is refused. The public values are the compression of the two children's statements, the left one's first: the
/// root of a tree of two leaves. A pair whose children are pairs is verified by a pair of the next level; levels never form a cycle.
/// </summary>
public sealed class PairCircuit
{
    private readonly ChildVerifier left;
    private readonly ChildVerifier right;
    private readonly uint suiteId;

    private PairCircuit(ChildVerifier left, ChildVerifier right, uint suiteId, Circuit circuit)
    {
        this.left = left;
        this.right = right;
        this.suiteId = suiteId;
        Circuit = circuit;
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit for two keys, for proofs of one instance.</summary>
    /// <param name="left">The left child's key.</param>
    /// <param name="right">The right child's key.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of a key, or the keys are of different hash suites.</exception>
    public static PairCircuit Create(VerifyingKey left, VerifyingKey right, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.SuiteId != right.SuiteId)
            throw new ArgumentException("The keys are of different hash suites.", nameof(right));
        var builder = new CircuitBuilder(left.SuiteId);
        var rows = new WireRows(builder);
        var first = new ChildVerifier(rows, left, 0, 0, options ?? VerifierOptions.Default);
        var second = new ChildVerifier(rows, right, 0, first.Slots, options ?? VerifierOptions.Default);
        builder.Public(builder.Compress(first.Statement, second.Statement), Digest.Length);
        return new(first, second, left.SuiteId, builder.Build());
    }

    /// <summary>What the circuit's public values are.</summary>
    public Digest StatementOf(ReadOnlySpan<KoalaBear> leftValues, ReadOnlySpan<KoalaBear> rightValues)
    {
        var (first, second) = (left.StatementOf(leftValues), right.StatementOf(rightValues));
        return suiteId == Poseidon2.SuiteId ? Sponge<Poseidon2>.Compress(first, second) : Sponge<Poseidon1>.Compress(first, second);
    }

    /// <summary>The circuit's inputs for two proofs; null if the parts of one do not have the lengths that its key gives them.</summary>
    /// <remarks>Whether the proofs hold is what the circuit checks.</remarks>
    public CellValue[]? WitnessOf(ProvedStatement leftChild, ProvedStatement rightChild) =>
        left.WitnessOf(leftChild.PublicValues, leftChild.Proof) is { } first && right.WitnessOf(rightChild.PublicValues, rightChild.Proof) is { } second
            ? [.. first, .. second]
            : null;
}
