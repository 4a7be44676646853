using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Engine;

/// <summary>The instructions that verify one proof inside a circuit, and the inputs they take: the proof's blocks.</summary>
internal sealed class ChildVerifier
{
    private readonly ProofShape shape;
    private readonly WitnessLayout layout;

    /// <summary>Writes the instructions.</summary>
    /// <param name="rows">Where.</param>
    /// <param name="key">The key.</param>
    /// <param name="instances">How often each circuit is in the proof.</param>
    /// <param name="publicValues">The statement: as many values as the key has.</param>
    /// <param name="firstSlot">The first input slot.</param>
    public ChildVerifier(WireRows rows, ChildKey key, InstanceCounts instances, Wire[] publicValues, int firstSlot)
    {
        shape = new(key.Shape, instances);
        layout = new(firstSlot);
        var engine = new CircuitEngine(rows, layout, key, instances, publicValues);
        new ProofChecker<CircuitEngine, Wire, Cell, OpenedRows, QueryIndex>(engine, shape).Check();
    }

    /// <summary>Input slots that the proof takes.</summary>
    public int Slots => layout.Count;

    /// <summary>Why the verifier would refuse every proof of a key and number of instances, or null.</summary>
    public static string? FaultOf(VerifyingKey key, InstanceCounts instances, VerifierOptions options)
    {
        if (key.Profile.IsForTests && !options.AllowTestProfile)
            return $"the profile {key.Profile.Name} is for tests only";
        if (instances.Circuits != key.Circuits || instances.Greatest < 0 || instances.Greatest > key.MaxLogInstances)
            return $"the key allows no proof of these instances: {instances}";
        return KeyRules.FaultAt(key, instances) is { } fault ? $"the key allows no proof of these instances: {fault}" : null;
    }

    /// <summary>The inputs for a proof of a key of the shape; null if its header or the lengths of its parts are not those that the key gives them.</summary>
    public CellValue[]? WitnessOf(VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        if (publicValues.Length != key.StatementCount
            || !proof.Instances.Equals(shape.Instances)
            || proof.IsHiding != key.IsHiding
            || proof.Messages.Length != shape.MessageElements
            || proof.Openings.Length != shape.Inputs.Length + shape.FoldTrees.Length)
        {
            return null;
        }

        return key.SuiteId == Poseidon2.SuiteId
            ? layout.Of<Poseidon2>(shape, key, publicValues, proof)
            : layout.Of<Poseidon1>(shape, key, publicValues, proof);
    }
}
