using System.Numerics;
using System.Runtime.CompilerServices;

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
        MultiplyAll(weights, points, scale);
        return weights;
    }

    // values[i] · factors[i] · scale.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAll(Span<Extension5> values, ReadOnlySpan<KoalaBear> factors, Extension5 scale)
    {
        var start = 0;
        for (; start + PackedKoalaBear.Lanes <= values.Length; start += PackedKoalaBear.Lanes)
        {
            var factor = PackedExtension5.Broadcast(scale) * PackedKoalaBear.Load(factors[start..]);
            (PackedExtension5.Load(values[start..]) * factor).Store(values[start..]);
        }

        for (; start < values.Length; start++)
            values[start] *= scale * factors[start];
    }

    /// <summary>The points shift·ωⁱ of a domain of 2^log points.</summary>
    public static KoalaBear[] DomainPoints(int log, KoalaBear shift, RowOrder order)
    {
        var powers = new KoalaBear[1 << log];
        FieldAlgorithms.Powers<KoalaBear>(KoalaBear.TwoAdicRoot(log), powers);
        var points = new KoalaBear[powers.Length];
        for (var i = 0; i < points.Length; i++)
            points[i] = shift * powers[order == RowOrder.Natural ? i : BitReversal.Reverse(i, log)];
        return points;
    }

    /// <summary>sums[c] = Σ over rows r of weights[r] · matrix[r, c].</summary>
    /// <param name="matrix">Any shape.</param>
    /// <param name="weights">One for each row.</param>
    /// <param name="sums">One for each column; overwritten.</param>
    public static void CombineRows(Matrix matrix, Extension5[] weights, Span<Extension5> sums)
    {
        if (weights.Length != matrix.Height || sums.Length != matrix.Width)
            throw new ArgumentException("There is a weight for each row and a sum for each column.");
        var columns = new LaneColumns(matrix.Width);
        var total = new PackedExtension5[columns.Vectors];
        var merging = new Lock();
        WorkPartition.ForRanges(matrix.Height, matrix.Width * Extension5.Degree, (start, end) =>
        {
            var partial = new PackedExtension5[total.Length];
            for (var block = start; block < end; block += RowsInBlock)
            {
                if (PackedArithmetic.Uses256Bits)
                    CombineBlock256(matrix, weights, columns, block, Math.Min(end, block + RowsInBlock), partial);
                else
                    CombineBlock(matrix, weights, columns, block, Math.Min(end, block + RowsInBlock), partial);
            }

            lock (merging)
            {
                for (var v = 0; v < total.Length; v++)
                    total[v] += partial[v]; // exact, so the order does not matter
            }
        });
        for (var c = 0; c < sums.Length; c++)
            sums[c] = total[LaneColumns.VectorOf(c)][columns.LaneOf(c)];
    }

    /// <summary>Adds to sums[r] the Σ over columns c of factors[c] · matrix[r, c].</summary>
    /// <param name="matrix">Any shape.</param>
    /// <param name="factors">One for each column.</param>
    /// <param name="sums">One for each row; added to.</param>
    public static void AddColumnCombination(Matrix matrix, ReadOnlySpan<Extension5> factors, Extension5[] sums)
    {
        if (factors.Length != matrix.Width || sums.Length != matrix.Height)
            throw new ArgumentException("There is a factor for each column and a sum for each row.");
        var columns = new LaneColumns(matrix.Width);
        if (PackedArithmetic.Uses256Bits)
        {
            AddColumnCombination256(matrix, columns, factors, sums);
            return;
        }

        var prepared = PrepareFactors(columns, factors);
        const int lanes = PackedKoalaBear.Lanes;
        WorkPartition.ForRanges((matrix.Height + lanes - 1) / lanes, lanes * matrix.Width * Extension5.Degree, (start, end) =>
        {
            Span<PackedKoalaBear> coordinates = stackalloc PackedKoalaBear[Extension5.Degree * lanes];
            Span<Extension5> rest = stackalloc Extension5[lanes];
            for (var first = start * lanes; first < Math.Min(matrix.Height, end * lanes); first += lanes)
            {
                // Coordinate i of row r lies, not yet summed over the lanes, in vector 16·i + r.
                var count = Math.Min(lanes, matrix.Height - first);
                for (var r = 0; r < count; r++)
                    CombineRow(matrix, columns, prepared, first + r, ref coordinates[r]);
                var combined = new PackedExtension5(
                    PackedKoalaBear.SumEach(coordinates),
                    PackedKoalaBear.SumEach(coordinates[lanes..]),
                    PackedKoalaBear.SumEach(coordinates[(2 * lanes)..]),
                    PackedKoalaBear.SumEach(coordinates[(3 * lanes)..]),
                    PackedKoalaBear.SumEach(coordinates[(4 * lanes)..]));
                var target = sums.AsSpan(first, count);
                if (count == lanes)
                {
                    (PackedExtension5.Load(target) + combined).Store(target);
                    continue;
                }

                combined.Store(rest);
                for (var r = 0; r < count; r++)
                    target[r] += rest[r];
            }
        });
    }

    // Few enough rows that the columns of a block stay in the caches while vector after vector of them is read.
    private const int RowsInBlock = 128;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineBlock(
        Matrix matrix, Extension5[] weights, LaneColumns columns, int start, int end, PackedExtension5[] partial)
    {
        for (var v = 0; v < partial.Length; v++)
        {
            PackedProductSum s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
            for (var r = start; r < end; r += 2)
            {
                var second = Math.Min(r + 1, end - 1);
                var x = new PackedFactor(columns.Load(matrix, r, v));
                var y = new PackedFactor(columns.Load(matrix, second, v));
                var w = weights[r];
                var u = second > r ? weights[second] : Extension5.Zero;
                s0.Add(x, new PackedFactor(w[0]), y, new PackedFactor(u[0]));
                s1.Add(x, new PackedFactor(w[1]), y, new PackedFactor(u[1]));
                s2.Add(x, new PackedFactor(w[2]), y, new PackedFactor(u[2]));
                s3.Add(x, new PackedFactor(w[3]), y, new PackedFactor(u[3]));
                s4.Add(x, new PackedFactor(w[4]), y, new PackedFactor(u[4]));
            }

            partial[v] += new PackedExtension5(s0.Reduce(), s1.Reduce(), s2.Reduce(), s3.Reduce(), s4.Reduce());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineRow(Matrix matrix, LaneColumns columns, PackedFactor[] prepared, int row, ref PackedKoalaBear coordinates)
    {
        PackedProductSum s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
        var v = 0;
        for (; v + 1 < columns.Vectors; v += 2)
        {
            var x = new PackedFactor(columns.Load(matrix, row, v));
            var y = new PackedFactor(columns.Load(matrix, row, v + 1));
            ref var w = ref prepared[Extension5.Degree * v];
            ref var u = ref prepared[Extension5.Degree * (v + 1)];
            s0.Add(x, w, y, u);
            s1.Add(x, Unsafe.Add(ref w, 1), y, Unsafe.Add(ref u, 1));
            s2.Add(x, Unsafe.Add(ref w, 2), y, Unsafe.Add(ref u, 2));
            s3.Add(x, Unsafe.Add(ref w, 3), y, Unsafe.Add(ref u, 3));
            s4.Add(x, Unsafe.Add(ref w, 4), y, Unsafe.Add(ref u, 4));
        }

        if (v < columns.Vectors)
        {
            var x = new PackedFactor(columns.Load(matrix, row, v));
            ref var w = ref prepared[Extension5.Degree * v];
            s0.Add(x, w);
            s1.Add(x, Unsafe.Add(ref w, 1));
            s2.Add(x, Unsafe.Add(ref w, 2));
            s3.Add(x, Unsafe.Add(ref w, 3));
            s4.Add(x, Unsafe.Add(ref w, 4));
        }

        coordinates = s0.Reduce();
        Unsafe.Add(ref coordinates, PackedKoalaBear.Lanes) = s1.Reduce();
        Unsafe.Add(ref coordinates, 2 * PackedKoalaBear.Lanes) = s2.Reduce();
        Unsafe.Add(ref coordinates, 3 * PackedKoalaBear.Lanes) = s3.Reduce();
        Unsafe.Add(ref coordinates, 4 * PackedKoalaBear.Lanes) = s4.Reduce();
    }

    private static void CombineBlock256(
        Matrix matrix, Extension5[] weights, LaneColumns columns, int start, int end, PackedExtension5[] partial)
    {
        Span<int> centred = stackalloc int[RowsInBlock * Extension5.Degree];
        centred = centred[..((end - start) * Extension5.Degree)];
        for (var i = 0; i < centred.Length; i++)
            centred[i] = ColumnSums.Centred(weights[start + (i / Extension5.Degree)][i % Extension5.Degree]);
        if (matrix.Width >= PackedKoalaBear.Lanes)
        {
            for (var v = 0; v < partial.Length; v++)
                partial[v] += ColumnSums.OverRows(ref matrix.Row(start)[columns.FirstColumn(v)], matrix.Width, centred);
            return;
        }

        Span<KoalaBear> padded = stackalloc KoalaBear[RowsInBlock * PackedKoalaBear.Lanes];
        padded.Clear();
        for (var row = start; row < end; row++)
            matrix.Row(row).CopyTo(padded[((row - start) * PackedKoalaBear.Lanes)..]);
        for (var v = 0; v < partial.Length; v++) // one, or none of a matrix without columns
            partial[v] += ColumnSums.OverRows(ref padded[0], PackedKoalaBear.Lanes, centred);
    }

    private static void AddColumnCombination256(Matrix matrix, LaneColumns columns, ReadOnlySpan<Extension5> factors, Extension5[] sums)
    {
        var centred = new int[columns.Vectors * Extension5.Degree * PackedKoalaBear.Lanes];
        for (var c = 0; c < factors.Length; c++)
        {
            for (var i = 0; i < Extension5.Degree; i++)
                centred[FactorIndex(columns, c, i)] = ColumnSums.Centred(factors[c][i]);
        }

        WorkPartition.ForRanges(matrix.Height, matrix.Width * Extension5.Degree, (start, end) =>
        {
            Span<KoalaBear> padded = stackalloc KoalaBear[PackedKoalaBear.Lanes];
            padded.Clear();
            for (var row = start; row < end; row++)
            {
                scoped ReadOnlySpan<KoalaBear> elements = matrix.Row(row);
                if (elements.Length < PackedKoalaBear.Lanes)
                {
                    elements.CopyTo(padded);
                    elements = padded;
                }

                sums[row] += ColumnSums.OverColumns(elements, centred);
            }
        });
    }

    // Where a coordinate of a column's factor lies among those of all vectors.
    private static int FactorIndex(LaneColumns columns, int column, int coordinate) =>
        (((LaneColumns.VectorOf(column) * Extension5.Degree) + coordinate) * PackedKoalaBear.Lanes) + columns.LaneOf(column);

    // For each vector of columns the five coordinates of its factors; zero where another vector already counts the column.
    private static PackedFactor[] PrepareFactors(LaneColumns columns, ReadOnlySpan<Extension5> factors)
    {
        var lanes = new KoalaBear[columns.Vectors * Extension5.Degree * PackedKoalaBear.Lanes];
        for (var c = 0; c < factors.Length; c++)
        {
            for (var i = 0; i < Extension5.Degree; i++)
                lanes[FactorIndex(columns, c, i)] = factors[c][i];
        }

        var prepared = new PackedFactor[columns.Vectors * Extension5.Degree];
        for (var i = 0; i < prepared.Length; i++)
            prepared[i] = new(PackedKoalaBear.Load(lanes.AsSpan(i * PackedKoalaBear.Lanes)));
        return prepared;
    }

    /// <summary>How a row is read as vectors: one after the other, the last one moved back to end with the row; rows under sixteen filled with zeros.</summary>
    private readonly struct LaneColumns(int width)
    {
        public int Vectors { get; } = (width + PackedKoalaBear.Lanes - 1) / PackedKoalaBear.Lanes;

        public static int VectorOf(int column) => column / PackedKoalaBear.Lanes;

        public int LaneOf(int column) => column - FirstColumn(VectorOf(column));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public PackedKoalaBear Load(Matrix matrix, int row, int vector) => width >= PackedKoalaBear.Lanes
            ? PackedKoalaBear.Load(matrix.Data.AsSpan((row * width) + FirstColumn(vector)))
            : LoadPadded(matrix.Row(row));

        private static PackedKoalaBear LoadPadded(ReadOnlySpan<KoalaBear> row)
        {
            Span<KoalaBear> padded = stackalloc KoalaBear[PackedKoalaBear.Lanes];
            row.CopyTo(padded);
            padded[row.Length..].Clear();
            return PackedKoalaBear.Load(padded);
        }

        public int FirstColumn(int vector) => Math.Max(0, Math.Min(vector * PackedKoalaBear.Lanes, width - PackedKoalaBear.Lanes));
    }
}
