using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// A polynomial by its values on rows of a coset 3·⟨ω⟩ of P points, bit-reversed: on all of them, or, of n = P/2 + a few coefficients, on the first P/2 + E, E the
/// power of two that holds these few. The first half of the rows is 3·⟨ω²⟩; the E after it are c·⟨ω_E⟩, c = 3ω. With q = f + (X^(P/2) − 3^(P/2))·g, f is known by the half and g by the
/// rest, where X^(P/2) is −3^(P/2): g = (q − f) / (−2·3^(P/2)).
/// </summary>
internal static class QuotientInterpolation
{
    private const int LeastExtra = PackedKoalaBear.Lanes;

    /// <summary>Rows that hold a polynomial of so many coefficients, out of 2^<paramref name="logCoset"/>.</summary>
    public static int Rows(int coefficients, int logCoset)
    {
        var half = 1 << (logCoset - 1);
        var extra = Math.Max(LeastExtra, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(coefficients - half, 1)));
        return extra <= half / 4 ? half + extra : 2 * half;
    }

    /// <summary>The coefficients, as many as there are rows.</summary>
    /// <param name="values">The values.</param>
    /// <param name="logCoset">log₂ P.</param>
    /// <param name="buffers">Where the coefficients lie.</param>
    public static Matrix Interpolate(Matrix values, int logCoset, BufferLease buffers)
    {
        var coefficients = buffers.Matrix(values.Height, values.Width);
        var half = 1 << (logCoset - 1);
        if (values.Height == 2 * half)
        {
            Ntt.Interpolate(values, coefficients, KoalaBear.Generator, RowOrder.BitReversed);
            return coefficients;
        }

        using var scratch = new BufferLease();
        var width = values.Width;
        var lowValues = scratch.Matrix(half, width);
        values.Data.AsSpan(0, half * width).CopyTo(lowValues.Data);
        var low = scratch.Matrix(half, width);
        Ntt.Interpolate(lowValues, low, KoalaBear.Generator, RowOrder.BitReversed);

        // f on c·⟨ω_E⟩, from f mod X^E − c^E.
        var extra = values.Height - half;
        var shift = KoalaBear.Generator * KoalaBear.TwoAdicRoot(logCoset);
        var step = shift.Pow((ulong)extra);
        var rest = scratch.Zeros(extra, width);
        for (var block = (half / extra) - 1; block >= 0; block--)
        {
            var part = low.Data.AsSpan(block * extra * width, extra * width);
            for (var i = 0; i < part.Length; i++)
                rest.Data[i] = (rest.Data[i] * step) + part[i];
        }

        var there = scratch.Matrix(extra, width);
        Ntt.Evaluate(rest, there, shift, RowOrder.BitReversed);
        var power = KoalaBear.Generator.Pow((ulong)half);
        var factor = -(power + power).Inverse();
        for (var i = 0; i < there.Data.Length; i++)
            there.Data[i] = (values.Data[(half * width) + i] - there.Data[i]) * factor;
        Ntt.Interpolate(there, rest, shift, RowOrder.BitReversed);

        low.Data.CopyTo(coefficients.Data, 0);
        rest.Data.CopyTo(coefficients.Data, low.Data.Length);
        for (var i = 0; i < rest.Data.Length; i++)
            coefficients.Data[i] -= rest.Data[i] * power;
        return coefficients;
    }
}
