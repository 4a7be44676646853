using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// The polynomials that columns of a table are committed as: w, of degree below H, by its values on the trace domain; hiding, w + (X^H − 1)·r with
/// r by its coefficients, which has the same values there.
/// </summary>
/// <param name="values">The table's rows, natural order.</param>
/// <param name="blinding">The coefficients of r, one row each; null where nothing is hidden.</param>
/// <param name="buffers">Of the proof: where what is made of them lies.</param>
internal sealed class CommittedColumns(Matrix values, Matrix? blinding, BufferLease buffers)
{
    private Matrix? coefficients; // once they are needed

    public Matrix Values => values;

    private Matrix Coefficients => coefficients ??= blinding is null ? Interpolated(buffers.Matrix(values.Height, values.Width)) : Blinded(blinding);

    /// <summary>The values on 3·⟨ω⟩, bit-reversed.</summary>
    public Matrix Extend(int logDomain) => Evaluate(Coefficients, logDomain, buffers);

    /// <summary>The values on c·⟨ω_H⟩, one more coset of the trace domain, bit-reversed: of the coefficients mod X^H − c^H.</summary>
    public Matrix OnCoset(KoalaBear shift)
    {
        var there = buffers.Matrix(values.Height, values.Width);
        if (values.Width == 0)
            return there;
        using var scratch = new BufferLease();
        var rest = scratch.Zeros(values.Height, values.Width);
        var step = shift.Pow((ulong)values.Height);
        for (var block = (Coefficients.Height / values.Height) - 1; block >= 0; block--)
        {
            var part = Coefficients.Data.AsSpan(block * rest.Data.Length, rest.Data.Length);
            for (var i = 0; i < part.Length; i++)
                rest.Data[i] = (rest.Data[i] * step) + part[i];
        }

        Ntt.Evaluate(rest, there, shift, RowOrder.BitReversed);
        return there;
    }

    private Matrix Interpolated(Matrix made)
    {
        if (values.Width > 0)
            Ntt.Interpolate(values, made, KoalaBear.One, RowOrder.Natural);
        return made;
    }

    private Matrix Blinded(Matrix blinding)
    {
        using var scratch = new BufferLease();
        var unblinded = Interpolated(scratch.Matrix(values.Height, values.Width));
        var blinded = buffers.Zeros((int)BitOperations.RoundUpToPowerOf2((uint)(values.Height + blinding.Height)), values.Width);
        unblinded.Data.CopyTo(blinded.Data, 0);
        var above = values.Height * values.Width;
        for (var i = 0; i < blinding.Data.Length; i++)
        {
            blinded.Data[i] -= blinding.Data[i];
            blinded.Data[above + i] += blinding.Data[i];
        }

        return blinded;
    }

    /// <summary>The values at a point off the trace domain.</summary>
    public Extension5[] AtPoint(Extension5 point)
    {
        var opened = ColumnEvaluation.AtPoint(values, KoalaBear.One, RowOrder.Natural, point);
        if (blinding is null || values.Width == 0)
            return opened;
        var vanishing = point.Pow((ulong)values.Height) - Extension5.One;
        var masks = ColumnEvaluation.AtPoint(blinding, point);
        for (var column = 0; column < opened.Length; column++)
            opened[column] += vanishing * masks[column];
        return opened;
    }

    /// <summary>The values on 3·⟨ω⟩, bit-reversed, of polynomials by their coefficients.</summary>
    public static Matrix Evaluate(Matrix coefficients, int logDomain, BufferLease buffers)
    {
        var values = buffers.Matrix(1 << logDomain, coefficients.Width);
        if (values.Width > 0)
            Ntt.Evaluate(coefficients, values, KoalaBear.Generator, RowOrder.BitReversed);
        return values;
    }

    /// <summary>The same polynomials with as many coefficients, a power of two, as a transform takes.</summary>
    public static Matrix Padded(Matrix coefficients)
    {
        var height = (int)BitOperations.RoundUpToPowerOf2((uint)coefficients.Height);
        if (height == coefficients.Height)
            return coefficients;
        var padded = new Matrix(height, coefficients.Width);
        coefficients.Data.CopyTo(padded.Data, 0);
        return padded;
    }
}
