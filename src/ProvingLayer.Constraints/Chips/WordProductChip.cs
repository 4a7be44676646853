using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// (high, low) = a·b + e + f, which is at most (2^128 − 1)² + 2(2^128 − 1) = 2^256 − 1. a and b are 16 bytes each, the result 16 limbs out₀ … out₁₅
/// of two bytes. Two byte columns an equation, k = 0 … 15, c₋₁ = c₁₅ = 0, eₖ = fₖ = 0 for k ≥ 8:
/// <code>
///   Σ_{i+j=2k} aᵢbⱼ + 256·Σ_{i+j=2k+1} aᵢbⱼ + eₖ + fₖ + cₖ₋₁ = outₖ + 2^16·cₖ
/// </code>
/// All bytes are looked up; eₖ, fₖ are limbs from the word bus. The left side is greatest at k = 7:
/// 15·255² + 256·16·255² + 2·(2^16 − 1) + cₖ₋₁ ≤ 267,453,180 &lt; 2^28. A carry is cₖ = u + 16·v with both looked up as bytes, so
/// cₖ ≤ 255 + 16·255 = 4,335 and the right side is at most 284,164,095. Both sides lie in [0, p): equality mod p is equality, and
/// Σ 2^(16k) over the equations gives the product. The honest cₖ is at most 267,453,180 / 2^16 &lt; 4,096, so u = cₖ mod 16, v = cₖ div 16 exist.
/// (u, v) is not unique, cₖ and the result are. A carry checked to 16 bits only would be unsound: 2^16·2^16 > p.
/// The 94 look-ups dominate, so the degree is 9: eight fractions share a helper column.
/// </summary>
public sealed class WordProductChip : OperationChip
{
    private const int Equations = 16;
    private const int Carries = Equations - 1;

    private const int A = 0;
    private const int B = A + ByteColumns.Count;
    private const int E = B + ByteColumns.Count;
    private const int F = E + Cells.Limbs;
    private const int Low = F + Cells.Limbs;
    private const int High = Low + ByteColumns.Count;
    private const int Carry = High + ByteColumns.Count;
    private const int Width = Carry + (2 * Carries);
    private const uint CarryUnit = 16;

    private const int Operands = 4;
    private const int AddressHigh = 4;
    private const int AddressLow = 5;
    private const int Active = 6;
    private const int ReadersHigh = 7;
    private const int ReadersLow = 8;

    private static readonly string[] EquationNames = [.. Enumerable.Range(0, Equations).Select(k => $"product limb {k}")];

    /// <inheritdoc/>
    public override string Name => "word product";

    /// <inheritdoc/>
    public override int Degree => 9;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        .. ByteColumns.Names("a"), .. ByteColumns.Names("b"),
        .. Enumerable.Range(0, Cells.Limbs).Select(i => $"e {i}"), .. Enumerable.Range(0, Cells.Limbs).Select(i => $"f {i}"),
        .. ByteColumns.Names("low"), .. ByteColumns.Names("high"),
        .. Enumerable.Range(0, 2 * Carries).Select(i => $"carry {i / 2} {(i % 2 == 0 ? "ones" : "sixteens")}"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        "address a", "address b", "address e", "address f", "address high", "address low", "active", "readers of high", "readers of low",
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var low = ByteColumns.Limbs<T, TBuilder>(ref builder, Low);
        var high = ByteColumns.Limbs<T, TBuilder>(ref builder, High);
        var carryIn = T.Zero;
        for (var k = 0; k < Equations; k++)
        {
            var left = Antidiagonal<T, TBuilder>(ref builder, 2 * k);
            if (k < Equations - 1)
                left += T.Scale(Antidiagonal<T, TBuilder>(ref builder, (2 * k) + 1), KoalaBear.FromCanonical(256));
            left += carryIn;
            if (k < Cells.Limbs)
                left += builder.Main(E + k) + builder.Main(F + k);
            left -= k < Cells.Limbs ? low[k] : high[k - Cells.Limbs];
            if (k < Carries)
            {
                carryIn = builder.Main(Carry + (2 * k)) + T.Scale(builder.Main(Carry + (2 * k) + 1), KoalaBear.FromCanonical(CarryUnit));
                left -= T.Scale(carryIn, KoalaBear.FromCanonical(1 << Cells.LimbBits));
            }

            builder.AssertZero(left, EquationNames[k]);
        }

        var active = builder.Preprocessed(Active);
        ByteColumns.LookUp<T, TBuilder>(ref builder, active, A, MainColumns);
        ByteColumns.LookUp<T, TBuilder>(ref builder, active, B, MainColumns);
        ByteColumns.LookUp<T, TBuilder>(ref builder, active, Low, MainColumns);
        ByteColumns.LookUp<T, TBuilder>(ref builder, active, High, MainColumns);
        for (var i = Carry; i < Width; i++)
            CellMessages.LookUpByte<T, TBuilder>(ref builder, active, builder.Main(i), MainColumns[i]);
        var a = ByteColumns.Limbs<T, TBuilder>(ref builder, A);
        var b = ByteColumns.Limbs<T, TBuilder>(ref builder, B);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(0), a, "read a");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(1), b, "read b");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(2), E, "read e");
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Word, active, builder.Preprocessed(3), F, "read f");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Word, builder.Preprocessed(ReadersHigh), builder.Preprocessed(AddressHigh), high, "write high");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Word, builder.Preprocessed(ReadersLow), builder.Preprocessed(AddressLow), low, "write low");
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed)
    {
        var active = preprocessed[Active];
        if (active == KoalaBear.One)
            return null;
        return active.IsZero && preprocessed[ReadersHigh].IsZero && preprocessed[ReadersLow].IsZero
            ? null
            : "a product that is not active is read";
    }

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < Operands; i++)
            row[i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[AddressHigh] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[AddressLow] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[1]));
        row[Active] = KoalaBear.One;
        row[ReadersHigh] = readers.MultiplicityOf(step.Results[0]);
        row[ReadersLow] = readers.MultiplicityOf(step.Results[1]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        var high = UInt128.BigMul(Words.ToUInt128(step.Read(0)), Words.ToUInt128(step.Read(1)), out var low);
        for (var addend = 2; addend < Operands; addend++)
        {
            var value = Words.ToUInt128(step.Read(addend));
            low = unchecked(low + value);
            if (low < value)
                high = unchecked(high + 1);
        }

        Words.Write(high, results);
        Words.Write(low, results[Cells.Limbs..]);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        Span<uint> a = stackalloc uint[ByteColumns.Count];
        Span<uint> b = stackalloc uint[ByteColumns.Count];
        FillOperand(step.Read(0), a, row[A..], byteCounts);
        FillOperand(step.Read(1), b, row[B..], byteCounts);
        step.Read(2).CopyTo(row[E..]);
        step.Read(3).CopyTo(row[F..]);
        ByteColumns.Fill(step.Result(1), row[Low..], byteCounts);
        ByteColumns.Fill(step.Result(0), row[High..], byteCounts);

        Span<uint> products = stackalloc uint[2 * ByteColumns.Count];
        products.Clear();
        for (var i = 0; i < ByteColumns.Count; i++)
        {
            for (var j = 0; j < ByteColumns.Count; j++)
                products[i + j] += a[i] * b[j];
        }

        long carry = 0;
        for (var k = 0; k < Carries; k++)
        {
            var left = carry + products[2 * k] + (256L * products[(2 * k) + 1]);
            if (k < Cells.Limbs)
                left += (long)row[E + k].Canonical + row[F + k].Canonical;
            var output = step.Result(k < Cells.Limbs ? 1 : 0)[k % Cells.Limbs].Canonical;
            carry = Math.Clamp((left - output) >> Cells.LimbBits, 0, (CarryUnit * 255) + (CarryUnit - 1));
            FillCarry((uint)carry % CarryUnit, ref row[Carry + (2 * k)], byteCounts);
            FillCarry((uint)carry / CarryUnit, ref row[Carry + (2 * k) + 1], byteCounts);
        }
    }

    private static T Antidiagonal<T, TBuilder>(ref TBuilder builder, int sum)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var first = Math.Max(0, sum - ByteColumns.Count + 1);
        var last = Math.Min(ByteColumns.Count - 1, sum);
        var total = builder.Main(A + first) * builder.Main(B + sum - first);
        for (var i = first + 1; i <= last; i++)
            total += builder.Main(A + i) * builder.Main(B + sum - i);
        return total;
    }

    private static void FillOperand(ReadOnlySpan<KoalaBear> limbs, Span<uint> bytes, Span<KoalaBear> columns, Span<uint> byteCounts)
    {
        for (var i = 0; i < Cells.Limbs; i++)
        {
            var limb = limbs[i].Canonical;
            bytes[2 * i] = limb & 0xff;
            bytes[(2 * i) + 1] = (limb >> 8) & 0xff;
            ByteColumns.Fill(limb, columns.Slice(2 * i, 2), byteCounts);
        }
    }

    private static void FillCarry(uint part, ref KoalaBear column, Span<uint> byteCounts)
    {
        column = ByteColumns.Byte(part);
        byteCounts[(int)part]++;
    }
}
