using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;

namespace ProvingLayer.Stark.Tests.Hiding;

public class HidingCompleteness
{
    public static TheoryData<string> Samples() => [.. ProvedSample.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_is_proved_and_verified_hiding(string name)
    {
        var forger = new Forger(ProvedSample.Named(name), Profile.Test, isHiding: true);
        var verdict = forger.Verify(forger.Prove(Stark.Proving.ProverHooks.Honest));
        Assert.True(verdict.IsAccepted, verdict.Message);
    }

    [Theory]
    [InlineData("standard", 100)]
    [InlineData("high", 120)]
    [InlineData("udr", 100)]
    public void Profiles_hold_what_they_promise_when_hiding(string profile, int bits)
    {
        var forger = new Forger(ProvedSample.Words(77), Profile.FromName(profile), isHiding: true);
        var verdict = forger.Verify(forger.Prove(Stark.Proving.ProverHooks.Honest));
        Assert.True(verdict.IsAccepted, verdict.Message);
        Assert.True(verdict.Security!.Bits >= bits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Batches_are_proved_hiding(int logInstances)
    {
        var one = ProvedSample.Sums(3, 4);
        var forger = new Forger(one, Profile.Test, 5, isHiding: true);
        var traces = Enumerable.Range(0, 1 << logInstances).Select(i => ProvedSample.Sums((UInt128)i, 7).Trace).ToArray();
        var trace = Batch.Of(one.Circuit, traces);
        var verdict = forger.Verify(forger.Prove(Stark.Proving.ProverHooks.Honest, trace), trace: trace);
        Assert.True(verdict.IsAccepted, verdict.Message);
    }
}
