using ProvingLayer.Algebra;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>The counting argument of <see cref="BlindingCounts"/>, as ranks of opening maps.</summary>
public class Blinding
{
    private const int LogHeight = 4;
    private static readonly ProofParameters Parameters = Profile.Test.ParametersOf(true);

    // ζ and two queries on 3·⟨ω⟩.
    private static readonly Extension5 Zeta = new([.. Enumerable.Range(11, Extension5.Degree).Select(i => KoalaBear.FromCanonical((uint)i))]);
    private static readonly KoalaBear[] Queries = [.. new ulong[] { 5, 77 }.Select(i => KoalaBear.Generator * KoalaBear.TwoAdicRoot(9).Pow(i))];

    /// <summary>S at the queries, at ζ and at gζ, as functions of the coefficients of r.</summary>
    [Fact]
    public void P19_sum_column_is_masked_with_t_coefficients_and_not_with_one_fewer()
    {
        var t = BlindingCounts.OfColumn(Parameters);
        var g = KoalaBear.TwoAdicRoot(LogHeight);
        Extension5[] far = [Zeta, Zeta * g];
        Assert.Equal(t, Queries.Length + (far.Length * Extension5.Degree));
        Assert.Equal(t, Rank(Queries, far, t, Vanishing, Vanishing));
        Assert.Equal(t - 1, Rank(Queries, far, t - 1, Vanishing, Vanishing));

        static T Vanishing<T>(T x)
            where T : struct, IRing<T> => OpeningPoints.PowerOfTwo(x, LogHeight) - T.One;
    }

    /// <summary>V at the queries, where it masks the quotient there, and at 3ζ, as functions of its coefficients.</summary>
    [Fact]
    public void P19_mask_of_a_quotient_has_as_many_coefficients_as_places()
    {
        var v = BlindingCounts.OfQuotientMask(Parameters);
        KoalaBear[] points = [.. Queries, .. Queries.Select(x => KoalaBear.Generator * x)];
        Extension5[] far = [Zeta * KoalaBear.Generator];
        Assert.Equal(v, points.Length + Extension5.Degree);
        Assert.Equal(v, Rank(points, far, v, _ => KoalaBear.One, _ => Extension5.One));
        Assert.Equal(v - 1, Rank(points, far, v - 1, _ => KoalaBear.One, _ => Extension5.One));
    }

    /// <summary>A chunk at the queries and at ζ, as functions of the coefficients of b above it.</summary>
    [Fact]
    public void P19_chunk_is_masked_with_u_coefficients_and_not_with_one_fewer()
    {
        var u = BlindingCounts.OfChunk(Parameters);
        var whole = BlindingCounts.QuotientLength(Parameters, 3, LogHeight);
        var length = BlindingCounts.ChunkLength(whole, BlindingCounts.Chunks(Parameters, whole, BlindingCounts.LogDomain(Parameters, LogHeight)));
        Assert.Equal(u, Queries.Length + Extension5.Degree);
        Assert.Equal(u, Rank(Queries, [Zeta], u, Shift, Shift));
        Assert.Equal(u - 1, Rank(Queries, [Zeta], u - 1, Shift, Shift));

        T Shift<T>(T x)
            where T : struct, IRing<T> => OpeningPoints.Power(x, length);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("high")]
    [InlineData("udr")]
    public void P19_counts_fit_their_domains_at_every_height(string profile)
    {
        var parameters = Profile.FromName(profile)!.ParametersOf(true);
        var (t, u) = (BlindingCounts.OfColumn(parameters), BlindingCounts.OfChunk(parameters));
        Assert.Equal((parameters.Queries + (2 * Extension5.Degree), parameters.Queries + Extension5.Degree), (t, u));
        for (var log = 4; log <= 21; log++)
        {
            var domain = BlindingCounts.LogDomain(parameters, log);
            var height = 1 << log;
            Assert.True(height + t <= 17.0 / 128 * Math.ScaleB(1, domain));
            Assert.True((2 * parameters.Queries) + Extension5.Degree <= parameters.DegreeBound(domain));
            Assert.True(domain == log + 3 || Math.Max(height + t, (2 * parameters.Queries) + Extension5.Degree) > 17.0 / 128 * Math.ScaleB(1, domain - 1));
            Assert.Equal(log >= 11, domain == log + 3);
            Assert.True(parameters.Queries < parameters.DegreeBound(domain)); // what is left of a fold masks a private word that is rolled in
            for (var degree = 2; degree <= 9; degree++)
            {
                var whole = Math.Max(BlindingCounts.QuotientLength(parameters, degree, log), parameters.DegreeBound(domain));
                var chunks = BlindingCounts.Chunks(parameters, whole, domain);
                var length = BlindingCounts.ChunkLength(whole, chunks);
                Assert.True(chunks >= 2);
                Assert.True(length + u <= parameters.DegreeBound(domain));
                Assert.InRange((degree * (height + t - 1)) - height + 1, 1, chunks * length);
            }
        }
    }

    /// <summary>Every leaf of a private tree is salted, and shorter rows enter above leaves: no node can be computed from a guess of what it holds.</summary>
    [Fact]
    public void P19_all_leaves_of_every_private_tree_are_salted()
    {
        var shape = new Forger(ProvedSample.Words(77), isHiding: true, maxLogInstances: 0).Shape;
        foreach (var tree in (ReadOnlySpan<InputTree>)[InputTree.Main, InputTree.Permutation, InputTree.Quotient])
        {
            var merkle = shape.Inputs[shape.CommitmentOf(tree)].Shape;
            var committed = shape.Matrices.Count(matrix => matrix.Tree == tree);
            var salts = Assert.Single(merkle.MatricesAt(0), matrix => matrix >= committed);
            Assert.Equal(BlindingCounts.SaltWidth, merkle.Matrices[salts].Width);
            Assert.Equal(committed + 1, merkle.Matrices.Length);
            Assert.Contains(Enumerable.Range(1, merkle.Depth), level => !merkle.MatricesAt(level).IsEmpty);
        }
    }

    [Fact]
    public void P19_leaf_hashes_depend_on_salts_alone_where_all_else_is_known()
    {
        var forger = new Forger(ProvedSample.Words(77), isHiding: true);
        var first = forger.Prove(new Drawing(new OnlySalts(1)));
        var again = forger.Prove(new Drawing(new OnlySalts(1)));
        var second = forger.Prove(new Drawing(new OnlySalts(2)));
        Assert.True(forger.Verify(first).IsAccepted);
        Assert.Equal(first.Messages, again.Messages);

        // The main commitment is the first message; its columns are the same.
        Assert.NotEqual(first.Messages[..Digest.Length], second.Messages[..Digest.Length]);
        for (var tree = 1; tree <= 3; tree++)
            Assert.Empty(first.Openings[tree].Siblings.Intersect(second.Openings[tree].Siblings));
    }

    /// <summary>The rank of the map from coefficients of a polynomial to factor·polynomial at base points and, by coordinates, at points of the extension.</summary>
    private static int Rank(KoalaBear[] points, Extension5[] far, int coefficients, Func<KoalaBear, KoalaBear> factor, Func<Extension5, Extension5> farFactor)
    {
        var rows = points.Select(x => Enumerable.Range(0, coefficients).Select(j => factor(x) * x.Pow((ulong)j)).ToArray()).ToList();
        foreach (var z in far)
        {
            var powers = Enumerable.Range(0, coefficients).Select(j => farFactor(z) * z.Pow((ulong)j)).ToArray();
            rows.AddRange(Enumerable.Range(0, Extension5.Degree).Select(limb => powers.Select(power => power[limb]).ToArray()));
        }

        return Ranks.Of(rows);
    }
}
