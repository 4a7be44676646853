using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// Sum and difference of words, one kind of row: with the preprocessed sign s
/// <code>
///   s = +1:  aᵢ + bᵢ + cᵢ₋₁ = xᵢ + 2^16·cᵢ        x = a + b + c₋₁ − 2^128·c₇
///   s = −1:  aᵢ − bᵢ − cᵢ₋₁ = xᵢ − 2^16·cᵢ        x = a − b − c₋₁ + 2^128·c₇
/// </code>
/// Both are cᵢ = (s·(aᵢ − xᵢ) + bᵢ + cᵢ₋₁) / 2^16, so the inner carries are no columns but expressions of degree 2; each is asserted to be
/// 0 or 1. aᵢ, bᵢ are below 2^16 because they are read from the word bus, xᵢ because its bytes are looked up; then both sides of the
/// equations lie between −2^17 and 2^18 and equality mod p is equality. So x and c₇ are determined: c₇ = 1 exactly if the sum reaches 2^128 or
/// the difference is negative. The carry in is asserted to be 0 or 1 here; whoever wrote it need not have.
/// Padding has s = 0: a and x are unread and free, b and the carries are zero.
/// </summary>
public sealed class WordSumChip : OperationChip
{
    private const int A = 0;
    private const int B = A + Cells.Limbs;
    private const int X = B + Cells.Limbs;
    private const int CarryIn = X + ByteColumns.Count;
    private const int CarryOut = CarryIn + 1;

    private const int AddressA = 0;
    private const int AddressB = 1;
    private const int AddressCarryIn = 2;
    private const int AddressX = 3;
    private const int AddressCarryOut = 4;
    private const int Active = 5;
    private const int Sign = 6;
    private const int ReadersX = 7;
    private const int ReadersCarryOut = 8;

    private static readonly KoalaBear LimbInverse = KoalaBear.FromCanonical(1 << Cells.LimbBits).Inverse();
    private static readonly string[] CarryNames = [.. Enumerable.Range(0, Cells.Limbs).Select(i => $"carry out of limb {i} is boolean")];

    /// <inheritdoc/>
    public override string Name => "word sum";

    /// <inheritdoc/>
    public override int Degree => 8;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        .. Enumerable.Range(0, Cells.Limbs).Select(i => $"a {i}"), .. Enumerable.Range(0, Cells.Limbs).Select(i => $"b {i}"),
        .. ByteColumns.Names("x"), "carry in", "carry out",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address a", "address b", "address carry in", "address x", "address carry out", "active", "sign", "readers of x", "readers of carry out",
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var sign = builder.Preprocessed(Sign);
        var x = ByteColumns.Limbs<T, TBuilder>(ref builder, X);
        var carryIn = builder.Main(CarryIn);
        var carryOut = builder.Main(CarryOut);
        CellMessages.AssertBoolean<T, TBuilder>(ref builder, carryIn, "carry in is boolean");
        var carry = carryIn;
        for (var i = 0; i < Cells.Limbs; i++)
        {
            carry = T.Scale((sign * (builder.Main(A + i) - x[i])) + builder.Main(B + i) + carry, LimbInverse);
            if (i < Cells.Limbs - 1)
                CellMessages.AssertBoolean<T, TBuilder>(ref builder, carry, CarryNames[i]);
        }

        builder.AssertZero(carry - carryOut, "carry out is the last limb's");
        CellMessages.AssertBoolean<T, TBuilder>(ref builder, carryOut, CarryNames[^1]);

        var active = builder.Preprocessed(Active);
        ByteColumns.LookUp<T, TBuilder>(ref builder, active, X, MainColumns);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(AddressA), A, "read a");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(AddressB), B, "read b");
        CellMessages.ReadBase<T, TBuilder>(ref builder, active, builder.Preprocessed(AddressCarryIn), carryIn, "read carry in");
        CellMessages.Write<T, TBuilder>(ref builder, Bus.Word, builder.Preprocessed(ReadersX), builder.Preprocessed(AddressX), x, "write x");
        CellMessages.WriteBase<T, TBuilder>(
            ref builder, builder.Preprocessed(ReadersCarryOut), builder.Preprocessed(AddressCarryOut), carryOut, "write carry out");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        var active = preprocessed[Active];
        if (active != KoalaBear.One)
        {
            return active.IsZero && preprocessed[ReadersX].IsZero && preprocessed[ReadersCarryOut].IsZero
                ? null
                : "a sum that is not active is read";
        }

        var sign = preprocessed[Sign];
        return sign == KoalaBear.One || sign == -KoalaBear.One ? null : "the sign of a sum is not 1 or −1";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < 3; i++)
            row[AddressA + i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[AddressX] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[AddressCarryOut] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[1]));
        row[Active] = KoalaBear.One;
        row[Sign] = step.Instruction.Operation == Operation.Add ? KoalaBear.One : -KoalaBear.One;
        row[ReadersX] = readers.MultiplicityOf(step.Results[0]);
        row[ReadersCarryOut] = readers.MultiplicityOf(step.Results[1]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var a = Words.ToUInt128(step.Read(0));
        var b = Words.ToUInt128(step.Read(1));
        var carryIn = step.Read(2);
        var carry = carryIn[0] == KoalaBear.One ? UInt128.One : UInt128.Zero;
        UInt128 x;
        bool carryOut;
        if (step.Instruction.Operation == Operation.Add)
        {
            var sum = unchecked(a + b);
            x = unchecked(sum + carry);
            carryOut = sum < a || x < sum;
        }
        else
        {
            var difference = unchecked(a - b);
            x = unchecked(difference - carry);
            carryOut = a < b || difference < carry;
        }

        Words.Write(x, results);
        results[Cells.Limbs] = carryOut ? KoalaBear.One : KoalaBear.Zero;
        return (carryIn[0].IsZero || carryIn[0] == KoalaBear.One) && carryIn[1..].IndexOfAnyExcept(KoalaBear.Zero) < 0
            ? null
            : "the carry in is 0 or 1";
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        step.Read(0).CopyTo(row[A..]);
        step.Read(1).CopyTo(row[B..]);
        ByteColumns.Fill(step.Result(0), row[X..], byteCounts);
        row[CarryIn] = step.Read(2)[0];
        row[CarryOut] = step.Result(1)[0];
    }
}
