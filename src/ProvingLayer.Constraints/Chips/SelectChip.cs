using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// r = f + c·(t − f) for a boolean c, which the row asserts, and two words or two blocks. r is limb by limb t or f, so words give a word without a
/// look-up; a row reads and writes on one bus only (key generation checks the flags), so a block never becomes a word. r is no column but the
/// expression of degree 2 that is sent. Padding: nothing is read or sent, t and f are free, c is boolean.
/// </summary>
public sealed class SelectChip : OperationChip
{
    private const int Condition = 0;
    private const int WhenTrue = 1;
    private const int WhenFalse = WhenTrue + Cells.Limbs;

    private const int AddressResult = 3;
    private const int IsWord = 4;
    private const int IsBlock = 5;
    private const int ReadersWord = 6;
    private const int ReadersBlock = 7;

    /// <inheritdoc/>
    public override string Name => "select";

    /// <inheritdoc/>
    public override int Degree => 6;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        "condition", .. Enumerable.Range(0, Cells.Limbs).Select(i => $"when true {i}"),
        .. Enumerable.Range(0, Cells.Limbs).Select(i => $"when false {i}"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address condition", "address when true", "address when false", "address result",
        "of words", "of blocks", "readers of word", "readers of block",
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var condition = builder.Main(Condition);
        CellMessages.AssertBoolean<T, TBuilder>(ref builder, condition, "condition is boolean");
        var result = default(CellMessages.Limbs<T>);
        for (var i = 0; i < Cells.Limbs; i++)
            result[i] = builder.Main(WhenFalse + i) + (condition * (builder.Main(WhenTrue + i) - builder.Main(WhenFalse + i)));

        // In this order three helper columns do: {1, 1, 1}, {1, 2}, {1, 2} are the degrees of the fingerprints.
        var isWord = builder.Preprocessed(IsWord);
        var isBlock = builder.Preprocessed(IsBlock);
        var whenTrue = builder.Preprocessed(1);
        var whenFalse = builder.Preprocessed(2);
        var address = builder.Preprocessed(AddressResult);
        CellMessages.ReadBase<T, TBuilder>(ref builder, isWord + isBlock, builder.Preprocessed(0), condition, "read condition");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, isWord, whenTrue, WhenTrue, "read word when true");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isBlock, whenTrue, WhenTrue, "read block when true");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, isWord, whenFalse, WhenFalse, "read word when false");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(ReadersWord), address, result, "write word");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isBlock, whenFalse, WhenFalse, "read block when false");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(ReadersBlock), address, result, "write block");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (!TypeFlags.AreValid(preprocessed[IsWord], preprocessed[IsBlock]))
            return "a selection is of words and blocks at once";
        if (preprocessed[IsWord].IsZero && !preprocessed[ReadersWord].IsZero)
            return "a selection that is not of words writes a word";
        return preprocessed[IsBlock].IsZero && !preprocessed[ReadersBlock].IsZero ? "a selection that is not of blocks writes a block" : null;
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < 3; i++)
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[AddressResult] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        var block = step.OperandType == CellType.Block ? 1 : 0;
        row[IsWord + block] = KoalaBear.One;
        row[ReadersWord + block] = readers.MultiplicityOf(step.Results[0]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var condition = step.Read(0);
        step.Read(condition[0].IsZero ? 2 : 1).CopyTo(results);
        return (condition[0].IsZero || condition[0] == KoalaBear.One) && condition[1..].IndexOfAnyExcept(KoalaBear.Zero) < 0
            ? null
            : "the condition is 0 or 1";
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        row[Condition] = step.Read(0)[0];
        step.Read(1).CopyTo(row[WhenTrue..]);
        step.Read(2).CopyTo(row[WhenFalse..]);
    }
}

/// <summary>The flags of rows that take words or blocks.</summary>
internal static class TypeFlags
{
    /// <summary>Both are 0 or 1 and not both 1.</summary>
    public static bool AreValid(KoalaBear isWord, KoalaBear isBlock) =>
        (isWord.IsZero || isWord == KoalaBear.One) && (isBlock.IsZero || isBlock == KoalaBear.One) && (isWord.IsZero || isBlock.IsZero);
}
