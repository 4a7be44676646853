using ProvingLayer.Algebra;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Stark.Tests.Formats;

/// <summary>
/// Files that an earlier build wrote: they verify, or a version has changed with them. A change of protocol, format or chips raises its version and
/// brings new fixtures, which this test writes where the variable WRITE_FIXTURES is set.
/// </summary>
public class Fixtures
{
    private static readonly KoalaBear[] PublicValues = [.. ProvedSample.Arithmetic().Trace.PublicValues];

    [Fact]
    public void Proof_and_key_of_version_2_verify()
    {
        var keyFile = PathOf("arithmetic_v2.key");
        var proofFile = PathOf("arithmetic_v2.proof");
        if (Environment.GetEnvironmentVariable("WRITE_FIXTURES") is not null)
        {
            var sample = ProvedSample.Arithmetic();
            var provingKey = ProvingKey.Generate(sample.Circuit, Profile.Test);
            Directory.CreateDirectory(Path.GetDirectoryName(keyFile)!);
            File.WriteAllBytes(keyFile, VerifyingKeyFormat.Write(provingKey.VerifyingKey));
            File.WriteAllBytes(proofFile, ProofFormat.Write(Prover.Prove(provingKey, sample.Trace)));
        }

        Assert.True(VerifyingKeyFormat.TryRead(File.ReadAllBytes(keyFile), out var key, out var error), error?.ToString());
        Assert.Equal(ProvingKey.Generate(ProvedSample.Arithmetic().Circuit, Profile.Test).VerifyingKey.Digest, key.Digest);
        var result = Verifier.Verify(key, PublicValues, File.ReadAllBytes(proofFile), Forger.Testing);
        Assert.True(result.IsAccepted, result.ToString());

        // The prover is deterministic: today's proof is the fixture, byte for byte, on any machine and any number of threads.
        var again = Prover.Prove(ProvingKey.Generate(ProvedSample.Arithmetic().Circuit, Profile.Test), ProvedSample.Arithmetic().Trace);
        Assert.Equal(File.ReadAllBytes(proofFile), ProofFormat.Write(again));
    }

    private static string PathOf(string file) => Repository.PathOf("tests", "ProvingLayer.Stark.Tests", "Formats", "fixtures", file);
}
