using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Four rounds 4k … 4k + 3 of SHA-256's compression. A word of the bus holds four words of 32 bits, each as its low and its high limb: the state is (a, b, c, d) and (e, f, g, h). The
/// row holds the bits of a, b, c, e, f, g, of the four new a and e, and of the four words w of the schedule; d and h are limbs. In each half of 16 bits, with carries,
/// <code>
///   t    = h + Σ₁(e) + Ch(e, f, g) + K + w
///   e′ + 2^16·carry = t + d                        six terms: the carry is at most 5
///   a′ + 2^16·carry = t + Σ₀(a) + Maj(a, b, c)     seven terms: at most 6
///   w  + 2^16·carry = w₋₁₆ + σ₀(w₋₁₅) + w₋₇ + σ₁(w₋₂)      four terms: at most 3; where k ≥ 4
/// </code>
/// Each sum is below 2^19, each carry is asserted to be one of 0 … 6 and the results are bits, so nothing wraps and all are determined. Where k &lt; 4 the bits of w are those of sixteen
/// bytes of the message, big-endian in each word, as the bus has bytes: the first byte the low half of limb 0. Then the schedule's carries are zero. What later rows need of w is
/// written besides it: σ₀(w) and σ₁(w), sums of exclusive ors of degree 3. Everything written is a sum of sixteen booleans a limb, so below 2^16: words without a look-up. Padding: zeros
/// with K = 0.
/// </summary>
public sealed class Sha256RoundsChip : OperationChip
{
    /// <summary>Rounds of a row.</summary>
    public const int RoundsPerRow = 4;

    /// <summary>Rows of a compression that take in the message.</summary>
    public const int MessageRows = Sha256.BlockLength / 16;

    /// <summary>Rows of a compression.</summary>
    public const int Rows = Sha256.Rounds / RoundsPerRow;

    /// <summary>Words that every row reads: the state, then w of four rows ago, σ₀ of four and of three, w of two and of one, σ₁ of one.</summary>
    public const int Operands = 8;

    private const int WordBits = 32;
    private const int Half = Cells.LimbBits;
    private const int Direct = 6 * WordBits; // d, h: low, high
    private const int Rounds = Direct + 4; // per round e′ and a′, then the carries of both halves of e′ and of a′
    private const int RoundColumns = (2 * WordBits) + 4;
    private const int Schedule = Rounds + (RoundsPerRow * RoundColumns); // w
    private const int Carries = Schedule + (RoundsPerRow * WordBits);
    private const int Read = Carries + (2 * RoundsPerRow); // the six words of earlier rows

    private const int AddressMessage = Operands;
    private const int AddressResults = AddressMessage + 1;
    private const int Active = AddressResults + 1;
    private const int Scheduled = Active + 1;
    private const int Readers = Scheduled + 1;
    private const int Results = 5;
    private const int Constants = Readers + Results;

    // Where the words before and after each round stand: the first column of the bits, or the complement of that of two limbs.
    private static readonly int[] As = [~Direct, 2 * WordBits, WordBits, 0, .. Enumerable.Range(0, RoundsPerRow).Select(r => Rounds + (RoundColumns * r) + WordBits)];
    private static readonly int[] Es = [~(Direct + 2), 5 * WordBits, 4 * WordBits, 3 * WordBits, .. Enumerable.Range(0, RoundsPerRow).Select(r => Rounds + (RoundColumns * r))];

    private static readonly string[] Halves = ["low", "high"];

    private static readonly ImmutableArray<string> SumNames =
        [.. from r in Enumerable.Range(0, RoundsPerRow) from word in new[] { "e", "a" } from half in Halves select $"{half} half of {word} after round {r}"];

    private static readonly ImmutableArray<string> ScheduleNames =
        [.. from j in Enumerable.Range(0, RoundsPerRow) from half in Halves select $"{half} half of w {j}"];

    private static readonly ImmutableArray<string> BitNames =
    [
        .. new[] { "a", "b", "c", "e", "f", "g" }.SelectMany(word => BitColumns.Names(word, WordBits)),
        .. from r in Enumerable.Range(0, RoundsPerRow) from word in new[] { "e", "a" } from name in BitColumns.Names($"{word} {r}", WordBits) select name,
        .. Enumerable.Range(0, RoundsPerRow).SelectMany(j => BitColumns.Names($"w {j}", WordBits)),
    ];

    private static readonly ImmutableArray<string> BooleanNames = [.. BitNames.Select(name => $"{name} is boolean")];
    private static readonly ImmutableArray<string> SumCarryNames = [.. SumNames.Select(name => $"carry of the {name} is small")];
    private static readonly ImmutableArray<string> ScheduleCarryNames = [.. ScheduleNames.Select(name => $"carry of the {name} is small")];
    private static readonly ImmutableArray<string> OperandNames =
        ["a to d", "e to h", "w four rows ago", "σ₀ four rows ago", "σ₀ three rows ago", "w two rows ago", "w one row ago", "σ₁ one row ago"];

    private static readonly ImmutableArray<string> ReadNames = [.. OperandNames.Select(name => $"read {name}")];
    private static readonly ImmutableArray<string> WriteNames = ["write a to d", "write e to h", "write w", "write σ₀", "write σ₁"];

    /// <inheritdoc/>
    public override string Name => "sha256 rounds";

    /// <summary>The carries' constraints have degree 7; with 9 eight messages share a helper column.</summary>
    public override int Degree => 9;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        .. BitNames[..(6 * WordBits)], "d low", "d high", "h low", "h high",
        .. from r in Enumerable.Range(0, RoundsPerRow)
           from name in BitNames.Slice((6 + (2 * r)) * WordBits, 2 * WordBits).Concat(SumNames.Slice(4 * r, 4).Select(sum => $"carry of the {sum}"))
           select name,
        .. BitNames[^(RoundsPerRow * WordBits)..], .. ScheduleNames.Select(name => $"carry of the {name}"),
        .. from name in OperandNames[2..] from i in Enumerable.Range(0, Cells.Limbs) select $"{name} limb {i}",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        .. OperandNames.Select(name => $"address {name}"), "address message", "address of result 0", "active", "scheduled",
        .. Enumerable.Range(0, Results).Select(i => $"readers of result {i}"),
        .. from r in Enumerable.Range(0, RoundsPerRow) from half in Halves select $"{half} half of constant {r}",
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        for (var r = 0; r < RoundsPerRow; r++)
        {
            for (var half = 0; half < 2; half++)
                Round(ref builder, r, half);
        }

        for (var j = 0; j < RoundsPerRow; j++)
        {
            for (var half = 0; half < 2; half++)
                Extend(ref builder, j, half);
        }

        BitColumns.AssertBooleans<T, TBuilder>(ref builder, 0, 6 * WordBits, BooleanNames, 0);
        for (var r = 0; r < RoundsPerRow; r++)
            BitColumns.AssertBooleans<T, TBuilder>(ref builder, Es[4 + r], 2 * WordBits, BooleanNames, (6 + (2 * r)) * WordBits);
        BitColumns.AssertBooleans<T, TBuilder>(ref builder, Schedule, RoundsPerRow * WordBits, BooleanNames, (6 + (2 * RoundsPerRow)) * WordBits);

        Messages(ref builder);

        static void Round(ref TBuilder builder, int r, int half)
        {
            var t = Value(ref builder, Es[r], half) + Sigma(ref builder, Es[r + 3], half, Sha256.BigSigma1, shifts: false)
                + builder.Preprocessed(Constants + (2 * r) + half) + Value(ref builder, Schedule + (WordBits * r), half);
            var choice = T.Zero;
            var majority = T.Zero;
            for (var i = (Half * half) + Half - 1; i >= Half * half; i--)
            {
                var (e, f, g) = (builder.Main(Es[r + 3] + i), builder.Main(Es[r + 2] + i), builder.Main(Es[r + 1] + i));
                choice = choice + choice + g + (e * (f - g));
                var (a, b, c) = (builder.Main(As[r + 3] + i), builder.Main(As[r + 2] + i), builder.Main(As[r + 1] + i));
                var both = a * b;
                majority = majority + majority + both + (c * (a + b - (both + both)));
            }

            t += choice;
            var columns = Rounds + (RoundColumns * r) + (2 * WordBits);
            Add(ref builder, t + Value(ref builder, As[r], half), Es[r + 4], columns, half, 5, (4 * r) + half);
            Add(
                ref builder, t + Sigma(ref builder, As[r + 3], half, Sha256.BigSigma0, shifts: false) + majority, As[r + 4], columns + 2, half, 6, (4 * r) + 2 + half);
        }

        static void Add(ref TBuilder builder, T sum, int result, int carries, int half, int greatest, int name)
        {
            if (half == 1)
                sum += builder.Main(carries);
            var carry = builder.Main(carries + half);
            builder.AssertZero(sum - Value(ref builder, result, half) - Shifted(carry), SumNames[name]);
            builder.AssertZero(UpTo(carry, greatest), SumCarryNames[name]);
        }

        static void Extend(ref TBuilder builder, int j, int half)
        {
            var word = (2 * j) + half;
            var sum = builder.Main(Read + word)
                + builder.Main(j < 3 ? Read + Cells.Limbs + word + 2 : Read + (2 * Cells.Limbs) + half) // σ₀ of the word behind
                + builder.Main(j < 3 ? Read + (3 * Cells.Limbs) + word + 2 : Read + (4 * Cells.Limbs) + half) // w₋₇
                + (j < 2 ? builder.Main(Read + (5 * Cells.Limbs) + word + 4) : Sigma(ref builder, Schedule + (WordBits * (j - 2)), half, Sha256.SmallSigma1, shifts: true));
            var carry = builder.Main(Carries + word);
            var rest = half == 1 ? builder.Main(Carries + word - 1) - Shifted(carry) : -Shifted(carry);
            builder.AssertZero((builder.Preprocessed(Scheduled) * (sum - Value(ref builder, Schedule + (WordBits * j), half))) + rest, ScheduleNames[word]);
            builder.AssertZero(UpTo(carry, 3), ScheduleCarryNames[word]);
        }

        static void Messages(ref TBuilder builder)
        {
            var active = builder.Preprocessed(Active);
            var first = FourOf(ref builder, As[3], As[2], As[1], As[0]);
            var second = FourOf(ref builder, Es[3], Es[2], Es[1], Es[0]);
            var message = Bytes(ref builder);
            CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(0), first, ReadNames[0]);
            CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(1), second, ReadNames[1]);
            for (var i = 2; i < Operands; i++)
                CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(i), Read + ((i - 2) * Cells.Limbs), ReadNames[i]);
            CellMessages.Read<T, TBuilder>(
                ref builder, Bus.Word, active - builder.Preprocessed(Scheduled), builder.Preprocessed(AddressMessage), message, "read message");

            Write(ref builder, 0, FourOf(ref builder, As[7], As[6], As[5], As[4]));
            Write(ref builder, 1, FourOf(ref builder, Es[7], Es[6], Es[5], Es[4]));
            Write(ref builder, 2, FourOf(ref builder, Schedule, Schedule + WordBits, Schedule + (2 * WordBits), Schedule + (3 * WordBits)));
            Write(ref builder, 3, SigmasOf(ref builder, Sha256.SmallSigma0));
            Write(ref builder, 4, SigmasOf(ref builder, Sha256.SmallSigma1));
        }

        static void Write(ref TBuilder builder, int result, CellMessages.Limbs<T> limbs) =>
            CellMessages.Write<T, TBuilder>(
                ref builder, Bus.Word, builder.Preprocessed(Readers + result), builder.Preprocessed(AddressResults) + CellMessages.Element<T>(result), limbs, WriteNames[result]);

        static CellMessages.Limbs<T> FourOf(ref TBuilder builder, int first, int second, int third, int fourth)
        {
            var limbs = default(CellMessages.Limbs<T>);
            for (var half = 0; half < 2; half++)
            {
                limbs[half] = Value(ref builder, first, half);
                limbs[2 + half] = Value(ref builder, second, half);
                limbs[4 + half] = Value(ref builder, third, half);
                limbs[6 + half] = Value(ref builder, fourth, half);
            }

            return limbs;
        }

        static CellMessages.Limbs<T> SigmasOf(ref TBuilder builder, (int, int, int) by)
        {
            var limbs = default(CellMessages.Limbs<T>);
            for (var i = 0; i < Cells.Limbs; i++)
                limbs[i] = Sigma(ref builder, Schedule + (WordBits * (i / 2)), i % 2, by, shifts: true);
            return limbs;
        }

        // Limb 2j of the message has the two high bytes of w j, the highest first; limb 2j + 1 the two low ones.
        static CellMessages.Limbs<T> Bytes(ref TBuilder builder)
        {
            var limbs = default(CellMessages.Limbs<T>);
            for (var i = 0; i < Cells.Limbs; i++)
            {
                var half = Schedule + (WordBits * (i / 2)) + (Half * (1 - (i % 2)));
                limbs[i] = BitColumns.Sum<T, TBuilder>(ref builder, half + 8, 8) + T.Scale(BitColumns.Sum<T, TBuilder>(ref builder, half, 8), KoalaBear.FromCanonical(256));
            }

            return limbs;
        }

        static T Value(ref TBuilder builder, int word, int half) =>
            word < 0 ? builder.Main(~word + half) : BitColumns.Limb<T, TBuilder>(ref builder, word + (Half * half));

        // The exclusive or of three rotations to the right, or of two and a shift: half of it.
        static T Sigma(ref TBuilder builder, int word, int half, (int, int, int) by, bool shifts)
        {
            var sum = T.Zero;
            for (var i = (Half * half) + Half - 1; i >= Half * half; i--)
            {
                var sign = Sign(ref builder, word + ((i + by.Item1) % WordBits)) * Sign(ref builder, word + ((i + by.Item2) % WordBits));
                if (!shifts || i + by.Item3 < WordBits)
                    sign *= Sign(ref builder, word + ((i + by.Item3) % WordBits));
                sum = sum + sum + sign;
            }

            return BitColumns.OfSigns(sum, BitColumns.Ones);
        }

        static T Sign(ref TBuilder builder, int column) => BitColumns.Sign<T, TBuilder>(ref builder, column);

        static T Shifted(T carry) => T.Scale(carry, KoalaBear.FromCanonical(1u << Half));

        static T UpTo(T value, int greatest)
        {
            var product = value;
            for (var i = 1; i <= greatest; i++)
                product *= value - CellMessages.Element<T>(i);
            return product;
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        if (preprocessed.Slice(Active, 2).ContainsAnyExcept(KoalaBear.Zero, KoalaBear.One) || (preprocessed[Active].IsZero && !preprocessed[Scheduled].IsZero))
            return "rounds are active or not, and scheduled or not where they are";
        foreach (var constant in preprocessed[Constants..])
        {
            if (constant.Canonical > BitColumns.Ones)
                return "a round constant has halves below 2^16";
        }

        return preprocessed[Active].IsZero && preprocessed.Slice(Readers, Results).IndexOfAnyExcept(KoalaBear.Zero) >= 0 ? "rounds that are not active are read" : null;
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < step.Reads.Length; i++)
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[AddressResults] = KoalaBear.FromCanonical((uint)step.Results[0]);
        row[Active] = KoalaBear.One;
        row[Scheduled] = step.Parameters[0] < MessageRows ? KoalaBear.Zero : KoalaBear.One;
        for (var i = 0; i < Results; i++)
            row[Readers + i] = readers.MultiplicityOf(step.Results[i]);
        for (var r = 0; r < RoundsPerRow; r++)
            WriteHalves(ConstantOf(step, r), row[(Constants + (2 * r))..]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        Span<uint> w = stackalloc uint[RoundsPerRow];
        Span<uint> a = stackalloc uint[2 * RoundsPerRow];
        Span<uint> e = stackalloc uint[2 * RoundsPerRow];
        for (var i = 0; i < 4; i++)
            (a[3 - i], e[3 - i]) = (WordOf(step.Read(0), i), WordOf(step.Read(1), i));
        for (var r = 0; r < RoundsPerRow; r++)
        {
            w[r] = step.Parameters[0] < MessageRows
                ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(WordOf(step.Read(AddressMessage), r))
                : WordOf(step.Read(2), r)
                    + (r < 3 ? WordOf(step.Read(3), r + 1) : WordOf(step.Read(4), 0))
                    + (r < 3 ? WordOf(step.Read(5), r + 1) : WordOf(step.Read(6), 0))
                    + (r < 2 ? WordOf(step.Read(7), r + 2) : Sha256.SmallSigma(w[r - 2], Sha256.SmallSigma1));
            var t = e[r] + Sha256.BigSigma(e[r + 3], Sha256.BigSigma1) + Sha256.Choose(e[r + 3], e[r + 2], e[r + 1]) + ConstantOf(step, r) + w[r];
            e[r + 4] = t + a[r];
            a[r + 4] = t + Sha256.BigSigma(a[r + 3], Sha256.BigSigma0) + Sha256.Majority(a[r + 3], a[r + 2], a[r + 1]);
        }

        for (var i = 0; i < RoundsPerRow; i++)
        {
            WriteHalves(a[7 - i], results[(2 * i)..]);
            WriteHalves(e[7 - i], results[(Cells.Limbs + (2 * i))..]);
            WriteHalves(w[i], results[((2 * Cells.Limbs) + (2 * i))..]);
            WriteHalves(Sha256.SmallSigma(w[i], Sha256.SmallSigma0), results[((3 * Cells.Limbs) + (2 * i))..]);
            WriteHalves(Sha256.SmallSigma(w[i], Sha256.SmallSigma1), results[((4 * Cells.Limbs) + (2 * i))..]);
        }

        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        for (var i = 0; i < 3; i++)
        {
            BitColumns.Fill(WordOf(step.Read(0), i), row.Slice(As[3 - i], WordBits));
            BitColumns.Fill(WordOf(step.Read(1), i), row.Slice(Es[3 - i], WordBits));
        }

        step.Read(0)[6..].CopyTo(row[Direct..]);
        step.Read(1)[6..].CopyTo(row[(Direct + 2)..]);
        for (var r = 0; r < RoundsPerRow; r++)
        {
            BitColumns.Fill(WordOf(step.Result(0), 3 - r), row.Slice(As[4 + r], WordBits));
            BitColumns.Fill(WordOf(step.Result(1), 3 - r), row.Slice(Es[4 + r], WordBits));
            BitColumns.Fill(WordOf(step.Result(2), r), row.Slice(Schedule + (WordBits * r), WordBits));
        }

        for (var i = 2; i < Operands; i++)
            step.Read(i).CopyTo(row[(Read + ((i - 2) * Cells.Limbs))..]);
        FillCarries(step.Parameters[0], row);
    }

    /// <summary>Writes the carries that the other columns of row k of a compression have.</summary>
    internal static void FillCarries(int k, Span<KoalaBear> row)
    {
        for (var r = 0; r < RoundsPerRow; r++)
        {
            var (e, f, g, a, b, c) = (Of(row, Es[r + 3]), Of(row, Es[r + 2]), Of(row, Es[r + 1]), Of(row, As[r + 3]), Of(row, As[r + 2]), Of(row, As[r + 1]));
            ReadOnlySpan<uint> shared =
                [Of(row, Es[r]), Sha256.BigSigma(e, Sha256.BigSigma1), Sha256.Choose(e, f, g), Sha256.Constants[(RoundsPerRow * k) + r], Of(row, Schedule + (WordBits * r))];
            var carries = row.Slice(Rounds + (RoundColumns * r) + (2 * WordBits), 4);
            CarriesOf([.. shared, Of(row, As[r])], carries);
            CarriesOf([.. shared, Sha256.BigSigma(a, Sha256.BigSigma0), Sha256.Majority(a, b, c)], carries[2..]);
        }

        row.Slice(Carries, 2 * RoundsPerRow).Clear();
        for (var j = 0; j < RoundsPerRow && k >= MessageRows; j++)
        {
            CarriesOf(
                [
                    Of(row, ~(Read + (2 * j))),
                    Of(row, ~(j < 3 ? Read + Cells.Limbs + (2 * j) + 2 : Read + (2 * Cells.Limbs))),
                    Of(row, ~(j < 3 ? Read + (3 * Cells.Limbs) + (2 * j) + 2 : Read + (4 * Cells.Limbs))),
                    j < 2 ? Of(row, ~(Read + (5 * Cells.Limbs) + (2 * j) + 4)) : Sha256.SmallSigma(Of(row, Schedule + (WordBits * (j - 2))), Sha256.SmallSigma1),
                ],
                row[(Carries + (2 * j))..]);
        }

        static uint Of(ReadOnlySpan<KoalaBear> row, int word) =>
            word < 0 ? row[~word].Canonical + (row[~word + 1].Canonical << Half) : (uint)BitColumns.Read(row.Slice(word, WordBits));

        static void CarriesOf(ReadOnlySpan<uint> terms, Span<KoalaBear> carries)
        {
            var (low, high) = (0u, 0u);
            foreach (var term in terms)
                (low, high) = (low + (term & BitColumns.Ones), high + (term >> Half));
            carries[0] = KoalaBear.FromCanonical(low >> Half);
            carries[1] = KoalaBear.FromCanonical((high + (low >> Half)) >> Half);
        }
    }

    private static uint ConstantOf(in Step step, int round) => Sha256.Constants[(RoundsPerRow * step.Parameters[0]) + round];

    /// <summary>A word of 32 bits of one of 128; limbs of 2^16 or more, which only a fault brings, lose their excess.</summary>
    private static uint WordOf(ReadOnlySpan<KoalaBear> word, int index) =>
        (word[2 * index].Canonical & BitColumns.Ones) | (word[(2 * index) + 1].Canonical << Half);

    private static void WriteHalves(uint value, Span<KoalaBear> limbs)
    {
        limbs[0] = KoalaBear.FromCanonical(value & BitColumns.Ones);
        limbs[1] = KoalaBear.FromCanonical(value >> Half);
    }
}
