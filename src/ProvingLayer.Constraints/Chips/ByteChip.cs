using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The range table: row v sends (v), v = 0 … 255, as often as it is looked up. The count is the prover's, but the message is wholly
/// preprocessed: whatever the counts are, only values below 2^8 can cancel (the sum of all reads stays below p, so no count wraps).
/// </summary>
public sealed class ByteChip : Chip
{
    /// <summary>log₂ of the table's height.</summary>
    public const int LogHeight = 8;

    /// <inheritdoc/>
    public override string Name => "byte";

    /// <inheritdoc/>
    public override int Degree => 3;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = ["count"];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } = ["value"];

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder) =>
        builder.Send(Bus.Byte, MultiplicityKind.Count, builder.Main(0), [builder.Preprocessed(0)], "byte");

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[0] == KoalaBear.FromCanonical((uint)row) && row < 1 << LogHeight ? null : "row v of the byte table does not hold v";

    internal static Matrix Table()
    {
        var table = new Matrix(1 << LogHeight, 1);
        for (var value = 0; value < table.Height; value++)
            table[value, 0] = KoalaBear.FromCanonical((uint)value);
        return table;
    }
}
