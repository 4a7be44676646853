using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// One fold of FRI by eight. The row holds f₀ … f₇, the values of a polynomial p of degree below 8 (in the coset's own variable) at ω^rev(m), ω of order 8. Bits
/// b₀, b₁, b₂ say which of them a query has come to, k = Σ 2ⁱbᵢ: written are f_k and p(t), t = u·ω^rev(k). With eight flags e_m = [m = k], products of three factors bᵢ or 1 − bᵢ,
/// <code>
///   f_k = Σ e_m·f_m,   t = u·Σ e_m·ω^rev(m),   p(t) = Σ cⱼtʲ,   cⱼ = ⅛·Σ f_m·ω^(−j·rev(m))
/// </code>
/// and p(t) by Horner's rule, two steps to a column. That the bits are boolean is their writer's: the flags are a partition of one for any bits, and those of a boolean k
/// for boolean ones. All operands come from the bus on active rows; every other column is a function of these. Padding: e₀ = 1, else zeros; unread.
/// </summary>
public sealed class FoldChip : OperationChip
{
    private const int Arity = 8;
    private const int LogArity = 3;
    private const int Blocks = Arity * Extension5.Degree / Cells.Limbs;
    private const int Point = Arity * Extension5.Degree; // u
    private const int Bits = Point + Extension5.Degree;
    private const int Flags = Bits + LogArity;
    private const int Argument = Flags + Arity; // t
    private const int Sums = Argument + Extension5.Degree; // after two steps, four, six
    private const int Result = Sums + (3 * Extension5.Degree);

    private const int AddressBlocks = 0;
    private const int AddressPoint = Blocks;
    private const int AddressBits = AddressPoint + 1;
    private const int AddressSelected = AddressBits + LogArity;
    private const int AddressFolded = AddressSelected + 1;
    private const int Active = AddressFolded + 1;
    private const int ReadersOfSelected = Active + 1;
    private const int ReadersOfFolded = ReadersOfSelected + 1;

    private static readonly KoalaBear[] Roots = [.. Enumerable.Range(0, Arity).Select(m => KoalaBear.TwoAdicRoot(LogArity).Pow((ulong)Reverse(m)))];

    // ω^(−j·rev(m)) / 8 at 8·j + m.
    private static readonly KoalaBear[] Weights =
        [.. from j in Enumerable.Range(0, Arity) from root in Roots select root.Inverse().Pow((ulong)j) * KoalaBear.FromCanonical(Arity).Inverse()];

    private static readonly string[] ReadBlockNames = [.. Enumerable.Range(0, Blocks).Select(i => $"read block {i}")];
    private static readonly string[] ReadBitNames = [.. Enumerable.Range(0, LogArity).Select(i => $"read bit {i}")];
    private static readonly string[] FlagNames = [.. Enumerable.Range(0, Arity).Select(i => $"flag {i}")];
    private static readonly string[] ArgumentNames = [.. ExtensionColumns.Names("argument")];
    private static readonly string[] SumNames = [.. Enumerable.Range(0, 4).SelectMany(i => ExtensionColumns.Names(i < 3 ? $"sum {i}" : "folded"))];

    private static readonly KoalaBear[] Padding = [.. Enumerable.Range(0, Result + Extension5.Degree).Select(i => i == Flags ? KoalaBear.One : KoalaBear.Zero)];

    /// <inheritdoc/>
    public override string Name => "fold";

    /// <summary>The constraints are of degree 3; with 5 four messages share a helper column, and tables that stand beside it in a verifier are of degree 5 anyway.</summary>
    public override int Degree => 5;

    /// <inheritdoc/>
    public override ImmutableArray<string> MainColumns { get; } =
    [
        .. Enumerable.Range(0, Arity).SelectMany(m => ExtensionColumns.Names($"value {m}")), .. ExtensionColumns.Names("point"),
        .. Enumerable.Range(0, LogArity).Select(i => $"bit {i}"), .. FlagNames, .. ArgumentNames, .. SumNames,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> PreprocessedColumns { get; } =
    [
        .. Enumerable.Range(0, Blocks).Select(i => $"address block {i}"), "address point", .. Enumerable.Range(0, LogArity).Select(i => $"address bit {i}"),
        "address selected", "address folded", "active", "readers of selected", "readers of folded",
    ];

    /// <inheritdoc/>
    public override void Constrain<T, TBuilder>(ref TBuilder builder)
    {
        var root = T.Zero;
        for (var m = 0; m < Arity; m++)
        {
            var flag = builder.Main(Flags + m);
            builder.AssertZero((Factor(ref builder, m, 0) * Factor(ref builder, m, 1) * Factor(ref builder, m, 2)) - flag, FlagNames[m]);
            root += T.Scale(flag, Roots[m]);
        }

        var argument = ExtensionColumns.Main<T, TBuilder>(ref builder, Argument);
        for (var i = 0; i < Extension5.Degree; i++)
            builder.AssertZero((builder.Main(Point + i) * root) - argument[i], ArgumentNames[i]);

        var sum = Coefficient(ref builder, Arity - 1);
        for (var step = 0; step < 4; step++)
        {
            sum = Plus(ExtensionColumns.Multiply<T>(sum, argument), Coefficient(ref builder, Arity - 2 - (2 * step)));
            if (step < 3)
                sum = Plus(ExtensionColumns.Multiply<T>(sum, argument), Coefficient(ref builder, Arity - 3 - (2 * step)));
            var column = ExtensionColumns.Main<T, TBuilder>(ref builder, Sums + (step * Extension5.Degree));
            for (var i = 0; i < Extension5.Degree; i++)
                builder.AssertZero(sum[i] - column[i], SumNames[(step * Extension5.Degree) + i]);
            sum = column;
        }

        var selected = default(ExtensionColumns.Limbs<T>);
        for (var i = 0; i < Extension5.Degree; i++)
        {
            selected[i] = builder.Main(Flags) * builder.Main(i);
            for (var m = 1; m < Arity; m++)
                selected[i] += builder.Main(Flags + m) * builder.Main((m * Extension5.Degree) + i);
        }

        var active = builder.Preprocessed(Active);
        for (var i = 0; i < Blocks; i++)
            CellMessages.Read<T, TBuilder>(ref builder, Bus.Block, active, builder.Preprocessed(AddressBlocks + i), i * Cells.Limbs, ReadBlockNames[i]);
        CellMessages.Read<T, TBuilder>(ref builder, Bus.Value, active, builder.Preprocessed(AddressPoint), Point, "read point");
        for (var i = 0; i < LogArity; i++)
            CellMessages.ReadBase<T, TBuilder>(ref builder, active, builder.Preprocessed(AddressBits + i), builder.Main(Bits + i), ReadBitNames[i]);
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Value, builder.Preprocessed(ReadersOfFolded), builder.Preprocessed(AddressFolded), Result, "write folded");
        CellMessages.Write<T, TBuilder>(
            ref builder, Bus.Value, builder.Preprocessed(ReadersOfSelected), builder.Preprocessed(AddressSelected), selected, "write selected");

        static T Factor(ref TBuilder builder, int m, int bit) => (m >> bit & 1) != 0 ? builder.Main(Bits + bit) : T.One - builder.Main(Bits + bit);

        static ExtensionColumns.Limbs<T> Coefficient(ref TBuilder builder, int j)
        {
            var coefficient = default(ExtensionColumns.Limbs<T>);
            for (var i = 0; i < Extension5.Degree; i++)
            {
                coefficient[i] = T.Scale(builder.Main(i), Weights[Arity * j]);
                for (var m = 1; m < Arity; m++)
                    coefficient[i] += T.Scale(builder.Main((m * Extension5.Degree) + i), Weights[(Arity * j) + m]);
            }

            return coefficient;
        }

        static ExtensionColumns.Limbs<T> Plus(ExtensionColumns.Limbs<T> left, ExtensionColumns.Limbs<T> right)
        {
            for (var i = 0; i < Extension5.Degree; i++)
                left[i] += right[i];
            return left;
        }
    }

    /// <inheritdoc/>
    public override string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) =>
        preprocessed[Active] == KoalaBear.One || (preprocessed[Active].IsZero && preprocessed[ReadersOfSelected].IsZero && preprocessed[ReadersOfFolded].IsZero)
            ? null
            : "a fold that is not active is read";

    internal override void Preprocess(in Step step, in ReaderCounts readers, Span<KoalaBear> row)
    {
        for (var i = 0; i < step.Reads.Length; i++)
            row[AddressBlocks + i] = KoalaBear.FromCanonical((uint)step.Reads[i]);
        row[AddressSelected] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[0]));
        row[AddressFolded] = KoalaBear.FromCanonical((uint)Step.AddressOf(step.Results[1]));
        row[Active] = KoalaBear.One;
        row[ReadersOfSelected] = readers.MultiplicityOf(step.Results[0]);
        row[ReadersOfFolded] = readers.MultiplicityOf(step.Results[1]);
    }

    internal override string? Compute(in Step step, Span<KoalaBear> results)
    {
        Span<KoalaBear> row = stackalloc KoalaBear[Result + Extension5.Degree];
        var k = FillFrom(step, row);
        if (k < 0)
            return "the bits are booleans";
        row.Slice(k * Extension5.Degree, Extension5.Degree).CopyTo(results);
        row[Result..].CopyTo(results[Cells.Limbs..]);
        return null;
    }

    internal override void Fill(in Step step, Span<KoalaBear> row, Span<uint> byteCounts)
    {
        FillFrom(step, row);
        step.Result(1)[..Extension5.Degree].CopyTo(row[Result..]);
    }

    internal override ReadOnlySpan<KoalaBear> PaddingRow() => Padding;

    /// <summary>Writes a row from the operands; returns k, or −1 where a bit is none.</summary>
    private static int FillFrom(in Step step, Span<KoalaBear> row)
    {
        for (var i = 0; i < Blocks; i++)
            step.Read(i).CopyTo(row[(i * Cells.Limbs)..]);
        step.Read(AddressPoint)[..Extension5.Degree].CopyTo(row[Point..]);
        var k = 0;
        for (var i = 0; i < LogArity; i++)
        {
            var bit = step.Read(AddressBits + i);
            row[Bits + i] = bit[0];
            if (k >= 0 && bit[0].Canonical <= 1 && bit[1..].IndexOfAnyExcept(KoalaBear.Zero) < 0)
                k |= (int)bit[0].Canonical << i;
            else
                k = -1;
        }

        var root = KoalaBear.Zero;
        for (var m = 0; m < Arity; m++)
        {
            var flag = KoalaBear.One;
            for (var i = 0; i < LogArity; i++)
                flag *= (m >> i & 1) != 0 ? row[Bits + i] : KoalaBear.One - row[Bits + i];
            row[Flags + m] = flag;
            root += flag * Roots[m];
        }

        var argument = new Extension5(row.Slice(Point, Extension5.Degree)) * root;
        argument.CopyTo(row[Argument..]);
        var sum = Coefficient(row, Arity - 1);
        for (var j = Arity - 2; j >= 0; j--)
        {
            sum = (sum * argument) + Coefficient(row, j);
            if ((j & 1) != 0 || j == 0)
                sum.CopyTo(row[(Sums + ((Arity - 2 - j) / 2 * Extension5.Degree))..]);
        }

        return k;
    }

    private static Extension5 Coefficient(ReadOnlySpan<KoalaBear> row, int j)
    {
        var coefficient = Extension5.Zero;
        for (var m = 0; m < Arity; m++)
            coefficient += new Extension5(row.Slice(m * Extension5.Degree, Extension5.Degree)) * Weights[(Arity * j) + m];
        return coefficient;
    }

    private static int Reverse(int m) => (m & 1) << 2 | (m & 2) | m >> 2;
}
