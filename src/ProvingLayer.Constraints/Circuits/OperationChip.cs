using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>A chip that carries out instructions, one a row.</summary>
public abstract class OperationChip : Chip
{
    private protected OperationChip()
    {
    }

    /// <summary>Writes the preprocessed row of an instruction; the row comes zeroed.</summary>
    internal abstract void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row);

    /// <summary>
    /// Computes the results from the operands, eight limbs each; returns what the instruction expects of its operands and does not find, or null.
    /// </summary>
    internal abstract string? Compute(in Step step, Span<KoalaBear> results);

    /// <summary>
    /// Writes the main row from the values of the cells, operands and results; the row comes zeroed. When a fault was injected the values
    /// need not fit together; the row then holds what fits best.
    /// </summary>
    internal abstract void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts);

    /// <summary>Writes, in all rows of one instance, the cells that follow from others of their row, where that is quicker for many rows at once; rows without an instruction come zeroed.</summary>
    internal virtual void Complete(Matrix rows)
    {
    }

    /// <summary>A row that satisfies the constraints and takes part in nothing; empty where zeros do.</summary>
    internal virtual ReadOnlySpan<KoalaBear> PaddingRow() => [];
}

/// <summary>How often each cell is read.</summary>
internal readonly ref struct ReaderCounts(ReadOnlySpan<int> counts)
{
    private readonly ReadOnlySpan<int> counts = counts;

    /// <summary>The multiplicity with which a result is sent: its number of readers, or −1 where it must equal a cell written before.</summary>
    public KoalaBear MultiplicityOf(int result) =>
        result < 0 ? -KoalaBear.One : KoalaBear.FromCanonical((uint)counts[result]);
}
