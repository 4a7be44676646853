using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The range table: row v sends (v) and (v + 128), v = 0 … 127, each as often as it is looked up. The counts are the prover's, but the messages are wholly
/// preprocessed: whatever the counts are, only values below 2^8 can cancel (the sum of all reads stays below p, so no count wraps). Two values a row, because the table's
/// height is the least that a small proof's longest codewords come from, and every column there is as long as they are.
/// </summary>
public sealed class ByteChip : Chip
{
    /// <summary>log₂ of the table's height.</summary>
    public const int LogHeight = 7;

    /// <summary>Values in the table.</summary>
    public const int Values = ValuesPerRow << LogHeight;

    private const int ValuesPerRow = 2;

    /// <inheritdoc/>
    public override string Name => "byte";

    /// <inheritdoc/>
    public override int Degree => 3;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = ["low count", "high count"];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } = ["value"];

    /// <inheritdoc/>
    public override bool IsShared => true;

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var value = builder.Preprocessed(0);
        builder.Send(Bus.Byte, MultiplicityKind.Count, builder.Main(0), [value], "low byte");
        builder.Send(Bus.Byte, MultiplicityKind.Count, builder.Main(1), [value + T.FromBase(KoalaBear.FromCanonical(1u << LogHeight))], "high byte");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[0] == KoalaBear.FromCanonical((uint)row) && row < 1 << LogHeight ? null : "row v of the byte table does not hold v";

    /// <summary>Where the count of a value stands.</summary>
    internal static (int Row, int Column) Place(int value) => (value & ((1 << LogHeight) - 1), value >> LogHeight);

    internal static Matrix Table()
    {
        var table = new Matrix(1 << LogHeight, 1);
        for (var value = 0; value < table.Height; value++)
            table[value, 0] = KoalaBear.FromCanonical((uint)value);
        return table;
    }
}
