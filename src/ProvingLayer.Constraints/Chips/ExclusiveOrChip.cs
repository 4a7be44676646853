using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The exclusive or of two words, bit by bit: the row holds the bits of both, and limb i of the result is Σ 2^j·(a + b − 2ab), the expression of degree 2 that is sent. Sixteen
/// booleans: below 2^16. Padding: any bits; unread.
/// </summary>
public sealed class ExclusiveOrChip : OperationChip
{
    private const int Bits = Cells.Limbs * Cells.LimbBits;

    private const int AddressResult = 2;
    private const int Active = 3;
    private const int Readers = 4;

    private static readonly ImmutableArray<string> BooleanNames = [.. BitColumns.Names("a", Bits).Concat(BitColumns.Names("b", Bits)).Select(name => $"{name} is boolean")];

    /// <inheritdoc/>
    public override string Name => "exclusive or";

    /// <inheritdoc/>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. BitColumns.Names("a", Bits), .. BitColumns.Names("b", Bits)];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } = ["address a", "address b", "address result", "active", "readers"];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        BitColumns.AssertBooleans<T, TBuilder>(ref builder, 0, 2 * Bits, BooleanNames, 0);
        var (left, right, result) = (default(CellMessages.Limbs<T>), default(CellMessages.Limbs<T>), default(CellMessages.Limbs<T>));
        for (var i = 0; i < Cells.Limbs; i++)
        {
            left[i] = BitColumns.Limb<T, TBuilder>(ref builder, Cells.LimbBits * i);
            right[i] = BitColumns.Limb<T, TBuilder>(ref builder, Bits + (Cells.LimbBits * i));
            for (var j = Cells.LimbBits - 1; j >= 0; j--)
            {
                var (a, b) = (builder.Main((Cells.LimbBits * i) + j), builder.Main(Bits + (Cells.LimbBits * i) + j));
                var both = a * b;
                result[i] = result[i] + result[i] + (a + b - (both + both));
            }
        }

        var active = builder.Preprocessed(Active);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(0), left, "read a");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(1), right, "read b");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(Readers), builder.Preprocessed(AddressResult), result, "write result");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[Active] == KoalaBear.One || (preprocessed[Active].IsZero && preprocessed[Readers].IsZero) ? null : "an exclusive or that is not active is read";

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[0] = KoalaBear.FromCanonical((uint)step.Reads[0]);
        row[1] = KoalaBear.FromCanonical((uint)step.Reads[1]);
        row[AddressResult] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[Active] = KoalaBear.One;
        row[Readers] = readers.MultiplicityOf(step.Results[0]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        Words.Write(Words.ToUInt128(step.Read(0)) ^ Words.ToUInt128(step.Read(1)), results);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        // The second from the first and the result's cell: a lie about the result is a lie about what was read.
        var a = Words.ToUInt128(step.Read(0));
        Fill(a, row[..Bits]);
        Fill(a ^ Words.ToUInt128(step.Result(0)), row[Bits..]);

        static void Fill(UInt128 value, Span<KoalaBear> columns)
        {
            BitColumns.Fill((ulong)value, columns[..64]);
            BitColumns.Fill((ulong)(value >> 64), columns.Slice(64, 64));
        }
    }
}
