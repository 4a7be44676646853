using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The end of a SHA-256 compression: eight sums modulo 2^32 of the chaining value before it and the state after its rounds. In halves of 16 bits with boolean carries,
/// result + 2^16·carry = before + state, every side below 2^17 + 1; the result's bytes are looked up. Written twice: as the chaining value of the next block, halves of words, and as the
/// digest's bytes, big-endian in each word. Padding: zeros; nothing is read, written or looked up.
/// </summary>
public sealed class Sha256SumChip : OperationChip
{
    private const int Words = 2; // of the bus: eight of 32 bits
    private const int Halves = Words * Cells.Limbs;
    private const int Before = 0;
    private const int State = Before + Halves;
    private const int Bytes = State + Halves;
    private const int Carries = Bytes + (2 * Halves);

    private const int AddressResults = 2 * Words;
    private const int Active = AddressResults + 1;
    private const int Readers = Active + 1;

    private static readonly ImmutableArray<string> SumNames = [.. Enumerable.Range(0, Halves).Select(i => $"half {i} is a sum")];
    private static readonly ImmutableArray<string> CarryNames = [.. Enumerable.Range(0, Halves).Select(i => $"carry {i} is boolean")];
    private static readonly ImmutableArray<string> ReadNames = ["read value 0", "read value 1", "read state 0", "read state 1"];
    private static readonly ImmutableArray<string> WriteNames = ["write value 0", "write value 1", "write bytes 0", "write bytes 1"];

    /// <inheritdoc/>
    public override string Name => "sha256 sum";

    /// <summary>The constraints have degree 2; with 9 eight messages share a helper column.</summary>
    public override int Degree => 9;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        .. Enumerable.Range(0, Halves).Select(i => $"before {i}"), .. Enumerable.Range(0, Halves).Select(i => $"state {i}"),
        .. Enumerable.Range(0, Words).SelectMany(i => ByteColumns.Names($"result {i}")), .. Enumerable.Range(0, Halves).Select(i => $"carry {i}"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        .. ReadNames.Select(name => name.Replace("read", "address", StringComparison.Ordinal)), "address of result 0", "active",
        .. Enumerable.Range(0, 2 * Words).Select(i => $"readers of result {i}"),
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        for (var i = 0; i < Halves; i++)
        {
            var carry = builder.Main(Carries + i);
            var sum = builder.Main(Before + i) + builder.Main(State + i);
            if (i % 2 == 1)
                sum += builder.Main(Carries + i - 1);
            builder.AssertZero(
                sum - builder.Main(Bytes + (2 * i)) - T.Scale(builder.Main(Bytes + (2 * i) + 1), KoalaBear.FromCanonical(256))
                    - T.Scale(carry, KoalaBear.FromCanonical(1u << Cells.LimbBits)),
                SumNames[i]);
            CellMessages.AssertBoolean<T, TBuilder>(ref builder, carry, CarryNames[i]);
        }

        var active = builder.Preprocessed(Active);
        for (var i = 0; i < 2 * Words; i++)
            CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(i), i * Cells.Limbs, ReadNames[i]);
        for (var i = 0; i < Words; i++)
        {
            var first = Bytes + (i * ByteColumns.Count);
            ByteColumns.LookUp<T, TBuilder>(ref builder, active, first, MainColumns);
            Write(ref builder, i, ByteColumns.Limbs<T, TBuilder>(ref builder, first));
        }

        for (var i = 0; i < Words; i++)
        {
            // Limb 2j has the two high bytes of word j, the highest first; limb 2j + 1 the two low ones.
            var limbs = default(CellMessages.Limbs<T>);
            for (var j = 0; j < Cells.Limbs; j++)
            {
                var half = Bytes + (i * ByteColumns.Count) + (2 * (j ^ 1));
                limbs[j] = builder.Main(half + 1) + T.Scale(builder.Main(half), KoalaBear.FromCanonical(256));
            }

            Write(ref builder, Words + i, limbs);
        }

        static void Write(ref TBuilder builder, int result, CellMessages.Limbs<T> limbs) =>
            CellMessages.Write<T, TBuilder>(
                ref builder, Bus.Word, builder.Preprocessed(Readers + result), builder.Preprocessed(AddressResults) + CellMessages.Element<T>(result), limbs, WriteNames[result]);
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[Active] == KoalaBear.One || (preprocessed[Active].IsZero && preprocessed[Readers..].IndexOfAnyExcept(KoalaBear.Zero) < 0)
            ? null
            : "a sum that is not active is read";

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < 2 * Words; i++)
        {
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
        }

        row[AddressResults] = KoalaBear.FromCanonical((uint)step.Results[0]);
        row[Active] = KoalaBear.One;
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        for (var i = 0; i < Words; i++)
        {
            var carry = 0u;
            for (var j = 0; j < Cells.Limbs; j++)
            {
                var sum = step.Read(i)[j].Canonical + step.Read(Words + i)[j].Canonical + (j % 2 == 1 ? carry : 0);
                carry = sum >> Cells.LimbBits;
                var half = sum & BitColumns.Ones;
                results[(Cells.Limbs * i) + j] = KoalaBear.FromCanonical(half);
                results[(Cells.Limbs * (Words + i)) + (j ^ 1)] = KoalaBear.FromCanonical((half >> 8) | ((half & 0xff) << 8));
            }
        }

        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        for (var i = 0; i < Words; i++)
        {
            step.Read(i).CopyTo(row[(Before + (Cells.Limbs * i))..]);
            step.Read(Words + i).CopyTo(row[(State + (Cells.Limbs * i))..]);
            ByteColumns.Fill(step.Result(i), row[(Bytes + (i * ByteColumns.Count))..], byteCounts);
        }

        for (var i = 0; i < Halves; i++)
        {
            var sum = row[Before + i].Canonical + row[State + i].Canonical + (i % 2 == 1 ? row[Carries + i - 1].Canonical : 0);
            row[Carries + i] = KoalaBear.FromCanonical(sum >> Cells.LimbBits);
        }
    }
}
