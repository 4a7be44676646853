using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Proving;

public class RandomCompleteness
{
    [Fact]
    public void P15_random_circuits_prove_and_verify() => Sample(10);

    [Fact]
    [Trait("Category", "Long")]
    public void P15_random_circuits_prove_and_verify_at_length() => Sample(500);

    private static void Sample(int count)
    {
        for (var seed = 0; seed < count; seed++)
        {
            var logInstances = seed % 4;
            var circuit = RandomSample.Circuit(seed, hasPublics: logInstances == 0);
            var trace = Batch.Of(circuit, [.. Enumerable.Range(0, 1 << logInstances).Select(instance => RandomSample.Run(circuit, (1000 * seed) + instance))]);
            var key = ProvingKey.Generate(circuit, Profile.Test, maxLogInstances: logInstances, isHiding: seed / 4 % 2 != 0);
            var file = ProofFormat.Write(Prover.Prove(key, trace));
            var result = Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), file, Forger.Testing);
            Assert.True(result.IsAccepted, $"seed {seed}: {result}");
        }
    }
}
