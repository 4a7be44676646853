using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Arithmetic in the extension: d = k₀·a·b + k₁·a + k₂·b + k₃·c + k₄ with preprocessed base coefficients. One row is a multiply-add, a
/// linear combination or a boolean connective (or = a + b − ab). An assertion is the same row with d read instead of written.
/// All four operands are bound by the bus on active rows; d is a function of a, b, c. On padding all coefficients are zero, which pins d = 0
/// and leaves a, b, c free and unread.
/// </summary>
public sealed class ExtensionChip : OperationChip
{
    private const int Degree5 = Extension5.Degree;
    private const int Operands = 3;
    private const int Result = Operands * Degree5;
    private const int Active = 4;
    private const int Multiplicity = 5;
    private const int Coefficients = 6;
    private const int CoefficientCount = 5;

    /// <inheritdoc/>
    public override string Name => "extension";

    /// <inheritdoc/>
    public override int Degree => 3;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
        [.. from operand in "abcd" from limb in Enumerable.Range(0, Degree5) select $"{operand} {limb}"];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address a", "address b", "address c", "address d", "active", "readers of d",
        "coefficient of ab", "coefficient of a", "coefficient of b", "coefficient of c", "constant",
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var left = ExtensionColumns.Main<T, TBuilder>(ref builder, 0);
        var right = ExtensionColumns.Main<T, TBuilder>(ref builder, Degree5);
        var s = ExtensionColumns.Multiply<T>(left, right);
        var ab = builder.Preprocessed(Coefficients);
        var a = builder.Preprocessed(Coefficients + 1);
        var b = builder.Preprocessed(Coefficients + 2);
        var c = builder.Preprocessed(Coefficients + 3);
        for (var i = 0; i < Degree5; i++)
        {
            var value = (ab * s[i]) + (a * builder.Main(i)) + (b * builder.Main(Degree5 + i)) + (c * builder.Main((2 * Degree5) + i))
                - builder.Main(Result + i);
            builder.AssertZero(i == 0 ? value + builder.Preprocessed(Coefficients + 4) : value, Names[i]);
        }

        var active = builder.Preprocessed(Active);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, active, builder.Preprocessed(0), 0, "read a");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, active, builder.Preprocessed(1), Degree5, "read b");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, active, builder.Preprocessed(2), 2 * Degree5, "read c");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Value, builder.Preprocessed(Multiplicity), builder.Preprocessed(3), Result, "write d");
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < Operands; i++)
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[Operands] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[Active] = KoalaBear.One;
        row[Multiplicity] = readers.MultiplicityOf(step.Results[0]);
        for (var i = 0; i < CoefficientCount; i++)
            row[Coefficients + i] = step.Element(i);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var a = new Extension5(step.Read(0)[..Degree5]);
        var b = new Extension5(step.Read(1)[..Degree5]);
        var c = new Extension5(step.Read(2)[..Degree5]);
        var d = (c * step.Element(3)) + step.Element(4);
        if (step.Parameters[0] != 0)
            d += a * b * step.Element(0);
        if (step.Parameters[1] != 0)
            d += a * step.Element(1);
        if (step.Parameters[2] != 0)
            d += b * step.Element(2);
        d.CopyTo(results);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        for (var i = 0; i < Operands; i++)
            step.Read(i)[..Degree5].CopyTo(row[(i * Degree5)..]);
        step.Result(0)[..Degree5].CopyTo(row[Result..]);
    }

    private static readonly string[] Names = [.. Enumerable.Range(0, Degree5).Select(i => $"d is the combination, limb {i}")];
}
