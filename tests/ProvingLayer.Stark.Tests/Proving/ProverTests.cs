using ProvingLayer.Algebra;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Proving;

public class ProverTests
{
    private static readonly ProvedSample Sample = ProvedSample.Named("everything");
    private static readonly ProvingKey Key = ProvingKey.Generate(Sample.Circuit, Profile.Test);

    [Fact]
    public async Task Proofs_are_the_same_bytes_alone_and_beside_others()
    {
        var alone = ProofFormat.Write(Prover.Prove(Key, Sample.Trace));
        var beside = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ProofFormat.Write(Prover.Prove(Key, Sample.Trace)))));
        Assert.All(beside, file => Assert.Equal(alone, file));
    }

    /// <summary>A proof in between of another trace leaves other numbers in every buffer.</summary>
    [Fact]
    public void Proofs_do_not_depend_on_what_lay_in_their_buffers()
    {
        var sample = ProvedSample.Arithmetic(400);
        var key = ProvingKey.Generate(sample.Circuit, Profile.Test);
        var first = ProofFormat.Write(Prover.Prove(key, sample.Trace));
        Assert.True(BufferLease.Kept > 0);
        var random = new Random(1);
        var noise = sample.Trace.Main.Select(main => new Matrix([.. main.Data.Select(_ => KoalaBear.FromCanonical((uint)random.NextInt64(KoalaBear.Modulus)))], main.Height, main.Width));
        key.Prove(new([.. noise], sample.Trace.PublicValues, sample.Trace.Instances), new Unchecked(), null, default);
        Assert.Equal(first, ProofFormat.Write(Prover.Prove(key, sample.Trace)));
    }

    [Fact]
    public void Progress_names_every_stage_in_order()
    {
        var seen = new List<ProvingProgress>();
        Prover.Prove(Key, Sample.Trace, new Recorder(seen));
        Assert.Equal(Enum.GetValues<ProvingStage>(), seen.Select(progress => progress.Stage));
        Assert.Equal(seen.Select(progress => progress.Fraction).Order(), seen.Select(progress => progress.Fraction));
    }

    [Fact]
    public void Cancelled_work_stops_in_the_stage_it_is_in()
    {
        foreach (var stage in Enum.GetValues<ProvingStage>().SkipLast(1)) // the last one is short
        {
            using var source = new CancellationTokenSource();
            var seen = new List<ProvingProgress>();
            var stop = new Recorder(seen, progress =>
            {
                if (progress.Stage == stage)
                    source.Cancel();
            });
            Assert.ThrowsAny<OperationCanceledException>(() => Prover.Prove(Key, Sample.Trace, stop, source.Token));
            Assert.Equal(stage, seen[^1].Stage);
        }
    }

    [Fact]
    public void Trace_of_another_circuit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Prover.Prove(Key, ProvedSample.Arithmetic().Trace));
        Assert.Throws<ArgumentException>(() => Prover.Prove(Key, new(Sample.Trace.Main, [], 0)));
        Assert.Throws<ArgumentException>(() => Prover.Prove(Key, new(Sample.Trace.Main, Sample.Trace.PublicValues, 1)));
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("high")]
    [InlineData("udr")]
    public void Every_profile_proves_what_it_promises(string name)
    {
        var profile = Profile.FromName(name)!;
        var sample = ProvedSample.Words(7);
        var key = ProvingKey.Generate(sample.Circuit, profile);
        var result = Verifier.Verify(key.VerifyingKey, sample.Trace.PublicValues.AsSpan(), Prover.Prove(key, sample.Trace));
        Assert.True(result.IsAccepted, result.ToString());
        Assert.True(result.Security!.Bits >= profile.MinimumBits);
    }

    private sealed class Recorder(List<ProvingProgress> seen, Action<ProvingProgress>? then = null) : IProgress<ProvingProgress>
    {
        public void Report(ProvingProgress value)
        {
            seen.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed class Unchecked : ProverHooks
    {
        public override bool ChecksItself => false;
    }
}
