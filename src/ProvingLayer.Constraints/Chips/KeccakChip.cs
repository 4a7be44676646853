using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// One round of Keccak-f[1600]. A state is thirteen words, lane (x, y) of 64 bits the half (x + 5y) mod 2 of word ⌊(x + 5y) / 2⌋; the upper half of the last is zero. The row
/// holds the 1,600 bits a of the state it reads and writes the next one in limbs. With signs s(b) = 1 − 2b, whose product is the sign of the exclusive or,
/// <code>
///   θ  s(c[x, z]) = ∏_y s(a[x, y, z])                                        columns c, degree 5
///      s(a′[x, y, z]) = s(a[x, y, z])·s(c[x − 1, z])·s(c[x + 1, z − 1])      degree 3
///   ρ, π  b[y, 2x + 3y, z + offset] = a′[x, y, z]                            no more than which columns are read
///   ι  s(r[i]) = s(b[0, 0, 2^i − 1])·s(constant i)                           columns r, degree 4, i = 0 … 6
///   χ  s(o[x, y, z]) = s(b[x, y, z])·(1 − ½·(1 + s(b[x + 1, y, z]))·(1 − s(b[x + 2, y, z])))
///      limb = Σ 2^i·o                                                        columns, degree 9
/// </code>
/// where s(r) stands for s(b) in the seven bits of lane (0, 0) that a round's constant may flip: ι's exclusive or is with the bit that χ's is with, and the limbs would have
/// degree 10 otherwise. All a are boolean, so c, r and o are, and a written limb, a sum of sixteen o with weights 2^i, is below 2^16: words without a look-up. Padding: the round with
/// constant 0 of the state 0, which is 0.
/// </summary>
public sealed class KeccakChip : OperationChip
{
    /// <summary>Words of a state.</summary>
    public const int StateWords = (Keccak.Lanes + 1) / 2;

    private const int LaneBits = 64;
    private const int LaneLimbs = LaneBits / Cells.LimbBits;
    private const int StateBits = Keccak.Lanes * LaneBits;

    private const int Parities = StateBits; // c[x, z] at 64x + z
    private const int First = Parities + (5 * LaneBits); // r
    private const int Limbs = First + Keccak.ConstantBits; // limb l of lane (x, y) at 5·(4y + l) + x

    private const int AddressResults = StateWords;
    private const int Active = AddressResults + 1;
    private const int Readers = Active + 1;
    private const int Constants = Readers + StateWords;

    // The columns that b[x, y, z] is the exclusive or of: a bit of the state and two parities.
    private static readonly int[] Sources =
    [
        .. from lane in Enumerable.Range(0, Keccak.Lanes)
           let source = Keccak.SourceOf(lane % 5, lane / 5)
           from z in Enumerable.Range(0, LaneBits)
           let place = (z - Keccak.OffsetOf(source) + LaneBits) % LaneBits
           from column in new[]
           {
               (LaneBits * source) + place, Parities + (LaneBits * ((source + 4) % 5)) + place,
               Parities + (LaneBits * ((source + 1) % 5)) + ((place + LaneBits - 1) % LaneBits),
           }
           select column,
    ];

    private static readonly ImmutableArray<string> BitNames =
        [.. from lane in Enumerable.Range(0, Keccak.Lanes) from z in Enumerable.Range(0, LaneBits) select $"bit {z} of lane {lane % 5} {lane / 5}"];

    private static readonly ImmutableArray<string> ParityNames =
        [.. from x in Enumerable.Range(0, 5) from z in Enumerable.Range(0, LaneBits) select $"parity {x} {z}"];

    private static readonly ImmutableArray<string> FirstNames = [.. Enumerable.Range(0, Keccak.ConstantBits).Select(i => $"bit {(1 << i) - 1} before χ")];

    private static readonly ImmutableArray<string> LimbNames =
        [.. from y in Enumerable.Range(0, 5) from limb in Enumerable.Range(0, LaneLimbs) from x in Enumerable.Range(0, 5) select $"limb {limb} of lane {x} {y}"];

    private static readonly ImmutableArray<string> BooleanNames = [.. BitNames.Select(name => $"{name} is boolean")];
    private static readonly ImmutableArray<string> ReadNames = [.. Enumerable.Range(0, StateWords).Select(i => $"read word {i}")];
    private static readonly ImmutableArray<string> WriteNames = [.. Enumerable.Range(0, StateWords).Select(i => $"write word {i}")];

    /// <inheritdoc/>
    public override string Name => "keccak";

    /// <inheritdoc/>
    public override int Degree => 9;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } = [.. BitNames, .. ParityNames, .. FirstNames, .. LimbNames];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        .. Enumerable.Range(0, StateWords).Select(i => $"address word {i}"), "address of result 0", "active",
        .. Enumerable.Range(0, StateWords).Select(i => $"readers of result {i}"), .. Enumerable.Range(0, Keccak.ConstantBits).Select(i => $"constant {i}"),
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        for (var x = 0; x < 5; x++)
        {
            for (var z = 0; z < LaneBits; z++)
            {
                var sign = Sign(ref builder, (LaneBits * x) + z);
                for (var y = 1; y < 5; y++)
                    sign *= Sign(ref builder, (LaneBits * (x + (5 * y))) + z);
                var parity = (LaneBits * x) + z;
                builder.AssertZero(BitColumns.OfSigns(sign, 1) - builder.Main(Parities + parity), ParityNames[parity]);
            }
        }

        for (var i = 0; i < Keccak.ConstantBits; i++)
        {
            var constant = builder.Preprocessed(Constants + i);
            var sign = Moved(ref builder, 0, 0, (1 << i) - 1) * (T.One - (constant + constant));
            builder.AssertZero(BitColumns.OfSigns(sign, 1) - builder.Main(First + i), FirstNames[i]);
        }

        for (var y = 0; y < 5; y++)
        {
            for (var limb = 0; limb < LaneLimbs; limb++)
                Chi(ref builder, y, limb);
        }

        BitColumns.AssertBooleans<T, TBuilder>(ref builder, 0, StateBits, BooleanNames, 0);
        Messages(ref builder);

        // Five limbs at once: each b is in three of them. The sums are those of 2·s(o).
        static void Chi(ref TBuilder builder, int y, int limb)
        {
            var sums = default(Row<T>);
            var two = T.One + T.One;
            for (var i = Cells.LimbBits - 1; i >= 0; i--)
            {
                var z = (Cells.LimbBits * limb) + i;
                var row = default(Row<T>);
                for (var x = 0; x < 5; x++)
                    row[x] = Moved(ref builder, x, y, z);
                for (var x = 0; x < 5; x++)
                {
                    var first = x == 0 && y == 0 && int.IsPow2(z + 1) ? Sign(ref builder, First + int.Log2(z + 1)) : row[x];
                    var (second, third) = (row[x < 4 ? x + 1 : 0], row[x < 3 ? x + 2 : x - 3]);
                    sums[x] = sums[x] + sums[x] + (first * (two - ((T.One + second) * (T.One - third))));
                }
            }

            for (var x = 0; x < 5; x++)
            {
                var column = (5 * ((LaneLimbs * y) + limb)) + x;
                var twice = BitColumns.OfSigns(sums[x], 2 * BitColumns.Ones);
                builder.AssertZero(T.Scale(twice, KoalaBear.Half) - builder.Main(Limbs + column), LimbNames[column]);
            }
        }

        // s(b[x, y, z])
        static T Moved(ref TBuilder builder, int x, int y, int z)
        {
            var from = Sources.AsSpan(3 * ((LaneBits * (x + (5 * y))) + z), 3);
            return Sign(ref builder, from[0]) * Sign(ref builder, from[1]) * Sign(ref builder, from[2]);
        }

        static void Messages(ref TBuilder builder)
        {
            var active = builder.Preprocessed(Active);
            for (var word = 0; word < StateWords; word++)
            {
                var limbs = default(CellMessages.Limbs<T>);
                for (var i = 0; i < Cells.Limbs; i++)
                    limbs[i] = HasLane(word, i) ? BitColumns.Limb<T, TBuilder>(ref builder, (2 * LaneBits * word) + (Cells.LimbBits * i)) : T.Zero;
                CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(word), limbs, ReadNames[word]);
            }

            for (var word = 0; word < StateWords; word++)
            {
                var limbs = default(CellMessages.Limbs<T>);
                for (var i = 0; i < Cells.Limbs; i++)
                    limbs[i] = HasLane(word, i) ? builder.Main(LimbColumn(word, i)) : T.Zero;
                var address = builder.Preprocessed(AddressResults) + CellMessages.Element<T>(word);
                CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(Readers + word), address, limbs, WriteNames[word]);
            }
        }

        static T Sign(ref TBuilder builder, int column) => BitColumns.Sign<T, TBuilder>(ref builder, column);
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (preprocessed[Constants..].ContainsAnyExcept(KoalaBear.Zero, KoalaBear.One))
            return "a bit of a round constant is not 0 or 1";
        return preprocessed[Active] == KoalaBear.One || (preprocessed[Active].IsZero && preprocessed.Slice(Readers, StateWords).IndexOfAnyExcept(KoalaBear.Zero) < 0)
            ? null
            : "a round that is not active is read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < StateWords; i++)
        {
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
        }

        row[AddressResults] = KoalaBear.FromCanonical((uint)step.Results[0]);
        row[Active] = KoalaBear.One;
        for (var i = 0; i < Keccak.ConstantBits; i++)
            row[Constants + i] = Keccak.ConstantBit(step.Parameters[0], i) ? KoalaBear.One : KoalaBear.Zero;
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        Span<ulong> state = stackalloc ulong[2 * StateWords];
        Read(step, state);
        var rest = state[Keccak.Lanes];
        Keccak.Round(state[..Keccak.Lanes], step.Parameters[0]);
        state[Keccak.Lanes] = 0;
        for (var word = 0; word < StateWords; word++)
            Words.Write(new(state[(2 * word) + 1], state[2 * word]), results.Slice(word * Cells.Limbs, Cells.Limbs));
        return rest == 0 ? null : "the last word of a state is one lane";
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        Span<ulong> state = stackalloc ulong[2 * StateWords];
        Read(step, state);
        for (var lane = 0; lane < Keccak.Lanes; lane++)
            BitColumns.Fill(state[lane], row.Slice(LaneBits * lane, LaneBits));
        for (var x = 0; x < 5; x++)
            BitColumns.Fill(Keccak.ParityOf(state, x), row.Slice(Parities + (LaneBits * x), LaneBits));
        var first = state[0] ^ Keccak.ParityOf(state, 4) ^ ulong.RotateLeft(Keccak.ParityOf(state, 1), 1);
        for (var i = 0; i < Keccak.ConstantBits; i++)
            row[First + i] = (first >> ((1 << i) - 1) & 1) != 0 == Keccak.ConstantBit(step.Parameters[0], i) ? KoalaBear.Zero : KoalaBear.One;
        for (var word = 0; word < StateWords; word++)
        {
            for (var i = 0; i < Cells.Limbs && HasLane(word, i); i++)
                row[LimbColumn(word, i)] = step.Result(word)[i];
        }
    }

    private static bool HasLane(int word, int limb) => (2 * word) + (limb / LaneLimbs) < Keccak.Lanes;

    private static int LimbColumn(int word, int limb)
    {
        var lane = (2 * word) + (limb / LaneLimbs);
        return Limbs + (5 * ((LaneLimbs * (lane / 5)) + (limb % LaneLimbs))) + (lane % 5);
    }

    private static void Read(in Step step, Span<ulong> state)
    {
        for (var word = 0; word < StateWords; word++)
        {
            var value = Words.ToUInt128(step.Read(word));
            (state[2 * word], state[(2 * word) + 1]) = ((ulong)value, (ulong)(value >> LaneBits));
        }
    }

    /// <summary>The five lanes of a y.</summary>
    [System.Runtime.CompilerServices.InlineArray(5)]
    private struct Row<T>
    {
        private T first;
    }
}
