using CsCheck;

namespace ProvingLayer.Algebra.Tests;

/// <summary>The modes of the sponge, against a model that spells the states out.</summary>
public class SpongeTests
{
    [Fact]
    public void Compression_is_the_first_half_of_the_permutation() => Generators.Element.Array[16].Sample(
        state =>
        {
            var digest = Sponge<Poseidon2>.Compress(new(state.AsSpan(0, 8)), new(state.AsSpan(8)));
            Poseidon2.Permute(state);
            Assert.Equal(new Digest(state.AsSpan(0, 8)), digest);
        },
        iter: 100);

    [Fact]
    public void Fixed_length_hash_overwrites_the_rate_and_zero_fills_it() => Generators.Element.Array[1, 40].Sample(
        elements => Assert.Equal(Model(new KoalaBear[16], elements), Sponge<Poseidon2>.HashFixed(elements)), iter: 100);

    [Fact]
    public void Variable_length_hash_appends_a_one_and_zeros_and_starts_with_its_tag() =>
        Gen.Select(Gen.UInt[0, 1000], Generators.Element.Array[0, 40]).Sample(
            (tag, elements) =>
            {
                var state = new KoalaBear[16];
                state[15] = KoalaBear.FromCanonical(tag);
                KoalaBear[] padded = [.. elements, KoalaBear.One, .. new KoalaBear[7 - (elements.Length % 8)]];
                Assert.Equal(0, padded.Length % 8);
                Assert.Equal(Model(state, padded), Sponge<Poseidon2>.Hash(tag, elements));
            },
            iter: 100);

    [Fact]
    public void P2_variable_length_hash_tells_lengths_trailing_zeros_and_tags_apart()
    {
        var seen = new HashSet<Digest>();
        KoalaBear[] zeros = new KoalaBear[40];
        for (uint tag = 0; tag < 4; tag++)
        {
            for (var length = 0; length <= zeros.Length; length++)
                Assert.True(seen.Add(Sponge<Poseidon2>.Hash(tag, zeros.AsSpan(0, length))));
        }

        for (var length = 0; length < 20; length++)
        {
            KoalaBear[] ones = [.. zeros[..length], KoalaBear.One];
            Assert.True(seen.Add(Sponge<Poseidon2>.Hash(0, ones)));
        }
    }

    [Fact]
    public void P2_fixed_length_hash_tells_the_order_of_blocks_apart()
    {
        var elements = Generators.Sequence(16);
        KoalaBear[] swapped = [.. elements[8..], .. elements[..8]];
        Assert.NotEqual(Sponge<Poseidon2>.HashFixed(elements), Sponge<Poseidon2>.HashFixed(swapped));
    }

    [Fact]
    public void Fixed_length_hash_of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => Sponge<Poseidon2>.HashFixed([]));

    [Fact]
    public void Suites_differ_in_id_name_and_result()
    {
        var elements = Generators.Sequence(5);
        Assert.NotEqual(Sponge<Poseidon1>.Hash(1, elements), Sponge<Poseidon2>.Hash(1, elements));
        Assert.NotEqual(Poseidon1.SuiteId, Poseidon2.SuiteId);
        Assert.NotEqual(Poseidon1.Name, Poseidon2.Name);
    }

    private static Digest Model(KoalaBear[] state, KoalaBear[] elements)
    {
        foreach (var block in elements.Chunk(8))
        {
            for (var i = 0; i < 8; i++)
                state[i] = i < block.Length ? block[i] : KoalaBear.Zero;
            Poseidon2.Permute<KoalaBear>(state);
        }

        return new(state.AsSpan(0, 8));
    }
}
