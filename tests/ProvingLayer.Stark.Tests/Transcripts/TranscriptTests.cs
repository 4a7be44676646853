using CsCheck;
using ProvingLayer.Algebra;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Tests.Transcripts;

public class TranscriptTests
{
    private static Transcript<Poseidon2> New(uint tag = 1) => new(tag);

    private static KoalaBear[] Elements(params uint[] values) => [.. values.Select(KoalaBear.FromCanonical)];

    private static Extension5 After(params KoalaBear[][] messages)
    {
        var transcript = New();
        foreach (var message in messages)
            transcript.Absorb(message);
        return transcript.SampleExtension();
    }

    [Fact]
    public void P2_trailing_zeros_change_every_challenge()
    {
        Assert.NotEqual(After(Elements(5, 7)), After(Elements(5, 7, 0)));
        Assert.NotEqual(After(Elements(5, 7)), After(Elements(5, 7, 0, 0)));
        Assert.NotEqual(After(Elements()), After(Elements(0)));
        Assert.NotEqual(After(Elements(1, 2, 3, 4, 5, 6, 7, 0)), After(Elements(1, 2, 3, 4, 5, 6, 7)));
    }

    [Fact]
    public void P2_lengths_0_to_600_of_zeros_give_601_challenges()
    {
        var seen = new HashSet<Extension5>();
        for (var length = 0; length <= 600; length++)
            Assert.True(seen.Add(After(new KoalaBear[length])));
    }

    [Fact]
    public void P2_different_sequences_give_different_challenges() =>
        Gen.UInt[0, 3].Select(KoalaBear.FromCanonical).Array[0, 40].Select(Gen.UInt[0, 3].Select(KoalaBear.FromCanonical).Array[0, 40])
            .Sample((a, b) => a.AsSpan().SequenceEqual(b) == (After(a) == After(b)));

    [Fact]
    public void P2_splitting_a_message_changes_nothing() =>
        Gen.UInt[0, KoalaBear.Modulus - 1].Select(KoalaBear.FromCanonical).Array[0, 60].Select(Gen.Int[0, 60])
            .Sample((message, at) =>
            {
                at = Math.Min(at, message.Length);
                return After(message) == After(message[..at], message[at..]);
            });

    [Fact]
    public void P2_tags_separate() => Assert.NotEqual(New(1).SampleExtension(), New(257).SampleExtension());

    [Fact]
    public void P3_unread_output_does_not_outlive_an_absorb()
    {
        var with = New();
        var without = New();
        with.Absorb(Elements(1));
        without.Absorb(Elements(1));
        _ = with.SampleBits(24);
        _ = without.SampleExtension();
        with.Absorb(Elements(2));
        without.Absorb(Elements(2));
        Assert.Equal(with.SampleExtension(), without.SampleExtension());
    }

    /// <summary>A distinguisher: were the capacity read, the ninth element squeezed would be state[8] of the first permutation.</summary>
    [Fact]
    public void P3_only_the_rate_is_squeezed()
    {
        var state = new KoalaBear[IPermutation.Width];
        state[15] = KoalaBear.One;
        state[8] = KoalaBear.FromCanonical(8); // the whole rate is free
        Poseidon2.Permute(state);
        var capacity = state[8..].Select(element => (int)(element.Canonical & 0xffffff)).ToHashSet();
        var rate = state[..8].Select(element => (int)(element.Canonical & 0xffffff)).ToArray();
        var transcript = New();
        Assert.Equal(rate, Enumerable.Range(0, 8).Select(_ => transcript.SampleBits(24)));
        Assert.All(Enumerable.Range(0, 32), _ => Assert.DoesNotContain(transcript.SampleBits(24), capacity));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(25)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(63)]
    public void P3_more_bits_than_an_element_yields_are_refused(int bits)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => New().SampleBits(bits));
        Assert.Throws<ArgumentOutOfRangeException>(() => New().FindNonce(bits));
        Assert.Throws<ArgumentOutOfRangeException>(() => New().AbsorbNonce(KoalaBear.Zero, bits));
    }

    [Fact]
    public void P3_zero_bits_are_zero() => Assert.Equal(0, New().SampleBits(0));

    [Fact]
    public void P3_indices_are_uniform()
    {
        const int Cells = 64;
        const int Samples = 64 * 1024;
        var counts = new int[Cells];
        var transcript = New();
        for (var i = 0; i < Samples; i++)
            counts[transcript.SampleBits(6)]++;
        var expected = (double)Samples / Cells;
        var statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(statistic, 30, 115); // χ² with 63 degrees of freedom: outside with probability under 10⁻³; the transcript is fixed
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 5)]
    [InlineData(8, 10)]
    [InlineData(3, 16)]
    public void P3_a_found_nonce_is_accepted_and_is_the_least(int absorbed, int bits)
    {
        var nonce = Prepared().FindNonce(bits);
        Assert.True(Prepared().AbsorbNonce(nonce, bits));
        for (var smaller = 0u; smaller < Math.Min(nonce.Canonical, 200); smaller++)
            Assert.False(Prepared().AbsorbNonce(KoalaBear.FromCanonical(smaller), bits));

        Transcript<Poseidon2> Prepared()
        {
            var transcript = New();
            transcript.Absorb(new KoalaBear[absorbed]);
            return transcript;
        }
    }
}
