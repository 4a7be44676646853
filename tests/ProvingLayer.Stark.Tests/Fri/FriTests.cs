using CsCheck;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Fri;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Stark.Tests.Fri;

public class FriTests
{
    private static readonly ProofParameters Parameters = Profile.Standard.Parameters;

    [Fact]
    public void P4_every_height_is_rolled_in_once_and_the_folds_end_at_the_final_polynomial() =>
        Gen.Int[4, 21].Array[1, 12].Sample(heights =>
        {
            var rounds = FriSchedule.Of(Parameters, heights.Select(height => height + Parameters.LogBlowup));
            Assert.Equal(heights.Max() + Parameters.LogBlowup, rounds[0].LogDomain);
            Assert.Equal(Parameters.LogFinalLength + Parameters.LogBlowup, rounds[^1].LogFolded);
            for (var i = 1; i < rounds.Length; i++)
                Assert.Equal(rounds[i - 1].LogFolded, rounds[i].LogDomain);
            Assert.All(rounds, round => Assert.InRange(round.LogArity, 1, Parameters.LogArity));
            var lower = heights.Distinct().Where(height => height != heights.Max()).Select(height => height + Parameters.LogBlowup).OrderDescending();
            Assert.Equal(lower, rounds.Where(round => round.RollsIn).Select(round => round.LogFolded));
        });

    [Fact]
    public void Heights_three_apart_keep_the_arity_at_eight() =>
        Assert.All(FriSchedule.Of(Parameters, [18, 15, 12, 9]), round => Assert.Equal(3, round.LogArity));

    [Fact]
    public void P4_a_height_below_the_final_polynomial_is_no_shape() =>
        Assert.Throws<InvalidOperationException>(() => FriSchedule.Of(Parameters, [15, 5]));

    /// <summary>f(X) = Σ X^t f_t(X^k) folds to Σ β^t f_t: coefficients fold like values.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Folding_values_is_folding_coefficients(int logArity)
    {
        const int LogDegree = 5;
        const int LogDomain = 8;
        var random = new Random(3);
        var challenge = Draw();
        var coefficients = Enumerable.Range(0, 1 << LogDegree).Select(_ => Draw()).ToArray();
        var word = Values(coefficients, LogDomain);
        var folded = Folding.Fold(word, logArity, challenge, Folding.HalfInverses(LogDomain + 2)); // a longer table serves
        var expected = new Extension5[coefficients.Length >> logArity];
        for (var i = 0; i < coefficients.Length; i++)
            expected[i >> logArity] += coefficients[i] * challenge.Pow((ulong)(i & ((1 << logArity) - 1)));
        Assert.Equal(Values(expected, LogDomain - logArity), folded);

        Extension5 Draw() => new([.. Enumerable.Range(0, 5).Select(_ => KoalaBear.FromCanonical((uint)random.NextInt64(KoalaBear.Modulus)))]);

        static Extension5[] Values(Extension5[] coefficients, int log) =>
            [.. ColumnEvaluation.DomainPoints(log, KoalaBear.One, RowOrder.BitReversed).Select(x => FieldAlgorithms.Horner<Extension5>(coefficients, x))];
    }
}
