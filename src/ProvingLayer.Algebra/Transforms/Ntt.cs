using System.Numerics;

namespace ProvingLayer.Algebra.Transforms;

/// <summary>
/// Number-theoretic transforms of all columns of a matrix at once. A column of 2^k coefficients, constant first, is the polynomial f; its
/// values are f(shift·ωⁱ), ω the generator of the subgroup of order 2^k.
/// </summary>
/// <remarks>
/// Evaluation divides with remainder from X^n − shiftⁿ down to X − x (<see cref="Twiddles"/>): coefficients in natural order become values in
/// bit-reversed order. Tall transforms are done in two passes over memory: the upper layers on rows at distance n₂ (n = n₁·n₂), the lower ones on
/// n₂ neighbouring rows, each on panels that fit the caches. Interpolation is the same backwards.
/// </remarks>
public static class Ntt
{
    // Up to this many rows one pass does all layers.
    private const int MaxLogPanel = 10;

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
        var log = BitOperations.Log2((uint)coefficients.Height);
        var logValues = BitOperations.Log2((uint)values.Height);
        var logBlowup = logValues - log;
        var reversed = order == RowOrder.Natural ? logValues : 0;

        // In bit-reversed order the values on shift·⟨ω'⟩ are, one after the other, those on the cosets shift·ω'^rev(c)·⟨ω⟩.
        var cosets = new Twiddles[1 << logBlowup];
        for (var c = 0; c < cosets.Length; c++)
            cosets[c] = Twiddles.Forward(log, shift * KoalaBear.TwoAdicRoot(logValues).Pow((ulong)BitReversal.Reverse(c, logBlowup)));
        if (log <= MaxLogPanel)
        {
            Pass(cosets.Length, log, values.Width, (panel, c, column) =>
            {
                panel.Gather(coefficients, column, new(0, 1, 0));
                Butterflies.Forward(panel.Rows, log, cosets[c], 0, 0);
                panel.Scatter(values, column, new(c << log, 1, reversed));
            });
            return;
        }

        var (upper, lower) = Divide(log);
        var between = order == RowOrder.BitReversed ? values : Matrix.Uninitialized(values.Height, values.Width);
        Pass(cosets.Length << lower, upper, values.Width, (panel, item, column) =>
        {
            var (c, i) = (item >> lower, item & ((1 << lower) - 1));
            panel.Gather(coefficients, column, new(i, 1 << lower, 0));
            Butterflies.Forward(panel.Rows, upper, cosets[c], 0, 0);
            panel.Scatter(between, column, new((c << log) + i, 1 << lower, 0));
        });
        Pass(cosets.Length << upper, lower, values.Width, (panel, item, column) =>
        {
            panel.Gather(between, column, new(item << lower, 1, 0));
            Butterflies.Forward(panel.Rows, lower, cosets[item >> upper], upper, item & ((1 << upper) - 1));
            panel.Scatter(values, column, new(item << lower, 1, reversed));
        });
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
        var reversed = order == RowOrder.Natural ? log : 0;
        var twiddles = Twiddles.Inverse(log, shift);
        var scale = new Factor(KoalaBear.Half.Pow((ulong)log));
        if (log <= MaxLogPanel)
        {
            Pass(1, log, values.Width, (panel, _, column) =>
            {
                panel.Gather(values, column, new(0, 1, reversed));
                Butterflies.Inverse(panel.Rows, log, twiddles, 0, 0);
                Butterflies.Scale(panel.Rows, scale);
                panel.Scatter(coefficients, column, new(0, 1, 0));
            });
            return;
        }

        var (upper, lower) = Divide(log);
        Pass(1 << upper, lower, values.Width, (panel, block, column) =>
        {
            panel.Gather(values, column, new(block << lower, 1, reversed));
            Butterflies.Inverse(panel.Rows, lower, twiddles, upper, block);
            panel.Scatter(coefficients, column, new(block << lower, 1, 0));
        });
        Pass(1 << lower, upper, values.Width, (panel, i, column) =>
        {
            panel.Gather(coefficients, column, new(i, 1 << lower, 0));
            Butterflies.Inverse(panel.Rows, upper, twiddles, 0, 0);
            Butterflies.Scale(panel.Rows, scale);
            panel.Scatter(coefficients, column, new(i, 1 << lower, 0));
        });
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

    private delegate void PanelAction(Panel panel, int item, int column);

    // All panels of all items; they are independent of each other. Those of the same rows follow one another.
    private static void Pass(int items, int logRows, int width, PanelAction action)
    {
        if (width == 0)
            return;
        var columns = Panel.ColumnsFor(logRows, width);
        var panels = (width + columns - 1) / columns;
        var operations = (long)(logRows + 1) * columns << logRows;
        WorkPartition.ForRanges(checked(items * panels), operations, (start, end) =>
        {
            using var panel = new Panel(logRows, columns);
            for (var i = start; i < end; i++)
                action(panel, i / panels, i % panels * columns);
        });
    }

    private static (int Upper, int Lower) Divide(int log) => ((log + 1) / 2, log / 2);

    private static void CheckShapes(Matrix source, Matrix destination)
    {
        if (!BitOperations.IsPow2(source.Height) || !BitOperations.IsPow2(destination.Height) || destination.Height > 1 << KoalaBear.TwoAdicity)
            throw new ArgumentException("Heights are powers of two up to 2^24.");
        if (source.Width != destination.Width || source.Height > destination.Height || source.Data == destination.Data)
            throw new ArgumentException("The destination is another matrix, as wide and at least as tall.");
    }
}
