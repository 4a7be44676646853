using ProvingLayer.Algebra;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.LogUp;

namespace ProvingLayer.Stark.Proving;

/// <summary>The permutation matrix of one table: helper columns h = Σ num/den; at a leader the sum column S and the instance column.</summary>
internal static class PermutationTrace
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Degree = Extension5.Degree;

    /// <param name="layout">The table.</param>
    /// <param name="mask">Its place in the ring of masks.</param>
    /// <param name="main">Its main rows, natural order.</param>
    /// <param name="preprocessed">The preprocessed rows of one period.</param>
    /// <param name="height">Rows of the table, a multiple of the period.</param>
    /// <param name="fingerprint">Of α and β.</param>
    /// <param name="hooks">Where to cheat.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="totals">To which Σh of each row is added.</param>
    /// <param name="buffers">Where the matrix lies.</param>
    /// <returns>The matrix, natural order, S left open.</returns>
    public static Matrix Of(
        TableLayout layout, MaskNumbers mask, Matrix main, Matrix preprocessed, int height, Fingerprint<PackedExtension5> fingerprint, ProverHooks hooks, Extension5[] totals, BufferLease buffers, CancellationToken cancellation)
    {
        var matrix = buffers.Zeros(height, layout.PermutationWidth);
        var logPeriod = int.Log2(preprocessed.Height);
        if (layout.HasInstance)
        {
            for (var row = 0; row < height; row++)
                matrix[row, layout.InstanceColumn] = KoalaBear.FromCanonical(hooks.InstanceOf((uint)(row >> logPeriod)));
        }

        if (layout.Interactions > 0)
            Ranges.Run(height / Lanes, 16, (from, to) => FillHelpers(layout, mask, main, preprocessed, fingerprint, hooks, matrix, totals, from, to), cancellation);
        return matrix;
    }

    /// <summary>Fills in S, once the helpers of all tables of the group are known.</summary>
    /// <param name="leader">The leader's matrix.</param>
    /// <param name="column">The first base column of S.</param>
    /// <param name="totals">Σh of each row, over the group.</param>
    /// <returns>The terminal T = S + Σh on the last row.</returns>
    public static Extension5 Sum(Matrix leader, int column, ReadOnlySpan<Extension5> totals)
    {
        var sum = Extension5.Zero;
        for (var row = 0; row < leader.Height; row++)
        {
            sum.CopyTo(leader.Row(row)[column..]);
            sum += totals[row];
        }

        return sum;
    }

    private static void FillHelpers(
        TableLayout layout,
        MaskNumbers mask,
        Matrix main,
        Matrix preprocessed,
        Fingerprint<PackedExtension5> fingerprint,
        ProverHooks hooks,
        Matrix matrix,
        Extension5[] totals,
        int from,
        int to)
    {
        var period = preprocessed.Height;
        var mainRow = new PackedKoalaBear[main.Width];
        var preprocessedRow = new PackedKoalaBear[preprocessed.Width];
        var preprocessedNext = new PackedKoalaBear[layout.Chip.ReadsNextPreprocessedRow ? preprocessed.Width : 0];
        var numerators = new PackedKoalaBear[layout.Interactions];
        var inverses = new PackedExtension5[layout.Interactions];
        var scratch = new PackedExtension5[layout.Interactions];
        Span<int> nextRows = stackalloc int[Lanes];
        Span<KoalaBear> instances = stackalloc KoalaBear[Lanes];
        Span<KoalaBear> isLast = stackalloc KoalaBear[Lanes];
        Span<Extension5> lanes = stackalloc Extension5[Lanes];
        instances.Clear();
        for (var pack = from; pack < to; pack++)
        {
            var first = pack * Lanes;
            PackedRows.Load(main, first, mainRow);
            PackedRows.Load(preprocessed, first % period, preprocessedRow);
            if (preprocessedNext.Length > 0)
            {
                for (var lane = 0; lane < Lanes; lane++)
                    nextRows[lane] = (first + lane + 1) % period;
                PackedRows.Load(preprocessed, nextRows, preprocessedNext);
            }

            if (layout.ReadsInstance)
                instances.Fill(KoalaBear.FromCanonical(hooks.InstanceOf((uint)(first / period)))); // sixteen rows lie in one period
            var folder = new PackedFolder
            {
                MainRow = mainRow,
                PreprocessedRow = preprocessedRow,
                PreprocessedNextRow = preprocessedNext,
                Instance = PackedKoalaBear.Load(instances),
                Fingerprint = fingerprint,
                Weights = default,
                Numerators = numerators,
                Denominators = inverses,
            };
            layout.Chip.Constrain<PackedKoalaBear, PackedFolder>(ref folder);
            if (layout.HasMask)
            {
                isLast.Clear();
                if (first + Lanes == main.Height)
                    isLast[^1] = KoalaBear.One;
                TerminalMask.Write<PackedKoalaBear, PackedExtension5, PackedAlgebra>(
                    fingerprint,
                    mainRow.AsSpan(layout.MaskColumn),
                    mask,
                    PackedKoalaBear.Load(isLast),
                    numerators.AsSpan(layout.MaskMessage),
                    inverses.AsSpan(layout.MaskMessage));
            }

            Invert(inverses, scratch, lanes);

            var total = PackedExtension5.Zero;
            for (var i = 0; i < layout.Groups.Length; i++)
            {
                var group = layout.Groups[i];
                var helper = PackedExtension5.Zero;
                for (var j = group.Start; j < group.Start + group.Count; j++)
                    helper += inverses[j] * numerators[j];
                total += helper;
                helper.Store(lanes);
                for (var lane = 0; lane < Lanes; lane++)
                    lanes[lane].CopyTo(matrix.Row(first + lane)[(i * Degree)..]);
            }

            total.Store(lanes);
            for (var lane = 0; lane < Lanes; lane++)
                totals[first + lane] += lanes[lane];
        }
    }

    /// <summary>Montgomery's trick over a row's fractions, all lanes at once, then over the lanes.</summary>
    private static void Invert(Span<PackedExtension5> values, Span<PackedExtension5> prefix, Span<Extension5> lanes)
    {
        var product = PackedExtension5.One;
        for (var i = 0; i < values.Length; i++)
        {
            prefix[i] = product;
            product *= values[i];
        }

        product.Store(lanes);
        if (!FieldAlgorithms.TryBatchInverse(lanes))
            throw new InvalidOperationException("compiler bug: a fingerprint is zero; that has probability 2^-120");
        var inverse = PackedExtension5.Load(lanes);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var value = values[i];
            values[i] = inverse * prefix[i];
            inverse *= value;
        }
    }
}
