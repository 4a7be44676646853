using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Writes values and blocks that the prover chooses, in circuits without words: inputs and advice. Nothing is asserted; what is sent is what stands in the row, a value's first
/// five limbs or a block's eight. A value's last three columns are free and leave the row nowhere. Padding: nothing is sent.
/// </summary>
public sealed class WitnessChip : FreeCellsChip
{
    private const int Address = 0;
    private const int Value = 1;
    private const int Block = 2;

    /// <inheritdoc/>
    public override string Name => "witness";

    /// <inheritdoc/>
    public override int Degree => 3;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i}")];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } = ["address", "readers as value", "readers as block"];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var address = builder.Preprocessed(Address);
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Value, builder.Preprocessed(Value), address, 0, "witness value");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(Block), address, 0, "witness block");
    }

    internal override void Preprocess(CellType type, int address, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[Address] = KoalaBear.FromCanonical((uint)address);
        row[Value + (int)type] = readers.MultiplicityOf(address);
    }

    internal override void Fill(CellType type, ReadOnlySpan<KoalaBear> limbs, Span<KoalaBear> row, Span<uint> byteCounts) => limbs.CopyTo(row);
}
