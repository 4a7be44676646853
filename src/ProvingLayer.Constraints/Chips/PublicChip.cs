using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Reads a cell and receives its first limbs as public values (index, v), which the verifier sends: a public value that differs from the
/// cell's limb, or one dropped, leaves the bus unbalanced. Limbs that are not public are asserted to be zero, so the public values
/// determine the whole cell; those of a word are below 2^16 because its writer has checked them.
/// </summary>
public sealed class PublicChip : OperationChip
{
    private const int Address = 0;
    private const int Value = 1;
    private const int Block = 2;
    private const int Word = 3;
    private const int Index = 4;
    private const int IsPublic = 5;

    private static readonly string[] ZeroNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i} is public or zero")];

    private static readonly string[] PublicNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"public value {i}")];

    /// <inheritdoc/>
    public override string Name => "public";

    /// <inheritdoc/>
    public override int Degree => 7;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i}")];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address", "reads a value", "reads a block", "reads a word", "index",
        .. Enumerable.Range(0, Cells.Limbs).Select(i => $"limb {i} is public"),
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var address = builder.Preprocessed(Address);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, builder.Preprocessed(Value), address, 0, "read value");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(Block), address, 0, "read block");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(Word), address, 0, "read word");
        for (var i = 0; i < Cells.Limbs; i++)
        {
            var limb = builder.Main(i);
            var isPublic = builder.Preprocessed(IsPublic + i);
            builder.AssertZero((T.One - isPublic) * limb, ZeroNames[i]);
            builder.Receive(
                Bus.Public,
                MultiplicityKind.Preprocessed,
                isPublic,
                [builder.Preprocessed(Index) + CellMessages.Element<T>(i), limb],
                PublicNames[i]);
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        foreach (var flag in preprocessed.Slice(IsPublic, Cells.Limbs))
        {
            if (!flag.IsZero && flag != KoalaBear.One)
                return "a flag of the public chip is not 0 or 1";
        }

        return null;
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[Address] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[Value + step.Parameters[2]] = KoalaBear.One;
        row[Index] = KoalaBear.FromCanonical((uint)step.Parameters[1]);
        row.Slice(IsPublic, step.Parameters[0]).Fill(KoalaBear.One);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        foreach (var limb in step.Read(0)[step.Parameters[0]..])
        {
            if (!limb.IsZero)
                return "the limbs that are not public are zero";
        }

        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts) => step.Read(0).CopyTo(row);
}
