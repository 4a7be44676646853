using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// A block and its eight limbs as values of one limb each. The columns are the limbs; the block's message and the limbs' messages carry the same
/// columns, so the row says nothing but that they are the same elements. Each message is sent with its preprocessed multiplicity: as often as a
/// cell written here is read, or −1 where it must equal a cell written before. Spreading reads the block and writes the limbs; joining reads
/// eight values, which the bus forces to be base elements, and writes the block. A word is never a block: it cannot be spread here. Padding:
/// nothing is sent; the limbs are free and unread.
/// </summary>
public sealed class LimbsChip : OperationChip
{
    private const int AddressBlock = 0;
    private const int MultiplicityBlock = 1;
    private const int AddressLimb = 2;
    private const int MultiplicityLimb = AddressLimb + Cells.Limbs;

    private static readonly string[] LimbNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i}")];

    /// <inheritdoc/>
    public override string Name => "limbs";

    /// <inheritdoc/>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. LimbNames];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address block", "multiplicity of block", .. LimbNames.Select(name => $"address {name}"), .. LimbNames.Select(name => $"multiplicity of {name}"),
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(MultiplicityBlock), builder.Preprocessed(AddressBlock), 0, "block");
        for (var i = 0; i < Cells.Limbs; i++)
        {
            CellMessages.WriteBase<T, TBuilder>(
                ref builder, builder.Preprocessed(MultiplicityLimb + i), builder.Preprocessed(AddressLimb + i), builder.Main(i), LimbNames[i]);
        }
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        var joins = step.Instruction.Operation == Operation.Join;
        var block = joins ? step.Results[0] : ~step.Reads[0];
        row[AddressBlock] = KoalaBear.FromCanonical((uint)Step.AddressOf(block));
        row[MultiplicityBlock] = readers.MultiplicityOf(block);
        for (var i = 0; i < Cells.Limbs; i++)
        {
            var limb = joins ? ~step.Reads[i] : step.Results[i];
            row[AddressLimb + i] = KoalaBear.FromCanonical((uint)Step.AddressOf(limb));
            row[MultiplicityLimb + i] = readers.MultiplicityOf(limb);
        }
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        if (step.Instruction.Operation != Operation.Join)
        {
            for (var i = 0; i < Cells.Limbs; i++)
            {
                results.Slice(i * Cells.Limbs, Cells.Limbs).Clear();
                results[i * Cells.Limbs] = step.Read(0)[i];
            }

            return null;
        }

        string? expectation = null;
        for (var i = 0; i < Cells.Limbs; i++)
        {
            results[i] = step.Read(i)[0];
            if (step.Read(i)[1..].IndexOfAnyExcept(KoalaBear.Zero) >= 0)
                expectation = "each limb is a base element";
        }

        return expectation;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        if (step.Instruction.Operation != Operation.Join)
        {
            step.Read(0).CopyTo(row);
            return;
        }

        for (var i = 0; i < Cells.Limbs; i++)
            row[i] = step.Read(i)[0];
    }
}
