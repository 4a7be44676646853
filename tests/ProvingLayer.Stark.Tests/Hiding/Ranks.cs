using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.Tests.Hiding;

internal static class Ranks
{
    /// <summary>The rank of a matrix of base elements, by elimination.</summary>
    public static int Of(IEnumerable<KoalaBear[]> matrix)
    {
        var rows = matrix.Select(row => row.ToArray()).ToList();
        var rank = 0;
        for (var column = 0; rows.Count > 0 && column < rows[0].Length; column++)
        {
            var pivot = rows.FindIndex(rank, row => !row[column].IsZero);
            if (pivot < 0)
                continue;
            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            var inverse = rows[rank][column].Inverse();
            for (var other = rank + 1; other < rows.Count; other++)
            {
                var scale = rows[other][column] * inverse;
                for (var i = column; i < rows[other].Length; i++)
                    rows[other][i] -= scale * rows[rank][i];
            }

            rank++;
        }

        return rank;
    }
}
