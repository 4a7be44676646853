using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Stark.Tests.Proving;

/// <summary>A polynomial from the first rows of its values on a coset: as many as a power of two and a few more coefficients need.</summary>
public class QuotientInterpolationTests
{
    [Theory]
    [InlineData(9, 257, 272)]
    [InlineData(9, 272, 272)]
    [InlineData(9, 273, 288)]
    [InlineData(9, 320, 320)]
    [InlineData(9, 321, 512)]
    [InlineData(9, 512, 512)]
    [InlineData(5, 17, 32)]
    public void Coefficients_come_back_from_the_first_rows(int logCoset, int coefficients, int rows)
    {
        Assert.Equal(rows, QuotientInterpolation.Rows(coefficients, logCoset));
        var polynomial = new Matrix(1 << logCoset, Extension5.Degree);
        for (var i = 0; i < coefficients * polynomial.Width; i++)
            polynomial.Data[i] = KoalaBear.FromCanonical((uint)(((i + 1) * 2_654_435_761L) % KoalaBear.Modulus));
        var values = new Matrix(1 << logCoset, polynomial.Width);
        Ntt.Evaluate(polynomial, values, KoalaBear.Generator, RowOrder.BitReversed);

        using var buffers = new BufferLease();
        var found = QuotientInterpolation.Interpolate(new(values.Data[..(rows * values.Width)], rows, values.Width), logCoset, buffers);
        Assert.Equal(polynomial.Data[..(rows * polynomial.Width)], found.Data);
    }

    /// <summary>One wrong value, wherever it is, leaves no polynomial of so few coefficients.</summary>
    [Fact]
    public void Values_of_no_short_polynomial_give_a_long_one()
    {
        const int Rows = 272;
        using var buffers = new BufferLease();
        foreach (var row in (ReadOnlySpan<int>)[0, 255, 256, 271])
        {
            var values = new Matrix(Rows, 1);
            values[row, 0] = KoalaBear.One;
            Assert.Contains(QuotientInterpolation.Interpolate(values, 9, buffers).Data[257..], coefficient => !coefficient.IsZero);
        }
    }
}
