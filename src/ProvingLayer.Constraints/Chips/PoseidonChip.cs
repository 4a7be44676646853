using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// One permutation: reads the rate (a block or a word) and the capacity (a block), writes both halves of the result as blocks. A compression
/// reads its left digest as the rate, its right as the capacity; a sponge step hands its capacity to the next.
/// Columns are the 16 inputs and every S-box's output (8·16 + 20), so all between them is linear, an S-box is y = x³ of degree 3, and every column
/// but the inputs is determined by those. The outputs are linear in the last round's columns. Padding: the permutation of any state, unread.
/// </summary>
/// <typeparam name="TRounds">The permutation's rounds.</typeparam>
internal sealed class PoseidonChip<TRounds> : OperationChip
    where TRounds : IPoseidonRoundText
{
    private const int Width = IPermutation.Width;
    private const int Half = Width / 2;
    private const int Rounds = Poseidon2.ExternalRounds + Poseidon2.InternalRounds;

    private const int AddressRate = 0;
    private const int AddressCapacity = 1;
    private const int AddressResult = 2;
    private const int IsWord = 4;
    private const int IsBlock = 5;
    private const int Readers = 6;

    private static readonly string[] Names = [.. SBoxes().Select(s => $"round {s.Round} S-box {s.Element}")];

    private KoalaBear[]? padding;

    public override string Name => TRounds.ChipName;

    public override int Degree => 3;

    public override ImmutableArray<string> MainColumns { get; } =
        [.. Enumerable.Range(0, Width).Select(i => $"input {i}"), .. SBoxes().Select(s => $"round {s.Round} cube {s.Element}")];

    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address rate", "address capacity", "address result rate", "address result capacity", "rate is a word", "rate is a block",
        "readers of result rate", "readers of result capacity",
    ];

    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var storage = default(State<T>);
        Span<T> state = storage;
        for (var i = 0; i < Width; i++)
            state[i] = builder.Main(i);
        TRounds.Begin(state);
        var column = Width;
        for (var round = 0; round < Rounds; round++)
        {
            TRounds.AddConstants(round, state);
            var cubed = TRounds.IsFull(round) ? Width : 1;
            for (var i = 0; i < cubed; i++)
            {
                var output = builder.Main(column);
                builder.AssertZero((T.Square(state[i]) * state[i]) - output, Names[column - Width]);
                state[i] = output;
                column++;
            }

            TRounds.Layer(round, state);
        }

        var isWord = builder.Preprocessed(IsWord);
        var isBlock = builder.Preprocessed(IsBlock);
        var rate = builder.Preprocessed(AddressRate);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, isWord, rate, 0, "read rate as a word");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isBlock, rate, 0, "read rate as a block");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, isWord + isBlock, builder.Preprocessed(AddressCapacity), Half, "read capacity");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Block, builder.Preprocessed(Readers), builder.Preprocessed(AddressResult), state[..Half], "write rate");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Block, builder.Preprocessed(Readers + 1), builder.Preprocessed(AddressResult + 1), state[Half..], "write capacity");
    }

    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (!TypeFlags.AreValid(preprocessed[IsWord], preprocessed[IsBlock]))
            return "the rate of a permutation is a word and a block at once";
        return preprocessed[IsWord].IsZero && preprocessed[IsBlock].IsZero
            && !(preprocessed[Readers].IsZero && preprocessed[Readers + 1].IsZero)
                ? "a permutation that is not active is read"
                : null;
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < 2; i++)
        {
            row[AddressRate + i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
            row[AddressResult + i] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[i]));
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
        }

        row[step.OperandType == CellType.Word ? IsWord : IsBlock] = KoalaBear.One;
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        step.Read(0).CopyTo(results);
        step.Read(1).CopyTo(results[Half..]);
        TRounds.Permute(results[..Width]);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        step.Read(0).CopyTo(row);
        step.Read(1).CopyTo(row[Half..]);
        FillRounds(row);
    }

    internal override ReadOnlySpan<KoalaBear> PaddingRow()
    {
        if (padding is null)
        {
            var row = new KoalaBear[MainColumns.Length];
            FillRounds(row);
            padding = row;
        }

        return padding;
    }

    private static void FillRounds(Span<KoalaBear> row)
    {
        Span<KoalaBear> state = stackalloc KoalaBear[Width];
        row[..Width].CopyTo(state);
        TRounds.Begin(state);
        var column = Width;
        for (var round = 0; round < Rounds; round++)
        {
            TRounds.AddConstants(round, state);
            var cubed = TRounds.IsFull(round) ? Width : 1;
            for (var i = 0; i < cubed; i++)
                row[column++] = state[i] = state[i] * state[i] * state[i];
            TRounds.Layer(round, state);
        }
    }

    private static IEnumerable<(int Round, int Element)> SBoxes() =>
        from round in Enumerable.Range(0, Rounds)
        from element in Enumerable.Range(0, TRounds.IsFull(round) ? Width : 1)
        select (round, element);

    [InlineArray(Width)]
    private struct State<T>
    {
        private T first;
    }
}
