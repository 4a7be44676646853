using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Whether two words or two blocks are equal. With dᵢ = aᵢ − bᵢ and free witnesses wᵢ the result is e = 1 − Σ dᵢwᵢ, and e·dᵢ = 0 is asserted.
/// All dᵢ = 0: e = 1 whatever w is. Some dᵢ ≠ 0: e = 0, which w with wᵢ = 1/dᵢ at the first such i (the executor's choice) satisfies. So e is
/// determined and boolean; the wᵢ are free where dᵢ = 0 (and on padding), which is harmless as nothing else reads them.
/// </summary>
public sealed class EqualChip : OperationChip
{
    private const int A = 0;
    private const int B = A + Cells.Limbs;
    private const int Inverse = B + Cells.Limbs;

    private const int AddressResult = 2;
    private const int IsWord = 3;
    private const int IsBlock = 4;
    private const int Readers = 5;

    private static readonly string[] Names = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"equal or limb {i} does not differ")];

    /// <inheritdoc/>
    public override string Name => "equal";

    /// <inheritdoc/>
    public override int Degree => 7;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
        [.. from name in new[] { "a", "b", "inverse" } from limb in Enumerable.Range(0, Cells.Limbs) select $"{name} {limb}"];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address a", "address b", "address result", "of words", "of blocks", "readers"];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var equal = T.One;
        for (var i = 0; i < Cells.Limbs; i++)
            equal -= (builder.Main(A + i) - builder.Main(B + i)) * builder.Main(Inverse + i);
        for (var i = 0; i < Cells.Limbs; i++)
            builder.AssertZero(equal * (builder.Main(A + i) - builder.Main(B + i)), Names[i]);

        var isWord = builder.Preprocessed(IsWord);
        var isBlock = builder.Preprocessed(IsBlock);
        var a = builder.Preprocessed(0);
        var b = builder.Preprocessed(1);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, isWord, a, A, "read word a");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isBlock, a, A, "read block a");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, isWord, b, B, "read word b");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isBlock, b, B, "read block b");
        CellMessages.WriteBase<T, TBuilder>(ref builder, builder.Preprocessed(Readers), builder.Preprocessed(AddressResult), equal, "write result");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (!TypeFlags.AreValid(preprocessed[IsWord], preprocessed[IsBlock]))
            return "a comparison is of words and blocks at once";
        return preprocessed[IsWord].IsZero && preprocessed[IsBlock].IsZero && !preprocessed[Readers].IsZero
            ? "a comparison that is not active is read"
            : null;
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[0] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[1] = KoalaBear.FromCanonical((uint)step.Reads[1]);
        row[AddressResult] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[step.OperandType == CellType.Block ? IsBlock : IsWord] = KoalaBear.One;
        row[Readers] = readers.MultiplicityOf(step.Results[0]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        results[0] = step.Read(0).SequenceEqual(step.Read(1)) ? KoalaBear.One : KoalaBear.Zero;
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        var a = step.Read(0);
        var b = step.Read(1);
        a.CopyTo(row[A..]);
        b.CopyTo(row[B..]);
        var first = a.CommonPrefixLength(b);
        if (first < Cells.Limbs)
            row[Inverse + first] = (a[first] - b[first]).Inverse();
    }
}
