using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The limbs of a word, each as a value of its own: the way from integers to bits. Nothing is asserted; what is sent is what was read. Padding: nothing is
/// read or sent, the limbs are free.
/// </summary>
public sealed class UnpackChip : OperationChip
{
    private const int AddressLimbs = 1;
    private const int Active = 2;
    private const int Readers = 3;

    private static readonly string[] WriteNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"write limb {i}")];

    /// <inheritdoc/>
    public override string Name => "unpack";

    /// <inheritdoc/>
    public override int Degree => 6;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i}")];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address", "address of limb 0", "active", .. Enumerable.Range(0, Cells.Limbs).Select(i => $"readers of limb {i}")];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(Active), builder.Preprocessed(0), 0, "read word");
        for (var i = 0; i < Cells.Limbs; i++)
        {
            CellMessages.WriteBase<T, TBuilder>(
                ref builder, builder.Preprocessed(Readers + i), builder.Preprocessed(AddressLimbs) + CellMessages.Element<T>(i), builder.Main(i), WriteNames[i]);
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (preprocessed[Active] == KoalaBear.One)
            return null;
        return preprocessed[Active].IsZero && preprocessed[Readers..].IndexOfAnyExcept(KoalaBear.Zero) < 0 ? null : "an unpacking that is not active is read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[0] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[AddressLimbs] = KoalaBear.FromCanonical((uint)step.Results[0]);
        row[Active] = KoalaBear.One;
        for (var i = 0; i < Cells.Limbs; i++)
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        for (var i = 0; i < Cells.Limbs; i++)
            results[i * Cells.Limbs] = step.Read(0)[i];
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        // From the limbs' cells: a lie about one is a lie about what was read.
        for (var i = 0; i < Cells.Limbs; i++)
            row[i] = step.Result(i)[0];
    }
}
