using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Stark.Verification;

/// <summary>One row of a fold: k values at ω^rev(m), ω of order k, as the polynomial of degree below k through them.</summary>
internal static class FoldedRow
{
    /// <summary>
    /// The polynomial's value at t, by log k folds by two: pair m lies at ± ω^rev(m), and (f(x) + f(−x))/2 + t·(f(x) − f(−x))/2x is the value at t² of the polynomial
    /// with half the coefficients through the squares.
    /// </summary>
    /// <param name="values">The row; destroyed.</param>
    /// <param name="t">The point.</param>
    public static T At<T>(Span<T> values, T t)
        where T : struct, IRing<T>
    {
        for (var log = int.Log2(values.Length); log > 0; log--)
        {
            var inverse = KoalaBear.TwoAdicRoot(log).Inverse();
            for (var m = 0; m < 1 << (log - 1); m++)
            {
                var (even, odd) = (values[2 * m], values[(2 * m) + 1]);
                var root = inverse.Pow((ulong)BitReversal.Reverse(m, log - 1));
                values[m] = T.Scale(even + odd + T.Scale((even - odd) * t, root), KoalaBear.Half);
            }

            t = T.Square(t);
        }

        return values[0];
    }
}
