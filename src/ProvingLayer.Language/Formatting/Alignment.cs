namespace ProvingLayer.Language.Formatting;

/// <summary>Puts what belongs below each other below each other, in lines that follow each other at one indentation.</summary>
internal static class Alignment
{
    /// <summary>Nothing is pushed further than this: one long line does not move its neighbours.</summary>
    private const int MaxPadding = 40;

    public static void Align(List<Line> lines)
    {
        // Comments last: what stands before them has its place by then.
        foreach (var point in new[] { AlignmentPoint.RequireElse, AlignmentPoint.Arrow, AlignmentPoint.Comment })
        {
            for (var i = 0; i < lines.Count;)
            {
                var end = i;
                while (end < lines.Count && lines[end].Indent == lines[i].Indent && Find(lines[end], point) is not null)
                {
                    end++;
                }

                Align([.. lines.Skip(i).Take(end - i).Select(l => (l, Find(l, point)!))]);
                i = Math.Max(end, i + 1);
            }
        }
    }

    private static void Align(List<(Line Line, Piece Piece)> rows)
    {
        if (rows.Count < 2)
        {
            return;
        }

        var starts = rows.Select(r => r.Line.StartOf(r.Piece)).ToList();
        if (starts.Max() - starts.Min() > MaxPadding)
        {
            return;
        }

        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Piece.Spaces += starts.Max() - starts[i];
        }
    }

    // The only one of its kind in the line.
    private static Piece? Find(Line line, AlignmentPoint point)
    {
        var found = line.Pieces.Where(p => p.Point == point).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
