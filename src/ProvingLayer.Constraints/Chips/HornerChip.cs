using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Thirty-two steps of Horner's rule over four blocks v₀ … v₃₁: d = a·x³² + Σ vᵢxⁱ, two steps to a column:
/// <code>
///   a₁₅ = (a·x + v₃₁)·x + v₃₀,   a₁₄ = (a₁₅·x + v₂₉)·x + v₂₈,   …,   d = a₀ = (a₁·x + v₁)·x + v₀
/// </code>
/// of degree 3. All of a, x, v come from the bus on active rows; every other column is a function of these. Padding: zeros, unread.
/// </summary>
public sealed class HornerChip : OperationChip
{
    private const int Blocks = 4;
    private const int Elements = Blocks * Cells.Limbs;
    private const int Steps = Elements / 2;
    private const int Accumulator = Elements;
    private const int Point = Accumulator + Extension5.Degree;
    private const int Sums = Point + Extension5.Degree; // a₁₅, …, a₀ = d
    private const int Result = Sums + ((Steps - 1) * Extension5.Degree);

    private const int AddressAccumulator = 0;
    private const int AddressPoint = 1;
    private const int AddressBlocks = 2;
    private const int AddressResult = AddressBlocks + Blocks;
    private const int Active = AddressResult + 1;
    private const int Readers = Active + 1;

    private static readonly string[] ReadNames = [.. Enumerable.Range(0, Blocks).Select(i => $"read block {i}")];

    private static readonly string[] Names = [.. from step in Enumerable.Range(0, Steps) from limb in Enumerable.Range(0, Extension5.Degree) select $"step {step}, limb {limb}"];

    /// <inheritdoc/>
    public override string Name => "horner";

    /// <summary>The constraints are of degree 3; with 5 four messages share a helper column, and tables that stand beside it in a verifier are of degree 5 anyway.</summary>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        .. Enumerable.Range(0, Elements).Select(i => $"coefficient {i}"), .. ExtensionColumns.Names("accumulator"), .. ExtensionColumns.Names("point"),
        .. from step in Enumerable.Range(0, Steps) from name in ExtensionColumns.Names($"sum {step}") select name,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
        ["address accumulator", "address point", .. Enumerable.Range(0, Blocks).Select(i => $"address block {i}"), "address result", "active", "readers of result"];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var point = ExtensionColumns.Main<T, TBuilder>(ref builder, Point);
        var sum = ExtensionColumns.Main<T, TBuilder>(ref builder, Accumulator);
        for (var step = 0; step < Steps; step++)
        {
            var value = ExtensionColumns.Multiply<T>(sum, point);
            value[0] += builder.Main(Elements - 1 - (2 * step));
            value = ExtensionColumns.Multiply<T>(value, point);
            value[0] += builder.Main(Elements - 2 - (2 * step));
            sum = ExtensionColumns.Main<T, TBuilder>(ref builder, Sums + (step * Extension5.Degree));
            for (var i = 0; i < Extension5.Degree; i++)
                builder.AssertZero(value[i] - sum[i], Names[(step * Extension5.Degree) + i]);
        }

        var active = builder.Preprocessed(Active);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, active, builder.Preprocessed(AddressAccumulator), Accumulator, "read accumulator");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, active, builder.Preprocessed(AddressPoint), Point, "read point");
        for (var i = 0; i < Blocks; i++)
            CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, active, builder.Preprocessed(AddressBlocks + i), i * Cells.Limbs, ReadNames[i]);
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Value, builder.Preprocessed(Readers), builder.Preprocessed(AddressResult), Result, "write result");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[Active] == KoalaBear.One || (preprocessed[Active].IsZero && preprocessed[Readers].IsZero) ? null : "a sum that is not active is read";

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < step.Reads.Length; i++)
            row[AddressAccumulator + i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[AddressResult] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[Active] = KoalaBear.One;
        row[Readers] = readers.MultiplicityOf(step.Results[0]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var point = new Extension5(step.Read(1)[..Extension5.Degree]);
        var sum = new Extension5(step.Read(0)[..Extension5.Degree]);
        for (var block = 2 + Blocks - 1; block >= 2; block--)
        {
            for (var i = Cells.Limbs - 1; i >= 0; i--)
                sum = (sum * point) + step.Read(block)[i];
        }

        sum.CopyTo(results);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        for (var i = 0; i < Blocks; i++)
            step.Read(2 + i).CopyTo(row[(i * Cells.Limbs)..]);
        step.Read(0)[..Extension5.Degree].CopyTo(row[Accumulator..]);
        step.Read(1)[..Extension5.Degree].CopyTo(row[Point..]);
        var point = new Extension5(step.Read(1)[..Extension5.Degree]);
        var sum = new Extension5(step.Read(0)[..Extension5.Degree]);
        for (var i = 0; i < Steps - 1; i++)
        {
            sum = (((sum * point) + row[Elements - 1 - (2 * i)]) * point) + row[Elements - 2 - (2 * i)];
            sum.CopyTo(row[(Sums + (i * Extension5.Degree))..]);
        }

        step.Result(0)[..Extension5.Degree].CopyTo(row[Result..]);
    }
}
