using System.Numerics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using CsCheck;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Algebra.Tests;

public class PoseidonTests
{
    private const string DataFile = "poseidon-koalabear16.json";

    private static readonly uint[] Poseidon2Input =
    [
        894848333, 1437655012, 1200606629, 1690012884, 71131202, 1749206695, 1717947831, 120589055,
        19776022, 42382981, 1831865506, 724844064, 171220207, 1299207443, 227047920, 1783754913,
    ];

    private static readonly uint[] Poseidon2Output =
    [
        1934285469, 604889435, 133449501, 1026180808, 1830659359, 176667110, 1391183747, 351743874,
        1238264085, 1292768839, 2023573270, 1201586780, 1360691759, 1230682461, 748270449, 651545025,
    ];

    private static readonly uint[] Poseidon1Output =
    [
        610090613, 935319874, 1893335292, 796792199, 356405232, 552237741, 55134556, 1215104204,
        1823723405, 1133298033, 1780633798, 1453946561, 710069176, 1128629550, 1917333254, 1175481618,
    ];

    [Fact]
    public void Poseidon2_gives_the_published_vector() => Assert.Equal(Poseidon2Output, Run<Poseidon2>(Poseidon2Input));

    [Fact]
    public void Poseidon1_gives_the_published_vector() =>
        Assert.Equal(Poseidon1Output, Run<Poseidon1>([.. Enumerable.Range(0, 16).Select(i => (uint)i)]));

    [Fact]
    public void Poseidon2_over_the_extension_restricts_to_the_base_field() =>
        Assert.Equal(Poseidon2Output, RunGeneric(Poseidon2Input, Poseidon2.Permute<Extension5>));

    [Fact]
    public void Poseidon1_over_the_extension_restricts_to_the_base_field() =>
        Assert.Equal(Poseidon1Output, RunGeneric([.. Enumerable.Range(0, 16).Select(i => (uint)i)], Poseidon1.Permute<Extension5>));

    [Fact]
    public void Packed_Poseidon2_permutes_each_lane_as_the_generic_text_does() => PackedEqualsGeneric<Poseidon2>(Poseidon2.Permute);

    [Fact]
    public void Packed_Poseidon1_permutes_each_lane_as_the_generic_text_does() => PackedEqualsGeneric<Poseidon1>(Poseidon1.Permute);

    [Fact]
    public void One_Poseidon2_permutation_equals_the_generic_text() => ScalarEqualsGeneric<Poseidon2>(Poseidon2.Permute);

    [Fact]
    public void One_Poseidon1_permutation_equals_the_generic_text() => ScalarEqualsGeneric<Poseidon1>(Poseidon1.Permute);

    // The forms for machines without 512-bit vectors and without any, here whatever the machine has.
    [Fact]
    public void Scalar_Poseidon2_equals_the_generic_text() => FormEqualsGeneric(state => Poseidon2Scalar.Permute(ref state[0]));

    [Fact]
    public void Poseidon2_in_two_vectors_equals_the_generic_text()
    {
        if (Avx2.IsSupported)
            FormEqualsGeneric(state => Poseidon2Vector256.Permute(ref state[0]));
    }

    // No random state has these: all lanes at the largest form, where sums come nearest to overflow.
    [Fact]
    public void Permutations_do_not_overflow()
    {
        foreach (var raw in new[] { 0u, 1u, KoalaBear.Modulus - 1 })
        {
            Extremes<Poseidon2>(Poseidon2.Permute, raw);
            Extremes<Poseidon1>(Poseidon1.Permute, raw);
        }
    }

    [Fact]
    public void External_layer_is_its_matrix()
    {
        uint[,] block = { { 2, 3, 1, 1 }, { 1, 2, 3, 1 }, { 1, 1, 2, 3 }, { 3, 1, 1, 2 } };
        IsMatrix(Poseidon2.ExternalLayer, (i, j) => block[i % 4, j % 4] * (i / 4 == j / 4 ? 2u : 1u));
    }

    [Fact]
    public void Internal_layer_is_its_matrix() =>
        IsMatrix(Poseidon2.InternalLayer, (i, j) => 1 + (i == j ? Poseidon2.InternalDiagonal[i].Canonical : 0));

    [Fact]
    public void Mds_layer_is_its_circulant_matrix()
    {
        uint[] row = [1, 1, 51, 1, 11, 17, 2, 1, 101, 63, 15, 2, 67, 22, 13, 3];
        IsMatrix(Poseidon1.MdsLayer, (i, j) => row[(j - i + 16) % 16]);
    }

    [SharedDataFact(DataFile)]
    public void Constants_are_the_published_ones()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf(DataFile)));
        var poseidon2 = document.RootElement.GetProperty("poseidon2");
        var poseidon1 = document.RootElement.GetProperty("poseidon1");
        Assert.Equal(
            Numbers(poseidon2.GetProperty("external_initial")).Concat(Numbers(poseidon2.GetProperty("external_final"))),
            Enumerable.Range(0, Poseidon2.ExternalRounds).SelectMany(r => Poseidon2.ExternalConstants(r).ToArray()).Select(c => c.Canonical));
        Assert.Equal(Numbers(poseidon2.GetProperty("internal")), Poseidon2.InternalConstants.ToArray().Select(c => c.Canonical));
        Assert.Equal(
            Numbers(poseidon2.GetProperty("internal_diagonal_minus_J")), Poseidon2.InternalDiagonal.ToArray().Select(c => c.Canonical));
        Assert.Equal(
            Numbers(poseidon1.GetProperty("round_constants")),
            Enumerable.Range(0, 28).SelectMany(r => Poseidon1.RoundConstants(r).ToArray()).Select(c => c.Canonical));
        Assert.Equal(Numbers(poseidon1.GetProperty("mds_circulant_first_row")), Poseidon1.MdsFirstRow.ToArray().Select(c => c.Canonical));
    }

    [Fact]
    public void Suites_run_the_rounds_of_the_table()
    {
        var (full, partial) = PoseidonRounds.For(KoalaBear.Modulus, 16, 3);
        Assert.Equal((full, partial), (Poseidon2.ExternalRounds, Poseidon2.InternalRounds));
        Assert.Equal((full, partial), (Poseidon1.FullRounds, Poseidon1.PartialRounds));
        Assert.Equal(20, Poseidon2.InternalConstants.Length);
        Assert.Throws<ArgumentException>(() => PoseidonRounds.For(KoalaBear.Modulus, 16, 7));
    }

    // The designers' inequalities for 128 bits (eprint 2019/458, sections 5.5.1 and 5.5.2; the last of eprint 2023/537), evaluated for
    // the table's row; then two full rounds and 7.5 % partial rounds more. x⁷ is the other number that is often copied: 13.
    [Theory]
    [InlineData(3, 8, 20)]
    [InlineData(7, 8, 13)]
    public void Rounds_follow_from_the_attacks_on_this_field_and_S_box(int degree, int full, int partial) =>
        Assert.Equal((full, partial), RoundsAgainstAttacks(Math.Log2(KoalaBear.Modulus), 16, degree));

    private static (int Full, int Partial) RoundsAgainstAttacks(double bits, int t, int degree)
    {
        const int M = 128;
        var best = (Full: 0, Partial: 0, Cost: int.MaxValue);
        for (var partial = 1; partial < 100; partial++)
        {
            for (var full = 4; full < 20; full += 2)
            {
                double logDegree2 = 1 / Math.Log2(degree);
                var fieldBits = Math.Ceiling(bits);
                double[] least =
                [
                    M <= (Math.Floor(bits) - ((degree - 1) / 2.0)) * (t + 1) ? 6 : 10,
                    1 + Math.Ceiling(logDegree2 * Math.Min(M, fieldBits)) + Math.Ceiling(Math.Log2(t) * logDegree2) - partial,
                    (logDegree2 * Math.Min(M, bits)) - partial,
                    t - 1 + (logDegree2 * Math.Min(M / (t + 1.0), bits / 2)) - partial,
                    (t - 2 + (M / (2 * Math.Log2(degree))) - partial) / (t - 1.0),
                ];
                if (full < least.Max(Math.Ceiling) || GroebnerBits(t, full, partial, degree) < M)
                    continue;
                var (withMarginFull, withMarginPartial) = (full + 2, (int)Math.Ceiling(partial * 1.075));
                var cost = (withMarginFull * t) + withMarginPartial;
                if (cost < best.Cost || (cost == best.Cost && withMarginFull < best.Full))
                    best = (withMarginFull, withMarginPartial, cost);
            }
        }

        return (best.Full, best.Partial);
    }

    private static double GroebnerBits(int t, int full, int partial, int degree)
    {
        var r = t / 3;
        var under = (r * full / 2) + partial + degree;
        var over = ((full - 1) * t) + partial + r + under;
        var binomial = BigInteger.One;
        for (var i = 1; i <= under; i++)
            binomial = binomial * (over - under + i) / i;
        return Math.Ceiling(2 * BigInteger.Log(binomial) / Math.Log(2));
    }

    private static uint[] Run<TPermutation>(uint[] input)
        where TPermutation : IPermutation
    {
        KoalaBear[] state = [.. input.Select(KoalaBear.FromCanonical)];
        TPermutation.Permute(state);
        return [.. state.Select(x => x.Canonical)];
    }

    private delegate void Layer<T>(Span<T> state);

    private static uint[] RunGeneric(uint[] input, Layer<Extension5> permute)
    {
        Extension5[] state = [.. input.Select(x => Extension5.FromBase(KoalaBear.FromCanonical(x)))];
        permute(state);
        Assert.All(state, x => Assert.True(x.IsBase));
        return [.. state.Select(x => x[0].Canonical)];
    }

    private static void PackedEqualsGeneric<TPermutation>(Layer<KoalaBear> generic)
        where TPermutation : IPermutation => Generators.Packed.Array[16].Sample(
        input =>
        {
            PackedKoalaBear[] state = [.. input];
            TPermutation.PermutePacked(state);
            for (var lane = 0; lane < PackedKoalaBear.Lanes; lane++)
            {
                KoalaBear[] expected = [.. input.Select(x => x[lane])];
                generic(expected);
                Assert.Equal(expected, state.Select(x => x[lane]));
            }
        },
        iter: 200);

    private static void Extremes<TPermutation>(Layer<KoalaBear> generic, uint raw)
        where TPermutation : IPermutation
    {
        KoalaBear[] expected = [.. Enumerable.Repeat(KoalaBear.FromRaw(raw), 16)];
        KoalaBear[] one = [.. expected];
        PackedKoalaBear[] packed = [.. expected.Select(PackedKoalaBear.FromBase)];
        generic(expected);
        TPermutation.Permute(one);
        TPermutation.PermutePacked(packed);
        Assert.Equal(expected, one);
        for (var lane = 0; lane < PackedKoalaBear.Lanes; lane++)
            Assert.Equal(expected, packed.Select(x => x[lane]));
    }

    private static void ScalarEqualsGeneric<TPermutation>(Layer<KoalaBear> generic)
        where TPermutation : IPermutation => Generators.Element.Array[16].Sample(
        input =>
        {
            KoalaBear[] state = [.. input];
            KoalaBear[] expected = [.. input];
            TPermutation.Permute(state);
            generic(expected);
            Assert.Equal(expected, state);
        },
        iter: 1000);

    // Random states, and those whose elements are all 0 or the largest there is.
    private static void FormEqualsGeneric(Action<uint[]> form) => Gen.OneOf(
        Generators.Element, Gen.OneOf(Gen.Const(KoalaBear.Zero), Gen.Const(KoalaBear.FromRaw(KoalaBear.Modulus - 1)))).Array[16].Sample(
        input =>
        {
            uint[] state = [.. input.Select(x => x.Raw)];
            form(state);
            Poseidon2.Permute<KoalaBear>(input);
            Assert.Equal(input.Select(x => x.Raw), state);
        },
        iter: 1000);

    private static void IsMatrix(Layer<KoalaBear> layer, Func<int, int, uint> entry)
    {
        for (var j = 0; j < 16; j++)
        {
            var state = new KoalaBear[16];
            state[j] = KoalaBear.One;
            layer(state);
            for (var i = 0; i < 16; i++)
                Assert.Equal(entry(i, j) % KoalaBear.Modulus, state[i].Canonical);
        }
    }

    private static IEnumerable<uint> Numbers(JsonElement array) =>
        array.EnumerateArray().SelectMany(e => e.ValueKind == JsonValueKind.Array ? Numbers(e) : [e.GetUInt32()]);
}
