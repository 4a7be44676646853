using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>
/// A circuit that verifies proofs of one key at one number of instances. The key is a constant of the circuit, so it is bound by the circuit's own key. Its
/// public values are the eight elements of the leaf statement, sponge(statement tag, key digest, public values), whatever their number.
/// </summary>
public sealed class VerifierCircuit
{
    private readonly ProofShape shape;
    private readonly WitnessLayout layout;

    private VerifierCircuit(VerifyingKey child, ProofShape shape, WitnessLayout layout, Circuit circuit)
    {
        Child = child;
        this.shape = shape;
        this.layout = layout;
        Circuit = circuit;
    }

    /// <summary>The key whose proofs are verified.</summary>
    public VerifyingKey Child { get; }

    /// <summary>log₂ of the instances of those proofs.</summary>
    public int LogInstances => shape.LogInstances;

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The circuit for a key.</summary>
    /// <param name="child">The key; it need not be trusted, for its digest is in the statement, but it must be one that the verifier would take.</param>
    /// <param name="logInstances">log₂ of the number of instances.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key and number.</exception>
    public static VerifierCircuit Create(VerifyingKey child, int logInstances = 0, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (child.Profile.IsForTests && !(options ?? VerifierOptions.Default).AllowTestProfile)
            throw new ArgumentException($"The profile {child.Profile.Name} is for tests only.", nameof(child));
        ArgumentOutOfRangeException.ThrowIfNegative(logInstances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logInstances, child.MaxLogInstances);
        if (KeyRules.FaultAt(child, logInstances) is { } fault)
            throw new ArgumentException($"The key allows no proof of 2^{logInstances} instances: {fault}.", nameof(child));

        var shape = new ProofShape(child, logInstances);
        var builder = new CircuitBuilder(child.SuiteId);
        var rows = new WireRows(builder);
        var values = new Wire[child.PublicCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = rows.WireOf(builder.Input(CellType.Value, i));
        var layout = new WitnessLayout(values.Length);
        var engine = new CircuitEngine(rows, layout, child, logInstances, values);
        new ProofChecker<CircuitEngine, Wire, Cell, Wire[], Wire[]>(engine, shape).Check();

        var key = HalfState.Of(rows, child.Digest.AsSpan());
        var elements = Enumerable.Range(0, Digest.Length).Select(i => new Limb(key, i))
            .Concat(values.Select(value => Limb.Of(rows, value)));
        builder.Public(CircuitSponge.Hash(rows, (uint)DomainTag.Statement, [.. elements]), Digest.Length);
        return new(child, shape, layout, builder.Build());
    }

    /// <summary>The statement of a leaf: what the circuit's public values are.</summary>
    public Digest StatementOf(ReadOnlySpan<KoalaBear> publicValues) =>
        HashSuites.Get(Child.SuiteId).Hash((uint)DomainTag.Statement, [.. Child.Digest.AsSpan(), .. publicValues]);

    /// <summary>The circuit's inputs for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    /// <remarks>Whether the proof holds is what the circuit checks.</remarks>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (publicValues.Length != Child.PublicCount
            || proof.LogInstances != LogInstances
            || proof.Messages.Length != shape.MessageElements
            || proof.Openings.Length != shape.Trees.Count(tree => tree is not null) + shape.FoldTrees.Length)
        {
            return null;
        }

        var blocks = Child.SuiteId == Poseidon2.SuiteId
            ? layout.Of<Poseidon2>(shape, publicValues, proof)
            : layout.Of<Poseidon1>(shape, publicValues, proof);
        if (blocks is null)
            return null;
        var values = new CellValue[publicValues.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = CellValue.Value(publicValues[i]);
        return [.. values, .. blocks];
    }
}
