using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.LogUp;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>Challenges that no transcript draws in practice: each must be a typed rejection, none an exception.</summary>
public class ChosenChallenges
{
    private const int Alpha = 0;
    private const int Point = 3; // α, β, λ, ζ

    private static readonly Forger Forger = new(ProvedSample.Arithmetic());

    [Fact]
    public void P5_point_in_a_trace_domain_is_rejected()
    {
        foreach (var logHeight in Forger.Shape.LogHeights.Distinct())
        {
            Assert.Equal(VerificationError.PointInDomain, VerifyWith(Point, KoalaBear.TwoAdicRoot(logHeight)));
            Assert.Equal(VerificationError.PointInDomain, VerifyWith(Point, KoalaBear.One));
        }
    }

    [Fact]
    public void P5_point_in_a_codeword_domain_is_rejected()
    {
        foreach (var matrix in Forger.Shape.Matrices)
        {
            var point = KoalaBear.Generator * KoalaBear.TwoAdicRoot(matrix.LogHeight + 3).Pow(5);
            Assert.Equal(VerificationError.PointInDomain, VerifyWith(Point, point));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void P5_point_whose_power_lies_in_a_periods_domain_is_rejected(int logInstances)
    {
        var samples = Enumerable.Range(0, 1 << logInstances).Select(i => ProvedSample.Sums((UInt128)i, 5)).ToArray();
        var forger = new Forger(
            samples[0] with { Trace = Batch.Of(samples[0].Circuit, [.. samples.Select(sample => sample.Trace)]) }, maxLogInstances: logInstances);
        var proof = forger.Prove();
        Assert.True(forger.Verify(proof).IsAccepted);

        // ζ^N = 3·ω, in the LDE domain of a period; ζ itself lies in none, as N does not divide log 3.
        var shape = forger.Shape;
        var period = shape.Matrices.First(matrix => matrix.Points[0] == Protocol.OpeningPoint.Folded).LogHeight;
        var root = Root(KoalaBear.Generator * KoalaBear.TwoAdicRoot(period + 3), logInstances);
        if (root is { } point)
        {
            var transcript = new ScriptedTranscript { Instead = { [Point] = point } };
            Assert.Equal(VerificationError.PointInDomain, forger.Verify(proof, transcript).Error);
        }

        var inTrace = new ScriptedTranscript { Instead = { [Point] = KoalaBear.TwoAdicRoot(period + logInstances) } };
        Assert.Equal(VerificationError.PointInDomain, forger.Verify(proof, inTrace).Error);
    }

    [Fact]
    public void P5_zero_fingerprint_of_a_public_value_is_rejected()
    {
        var proof = Forger.Prove();
        var recorded = new ScriptedTranscript();
        Forger.Verify(proof, recorded);
        var beta = recorded.Drawn[1];
        var message = new Fingerprint<Extension5>(Extension5.Zero, beta)
            .Of<Extension5, PointAlgebra<Extension5>>(Bus.Public, [KoalaBear.Zero, Forger.Sample.Trace.PublicValues[0]]);
        Assert.Equal(VerificationError.ZeroDenominator, VerifyWith(Alpha, -message));
    }

    [Fact]
    public void P5_zero_challenges_everywhere_are_values_and_no_exceptions()
    {
        for (var challenge = 0; challenge < 5 + Forger.Shape.Rounds.Length; challenge++)
        {
            foreach (var value in (ReadOnlySpan<Extension5>)[Extension5.Zero, Extension5.One, Extension5.X])
                Assert.NotEqual(VerificationError.None, VerifyWith(challenge, value));
        }
    }

    private static VerificationError VerifyWith(int challenge, Extension5 value) =>
        Forger.Verify(Forger.Prove(), new ScriptedTranscript { Instead = { [challenge] = value } }).Error;

    /// <summary>A 2^log-th root in the base field, if there is one.</summary>
    private static KoalaBear? Root(KoalaBear value, int log)
    {
        // p − 1 = 2²⁴·127. Try the powers that take the odd part's root, times every root of unity of the even part.
        for (var e = 0u; e < 1 << 12; e++)
        {
            var candidate = KoalaBear.Generator.Pow(e);
            if (candidate.Pow(1ul << log) == value)
                return candidate;
        }

        return null;
    }
}
