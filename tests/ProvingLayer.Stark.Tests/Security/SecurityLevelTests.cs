using System.Globalization;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Security;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Stark.Tests.Security;

public class SecurityLevelTests
{
    /// <summary>The page's table: B = 3000, C = 2000, 64 fractions a row, arity 8, messages of 8.</summary>
    private static SoundnessShape Shape(int logHeight, long terms = 3000, int logBlowup = 3) =>
        new(logHeight + logBlowup, terms, 2000, 3, 2, Math.ScaleB(64, logHeight), 8, [3, 3, 3]);

    private static ProofParameters At(int logBlowup, int queries, int queryBits = 16, int batchBits = 0, int foldBits = 0) =>
        new(logBlowup, 3, 3, queries, queryBits, batchBits, foldBits);

    [Theory]
    [InlineData(1, 192, 12, 106.3)]
    [InlineData(1, 192, 23, 100.3)]
    [InlineData(2, 92, 12, 104.8)]
    [InlineData(2, 92, 22, 100.7)]
    [InlineData(3, 61, 12, 104.6)]
    [InlineData(3, 61, 21, 100.9)]
    public void P14_Johnson_levels_are_those_of_the_published_table(int logBlowup, int queries, int logHeight, double bits) =>
        Assert.Equal(bits, SecurityLevel.Of(At(logBlowup, queries), Shape(logHeight, logBlowup: logBlowup), DecodingRegime.Johnson).Bits, 0.051);

    [Theory]
    [InlineData(1, 203, 16)]
    [InlineData(1, 193, 20)]
    [InlineData(2, 124, 16)]
    [InlineData(2, 118, 20)]
    [InlineData(3, 102, 16)]
    [InlineData(3, 97, 20)]
    public void P14_unique_decoding_needs_exactly_the_published_number_of_queries(int logBlowup, int queries, int bits)
    {
        Assert.True(Level(queries) >= 100);
        Assert.True(Level(queries - 1) < 100);

        double Level(int s) => SecurityLevel.Of(At(logBlowup, s, bits), Shape(20, logBlowup: logBlowup), DecodingRegime.Unique).Bits;
    }

    [Fact]
    public void P14_standard_profile_needs_no_fewer_queries_at_the_tallest_height()
    {
        Assert.True(SecurityLevel.Of(At(3, 60), Shape(21)).Bits >= 100);
        Assert.True(SecurityLevel.Of(At(3, 56), Shape(12)).Bits < 100);
        Assert.Equal(15, SecurityLevel.Of(At(3, 61), Shape(12)).M);
        Assert.Equal(7, SecurityLevel.Of(At(3, 61), Shape(21)).M);
    }

    [Fact]
    public void P14_high_profile_holds_what_it_promises() =>
        Assert.Equal(120.6, SecurityLevel.Of(Profile.High.Parameters, Shape(21)).Bits, 0.051);

    /// <summary>At rate 17/128, on the longest domain there is: one query fewer is too few, for high two.</summary>
    [Fact]
    public void P14_hiding_profiles_need_exactly_their_queries_at_the_tallest_height()
    {
        foreach (var (profile, queries, tooFew) in ((Profile, int, int)[])[(Profile.Standard, 62, 61), (Profile.High, 82, 80), (Profile.UniqueDecoding, 103, 102)])
        {
            var parameters = profile.ParametersOf(true);
            Assert.True(parameters.AreValid);
            Assert.Equal((17.0 / 128, queries, 17, 7), (parameters.Rate, parameters.Queries, parameters.FinalLength, parameters.LogFinalDomain));
            Assert.True(Level(parameters, profile.Regime) >= profile.MinimumBits);
            Assert.True(Level(parameters with { Queries = tooFew }, profile.Regime) < profile.MinimumBits);
        }

        static double Level(ProofParameters parameters, DecodingRegime regime) => SecurityLevel.Of(parameters, Shape(21), regime).Bits;
    }

    /// <summary>Low tables, as many terms as the widest of circuits has: with the queries saved the level holds, with one more saved not everywhere.</summary>
    [Fact]
    public void P14_low_tables_need_the_queries_that_they_have()
    {
        foreach (var isHiding in new[] { false, true })
        {
            var parameters = Profile.Standard.ParametersOf(isHiding, Profile.LogLowHeight);
            Assert.Equal(Profile.Standard.ParametersOf(isHiding).Queries - 3, parameters.Queries);
            Assert.Equal(Profile.Standard.ParametersOf(isHiding), Profile.Standard.ParametersOf(isHiding, Profile.LogLowHeight + 1));
            for (var log = 4; log <= Profile.LogLowHeight; log++)
            {
                var bits = SecurityLevel.Of(parameters, Shape(log, 8000)).Bits;
                Assert.True(bits >= 100, $"{log} {bits}");
            }

            Assert.True(SecurityLevel.Of(parameters with { Queries = parameters.Queries - 1 }, Shape(Profile.LogLowHeight, 8000)).Bits < 100);
        }
    }

    [Fact]
    public void P14_more_terms_cost_security() =>
        Assert.True(SecurityLevel.Of(At(3, 61), Shape(21, 8000)).Bits < SecurityLevel.Of(At(3, 61), Shape(21)).Bits);

    [Fact]
    public void Every_profile_has_valid_parameters_and_its_own_id()
    {
        Assert.All(Profile.All, profile => Assert.True(profile.Parameters.AreValid));
        Assert.Equal(Profile.All.Length, Profile.All.Select(profile => profile.Id).Distinct().Count());
        Assert.True(SecurityLevel.Of(Profile.Test.Parameters, Shape(12)).Bits < 10);
    }

    /// <summary>The independent calculator folds by k − 1 (it rolls no word in) and counts L, not L², out of domain.</summary>
    [SharedDataFact("security-fixtures.csv")]
    public void P14_every_round_agrees_with_an_independent_calculator()
    {
        var lines = File.ReadAllLines(SharedData.PathOf("security-fixtures.csv"));
        var columns = lines[0].Split(',');
        var rows = 0;
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',');
            double Number(string column) => double.Parse(cells[Array.IndexOf(columns, column)], CultureInfo.InvariantCulture);
            int Integer(string column) => (int)Number(column);

            var q = Math.Pow(Number("p"), Number("D"));
            var rate = Math.ScaleB(1.0, -Integer("logBlowup"));
            var bound = Integer("m") == 0
                ? SoundnessBound.Unique(q, rate, Integer("logH") + Integer("logBlowup"))
                : SoundnessBound.Johnson(q, rate, Integer("logH") + Integer("logBlowup"), Integer("m"));
            var arity = Integer("arity");
            Check("batch_bits", "sc_batch", bound.Batch(Number("B")) + Integer("gb"));
            Check("fold1_bits", "sc_fold1", bound.Fold(arity, arity - 1) + Integer("gc"));
            Check("query_bits", "sc_query", bound.Query(Integer("queries")) + Integer("gq"));
            Check("ali_bits", "sc_ali", bound.Constraints(Number("C")));
            Check("deep_bits", "sc_deep", bound.OutOfDomain(Integer("degree"), Integer("combo"), listExponent: 1) + Integer("gd"));
            rows++;

            void Check(string exact, string floor, double computed)
            {
                Assert.Equal(Number(exact), computed, 1e-5);
                Assert.Equal(Number(floor), Math.Floor(computed));
            }
        }

        Assert.Equal(720, rows);
    }
}
