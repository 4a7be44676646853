using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The bits of the canonical integer of a base element: v = Σ 2^i·bᵢ, i = 0 … 30, all bᵢ boolean. As 2^31 > p that has a second solution for
/// v &lt; 2^31 − p, the bits of v + p. p = 127·2^24 + 1, so the integers from p on are those whose top seven bits are one and whose low 24 are not all zero: excluded by
/// <code>
///   t = b₂₄b₂₅b₂₆b₂₇,   t·b₂₈b₂₉b₃₀·(b₀ + … + b₂₃) = 0
/// </code>
/// (a sum of 24 booleans is zero only if all are). Bit i is the cell at the address of bit 0 plus i. Padding: any bits that satisfy this; unread.
/// </summary>
public sealed class BitsChip : OperationChip
{
    /// <summary>Bits of a canonical integer.</summary>
    public const int Count = 31;

    private const int LowBits = KoalaBear.TwoAdicity;
    private const int Top = Count;

    private const int AddressBits = 1;
    private const int Active = 2;
    private const int Readers = 3;

    private static readonly string[] Names = [.. Enumerable.Range(0, Count).Select(i => $"bit {i} is boolean")];

    private static readonly string[] WriteNames = [.. Enumerable.Range(0, Count).Select(i => $"write bit {i}")];

    /// <inheritdoc/>
    public override string Name => "bits";

    /// <inheritdoc/>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. Enumerable.Range(0, Count).Select(i => $"bit {i}"), "bits 24 to 27"];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address value", "address of bit 0", "active", .. Enumerable.Range(0, Count).Select(i => $"readers of bit {i}")];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var value = T.Zero;
        var low = T.Zero;
        for (var i = 0; i < Count; i++)
        {
            var bit = builder.Main(i);
            CellMessages.AssertBoolean<T, TBuilder>(ref builder, bit, Names[i]);
            value += T.Scale(bit, KoalaBear.FromCanonical(1u << i));
            if (i < LowBits)
                low += bit;
        }

        var top = builder.Main(Top);
        builder.AssertZero(
            (builder.Main(LowBits) * builder.Main(LowBits + 1) * (builder.Main(LowBits + 2) * builder.Main(LowBits + 3))) - top,
            "product of bits 24 to 27");
        builder.AssertZero(
            top * builder.Main(LowBits + 4) * (builder.Main(LowBits + 5) * builder.Main(LowBits + 6)) * low, "the bits are those of an integer below p");

        var active = builder.Preprocessed(Active);
        CellMessages.ReadBase<T, TBuilder>(ref builder, active, builder.Preprocessed(0), value, "read value");
        for (var i = 0; i < Count; i++)
        {
            CellMessages.WriteBase<T, TBuilder>(
                ref builder, builder.Preprocessed(Readers + i), builder.Preprocessed(AddressBits) + CellMessages.Element<T>(i), builder.Main(i), WriteNames[i]);
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (preprocessed[Active] == KoalaBear.One)
            return null;
        return preprocessed[Active].IsZero && preprocessed[Readers..].IndexOfAnyExcept(KoalaBear.Zero) < 0
            ? null
            : "a decomposition that is not active is read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[0] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[AddressBits] = KoalaBear.FromCanonical((uint)step.Results[0]);
        row[Active] = KoalaBear.One;
        for (var i = 0; i < step.Results.Length; i++)
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var value = step.Read(0);
        for (var i = 0; i < step.Results.Length; i++)
            results[i * Cells.Limbs] = Bit(value[0], i);
        return value[1..].IndexOfAnyExcept(KoalaBear.Zero) < 0 ? null : "the value is a base element";
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        // Bits that are cells come from the cells, the others from the value.
        for (var i = 0; i < Count; i++)
            row[i] = i < step.Results.Length ? step.Result(i)[0] : Bit(step.Read(0)[0], i);
        row[Top] = row[LowBits] * row[LowBits + 1] * (row[LowBits + 2] * row[LowBits + 3]);
    }

    private static KoalaBear Bit(KoalaBear value, int index) =>
        ((value.Canonical >> index) & 1) == 0 ? KoalaBear.Zero : KoalaBear.One;
}
