using System.Collections.Immutable;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Gadgets;

/// <summary>
/// SHA-256 and Keccak-256 of messages whose length the circuit fixes. A message is words of sixteen bytes, the first the lowest; the last has what is left and is below 2^(8·rest),
/// for which the caller answers. The padding is constants of the circuit: no prover chooses where a message ends, and as the padding of another length is another constant at another place,
/// messages of two lengths never are one. A digest is two words.
/// </summary>
public sealed class ByteHashes(CircuitBuilder builder)
{
    private const int WordBytes = 16;
    private const int HalfLimbs = Cells.Limbs / 2;

    // The lanes of a word that a block's edge cuts; the blocks on both sides read them.
    private readonly Dictionary<int, (Cell Low, Cell High)> halves = [];

    /// <summary>How many words hold so many bytes.</summary>
    public static int WordsOf(int length) => (length + WordBytes - 1) / WordBytes;

    /// <summary>SHA-256.</summary>
    /// <param name="message">The message's words.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>The digest's words.</returns>
    public ImmutableArray<Cell> Sha256(ReadOnlySpan<Cell> message, int length)
    {
        // 0x80, zeros, the number of bits in eight bytes, big-endian.
        var blocks = (length + 9 + Encoding.Sha256.BlockLength - 1) / Encoding.Sha256.BlockLength;
        var padding = new byte[blocks * Encoding.Sha256.BlockLength];
        padding[length] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(padding.AsSpan()[^8..], 8ul * (ulong)length);
        var words = Padded(message, length, padding);

        var initial = Encoding.Sha256.Initial;
        var (value0, value1) = (FourOf(initial[..4]), FourOf(initial[4..]));
        for (var block = 0; ; block++)
        {
            var (state0, state1) = (value0, value1);
            var rows = new List<ImmutableArray<Cell>>();
            for (var k = 0; k < Sha256RoundsChip.Rows; k++)
            {
                var zero = builder.ZeroWord;
                ImmutableArray<Cell> operands = k < Sha256RoundsChip.MessageRows
                    ? [state0, state1, zero, zero, zero, zero, zero, zero, CellOf(words[(Sha256RoundsChip.MessageRows * block) + k])]
                    : [state0, state1, rows[k - 4][2], rows[k - 4][3], rows[k - 3][3], rows[k - 2][2], rows[k - 1][2], rows[k - 1][4]];
                rows.Add(builder.Sha256Rounds(operands.AsSpan(), k));
                (state0, state1) = (rows[k][0], rows[k][1]);
            }

            var sum = builder.Sha256Sum(value0, value1, state0, state1);
            if (block == blocks - 1)
                return [sum[2], sum[3]];
            (value0, value1) = (sum[0], sum[1]);
        }
    }

    /// <summary>Keccak-256 as Ethereum has it.</summary>
    /// <inheritdoc cref="Sha256"/>
    public ImmutableArray<Cell> Keccak256(ReadOnlySpan<Cell> message, int length)
    {
        // 0x01, zeros, 0x80 in the last byte of the block; 0x81 where they are one byte.
        var blocks = (length / Keccak.Rate) + 1;
        var padding = new byte[WordsOf(blocks * Keccak.Rate) * WordBytes];
        padding[length] = 0x01;
        padding[(blocks * Keccak.Rate) - 1] |= 0x80;
        var words = Padded(message, length, padding);

        var state = new Cell[KeccakChip.StateWords];
        Array.Fill(state, builder.ZeroWord);
        const int lanes = Keccak.Rate / 8;
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < WordsOf(Keccak.Rate); i++)
            {
                var part = Word(words, (block * lanes) + (2 * i), isWhole: (2 * i) + 1 < lanes);
                if (block == 0)
                    state[i] = CellOf(part);
                else if (part.Cell is not null || part.Constant != 0)
                    state[i] = builder.ExclusiveOr(state[i], CellOf(part));
            }

            for (var round = 0; round < Keccak.Rounds; round++)
                state = [.. builder.KeccakRound(state, round)];
        }

        return [state[0], state[1]];
    }

    // The words of message and padding: a word that both share is their sum, which cannot carry, since the message's part is below the padding's lowest byte.
    private List<Part> Padded(ReadOnlySpan<Cell> message, int length, ReadOnlySpan<byte> padding)
    {
        if (message.Length != WordsOf(length))
            throw new InvalidOperationException($"compiler bug: {message.Length} words of {length} bytes");
        var parts = new List<Part>();
        for (var i = 0; i < padding.Length / WordBytes; i++)
        {
            var constant = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(padding[(i * WordBytes)..]);
            parts.Add(
                i >= message.Length ? new(null, constant)
                : constant == 0 ? new(message[i], 0)
                : new(builder.Add(message[i], builder.ConstantWord(constant), carryIs: builder.Zero, name: "padding of a message").Sum, 0));
        }

        return parts;
    }

    // The lane at an index and, where the word is whole, the one behind it.
    private Part Word(List<Part> words, int lane, bool isWhole)
    {
        if (lane % 2 == 0 && isWhole)
            return words[lane / 2];
        var low = Lane(words, lane);
        if (!isWhole)
            return low;
        var high = Lane(words, lane + 1);
        return low.Cell is null && high.Cell is null
            ? new(null, low.Constant | (high.Constant << 64))
            : new(builder.Pack(CellOf(low), CellOf(high), HalfLimbs), 0);
    }

    private Part Lane(List<Part> words, int lane)
    {
        var word = words[lane / 2];
        if (word.Cell is { } cell)
        {
            var (low, high) = Split(cell);
            return new(lane % 2 == 0 ? low : high, 0);
        }

        return new(null, lane % 2 == 0 ? (ulong)word.Constant : word.Constant >> 64);
    }

    private (Cell Low, Cell High) Split(Cell word)
    {
        if (!halves.TryGetValue(word.Address, out var both))
            halves.Add(word.Address, both = builder.Split(word, HalfLimbs, "lanes of a message"));
        return both;
    }

    private Cell CellOf(Part part) => part.Cell ?? builder.ConstantWord(part.Constant);

    private Cell FourOf(ImmutableArray<uint> words) =>
        builder.ConstantWord(words.Select((word, i) => (UInt128)word << (32 * i)).Aggregate(UInt128.Zero, (sum, word) => sum | word));

    /// <summary>A word of a message: a cell, or a constant.</summary>
    private readonly record struct Part(Cell? Cell, UInt128 Constant);
}
