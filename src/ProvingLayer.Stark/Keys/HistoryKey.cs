using System.Collections.Immutable;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Histories;

namespace ProvingLayer.Stark.Keys;

/// <summary>The key of a machine's histories, made of its transitions: the same for who proves them and for a circuit that verifies them.</summary>
/// <param name="Steps">The transitions as steps, in their order.</param>
/// <param name="Union">Their circuits in one proof.</param>
/// <param name="Key">The key.</param>
public sealed record HistoryKey(ImmutableArray<StepCircuit> Steps, CircuitUnion Union, ProvingKey Key)
{
    /// <summary>log₂ of the most steps of one transition in a proof.</summary>
    public const int MostLogSteps = 14;

    /// <summary>Makes the key.</summary>
    /// <param name="circuits">The transitions' circuits.</param>
    /// <param name="functions">Their ABIs.</param>
    /// <param name="profile">The parameters.</param>
    /// <param name="isHiding">Whether proofs hide their witness.</param>
    public static HistoryKey Generate(ImmutableArray<Circuit> circuits, ImmutableArray<AbiFunction> functions, Profile profile, bool isHiding)
    {
        var steps = ImmutableArray.CreateBuilder<StepCircuit>(circuits.Length);
        for (var i = 0; i < circuits.Length; i++)
        {
            steps.Add(StepCircuit.TryOf(circuits[i], functions[i], out var step)
                ? step
                : throw new InvalidOperationException($"compiler bug: {functions[i].Name} has not a transition's public statement"));
        }

        var union = CircuitUnion.Of([.. steps.Select(step => step.Circuit)]);
        return new(steps.MoveToImmutable(), union, ProvingKey.Generate(union, profile, ProvingKey.MostLogInstances(union, profile, isHiding, MostLogSteps), isHiding));
    }
}
