using System.Buffers.Binary;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>
/// Keccak-f[1600] (FIPS 202, section 3) and Keccak-256 as Ethereum has it: rate 1,088 bits, padding 10*1 without the domain bits that SHA-3 puts before it. Lane (x, y) of a state
/// stands at index x + 5y; the bytes of a message fill the lanes little-endian.
/// </summary>
public static class Keccak
{
    /// <summary>Lanes of 64 bits in a state.</summary>
    public const int Lanes = 25;

    /// <summary>Rounds of a permutation.</summary>
    public const int Rounds = 24;

    /// <summary>Bytes of a message that one permutation takes in.</summary>
    public const int Rate = 136;

    /// <summary>Bytes of a digest.</summary>
    public const int DigestLength = 32;

    /// <summary>The bits of a lane in which round constants may differ from 0: 2^i − 1.</summary>
    public const int ConstantBits = 7;

    private static readonly int[] Offsets = RotationOffsets();
    private static readonly byte[] Constants = RoundConstants();

    /// <summary>By how much ρ rotates a lane to the left.</summary>
    public static int OffsetOf(int lane) => Offsets[lane];

    /// <summary>Whether bit 2^<paramref name="i"/> − 1 of a round's constant is 1.</summary>
    public static bool ConstantBit(int round, int i) => (Constants[round] >> i & 1) != 0;

    /// <summary>The lane that π puts at (x, y).</summary>
    public static int SourceOf(int x, int y) => ((x + (3 * y)) % 5) + (5 * x);

    /// <summary>One round: θ, ρ, π, χ, ι.</summary>
    public static void Round(Span<ulong> state, int round)
    {
        Span<ulong> parity = stackalloc ulong[5];
        Span<ulong> moved = stackalloc ulong[Lanes];
        for (var x = 0; x < 5; x++)
            parity[x] = ParityOf(state, x);
        for (var lane = 0; lane < Lanes; lane++)
            state[lane] ^= parity[(lane + 4) % 5] ^ ulong.RotateLeft(parity[(lane + 1) % 5], 1);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var source = SourceOf(lane % 5, lane / 5);
            moved[lane] = ulong.RotateLeft(state[source], Offsets[source]);
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            var row = lane - (lane % 5);
            state[lane] = moved[lane] ^ (~moved[row + ((lane + 1) % 5)] & moved[row + ((lane + 2) % 5)]);
        }

        for (var i = 0; i < ConstantBits; i++)
        {
            if (ConstantBit(round, i))
                state[0] ^= 1ul << ((1 << i) - 1);
        }
    }

    /// <summary>Keccak-256 of a message.</summary>
    public static byte[] Hash256(ReadOnlySpan<byte> message)
    {
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        Span<byte> block = stackalloc byte[Rate];
        for (; message.Length >= Rate; message = message[Rate..])
            Absorb(state, message[..Rate]);
        block.Clear();
        message.CopyTo(block);
        block[message.Length] ^= 0x01;
        block[^1] ^= 0x80;
        Absorb(state, block);
        var digest = new byte[DigestLength];
        for (var i = 0; i < DigestLength / 8; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(digest.AsSpan(8 * i), state[i]);
        return digest;
    }

    /// <summary>The exclusive or of the five lanes of column x.</summary>
    internal static ulong ParityOf(ReadOnlySpan<ulong> state, int x) => state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < Rate / 8; i++)
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(8 * i)..]);
        for (var round = 0; round < Rounds; round++)
            Round(state, round);
    }

    // From (1, 0) on along (x, y) → (y, 2x + 3y) the offsets are the triangular numbers.
    private static int[] RotationOffsets()
    {
        var offsets = new int[Lanes];
        var (x, y) = (1, 0);
        for (var t = 0; t < Lanes - 1; t++)
        {
            offsets[x + (5 * y)] = (t + 1) * (t + 2) / 2 % 64;
            (x, y) = (y, ((2 * x) + (3 * y)) % 5);
        }

        return offsets;
    }

    // Bit i of round r is the constant bit 7r + i of the register with feedback x⁸ + x⁶ + x⁵ + x⁴ + 1.
    private static byte[] RoundConstants()
    {
        var constants = new byte[Rounds];
        var register = 1;
        for (var bit = 0; bit < Rounds * ConstantBits; bit++)
        {
            constants[bit / ConstantBits] |= (byte)((register & 1) << (bit % ConstantBits));
            register = (register << 1) ^ ((register >> 7) * 0x171);
        }

        return constants;
    }
}
