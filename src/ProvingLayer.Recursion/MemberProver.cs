using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>A circuit of a key set with its proving key.</summary>
internal abstract class MemberProver
{
    private protected MemberProver(Circuit circuit, RecursionShape shape, bool isHiding = false)
    {
        Circuit = circuit;
        Key = KeyOf(circuit, shape, isHiding);
    }

    public Circuit Circuit { get; }

    public ProvingKey Key { get; }

    private protected static ProvingKey KeyOf(Circuit circuit, RecursionShape shape, bool isHiding = false) => ProvingKey.TryGenerate(circuit, shape.Profile, 0, shape.SuiteId, out var key, out var fault, isHiding)
        ? key
        : throw new InvalidOperationException($"compiler bug: a recursion circuit breaks a rule of key generation: {fault}");

    /// <summary>A proof over a witness; null if there is none or the circuit does not hold on it.</summary>
    private protected static Proof? Prove(Circuit circuit, ProvingKey key, CellValue[]? witness, CancellationToken cancellation) =>
        witness is not null && CircuitExecutor.Run(circuit, witness) is { Succeeded: true, Trace: { } trace } ? Prover.Prove(key, trace, null, cancellation) : null;
}

/// <summary>Proves leaves: a wrap in the shape, or one in a shape of its own and a circuit that brings it into the shape.</summary>
internal sealed class LeafProver : MemberProver
{
    private readonly WrapCircuit wrap;
    private readonly (ProvingKey Key, ShrinkCircuit Shrink)? wide;

    private LeafProver(RecursionShape shape, WrapCircuit wrap, (ProvingKey, ShrinkCircuit)? wide, Circuit circuit)
        : base(circuit, shape)
    {
        this.wrap = wrap;
        this.wide = wide;
    }

    /// <exception cref="ArgumentException">The verifier would refuse every such leaf, or it is too wide for the shape whatever is done.</exception>
    public static LeafProver Create(RecursionShape shape, KeySetLeaf leaf, bool isLink, VerifierOptions options)
    {
        var wrap = WrapCircuit.Create(shape, leaf.Key, leaf.Instances, isLink, options);
        if (shape.Holds(wrap.Circuit))
            return new(shape, wrap, null, wrap.Circuit);
        var key = KeyOf(wrap.Circuit, shape);
        var shrink = ShrinkCircuit.Create(shape, key.VerifyingKey, options);
        return shape.Holds(shrink.Circuit)
            ? new(shape, wrap, (key, shrink), shrink.Circuit)
            : throw new ArgumentException("The leaf is too wide: the circuit that verifies its verifier does not fit the shape.", nameof(leaf));
    }

    public (AggregateStatement Statement, Proof Proof)? Prove(Digest vkRoot, ReadOnlySpan<KoalaBear> publicValues, Proof proof, uint suiteId, CancellationToken cancellation)
    {
        var statement = wrap.StatementOf(vkRoot, publicValues);
        var witness = wrap.WitnessOf(vkRoot, publicValues, proof);
        if (wide is not { } through)
            return Prove(Circuit, Key, witness, cancellation) is { } wrapped ? (statement, wrapped) : null;
        if (Prove(wrap.Circuit, through.Key, witness, cancellation) is not { } first)
            return null;
        return Prove(Circuit, Key, through.Shrink.WitnessOf(statement.ToDigest(suiteId).AsSpan(), first), cancellation) is { } second ? (statement, second) : null;
    }
}

/// <summary>Proves aggregates of two.</summary>
internal sealed class JoinProver(RecursionShape shape, AggregateCircuit circuit) : MemberProver(circuit.Circuit, shape)
{
    public (AggregateStatement Statement, Proof Proof)? Prove(KeySet set, AggregateProof left, AggregateProof right, CancellationToken cancellation)
    {
        if (circuit.StatementOf(set, left.Statement, right.Statement) is not { } statement)
            return null;
        return Prove(Circuit, Key, circuit.WitnessOf(set, left, right), cancellation) is { } proof ? (statement, proof) : null;
    }
}

/// <summary>Proves what an aggregate says again, with a hiding key.</summary>
internal sealed class SealProver(RecursionShape shape, SealCircuit circuit) : MemberProver(circuit.Circuit, shape, isHiding: true)
{
    public Proof? Prove(KeySet set, AggregateProof proof, CancellationToken cancellation) => Prove(Circuit, Key, circuit.WitnessOf(set, proof), cancellation);
}
