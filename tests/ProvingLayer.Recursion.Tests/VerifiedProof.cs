using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Tests;

/// <summary>A proof of a small circuit, and the circuit that verifies it.</summary>
internal sealed class VerifiedProof
{
    public static readonly VerifierOptions Testing = new() { AllowTestProfile = true };

    private VerifiedProof(Circuit circuit, Trace trace, Profile profile, uint suiteId, int maxLogInstances, bool isHiding)
    {
        if (!ProvingKey.TryGenerate(circuit, profile, maxLogInstances, suiteId, out var key, out var fault, isHiding))
            throw new InvalidOperationException(fault);
        Key = key.VerifyingKey;
        PublicValues = [.. trace.PublicValues];
        Proof = Prover.Prove(key, trace);
        Verifier = VerifierCircuit.Create(Key, 0, Testing);
    }

    public VerifyingKey Key { get; }

    public KoalaBear[] PublicValues { get; }

    public Proof Proof { get; }

    public VerifierCircuit Verifier { get; }

    /// <summary>x·y + 5, three times over; x and the result public.</summary>
    public static VerifiedProof Arithmetic(Profile? profile = null, uint suiteId = 1, bool isHiding = false)
    {
        var builder = new CircuitBuilder();
        var left = builder.Input(Constraints.CellType.Value, 0);
        var right = builder.Input(Constraints.CellType.Value, 1);
        var value = left;
        for (var step = 0; step < 3; step++)
            value = builder.MulAdd(value, right, builder.Constant(KoalaBear.FromCanonical(5)));
        builder.Public(left, 1);
        builder.Public(value, 5);
        return Of(new("arithmetic", builder.Build(), [Value(6), Value(7)]), profile, suiteId, isHiding: isHiding);
    }

    public static VerifiedProof Named(string name, bool isHiding = false) => Of(SampleCircuits.All().Single(sample => sample.Name == name), isHiding: isHiding);

    public static VerifiedProof Of(Sample sample, Profile? profile = null, uint suiteId = 1, int maxLogInstances = 0, bool isHiding = false) =>
        new(sample.Circuit, sample.Trace(), profile ?? Profile.Test, suiteId, maxLogInstances, isHiding);

    public VerificationResult Native(KoalaBear[] publicValues, Proof proof) => Stark.Verification.Verifier.Verify(Key, publicValues, proof, Testing);

    /// <summary>What the circuit says of a proof: the run of its instructions, or null where the proof has no witness of its lengths.</summary>
    public ExecutionResult? InCircuit(KoalaBear[] publicValues, Proof proof) =>
        Verifier.WitnessOf(publicValues, proof) is { } witness ? CircuitExecutor.Run(Verifier.Circuit, witness) : null;

    private static CellValue Value(uint value) => CellValue.Value(KoalaBear.FromCanonical(value));
}
