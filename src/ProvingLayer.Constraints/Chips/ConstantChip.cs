using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>Writes constants. All of it is preprocessed: the table has no main column, and key generation checks that words are words.</summary>
public sealed class ConstantChip : OperationChip
{
    private const int Address = 0;
    private const int Value = 1;
    private const int Block = 2;
    private const int Word = 3;
    private const int First = 4;

    /// <inheritdoc/>
    public override string Name => "constant";

    /// <inheritdoc/>
    public override int Degree => 4;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns => [];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address", "readers as value", "readers as block", "readers as word", .. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i}")];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var limbs = default(CellMessages.Limbs<T>);
        for (var i = 0; i < Cells.Limbs; i++)
            limbs[i] = builder.Preprocessed(First + i);
        var address = builder.Preprocessed(Address);
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Value, builder.Preprocessed(Value), address, limbs, "constant value");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(Block), address, limbs, "constant block");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(Word), address, limbs, "constant word");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (preprocessed[Word].IsZero)
            return null;
        foreach (var limb in preprocessed.Slice(First, Cells.Limbs))
        {
            if (limb.Canonical >> Cells.LimbBits != 0)
                return "a constant word has a limb of 2^16 or more";
        }

        return null;
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[Address] = KoalaBear.FromCanonical((uint)step.Results[0]);
        row[Value + step.Parameters[0]] = readers.MultiplicityOf(step.Results[0]);
        for (var i = 0; i < Cells.Limbs; i++)
            row[First + i] = step.Element(1 + i);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        for (var i = 0; i < Cells.Limbs; i++)
            results[i] = step.Element(1 + i);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
    }
}
