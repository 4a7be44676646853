using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>A chip that writes cells whose values the prover chooses: a row a cell, whatever instruction the cell is a result of.</summary>
public abstract class FreeCellsChip : OperationChip
{
    private protected FreeCellsChip()
    {
    }

    /// <summary>Writes the preprocessed row of a cell; the row comes zeroed.</summary>
    internal abstract void Preprocess(CellType type, int address, in ReaderCounts readers, Span<KoalaBear> row);

    /// <summary>Writes the main row of a cell; the row comes zeroed.</summary>
    internal abstract void Fill(CellType type, ReadOnlySpan<KoalaBear> limbs, Span<KoalaBear> row, Span<uint> byteCounts);

    internal sealed override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row) =>
        throw new InvalidOperationException("compiler bug: inputs are written cell by cell");

    internal sealed override string? Compute(in Step step, Span<KoalaBear> results) =>
        throw new InvalidOperationException("compiler bug: the values of inputs come from outside");

    internal sealed override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts) =>
        throw new InvalidOperationException("compiler bug: inputs are written cell by cell");
}
