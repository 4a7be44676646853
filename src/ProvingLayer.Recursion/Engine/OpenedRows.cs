using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Engine;

/// <summary>What one query opens of one commitment: for each level at which rows enter its tree the blocks of the concatenated row, filled up with zeros.</summary>
internal sealed class OpenedRows(WireRows rows, int levels)
{
    private const int BlocksPerRow = 4;

    private readonly (Cell[] Blocks, int Width)[] entered = new (Cell[], int)[levels];
    private readonly Dictionary<(int Level, int Block), Wire[]> spread = [];

    public void Enter(int level, Cell[] blocks, int width)
    {
        entered[level] = (blocks, width);
        if (width % Cells.Limbs != 0)
            ElementsOf(level, blocks.Length - 1); // that what fills it up is zero is asserted, whoever reads it
    }

    public (Cell[] Blocks, int Width) Row(int level) => entered[level];

    public Wire Element(int level, int column) => ElementsOf(level, column / Cells.Limbs)[column % Cells.Limbs];

    /// <summary>
    /// Σ vⱼ·xʲ by Horner's rule from the last column on: four whole blocks are one row, so is an element that stands outside of them. A last block that is
    /// filled up with zeros is whole, and where the sum begins with whole blocks, blocks of zeros stand above them until they are a multiple of four.
    /// </summary>
    public Wire Combine(RowPart part, Wire point)
    {
        var (blocks, width) = entered[part.Level];
        var end = part.Start + part.Width;
        var first = (part.Start + Cells.Limbs - 1) / Cells.Limbs;
        var last = end == width ? blocks.Length : end / Cells.Limbs; // the whole blocks are first … last − 1
        var sum = Wire.Zero;
        var column = end;
        if (last > first)
        {
            for (; column > last * Cells.Limbs; column--)
                sum = (sum * point) + Element(part.Level, column - 1);
            var whole = last;
            if (column == end)
                last += (first - last) & (BlocksPerRow - 1);
            for (; last - first >= BlocksPerRow; last -= BlocksPerRow)
            {
                Cell[] four = [.. Enumerable.Range(last - BlocksPerRow, BlocksPerRow).Select(block => block < whole ? blocks[block] : Zeros())];
                sum = rows.WireOf(rows.Builder.Horner(sum.ToCell(rows), point.ToCell(rows), four));
            }

            column = last * Cells.Limbs;
        }

        for (; column > part.Start; column--)
            sum = (sum * point) + Element(part.Level, column - 1);
        return sum;
    }

    private Cell Zeros() => rows.Builder.ConstantBlock(new KoalaBear[Cells.Limbs]);

    private Wire[] ElementsOf(int level, int block)
    {
        if (!spread.TryGetValue((level, block), out var elements))
        {
            var (blocks, width) = entered[level];
            var length = Math.Min(Cells.Limbs, width - (block * Cells.Limbs));
            elements = [.. rows.Builder.Spread(blocks[block], length, VerificationError.MerkleMismatch.ToString()).Select(rows.WireOf)];
            spread.Add((level, block), elements);
        }

        return elements;
    }
}
