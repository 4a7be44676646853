using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Writes cells whose values the prover chooses: inputs and advice. The one place where unpinned values come from.
/// Limb i is low + 256·high. A word row looks both up, so its limbs are below 2^16; a value or block row looks up nothing, and any pair of
/// columns that gives its limb will do (the executor takes high = 0): only the limb leaves the row.
/// </summary>
public sealed class InputChip : FreeCellsChip
{
    private const int Address = 0;
    private const int Value = 1;
    private const int Block = 2;
    private const int Word = 3;
    private const int IsWord = 4;

    /// <inheritdoc/>
    public override string Name => "input";

    /// <inheritdoc/>
    public override int Degree => 8;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = ByteColumns.Names("limb");

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address", "readers as value", "readers as block", "readers as word", "is word"];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var isWord = builder.Preprocessed(IsWord);
        ByteColumns.LookUp<T, TBuilder>(ref builder, isWord, 0, MainColumns);
        var limbs = ByteColumns.Limbs<T, TBuilder>(ref builder, 0);
        var address = builder.Preprocessed(Address);
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Value, builder.Preprocessed(Value), address, limbs, "input value");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(Block), address, limbs, "input block");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(Word), address, limbs, "input word");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        var isWord = preprocessed[IsWord];
        if (!isWord.IsZero && isWord != KoalaBear.One)
            return "the word flag of an input is not 0 or 1";
        return isWord.IsZero && !preprocessed[Word].IsZero ? "an input is read as a word and not range-checked" : null;
    }

    internal override void Preprocess(CellType type, int address, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[Address] = KoalaBear.FromCanonical((uint)address);
        row[Value + (int)type] = readers.MultiplicityOf(address);
        row[IsWord] = type == CellType.Word ? KoalaBear.One : KoalaBear.Zero;
    }

    internal override void Fill(CellType type, ReadOnlySpan<KoalaBear> limbs, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        if (type == CellType.Word)
        {
            ByteColumns.Fill(limbs, row, byteCounts);
            return;
        }

        for (var i = 0; i < Cells.Limbs; i++)
            row[2 * i] = limbs[i];
    }
}
