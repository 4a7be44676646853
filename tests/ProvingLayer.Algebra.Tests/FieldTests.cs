using System.Numerics;
using CsCheck;

namespace ProvingLayer.Algebra.Tests;

/// <summary>Every ring and field obeys its laws and agrees with integers modulo p, or polynomials over them.</summary>
public class FieldTests
{
    private const uint P = KoalaBear.Modulus;

    [Fact]
    public void KoalaBear_is_a_field() => IsField(Generators.Element);

    [Fact]
    public void Extension5_is_a_field() => IsField(Generators.Extension);

    [Fact]
    public void PackedKoalaBear_is_a_ring() => IsRing(Generators.Packed, Lanes);

    [Fact]
    public void PackedExtension5_is_a_ring() => IsRing(Generators.PackedExtension, ExtensionLanes);

    [Fact]
    public void KoalaBear_agrees_with_integers() => Gen.Select(Generators.Element, Generators.Element).Sample((a, b) =>
    {
        BigInteger x = a.Canonical, y = b.Canonical;
        Assert.Equal((x + y) % P, (a + b).Canonical);
        Assert.Equal((x - y + P) % P, (a - b).Canonical);
        Assert.Equal(x * y % P, (a * b).Canonical);
        Assert.Equal((P - x) % P, (-a).Canonical);
        Assert.Equal(BigInteger.ModPow(x, y, P), a.Pow(b.Canonical).Canonical);
        Assert.Equal(a, a.Halve() + a.Halve());
        Assert.True((a + b).Raw < P && (a - b).Raw < P && (a * b).Raw < P && (-a).Raw < P && a.Halve().Raw < P);
    });

    [Fact]
    public void Canonical_form_is_unique() => Gen.UInt.Sample(value =>
    {
        Assert.Equal(value < P, KoalaBear.TryFromCanonical(value, out var element));
        if (value < P)
        {
            Assert.Equal(value, element.Canonical);
            Assert.Equal(element, KoalaBear.FromCanonical(value));
            Assert.Equal(element, KoalaBear.FromRaw(element.Raw));
            Assert.Equal((ulong)element.Raw, ((ulong)value << 32) % P);
            Assert.Equal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), element.ToString());
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => KoalaBear.FromCanonical(value));
        }
    });

    [Theory]
    [InlineData(P)]
    [InlineData(P + 1)]
    [InlineData(0x7fffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(uint.MaxValue)]
    public void Values_from_the_modulus_on_are_not_elements(uint value) => Assert.False(KoalaBear.TryFromCanonical(value, out _));

    [Fact]
    public void Generator_generates_and_roots_have_their_order()
    {
        Assert.Equal((P - 1, 24), ((1u << 24) * 127, KoalaBear.TwoAdicity));
        Assert.NotEqual(KoalaBear.One, KoalaBear.Generator.Pow((P - 1) / 2));
        Assert.NotEqual(KoalaBear.One, KoalaBear.Generator.Pow((P - 1) / 127));
        Assert.Equal(0x6ac49f88u, KoalaBear.TwoAdicRoot(24).Canonical);
        for (var log = 0; log <= 24; log++)
        {
            var root = KoalaBear.TwoAdicRoot(log);
            Assert.Equal(KoalaBear.One, root.Pow(1ul << log));
            Assert.True(log == 0 || root.Pow(1ul << (log - 1)) == -KoalaBear.One);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => KoalaBear.TwoAdicRoot(25));
    }

    [Fact]
    public void Extension5_agrees_with_polynomials() => Gen.Select(Generators.Extension, Generators.Extension, Generators.Element).Sample((a, b, k) =>
    {
        var expected = MultiplyPolynomials(Coordinates(a), Coordinates(b));
        Assert.Equal(expected, Coordinates(a * b));
        Assert.Equal(Coordinates(a * Extension5.FromBase(k)), Coordinates(a * k));
        Assert.Equal(k * a, a * k);
        Assert.Equal(a + Extension5.FromBase(k), a + k);
        Assert.Equal(a - Extension5.FromBase(k), a - k);
        Assert.Equal(a, new Extension5(Enumerable.Range(0, 5).Select(a.Coordinate).ToArray()));
    });

    // X⁵ + X² − 1 is irreducible: X^(p⁵) = X, and X^p − X, which would be zero for a root in the base field or share a factor with a
    // quadratic one, is invertible, as is X^(p²) − X.
    [Fact]
    public void Extension5_is_of_degree_five()
    {
        var x = Extension5.X;
        Assert.Equal(Extension5.One, x.Pow(5) + x.Pow(2));
        Assert.Equal(x, x.Frobenius(5));
        Assert.True((x.Frobenius() - x).TryInverse(out _));
        Assert.True((x.Frobenius(2) - x).TryInverse(out _));
        Assert.NotEqual(x, x.Frobenius());
    }

    [Fact]
    public void Frobenius_is_the_power_p() => Generators.Extension.Sample(
        a =>
        {
            Assert.Equal(a.Pow(P), a.Frobenius());
            Assert.Equal(a.Frobenius().Frobenius(), a.Frobenius(2));
            Assert.Equal(a, a.Frobenius(2).Frobenius(3));
            Assert.Equal(a.Frobenius(4), a.Frobenius(-1));
        },
        iter: 200);

    [Fact]
    public void Zero_has_no_inverse()
    {
        Assert.False(KoalaBear.Zero.TryInverse(out _));
        Assert.False(Extension5.Zero.TryInverse(out _));
        Assert.Throws<DivideByZeroException>(() => KoalaBear.Zero.Inverse());
        Assert.Throws<DivideByZeroException>(() => Extension5.Zero.Inverse());
    }

    [Fact]
    public void Batch_inverse_inverts_all_or_reports_a_zero()
    {
        InvertsAll(Generators.Element);
        InvertsAll(Generators.Extension);
    }

    [Fact]
    public void Powers_and_Horner_agree()
    {
        PowersAndHornerAgree(Generators.Element);
        PowersAndHornerAgree(Generators.Extension);
    }

    [Fact]
    public void Packed_lanes_are_elements() => Gen.Select(Generators.Packed, Generators.Packed, Generators.Element).Sample((a, b, k) =>
    {
        for (var lane = 0; lane < PackedKoalaBear.Lanes; lane++)
        {
            Assert.Equal(a[lane] + b[lane], (a + b)[lane]);
            Assert.Equal(a[lane] - b[lane], (a - b)[lane]);
            Assert.Equal(a[lane] * b[lane], (a * b)[lane]);
            Assert.Equal(-a[lane], (-a)[lane]);
            Assert.Equal(k, PackedKoalaBear.FromBase(k)[lane]);
        }

        Assert.Equal(Lanes(a).Aggregate((x, y) => x + y), a.Sum());
    });

    [Fact]
    public void Sums_over_lanes_stand_in_the_order_of_the_vectors() => Generators.Packed.Array[16].Sample(vectors =>
        Assert.Equal(vectors.Select(v => v.Sum()), Lanes(PackedKoalaBear.SumEach(vectors))));

    [Fact]
    public void Packed_extension_lanes_are_elements() =>
        Gen.Select(Generators.PackedExtension, Generators.PackedExtension, Generators.Packed, Generators.Extension).Sample((a, b, k, e) =>
        {
            var stored = new Extension5[PackedKoalaBear.Lanes];
            a.Store(stored);
            var loaded = PackedExtension5.Load(stored);
            for (var lane = 0; lane < PackedKoalaBear.Lanes; lane++)
            {
                Assert.Equal(a[lane], stored[lane]);
                Assert.Equal(a[lane], loaded[lane]);
                Assert.Equal(a[lane] + b[lane], (a + b)[lane]);
                Assert.Equal(a[lane] - b[lane], (a - b)[lane]);
                Assert.Equal(a[lane] * b[lane], (a * b)[lane]);
                Assert.Equal(-a[lane], (-a)[lane]);
                Assert.Equal(a[lane] * k[lane], (a * k)[lane]);
                Assert.Equal(a[lane] + k[lane], (a + k)[lane]);
                Assert.Equal(a[lane] - k[lane], (a - k)[lane]);
                Assert.Equal(e, PackedExtension5.Broadcast(e)[lane]);
            }
        });

    [Theory]
    [InlineData(16, 16)]
    [InlineData(5, 5)]
    [InlineData(3, 20)]
    [InlineData(17, 23)]
    public void Transposed_rows_are_lanes(int columns, int stride)
    {
        var rows = Generators.Sequence((15 * stride) + columns);
        var packed = new PackedKoalaBear[columns];
        PackedKoalaBear.LoadTransposed(rows, stride, packed);
        for (var c = 0; c < columns; c++)
            Assert.Equal(Enumerable.Range(0, 16).Select(r => rows[(r * stride) + c]), Lanes(packed[c]));
        var back = new KoalaBear[rows.Length];
        PackedKoalaBear.StoreTransposed(packed, back, stride);
        Assert.All(Enumerable.Range(0, rows.Length).Where(i => i % stride < columns), i => Assert.Equal(rows[i], back[i]));
        Assert.Throws<ArgumentException>(() => PackedKoalaBear.LoadTransposed(rows.AsSpan(1), stride, packed));
        Assert.Throws<ArgumentException>(() => PackedKoalaBear.StoreTransposed(packed, back.AsSpan(1), stride));
    }

    // Montgomery forms that random elements never hit: the extremes of each kernel's intermediate sums.
    [Fact]
    public void Packed_operations_are_exact_at_all_pairs_of_extreme_representations()
    {
        uint[] extremes = [0, 1, 2, P - 1, P - 2, P >> 1, (P >> 1) + 1, 0x7f000000, 0x00ffffff, 0x01000000, 0x00fffffe, 0x40000000, 0x3fffffff, 1u << 16, 0xffff, 0x7e000001];
        KoalaBear[] elements = [.. extremes.Select(KoalaBear.FromRaw)];
        var a = PackedKoalaBear.Load(elements);
        foreach (var b in elements)
        {
            var broadcast = PackedKoalaBear.FromBase(b);
            for (var lane = 0; lane < elements.Length; lane++)
            {
                Assert.Equal(new BigInteger(elements[lane].Canonical) * b.Canonical % P, (a * broadcast)[lane].Canonical);
                Assert.Equal((new BigInteger(elements[lane].Canonical) + b.Canonical) % P, (a + broadcast)[lane].Canonical);
                Assert.Equal((new BigInteger(elements[lane].Canonical) - b.Canonical + P) % P, (a - broadcast)[lane].Canonical);
            }
        }

        var full = new Extension5(elements[3], elements[3], elements[3], elements[3], elements[3]);
        Assert.Equal(MultiplyPolynomials(Coordinates(full), Coordinates(full)), Coordinates(full * full));
        Assert.Equal(full * full, (PackedExtension5.Broadcast(full) * PackedExtension5.Broadcast(full))[7]);
    }

    [Fact]
    public void Digests_print_canonical_little_endian_bytes()
    {
        var digest = new Digest([.. new uint[] { 1, 0x12345678, P - 1, 0, 0, 0, 0, 255 }.Select(KoalaBear.FromCanonical)]);
        Assert.Equal("010000007856341200" + "00007f" + new string('0', 32) + "ff000000", digest.ToString());
        Assert.Equal(digest, new Digest(digest.AsSpan()));
        Assert.NotEqual(digest, default);
        Assert.Throws<ArgumentException>(() => new Digest([]));
    }

    private static void PowersAndHornerAgree<T>(Gen<T> gen)
        where T : struct, IField<T> => Gen.Select(gen.Array[0, 70], gen).Sample((coefficients, x) =>
        {
            var powers = new T[coefficients.Length];
            FieldAlgorithms.Powers(x, powers.AsSpan());
            var sum = coefficients.Zip(powers).Aggregate(T.Zero, (s, t) => s + (t.First * t.Second));
            Assert.Equal(sum, FieldAlgorithms.Horner<T>(coefficients, x));
            Assert.All(powers.Index(), p => Assert.Equal(x.Pow((ulong)p.Index), p.Item));
        });

    // Up to several vectors and a rest; zeros anywhere.
    private static void InvertsAll<T>(Gen<T> gen)
        where T : struct, IField<T> => Gen.Select(gen.Array[0, 70], Gen.Int[0, 200]).Sample((values, zero) =>
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = i == zero ? T.Zero : values[i].IsZero ? T.One : values[i];
            T[] inverses = [.. values];
            var invertible = FieldAlgorithms.TryBatchInverse<T>(inverses);
            Assert.Equal(zero >= values.Length, invertible);
            if (invertible)
                Assert.All(values.Zip(inverses), pair => Assert.Equal(T.One, pair.First * pair.Second));
            else
                Assert.Equal(values, inverses);
        });

    private static void IsField<T>(Gen<T> gen)
        where T : struct, IField<T>
    {
        IsRing(gen, x => x);
        gen.Sample(a =>
        {
            Assert.Equal(!a.IsZero, a.TryInverse(out var inverse));
            if (!a.IsZero)
                Assert.Equal(T.One, a * inverse);
            Assert.Equal(a * a * a * a * a, a.Pow(5));
            Assert.Equal(T.One, a.Pow(0));
        });
    }

    private static void IsRing<T, TComparable>(Gen<T> gen, Func<T, TComparable> observe)
        where T : struct, IRing<T> => Gen.Select(gen, gen, gen, Generators.Element).Sample((a, b, c, k) =>
        {
            void Same(T left, T right) => Assert.Equal(observe(left), observe(right));
            Same(a + b, b + a);
            Same(a + b + c, a + (b + c));
            Same(a + T.Zero, a);
            Same(a + -a, T.Zero);
            Same(a - b, a + -b);
            Same(a * b, b * a);
            Same(a * b * c, a * (b * c));
            Same(a * T.One, a);
            Same(a * (b + c), (a * b) + (a * c));
            Same(T.Square(a), a * a);
            Same(T.Scale(a, k), a * T.FromBase(k));
            Same(T.FromBase(KoalaBear.One), T.One);
        });

    private static KoalaBear[] Lanes(PackedKoalaBear packed) => [.. Enumerable.Range(0, PackedKoalaBear.Lanes).Select(i => packed[i])];

    private static Extension5[] ExtensionLanes(PackedExtension5 packed) => [.. Enumerable.Range(0, PackedKoalaBear.Lanes).Select(i => packed[i])];

    private static BigInteger[] Coordinates(Extension5 value) => [.. Enumerable.Range(0, 5).Select(i => (BigInteger)value[i].Canonical)];

    private static BigInteger[] MultiplyPolynomials(BigInteger[] a, BigInteger[] b)
    {
        var product = new BigInteger[9];
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
                product[i + j] += a[i] * b[j];
        }

        for (var i = 8; i >= 5; i--)
        {
            product[i - 5] += product[i]; // Xⁱ = Xⁱ⁻⁵ − Xⁱ⁻³
            product[i - 3] -= product[i];
        }

        return [.. product.Take(5).Select(c => ((c % P) + P) % P)];
    }
}
