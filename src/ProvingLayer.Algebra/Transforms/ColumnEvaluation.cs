using System.Numerics;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>Linear combinations of a matrix's rows or columns with factors from the extension: openings out of the domain, batching for FRI.</summary>
public static class ColumnEvaluation
{
    /// <summary>The value at a point of each column's polynomial, given by its coefficients, constants first.</summary>
    public static Extension5[] AtPoint(Matrix coefficients, Extension5 point)
    {
        var powers = new Extension5[coefficients.Height];
        FieldAlgorithms.Powers<Extension5>(point, powers);
        var sums = new Extension5[coefficients.Width];
        CombineRows(coefficients, powers, sums);
        return sums;
    }

    /// <summary>
    /// The value at a point of the polynomial of degree below the height that each column gives by its values on shift·⟨ω⟩ (barycentric).
    /// </summary>
    /// <exception cref="ArgumentException">The point lies in the domain.</exception>
    public static Extension5[] AtPoint(Matrix values, KoalaBear shift, RowOrder order, Extension5 point)
    {
        var sums = new Extension5[values.Width];
        CombineRows(values, BarycentricWeights(BitOperations.Log2((uint)values.Height), shift, order, point), sums);
        return sums;
    }

    /// <summary>
    /// The weights wᵢ with f(point) = Σ wᵢ f(xᵢ) for every f of degree below n = 2^log, the xᵢ = shift·ωⁱ in the given order:
    /// wᵢ = (pointⁿ − shiftⁿ) / (n·shiftⁿ) · xᵢ / (point − xᵢ).
    /// </summary>
    /// <exception cref="ArgumentException">The point lies in the domain.</exception>
    public static Extension5[] BarycentricWeights(int log, KoalaBear shift, RowOrder order, Extension5 point)
    {
        var points = DomainPoints(log, shift, order);
        var weights = new Extension5[points.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = point - points[i];
        if (!FieldAlgorithms.TryBatchInverse<Extension5>(weights))
            throw new ArgumentException("The point lies in the domain.", nameof(point));
        var size = (ulong)points.Length;
        var shiftPower = shift.Pow(size);
        var scale = (point.Pow(size) - shiftPower) * (KoalaBear.Half.Pow((ulong)log) * shiftPower.Inverse());
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= scale * points[i];
        return weights;
    }

    /// <summary>The points shift·ωⁱ of a domain of 2^log points.</summary>
    public static KoalaBear[] DomainPoints(int log, KoalaBear shift, RowOrder order)
    {
        var points = new KoalaBear[1 << log];
        var point = shift;
        var root = KoalaBear.TwoAdicRoot(log);
        for (var i = 0; i < points.Length; i++, point *= root)
            points[order == RowOrder.Natural ? i : BitReversal.Reverse(i, log)] = point;
        return points;
    }

    /// <summary>sums[c] = Σ over rows r of weights[r] · matrix[r, c].</summary>
    public static void CombineRows(Matrix matrix, ReadOnlySpan<Extension5> weights, Span<Extension5> sums)
    {
        sums[..matrix.Width].Clear();
        for (var r = 0; r < matrix.Height; r++)
        {
            var row = matrix.Row(r);
            for (var c = 0; c < row.Length; c++)
                sums[c] += weights[r] * row[c];
        }
    }

    /// <summary>Adds to sums[r] the Σ over columns c of factors[c] · matrix[r, c].</summary>
    public static void AddColumnCombination(Matrix matrix, ReadOnlySpan<Extension5> factors, Span<Extension5> sums)
    {
        for (var r = 0; r < matrix.Height; r++)
        {
            var row = matrix.Row(r);
            for (var c = 0; c < row.Length; c++)
                sums[r] += factors[c] * row[c];
        }
    }
}
