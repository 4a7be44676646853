using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Proving;

public class CompletenessTests
{
    private static readonly VerifierOptions Testing = new() { AllowTestProfile = true };

    [Fact]
    public void An_honest_proof_is_accepted()
    {
        var sample = ProvedSample.Arithmetic();
        var key = ProvingKey.Generate(sample.Circuit, Profile.Standard);
        var proof = Prover.Prove(key, sample.Trace);
        var result = Verifier.Verify(key.VerifyingKey, sample.Trace.PublicValues.AsSpan(), proof);
        Assert.Equal((VerificationError.None, true), (result.Error, result.IsAccepted));
        Assert.True(result.Security!.Bits >= 100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(700)]
    public void Circuits_of_odd_heights_are_proved(int steps) => AssertProves(ProvedSample.Arithmetic(steps));

    [Fact]
    public void Lookups_are_proved() => AssertProves(ProvedSample.Words(UInt128.MaxValue - 12345));

    public static TheoryData<string> Names() => [.. ProvedSample.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Circuits_of_every_chip_are_proved(string sample) => AssertProves(ProvedSample.Named(sample));

    private static void AssertProves(ProvedSample sample)
    {
        var key = ProvingKey.Generate(sample.Circuit, Profile.Test);
        var proof = Prover.Prove(key, sample.Trace);
        var result = Verifier.Verify(key.VerifyingKey, sample.Trace.PublicValues.AsSpan(), proof, Testing);
        Assert.True(result.IsAccepted, result.ToString());
    }
}
