using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Proving;

/// <summary>Extensions of the permutation matrices that the constraints of one table read.</summary>
/// <param name="Own">Its own.</param>
/// <param name="Leader">That of its group's leader, where the chip is told the instance of a row.</param>
/// <param name="Others">Of a leader: those of the other tables of its group, and how many base columns of each are helpers.</param>
internal sealed record HelperRows(Matrix Own, Matrix? Leader, (Matrix Matrix, int Columns)[] Others)
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Degree = Extension5.Degree;

    /// <summary>Σh of the other tables on sixteen rows.</summary>
    public PackedExtension5 SumOfOthers(int firstRow)
    {
        if (Others.Length == 0)
            return PackedExtension5.Zero;
        Span<KoalaBear> sums = stackalloc KoalaBear[Degree * Lanes];
        sums.Clear();
        foreach (var (matrix, columns) in Others)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var row = matrix.Row(firstRow + lane);
                for (var column = 0; column < columns; column += Degree)
                {
                    for (var j = 0; j < Degree; j++)
                        sums[(j * Lanes) + lane] += row[column + j];
                }
            }
        }

        return new(
            PackedKoalaBear.Load(sums),
            PackedKoalaBear.Load(sums[Lanes..]),
            PackedKoalaBear.Load(sums[(2 * Lanes)..]),
            PackedKoalaBear.Load(sums[(3 * Lanes)..]),
            PackedKoalaBear.Load(sums[(4 * Lanes)..]));
    }
}
