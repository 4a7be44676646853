using System.Collections.Immutable;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Runtime;

/// <summary>A compiled machine or statement: its ABI, and a circuit for each transition.</summary>
public sealed class TenorArtifact
{
    /// <summary>A compiled program.</summary>
    /// <param name="abi">How it is called.</param>
    /// <param name="circuits">A circuit for each of the ABI's functions, in that order.</param>
    public TenorArtifact(Abi abi, ImmutableArray<Circuit> circuits)
    {
        ArgumentNullException.ThrowIfNull(abi);
        ArgumentOutOfRangeException.ThrowIfNotEqual(circuits.Length, abi.Functions.Length, nameof(circuits));
        (Abi, Circuits) = (abi, circuits);
    }

    /// <summary>How inputs, statement and outputs are written.</summary>
    public Abi Abi { get; }

    /// <summary>The machine's or statement's name.</summary>
    public string Name => Abi.Name;

    /// <summary>A circuit for each transition, in the order of the ABI's functions.</summary>
    public ImmutableArray<Circuit> Circuits { get; }

    /// <summary>Generates the keys of all transitions. The same artifact gives the same keys.</summary>
    /// <param name="profile">The profile; standard if null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A prover, which holds the key that verifies its proofs.</returns>
    public TenorProver GenerateKeys(Profile? profile = null, CancellationToken cancellation = default) => new(this, profile ?? Profile.Standard, cancellation);
}
