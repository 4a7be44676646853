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

    [Theory]
    [InlineData("arithmetic_v4", false)]
    [InlineData("arithmetic_hiding_v4", true)]
    public void Proof_and_key_of_version_4_verify(string name, bool isHiding)
    {
        var keyFile = PathOf(name + ".key");
        var proofFile = PathOf(name + ".proof");
        var sample = ProvedSample.Arithmetic();
        var provingKey = ProvingKey.Generate(sample.Circuit, Profile.Test, isHiding: isHiding);
        if (Environment.GetEnvironmentVariable("WRITE_FIXTURES") is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(keyFile)!);
            File.WriteAllBytes(keyFile, VerifyingKeyFormat.Write(provingKey.VerifyingKey));
            File.WriteAllBytes(proofFile, ProofFormat.Write(Prover.Prove(provingKey, sample.Trace)));
        }

        Assert.True(VerifyingKeyFormat.TryRead(File.ReadAllBytes(keyFile), out var key, out var error), error?.ToString());
        Assert.Equal(provingKey.VerifyingKey.Digest, key.Digest);
        Assert.Equal(isHiding, key.IsHiding);
        var result = Verifier.Verify(key, PublicValues, File.ReadAllBytes(proofFile), Forger.Testing);
        Assert.True(result.IsAccepted, result.ToString());

        // A transparent prover is deterministic: today's proof is the fixture, byte for byte, on any machine and any number of threads. A hiding one never repeats itself.
        var again = ProofFormat.Write(Prover.Prove(provingKey, sample.Trace));
        Assert.Equal(!isHiding, File.ReadAllBytes(proofFile).AsSpan().SequenceEqual(again));
    }

    private static string PathOf(string file) => Repository.PathOf("tests", "ProvingLayer.Stark.Tests", "Formats", "fixtures", file);
}
