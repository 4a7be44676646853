using System.Numerics;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>
/// Number-theoretic transforms of all columns of a matrix at once. A column of 2^k coefficients, constant first, is the polynomial f; its
/// values are f(shift·ωⁱ), ω the generator of the subgroup of order 2^k.
/// </summary>
public static class Ntt
{
    /// <summary>
    /// Values of polynomials on shift·⟨ω⟩. The domain, as tall as <paramref name="values"/>, may be larger than the number of coefficients.
    /// </summary>
    /// <param name="coefficients">A power of two of rows, constants first.</param>
    /// <param name="values">Receives the values; another matrix, as wide and at least as tall, at most 2²⁴ rows.</param>
    /// <param name="shift">Not zero.</param>
    /// <param name="order">The order of the values' rows.</param>
    public static void Evaluate(Matrix coefficients, Matrix values, KoalaBear shift, RowOrder order)
    {
        CheckShapes(coefficients, values);
        var log = BitOperations.Log2((uint)values.Height);
        var column = new KoalaBear[values.Height];
        for (var c = 0; c < values.Width; c++)
        {
            Array.Clear(column);
            var power = KoalaBear.One;
            for (var i = 0; i < coefficients.Height; i++, power *= shift)
                column[i] = coefficients[i, c] * power;
            Transform(column, KoalaBear.TwoAdicRoot(log));
            for (var i = 0; i < column.Length; i++)
                values[order == RowOrder.Natural ? BitReversal.Reverse(i, log) : i, c] = column[i];
        }
    }

    /// <summary>Coefficients of the polynomials of degree below the height that have these values on shift·⟨ω⟩.</summary>
    /// <param name="values">A power of two of rows, at most 2²⁴.</param>
    /// <param name="coefficients">Receives the coefficients, constants first; another matrix of the same shape.</param>
    /// <param name="shift">Not zero.</param>
    /// <param name="order">The order of the values' rows.</param>
    public static void Interpolate(Matrix values, Matrix coefficients, KoalaBear shift, RowOrder order)
    {
        CheckShapes(values, coefficients);
        if (values.Height != coefficients.Height)
            throw new ArgumentException("There are as many coefficients as values.");
        var log = BitOperations.Log2((uint)values.Height);
        var column = new KoalaBear[values.Height];
        var inverseShift = shift.Inverse();
        for (var c = 0; c < values.Width; c++)
        {
            for (var i = 0; i < column.Length; i++)
                column[order == RowOrder.Natural ? i : BitReversal.Reverse(i, log)] = values[i, c];
            Transform(column, KoalaBear.TwoAdicRoot(log).Inverse());
            var power = KoalaBear.Half.Pow((ulong)log);
            for (var i = 0; i < column.Length; i++, power *= inverseShift)
                coefficients[i, c] = column[BitReversal.Reverse(i, log)] * power;
        }
    }

    /// <summary>
    /// The values on shift·⟨ω'⟩, 2^<paramref name="logBlowup"/> times as many, of the polynomials that have the given values on ⟨ω⟩ itself.
    /// </summary>
    /// <param name="values">Values on ⟨ω⟩ in natural order.</param>
    /// <param name="logBlowup">log₂ of the ratio of the domains' sizes.</param>
    /// <param name="shift">Of the larger domain; not zero.</param>
    /// <param name="order">The order of the result's rows.</param>
    public static Matrix CosetLowDegreeExtension(Matrix values, int logBlowup, KoalaBear shift, RowOrder order = RowOrder.BitReversed)
    {
        var coefficients = Matrix.Uninitialized(values.Height, values.Width);
        Interpolate(values, coefficients, KoalaBear.One, RowOrder.Natural);
        var extended = Matrix.Uninitialized(checked(values.Height << logBlowup), values.Width);
        Evaluate(coefficients, extended, shift, order);
        return extended;
    }

    private static void CheckShapes(Matrix source, Matrix destination)
    {
        if (!BitOperations.IsPow2(source.Height) || !BitOperations.IsPow2(destination.Height) || destination.Height > 1 << KoalaBear.TwoAdicity)
            throw new ArgumentException("Heights are powers of two up to 2^24.");
        if (source.Width != destination.Width || source.Height > destination.Height || source.Data == destination.Data)
            throw new ArgumentException("The destination is another matrix, as wide and at least as tall.");
    }

    // Decimation in frequency: natural order in, bit-reversed order out.
    private static void Transform(Span<KoalaBear> values, KoalaBear root)
    {
        for (var half = values.Length / 2; half > 0; half /= 2, root *= root)
        {
            for (var block = 0; block < values.Length; block += 2 * half)
            {
                var twiddle = KoalaBear.One;
                for (var i = block; i < block + half; i++, twiddle *= root)
                    (values[i], values[i + half]) = (values[i] + values[i + half], (values[i] - values[i + half]) * twiddle);
            }
        }
    }
}
