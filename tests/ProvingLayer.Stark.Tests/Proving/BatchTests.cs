using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Proving;

/// <summary>N = 2^k runs of one circuit in one proof, under one key.</summary>
public class BatchTests
{
    private static readonly VerifierOptions Testing = new() { AllowTestProfile = true };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void One_key_proves_every_number_of_instances(int logInstances)
    {
        var samples = Enumerable.Range(0, 1 << logInstances).Select(i => ProvedSample.Sums((UInt128)(1000 * i), 77)).ToArray();
        var key = ProvingKey.Generate(samples[0].Circuit, Profile.Test, maxLogInstances: 5);
        var trace = Batch.Of(samples[0].Circuit, [.. samples.Select(sample => sample.Trace)]);
        var proof = Prover.Prove(key, trace);
        var result = Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), proof, Testing);
        Assert.True(result.IsAccepted, result.ToString());
        Assert.Equal(InstanceCounts.Of(logInstances), proof.Instances);
    }
}
