using ProvingLayer.Runtime.Bindings;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Runtime;

/// <summary>A program that generated bindings have loaded: a machine or a statement.</summary>
public abstract class TenorProgram
{
    /// <summary>Loads a program.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="path">The artifact's file; null for the one beside the application.</param>
    /// <param name="profile">The profile of the keys; standard if null.</param>
    private protected TenorProgram(ProgramBinding binding, string? path, Profile? profile)
    {
        ArgumentNullException.ThrowIfNull(binding);
        Prover = binding.LoadProver(path, profile);
    }

    /// <summary>The key that verifies its proofs.</summary>
    public TenorKey Key => Prover.Key;

    /// <summary>The prover, untyped.</summary>
    public TenorProver Prover { get; }
}
