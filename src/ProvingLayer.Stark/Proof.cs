using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;

namespace ProvingLayer.Stark;

/// <summary>A proof: a header, the prover's messages, and the openings of every commitment. All else follows from the key.</summary>
public sealed class Proof
{
    internal Proof(InstanceCounts instances, KoalaBear[] messages, ImmutableArray<PrunedOpening> openings, bool isHiding = false)
    {
        IsHiding = isHiding;
        Instances = instances;
        Messages = messages;
        Openings = openings;
    }

    /// <summary>Whether the proof hides its witness (zero knowledge) or is transparent, as its header says. The verifier compares it with the key.</summary>
    public bool IsHiding { get; }

    /// <summary>How often each of the key's circuits is in the proof.</summary>
    public InstanceCounts Instances { get; }

    /// <summary>The messages and nonces, one after the other, in the order of the conversation.</summary>
    internal KoalaBear[] Messages { get; }

    /// <summary>The openings: input commitments, then folds; each row and digest once.</summary>
    internal ImmutableArray<PrunedOpening> Openings { get; }
}
