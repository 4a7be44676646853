using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Puts two words into one: with the preprocessed one-hot shift n = 1 … 7 the result is lowⱼ + highⱼ₋ₙ, where the limbs of low from n on and the
/// last n of high are asserted to be zero. Each limb of the result is thus one limb of an operand: a word without a look-up. The same row, its result
/// unread, checks that a word has at most n limbs; its result compared with a given word, that two words are its parts.
/// The result is the expression of degree 2 that is sent. Padding: no shift, nothing is read; both operands are free.
/// </summary>
public sealed class PackChip : OperationChip
{
    private const int Low = 0;
    private const int High = Low + Cells.Limbs;

    private const int AddressResult = 2;
    private const int Active = 3;
    private const int Readers = 4;
    private const int Shift = 4; // Shift + n, n = 1 … 7
    private const int Shifts = Cells.Limbs - 1;

    private static readonly string[] LowNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i} of the low word is below the shift or zero")];
    private static readonly string[] HighNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i} of the high word stays or is zero")];

    /// <inheritdoc/>
    public override string Name => "pack";

    /// <inheritdoc/>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
        [.. from name in new[] { "low", "high" } from limb in Enumerable.Range(0, Cells.Limbs) select $"{name} {limb}"];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address low", "address high", "address result", "active", "readers", .. Enumerable.Range(1, Shifts).Select(n => $"shift {n}")];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        // Σ_{n ≤ i} shiftₙ is 1 where limb i of low must be zero, Σ_{n ≥ 8−i} shiftₙ where limb i of high must.
        var above = T.Zero;
        var leaving = T.Zero;
        for (var i = 1; i < Cells.Limbs; i++)
        {
            above += builder.Preprocessed(Shift + i);
            leaving += builder.Preprocessed(Shift + Cells.Limbs - i);
            builder.AssertZero(above * builder.Main(Low + i), LowNames[i]);
            builder.AssertZero(leaving * builder.Main(High + i), HighNames[i]);
        }

        var result = default(CellMessages.Limbs<T>);
        for (var j = 0; j < Cells.Limbs; j++)
        {
            var limb = builder.Main(Low + j);
            for (var n = 1; n <= j; n++)
                limb += builder.Preprocessed(Shift + n) * builder.Main(High + j - n);
            result[j] = limb;
        }

        var active = builder.Preprocessed(Active);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(0), Low, "read low");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(1), High, "read high");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Word, builder.Preprocessed(Readers), builder.Preprocessed(AddressResult), result, "write result");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        var active = preprocessed[Active];
        var shifts = preprocessed.Slice(Shift + 1, Shifts);
        if (active == KoalaBear.One)
        {
            return shifts.Count(KoalaBear.One) == 1 && shifts.Count(KoalaBear.Zero) == Shifts - 1 ? null : "the shift of a packing is not one-hot";
        }

        return active.IsZero && preprocessed[Readers].IsZero ? null : "a packing that is not active is read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[0] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[1] = KoalaBear.FromCanonical((uint)step.Reads[1]);
        row[AddressResult] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[Active] = KoalaBear.One;
        row[Readers] = readers.MultiplicityOf(step.Results[0]);
        row[Shift + step.Parameters[0]] = KoalaBear.One;
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var shift = step.Parameters[0];
        var low = step.Read(0);
        var high = step.Read(1);
        low[..shift].CopyTo(results);
        high[..(Cells.Limbs - shift)].CopyTo(results[shift..]);
        if (low[shift..].IndexOfAnyExcept(KoalaBear.Zero) >= 0)
            return $"the low word has at most {shift} limbs";
        return high[(Cells.Limbs - shift)..].IndexOfAnyExcept(KoalaBear.Zero) >= 0
            ? $"the high word has at most {Cells.Limbs - shift} limbs"
            : null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        step.Read(0).CopyTo(row[Low..]);
        step.Read(1).CopyTo(row[High..]);
    }
}
