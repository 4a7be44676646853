using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Engine;

/// <summary>The instructions that verify one proof inside a circuit, and the inputs they take: the public values, then the proof's blocks.</summary>
internal sealed class ChildVerifier
{
    private readonly VerifyingKey key;
    private readonly ProofShape shape;
    private readonly WitnessLayout layout;

    /// <summary>Writes the instructions.</summary>
    /// <param name="rows">Where.</param>
    /// <param name="key">The key, a constant of the circuit.</param>
    /// <param name="logInstances">log₂ of the number of instances of every circuit.</param>
    /// <param name="firstSlot">The first input slot.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key and number.</exception>
    public ChildVerifier(WireRows rows, VerifyingKey key, int logInstances, int firstSlot, VerifierOptions options)
    {
        if (key.Profile.IsForTests && !options.AllowTestProfile)
            throw new ArgumentException($"The profile {key.Profile.Name} is for tests only.", nameof(key));
        ArgumentOutOfRangeException.ThrowIfNegative(logInstances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(logInstances, key.MaxLogInstances);
        var instances = InstanceCounts.All(key.Circuits, logInstances);
        if (KeyRules.FaultAt(key, instances) is { } fault)
            throw new ArgumentException($"The key allows no proof of 2^{logInstances} instances: {fault}.", nameof(key));

        this.key = key;
        shape = new(key, instances);
        var values = new Wire[key.StatementCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = rows.WireOf(rows.Builder.Input(CellType.Value, firstSlot + i));
        layout = new(firstSlot + values.Length);
        var engine = new CircuitEngine(rows, layout, key, instances, values);
        new ProofChecker<CircuitEngine, Wire, Cell, OpenedRows, QueryIndex>(engine, shape).Check();

        var digest = HalfState.Of(rows, key.Digest.AsSpan());
        var elements = Enumerable.Range(0, Digest.Length).Select(i => new Limb(digest, i)).Concat(values.Select(value => Limb.Of(rows, value)));
        Statement = CircuitSponge.Hash(rows, (uint)DomainTag.Statement, [.. elements]);
    }

    /// <summary>The cell of sponge(statement tag, key digest, public values).</summary>
    public Cell Statement { get; }

    /// <summary>Input slots that the proof takes.</summary>
    public int Slots => key.StatementCount + layout.Count;

    /// <summary>The statement, computed.</summary>
    public Digest StatementOf(ReadOnlySpan<KoalaBear> publicValues) =>
        HashSuites.Get(key.SuiteId).Hash((uint)DomainTag.Statement, [.. key.Digest.AsSpan(), .. publicValues]);

    /// <summary>The inputs for a proof; null if its header or the lengths of its parts are not those that the key gives them.</summary>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        if (publicValues.Length != key.StatementCount
            || !proof.Instances.Equals(shape.Instances)
            || proof.IsHiding != key.IsHiding
            || proof.Messages.Length != shape.MessageElements
            || proof.Openings.Length != shape.Inputs.Length + shape.FoldTrees.Length)
        {
            return null;
        }

        var blocks = key.SuiteId == Poseidon2.SuiteId
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
