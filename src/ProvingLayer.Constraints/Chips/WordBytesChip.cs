using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// A word and its sixteen bytes as values, the lowest first. The columns are the bytes b, each looked up; limb i of the word's message is
/// b₂ᵢ + 256·b₂ᵢ₊₁. With both below 2^8 that sum is below 2^16 and each limb has one such pair, so the word determines the bytes and they the word.
/// Splitting reads the word and writes the values; joining reads sixteen values, which the bus forces to be base elements and the look-ups to be
/// bytes, and writes the word. Each message is sent with its preprocessed multiplicity, as in <see cref="LimbsChip"/>. 33 interactions and no other
/// constraint, so the degree is 8: seven fractions share a helper column. Padding: nothing is sent or looked up; the bytes are free and unread.
/// </summary>
public sealed class WordBytesChip : OperationChip
{
    /// <summary>Bytes of a word.</summary>
    public const int Count = ByteColumns.Count;

    private const int AddressWord = 0;
    private const int MultiplicityWord = 1;
    private const int Active = 2;
    private const int AddressByte = 3;
    private const int MultiplicityByte = AddressByte + Count;

    private static readonly string[] ByteNames = [.. Enumerable.Range(0, Count).Select(i => $"byte {i}")];

    /// <inheritdoc/>
    public override string Name => "word bytes";

    /// <inheritdoc/>
    public override int Degree => 8;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = ByteColumns.Names("limb");

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address word", "multiplicity of word", "active",
        .. ByteNames.Select(name => $"address {name}"), .. ByteNames.Select(name => $"multiplicity of {name}"),
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var word = ByteColumns.Limbs<T, TBuilder>(ref builder, 0);
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(MultiplicityWord), builder.Preprocessed(AddressWord), word, "word");
        ByteColumns.LookUp<T, TBuilder>(ref builder, builder.Preprocessed(Active), 0, MainColumns);
        for (var i = 0; i < Count; i++)
        {
            CellMessages.WriteBase<T, TBuilder>(
                ref builder, builder.Preprocessed(MultiplicityByte + i), builder.Preprocessed(AddressByte + i), builder.Main(i), ByteNames[i]);
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (preprocessed[Active] == KoalaBear.One)
            return null;
        return preprocessed[Active].IsZero && preprocessed[MultiplicityWord].IsZero && preprocessed[MultiplicityByte..].IndexOfAnyExcept(KoalaBear.Zero) < 0
            ? null
            : "bytes that are not looked up are read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        var joins = step.Instruction.Operation == Operation.JoinBytes;
        var word = joins ? step.Results[0] : ~step.Reads[0];
        row[AddressWord] = KoalaBear.FromCanonical((uint)Step.AddressOf(word));
        row[MultiplicityWord] = readers.MultiplicityOf(word);
        row[Active] = KoalaBear.One;
        for (var i = 0; i < Count; i++)
        {
            var value = joins ? ~step.Reads[i] : step.Results[i];
            row[AddressByte + i] = KoalaBear.FromCanonical((uint)Step.AddressOf(value));
            row[MultiplicityByte + i] = readers.MultiplicityOf(value);
        }
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        results.Clear();
        if (step.Instruction.Operation != Operation.JoinBytes)
        {
            for (var i = 0; i < Count; i++)
            {
                var limb = step.Read(0)[i / 2].Canonical;
                results[i * Cells.Limbs] = KoalaBear.FromCanonical(i % 2 == 0 ? limb & 0xff : limb >> 8);
            }

            return null;
        }

        string? expectation = null;
        for (var i = 0; i < Count; i++)
        {
            var value = step.Read(i);
            if (value[0].Canonical > byte.MaxValue || value[1..].IndexOfAnyExcept(KoalaBear.Zero) >= 0)
                expectation = "each value is a byte";
            results[i / 2] += i % 2 == 0 ? value[0] : value[0] * KoalaBear.FromCanonical(256);
        }

        return expectation;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        // From the bytes' cells: a lie about one is a lie about the word.
        var joins = step.Instruction.Operation == Operation.JoinBytes;
        for (var i = 0; i < Count; i++)
        {
            row[i] = joins ? step.Read(i)[0] : step.Result(i)[0];
            if (row[i].Canonical <= byte.MaxValue)
                byteCounts[(int)row[i].Canonical]++;
        }
    }
}
