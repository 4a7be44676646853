using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// One permutation: reads the rate (a block or a word) and the capacity (a block), writes both halves of the result as blocks. A compression
/// reads its left digest as the rate, its right as the capacity; a sponge step hands its capacity to the next. A sponge step that absorbs what the prover
/// chooses writes its rate instead of reading it, as the row of an input would.
/// Columns are the 16 inputs and the S-boxes' outputs of every second full round and of every other round (4·16 + 20): between two of them lies at most one round of
/// S-boxes y = x³, so that a column is x⁹ or x³ of what is linear in the columns before it, and every column but the inputs is determined by those. The outputs are linear in the last
/// round's columns. Padding: the permutation of any state, unread.
/// <para>
/// A Merkle step is the compression of a node and its sibling in the order that a bit b tells. With the inputs l ‖ r,
/// <code>
///   node = l + b·(r − l),   sibling = r + b·(l − r),   position = b + 2·next,   b boolean
/// </code>
/// so (l, r) is (node, sibling) for b = 0 and (sibling, node) for b = 1. The node and the position come from the bus, the next position goes there: if the
/// last one of d ≤ 30 steps is 0, the first is Σ 2ⁱbᵢ &lt; 2^d &lt; p, which determines all bits. The sibling is free where it stands first; a second
/// step that reads it there, and the same two positions, is the same level of another path. In all other rows b = 0 and next = 0.
/// </para>
/// </summary>
/// <remarks>
/// An update of a leaf is so two rows a level. One row for both would share bit and positions and need no sibling message, but its table is a second one beside the
/// sponge's: with 84 cells of S-boxes and 16 inputs a permutation, both of one width, the 101 hashes of two updates at depth 20 and two records would take more cells in
/// two tables than in one, and a read, which has no new path, twice the hashes.
/// <para>
/// With the outputs of every full round as columns the constraints were of degree 3, the columns 64 and the helpers three more, and the quotient two chunks instead of eight.
/// </para>
/// </remarks>
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
    private const int IsBlock = 5; // 1: the rate is read; else less the number of its readers
    private const int Readers = 6;
    private const int IsMerkle = 8;
    private const int Capacity = 9; // −1: the capacity or sibling is read; else the number of the sibling's readers
    private const int AddressPosition = 10;
    private const int AddressNext = 11;
    private const int ReadersOfNext = 12;

    private const int Cubes = (Poseidon2.ExternalRounds / 2 * Width) + Poseidon2.InternalRounds;
    private const long OperationsPerPack = 1 << 12;

    private const int Bit = Width + Cubes;
    private const int Next = Bit + 1;

    private static readonly string[] Names = [.. SBoxes().Select(s => $"round {s.Round} S-box {s.Element}")];

    public override string Name => TRounds.ChipName;

    public override int Degree => 9;

    public override ImmutableArray<string> MainColumns { get; } =
        [.. Enumerable.Range(0, Width).Select(i => $"input {i}"), .. SBoxes().Select(s => $"round {s.Round} cube {s.Element}"), "bit", "next position"];

    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address rate", "address capacity", "address result rate", "address result capacity", "rate is a word", "rate is a block",
        "readers of result rate", "readers of result capacity",
        "is a Merkle step", "readers of sibling", "address position", "address next position", "readers of next position",
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
                var cube = T.Square(state[i]) * state[i];
                if (HasColumns(round))
                {
                    state[i] = builder.Main(column);
                    builder.AssertZero(cube - state[i], Names[column - Width]);
                    column++;
                }
                else
                {
                    state[i] = cube;
                }
            }

            TRounds.Layer(round, state);
        }

        var isMerkle = builder.Preprocessed(IsMerkle);
        var bit = builder.Main(Bit);
        var next = builder.Main(Next);
        CellMessages.AssertBoolean<T, TBuilder>(ref builder, bit, "bit is boolean");
        builder.AssertZero(bit - (isMerkle * bit), "only Merkle steps swap");
        builder.AssertZero(next - (isMerkle * next), "only Merkle steps have a position");
        var node = default(CellMessages.Limbs<T>);
        var sibling = default(CellMessages.Limbs<T>);
        for (var i = 0; i < Half; i++)
        {
            var swap = bit * (builder.Main(Half + i) - builder.Main(i));
            node[i] = builder.Main(i) + swap;
            sibling[i] = builder.Main(Half + i) - swap;
        }

        // Two helper columns: 1, 1, 2, 2, 1, 1, 1 are the degrees of the fingerprints.
        var rate = builder.Preprocessed(AddressRate);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(IsWord), rate, 0, "read rate as a word");
        CellMessages.ReadBase<T, TBuilder>(ref builder, isMerkle, builder.Preprocessed(AddressPosition), bit + next + next, "read position");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, builder.Preprocessed(IsBlock), rate, node, "read rate as a block");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Block, builder.Preprocessed(Capacity), builder.Preprocessed(AddressCapacity), sibling, "read capacity, read or write sibling");
        CellMessages.WriteBase<T, TBuilder>(
            ref builder, builder.Preprocessed(ReadersOfNext), builder.Preprocessed(AddressNext), next, "write next position");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Block, builder.Preprocessed(Readers), builder.Preprocessed(AddressResult), state[..Half], "write rate");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Block, builder.Preprocessed(Readers + 1), builder.Preprocessed(AddressResult + 1), state[Half..], "write capacity");
    }

    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (!TypeFlags.AreValid(preprocessed[IsWord], preprocessed[IsMerkle]))
            return "a Merkle step is of a block, its flag 0 or 1";
        if (!preprocessed[IsMerkle].IsZero)
            return preprocessed[IsBlock] == KoalaBear.One ? null : "a Merkle step does not read its node";
        if (!preprocessed[ReadersOfNext].IsZero)
            return "a permutation that is no Merkle step writes a position";
        if (!preprocessed[IsWord].IsZero && !preprocessed[IsBlock].IsZero)
            return "the rate of a permutation is a word and a block at once";
        if (preprocessed[Capacity] == -KoalaBear.One)
            return null;
        if (!preprocessed[Capacity].IsZero || !preprocessed[IsWord].IsZero || !preprocessed[IsBlock].IsZero)
            return "a permutation does not read its capacity";
        return preprocessed[Readers].IsZero && preprocessed[Readers + 1].IsZero ? null : "a permutation that is not active is read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        row[AddressRate] = KoalaBear.FromCanonical((uint)(Absorbs(step) ? step.Results[2] : step.Reads[0]));
        row[AddressResult] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[Readers] = readers.MultiplicityOf(step.Results[0]);
        if (IsMerkleStep(step))
        {
            row[IsBlock] = KoalaBear.One;
            row[IsMerkle] = KoalaBear.One;
            var reads = step.Reads.Length > 2;
            row[AddressCapacity] = KoalaBear.FromCanonical((uint)(reads ? step.Reads[2] : step.Results[2]));
            row[Capacity] = reads ? -KoalaBear.One : readers.MultiplicityOf(step.Results[2]);
            row[AddressPosition] = KoalaBear.FromCanonical((uint)step.Reads[1]);
            row[AddressNext] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[1]));
            row[ReadersOfNext] = readers.MultiplicityOf(step.Results[1]);
            return;
        }

        row[AddressCapacity] = KoalaBear.FromCanonical((uint)step.Reads[^1]);
        row[Capacity] = -KoalaBear.One;
        row[AddressResult + 1] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[1]));
        row[Readers + 1] = readers.MultiplicityOf(step.Results[1]);
        if (Absorbs(step))
            row[IsBlock] = -readers.MultiplicityOf(step.Results[2]);
        else
            row[step.OperandType == CellType.Word ? IsWord : IsBlock] = KoalaBear.One;
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        if (IsMerkleStep(step))
        {
            Span<KoalaBear> pair = stackalloc KoalaBear[Width];
            var (bit, next) = Halve(step.Read(1));
            Order(step, bit, pair);
            TRounds.Permute(pair);
            pair[..Half].CopyTo(results);
            results[Cells.Limbs] = next;
            if (step.Results.Length > 2)
                step.Result(2).CopyTo(results[(2 * Cells.Limbs)..]); // the sibling, which the executor has put there
            return step.Read(1)[1..].IndexOfAnyExcept(KoalaBear.Zero) < 0 ? null : "the position is a base element";
        }

        RateOf(step).CopyTo(results);
        step.Read(step.Reads.Length - 1).CopyTo(results[Half..]);
        TRounds.Permute(results[..Width]);
        if (Absorbs(step))
            step.Result(2).CopyTo(results[Width..]); // what is absorbed, which the executor has put there
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        if (IsMerkleStep(step))
        {
            // The next position is the cell's; the bit what then remains of the position.
            row[Next] = step.Result(1)[0];
            row[Bit] = step.Read(1)[0] - row[Next] - row[Next];
            Order(step, row[Bit], row);
        }
        else
        {
            RateOf(step).CopyTo(row);
            step.Read(step.Reads.Length - 1).CopyTo(row[Half..]);
        }
    }

    // The S-boxes of sixteen rows at once; where no instruction is, those of the permutation of zeros.
    internal override void Complete(Matrix rows) => WorkPartition.ForRanges(rows.Height / PackedKoalaBear.Lanes, OperationsPerPack, (start, end) =>
    {
        Span<PackedKoalaBear> state = stackalloc PackedKoalaBear[Width];
        Span<PackedKoalaBear> cubes = stackalloc PackedKoalaBear[Cubes];
        for (var pack = start; pack < end; pack++)
        {
            var there = rows.Data.AsSpan(pack * PackedKoalaBear.Lanes * rows.Width, PackedKoalaBear.Lanes * rows.Width);
            PackedKoalaBear.LoadTransposed(there, rows.Width, state);
            CubesOf(state, cubes);
            PackedKoalaBear.StoreTransposed(cubes, there[Width..], rows.Width);
        }
    });

    private static bool IsMerkleStep(in Step step) => step.Instruction.Operation is Operation.MerkleStepPoseidon2 or Operation.MerkleStepPoseidon1;

    private static bool Absorbs(in Step step) => step.Instruction.Operation is Operation.AbsorbPoseidon2 or Operation.AbsorbPoseidon1;

    private static ReadOnlySpan<KoalaBear> RateOf(in Step step) => Absorbs(step) ? step.Result(2) : step.Read(0);

    private static (KoalaBear Bit, KoalaBear Next) Halve(ReadOnlySpan<KoalaBear> position) => (
        KoalaBear.FromCanonical(position[0].Canonical & 1),
        KoalaBear.FromCanonical(position[0].Canonical >> 1));

    // Node and sibling, exchanged where the bit is not 0.
    private static void Order(in Step step, KoalaBear bit, Span<KoalaBear> pair)
    {
        var sibling = step.Reads.Length > 2 ? step.Read(2) : step.Result(2);
        step.Read(0).CopyTo(pair[(bit.IsZero ? 0 : Half)..]);
        sibling.CopyTo(pair[(bit.IsZero ? Half : 0)..]);
    }

    // The columns of the S-boxes; the state is overwritten.
    private static void CubesOf(Span<PackedKoalaBear> state, Span<PackedKoalaBear> cubes)
    {
        TRounds.Begin(state);
        var column = 0;
        for (var round = 0; round < Rounds; round++)
        {
            TRounds.AddConstants(round, state);
            var cubed = TRounds.IsFull(round) ? Width : 1;
            for (var i = 0; i < cubed; i++)
            {
                state[i] = state[i] * state[i] * state[i];
                if (HasColumns(round))
                    cubes[column++] = state[i];
            }

            TRounds.Layer(round, state);
        }
    }

    /// <summary>Whether the S-boxes' outputs of a round are columns: of the full rounds 0 to 3 and 24 to 27 those of the odd ones. Two full rounds without would be of degree 27.</summary>
    private static bool HasColumns(int round) => !TRounds.IsFull(round) || round % 2 == 1;

    private static IEnumerable<(int Round, int Element)> SBoxes() =>
        from round in Enumerable.Range(0, Rounds)
        where HasColumns(round)
        from element in Enumerable.Range(0, TRounds.IsFull(round) ? Width : 1)
        select (round, element);

    [InlineArray(Width)]
    private struct State<T>
    {
        private T first;
    }
}
