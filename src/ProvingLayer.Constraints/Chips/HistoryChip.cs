using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// One step of a history: reads the carry before and after, receives (step, carry) and sends (step + 1, carry'), each as often as <c>active</c>
/// says. One message holds the whole carry: two, each with its part, could be chained in different orders. The verifier sends (0, from) and receives
/// (n, to). Every active row is an edge from level step to level step + 1; a closed cycle would need p edges and there are fewer than 2^24; so a balanced
/// flow of edges counted 0 or 1 is one path from (0, from) to (n, to): no step is skipped, repeated, forked or beside the path. It leans on
/// <c>active</c> being boolean (−1 would undo steps, ½ + ½ mix histories) and on padding being inactive, whose carries nothing pins. An instance that is not
/// active is an ordinary run of its circuit; no other table knows of it.
/// </summary>
public sealed class HistoryChip : OperationChip
{
    /// <summary>The column of the step's number.</summary>
    internal const int StepColumn = 0;

    /// <summary>The column that says whether the step is part of the history.</summary>
    internal const int ActiveColumn = 1;

    private const int Before = 2;
    private const int After = Before + Cells.Limbs;
    private const int IsUsed = 2;

    /// <inheritdoc/>
    public override string Name => "history";

    /// <inheritdoc/>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        "step", "active", .. Enumerable.Range(0, Cells.Limbs).Select(i => $"before {i}"),
        .. Enumerable.Range(0, Cells.Limbs).Select(i => $"after {i}"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } = ["address before", "address after", "is used"];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var step = builder.Main(StepColumn);
        var active = builder.Main(ActiveColumn);
        var isUsed = builder.Preprocessed(IsUsed);
        CellMessages.AssertBoolean<T, TBuilder>(ref builder, active, "active is boolean");
        builder.AssertZero(active * (T.One - isUsed), "padding is not active");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isUsed, builder.Preprocessed(0), Before, "read carry before");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isUsed, builder.Preprocessed(1), After, "read carry after");

        var before = default(CarryMessage<T>);
        var after = default(CarryMessage<T>);
        before[0] = step;
        after[0] = step + T.One;
        for (var i = 0; i < Cells.Limbs; i++)
        {
            before[1 + i] = builder.Main(Before + i);
            after[1 + i] = builder.Main(After + i);
        }

        builder.Receive(Bus.History, MultiplicityKind.Boolean, active, before, "take up");
        builder.Send(Bus.History, MultiplicityKind.Boolean, active, after, "hand on");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[IsUsed] == (row == 0 ? KoalaBear.One : KoalaBear.Zero) ? null : "an instance of a circuit is one step of a history";

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[0] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[1] = KoalaBear.FromCanonical((uint)step.Reads[1]);
        row[IsUsed] = KoalaBear.One;
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results) => null;

    /// <summary>A run by itself is the first and only step of a history; a batch numbers its steps afterwards.</summary>
    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        row[ActiveColumn] = KoalaBear.One;
        step.Read(0).CopyTo(row[Before..]);
        step.Read(1).CopyTo(row[After..]);
    }

    /// <summary>Makes a run's row that of a step of a history, or of none.</summary>
    internal static void Number(Span<KoalaBear> row, int? step)
    {
        row[StepColumn] = KoalaBear.FromCanonical((uint)(step ?? 0));
        row[ActiveColumn] = step is null ? KoalaBear.Zero : KoalaBear.One;
    }

    [System.Runtime.CompilerServices.InlineArray(1 + Cells.Limbs)]
    private struct CarryMessage<T>
    {
        private T first;
    }
}
