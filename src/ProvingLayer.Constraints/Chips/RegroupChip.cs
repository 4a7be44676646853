using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Five blocks as eight values: forty elements, of which a block has eight and a value five. Blocks and values are the same columns, so the row says nothing but that they are the
/// same elements in the same order. Padding: nothing is read or sent.
/// </summary>
public sealed class RegroupChip : OperationChip
{
    private const int Blocks = Extension5.Degree;
    private const int Values = Cells.Limbs;
    private const int Elements = Blocks * Cells.Limbs;

    private const int AddressValues = Blocks;
    private const int Active = AddressValues + Values;
    private const int Readers = Active + 1;

    private static readonly string[] ReadNames = [.. Enumerable.Range(0, Blocks).Select(i => $"read block {i}")];
    private static readonly string[] WriteNames = [.. Enumerable.Range(0, Values).Select(i => $"write value {i}")];

    /// <inheritdoc/>
    public override string Name => "regroup";

    /// <summary>There are no constraints; with 5 four messages share a helper column, and tables that stand beside it in a verifier are of degree 5 anyway.</summary>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. Enumerable.Range(0, Elements).Select(i => $"element {i}")];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        .. Enumerable.Range(0, Blocks).Select(i => $"address block {i}"), .. Enumerable.Range(0, Values).Select(i => $"address value {i}"), "active",
        .. Enumerable.Range(0, Values).Select(i => $"readers of value {i}"),
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        for (var i = 0; i < Blocks; i++)
        {
            CellMessages.Read<T, TBuilder>(
                ref builder, Bus.Block, builder.Preprocessed(Active), builder.Preprocessed(i), i * Cells.Limbs, ReadNames[i]);
        }

        for (var i = 0; i < Values; i++)
        {
            CellMessages.Write<T, TBuilder>(
                ref builder, Bus.Value, builder.Preprocessed(Readers + i), builder.Preprocessed(AddressValues + i), i * Extension5.Degree, WriteNames[i]);
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[Active] == KoalaBear.One || (preprocessed[Active].IsZero && preprocessed[Readers..].IndexOfAnyExcept(KoalaBear.Zero) < 0)
            ? null
            : "a regrouping that is not active is read";

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < Blocks; i++)
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[Active] = KoalaBear.One;
        for (var i = 0; i < Values; i++)
        {
            row[AddressValues + i] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[i]));
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
        }
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        for (var i = 0; i < Elements; i++)
            results[(i / Extension5.Degree * Cells.Limbs) + (i % Extension5.Degree)] = step.Read(i / Cells.Limbs)[i % Cells.Limbs];
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        // From the values' cells: a lie about one is a lie about what was read.
        for (var i = 0; i < Elements; i++)
            row[i] = step.Result(i / Extension5.Degree)[i % Extension5.Degree];
    }
}
