using System.Numerics;
using CsCheck;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Algebra.Tests;

/// <summary>Transforms against the definition: every value is a polynomial evaluated at a point.</summary>
public class TransformTests
{
    private static readonly KoalaBear Three = KoalaBear.Generator;

    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            foreach (var log in new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 })
            {
                foreach (var width in new[] { 1, 3, 15, 16, 17, 33, 70 })
                    shapes.Add(log, width);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Evaluation_is_the_naive_one(int log, int width)
    {
        var coefficients = Random(log, width);
        foreach (var order in Enum.GetValues<RowOrder>())
        {
            foreach (var shift in new[] { KoalaBear.One, Three })
            {
                foreach (var logBlowup in new[] { 0, 1, 3 })
                {
                    var values = new Matrix(coefficients.Height << logBlowup, width);
                    Ntt.Evaluate(coefficients, values, shift, order);
                    IsEvaluation(coefficients, values, shift, order);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Interpolation_inverts_evaluation(int log, int width)
    {
        var coefficients = Random(log, width);
        foreach (var order in Enum.GetValues<RowOrder>())
        {
            foreach (var shift in new[] { KoalaBear.One, Three })
            {
                var values = new Matrix(coefficients.Height, width);
                var back = new Matrix(coefficients.Height, width);
                Ntt.Evaluate(coefficients, values, shift, order);
                Ntt.Interpolate(values, back, shift, order);
                Assert.Equal(coefficients.Data, back.Data);
            }
        }
    }

    [Theory]
    [InlineData(0, 3, 5)]
    [InlineData(4, 3, 17)]
    [InlineData(7, 1, 64)]
    [InlineData(9, 2, 16)]
    public void Low_degree_extension_continues_the_polynomials(int log, int logBlowup, int width)
    {
        var values = Random(log, width);
        var coefficients = new Matrix(values.Height, width);
        Ntt.Interpolate(values, coefficients, KoalaBear.One, RowOrder.Natural);
        var extended = Ntt.CosetLowDegreeExtension(values, logBlowup, Three);
        Assert.Equal((values.Height << logBlowup, width), (extended.Height, extended.Width));
        IsEvaluation(coefficients, extended, Three, RowOrder.BitReversed);
        IsEvaluation(coefficients, values, KoalaBear.One, RowOrder.Natural);
    }

    // Sizes that need more than one pass through the caches: checked by evaluating random columns at random rows.
    [Theory]
    [InlineData(11, 1, 3)]
    [InlineData(12, 0, 40)]
    [InlineData(13, 3, 9)]
    [InlineData(15, 2, 1)]
    [InlineData(17, 0, 2)]
    public void Large_transforms_are_right_at_samples(int log, int logBlowup, int width)
    {
        var coefficients = Random(log, width);
        foreach (var order in Enum.GetValues<RowOrder>())
        {
            var values = new Matrix(coefficients.Height << logBlowup, width);
            Ntt.Evaluate(coefficients, values, Three, order);
            var points = ColumnEvaluation.DomainPoints(log + logBlowup, Three, order);
            for (var sample = 0; sample < 12; sample++)
            {
                var row = (int)((sample * 2654435761L) % values.Height);
                var column = sample % width;
                Assert.Equal(FieldAlgorithms.Horner<KoalaBear>(coefficients.Column(column), points[row]), values[row, column]);
            }

            if (logBlowup == 0)
            {
                var back = new Matrix(coefficients.Height, width);
                Ntt.Interpolate(values, back, Three, order);
                Assert.Equal(coefficients.Data, back.Data);
            }
        }
    }

    [Fact]
    public void Transforms_refuse_other_shapes()
    {
        Assert.Throws<ArgumentException>(() => Ntt.Evaluate(new(3, 1), new(4, 1), Three, RowOrder.Natural));
        Assert.Throws<ArgumentException>(() => Ntt.Evaluate(new(4, 1), new(2, 1), Three, RowOrder.Natural));
        Assert.Throws<ArgumentException>(() => Ntt.Evaluate(new(4, 1), new(4, 2), Three, RowOrder.Natural));
        Assert.Throws<ArgumentException>(() => Ntt.Interpolate(new(2, 1), new(4, 1), Three, RowOrder.Natural));
        var same = new Matrix(4, 1);
        Assert.Throws<ArgumentException>(() => Ntt.Evaluate(same, same, Three, RowOrder.Natural));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 5)]
    [InlineData(6, 33)]
    [InlineData(9, 17)]
    public void Openings_by_coefficients_and_by_values_agree(int log, int width)
    {
        var coefficients = Random(log, width);
        Generators.Extension.Sample(
            point =>
            {
                var expected = Enumerable.Range(0, width).Select(c => FieldAlgorithms.Horner<Extension5>(
                    coefficients.Column(c).Select(Extension5.FromBase).ToArray(), point));
                Assert.Equal(expected, ColumnEvaluation.AtPoint(coefficients, point));
                foreach (var order in Enum.GetValues<RowOrder>())
                {
                    var values = new Matrix(coefficients.Height, width);
                    Ntt.Evaluate(coefficients, values, Three, order);
                    if (!ColumnEvaluation.DomainPoints(log, Three, order).Contains(point[0]) || !point.IsBase)
                        Assert.Equal(expected, ColumnEvaluation.AtPoint(values, Three, order, point));
                }
            },
            iter: 5);
    }

    [Fact]
    public void P5_opening_inside_the_domain_is_refused_not_divided_by_zero() => Assert.Throws<ArgumentException>(
        () => ColumnEvaluation.AtPoint(Random(4, 2), Three, RowOrder.Natural, Three * KoalaBear.TwoAdicRoot(4)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 15)]
    [InlineData(70, 16)]
    [InlineData(33, 130)]
    public void Column_combination_is_the_sum_of_products(int height, int width)
    {
        var matrix = new Matrix(Generators.Sequence(height * width), height, width);
        Extension5[] factors = [.. Generators.Sequence(width * 5, 7).Chunk(5).Select(c => new Extension5(c))];
        Extension5[] sums = [.. Generators.Sequence(height * 5, 9).Chunk(5).Select(c => new Extension5(c))];
        var expected = sums.Select((s, r) => s + Sum(factors.Select((f, c) => f * matrix[r, c]))).ToArray();
        ColumnEvaluation.AddColumnCombination(matrix, factors, sums);
        Assert.Equal(expected, sums);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 15)]
    [InlineData(70, 16)]
    [InlineData(300, 35)]
    public void Row_combination_is_the_sum_of_products(int height, int width)
    {
        var matrix = new Matrix(Generators.Sequence(height * width), height, width);
        Extension5[] weights = [.. Generators.Sequence(height * 5, 7).Chunk(5).Select(c => new Extension5(c))];
        var sums = new Extension5[width];
        ColumnEvaluation.CombineRows(matrix, weights, sums);
        Assert.Equal(Enumerable.Range(0, width).Select(c => Sum(weights.Select((w, r) => w * matrix[r, c]))), sums);
    }

    // All elements p − 1 in Montgomery form: the largest sums of products that a kernel may meet.
    [Fact]
    public void Combinations_do_not_overflow()
    {
        var largest = KoalaBear.FromRaw(KoalaBear.Modulus - 1);
        var extension = new Extension5(largest, largest, largest, largest, largest);
        var matrix = new Matrix(65, 67);
        Array.Fill(matrix.Data, largest);
        var sums = new Extension5[65];
        ColumnEvaluation.AddColumnCombination(matrix, Enumerable.Repeat(extension, 67).ToArray(), sums);
        Assert.All(sums, s => Assert.Equal(extension * largest * KoalaBear.FromCanonical(67), s));
        var columns = new Extension5[67];
        ColumnEvaluation.CombineRows(matrix, Enumerable.Repeat(extension, 65).ToArray(), columns);
        Assert.All(columns, s => Assert.Equal(extension * largest * KoalaBear.FromCanonical(65), s));
    }

    [Fact]
    public void Bit_reversal_is_its_own_inverse() => Gen.Int[0, 24].SelectMany(bits => Gen.Int[0, (1 << bits) - 1].Select(i => (bits, i))).Sample(t =>
    {
        var reversed = BitReversal.Reverse(t.i, t.bits);
        Assert.Equal(t.i, BitReversal.Reverse(reversed, t.bits));
        Assert.Equal(BitOperations.PopCount((uint)t.i), BitOperations.PopCount((uint)reversed));
        Assert.True(t.bits == 0 || (reversed >> (t.bits - 1)) == (t.i & 1));
    });

    private static Matrix Random(int log, int width) => new(Generators.Sequence(width << log), 1 << log, width);

    private static Extension5 Sum(IEnumerable<Extension5> terms) => terms.Aggregate(Extension5.Zero, (s, t) => s + t);

    private static void IsEvaluation(Matrix coefficients, Matrix values, KoalaBear shift, RowOrder order)
    {
        var points = ColumnEvaluation.DomainPoints(BitOperations.Log2((uint)values.Height), shift, order);
        var columns = Enumerable.Range(0, values.Width).Select(coefficients.Column).ToArray();
        for (var row = 0; row < values.Height; row += 1 + (row / 40))
        {
            for (var column = 0; column < values.Width; column++)
                Assert.Equal(FieldAlgorithms.Horner<KoalaBear>(columns[column], points[row]), values[row, column]);
        }
    }
}
