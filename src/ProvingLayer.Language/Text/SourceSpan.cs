namespace ProvingLayer.Language.Text;

/// <summary>A stretch of a source file: half open, in UTF-16 code units.</summary>
/// <param name="File">The file.</param>
/// <param name="Start">The offset of its first character, from 0.</param>
/// <param name="Length">How many characters; 0 marks a place between two.</param>
public readonly record struct SourceSpan(SourceFile File, int Start, int Length)
{
    /// <summary>The offset just after the last character.</summary>
    public int End => Start + Length;

    /// <summary>The first line, from 1.</summary>
    public int Line => StartPosition.Line;

    /// <summary>The first column, from 1.</summary>
    public int Column => StartPosition.Column;

    /// <summary>The line of the end, from 1.</summary>
    public int EndLine => EndPosition.Line;

    /// <summary>The column just after the last character, from 1.</summary>
    public int EndColumn => EndPosition.Column;

    /// <summary>Where it starts.</summary>
    public LinePosition StartPosition => File.Lines.PositionOf(Start);

    /// <summary>Where it ends: the place just after the last character.</summary>
    public LinePosition EndPosition => File.Lines.PositionOf(End);

    /// <summary>The characters themselves.</summary>
    public string Text => File.Text.Substring(Start, Length);

    /// <summary>The smallest span that holds two spans of one file.</summary>
    /// <param name="other">The other span.</param>
    /// <returns>Their hull.</returns>
    public SourceSpan To(SourceSpan other)
    {
        var start = Math.Min(Start, other.Start);
        return new(File, start, Math.Max(End, other.End) - start);
    }

    /// <summary>The span as <c>file(line,col,endLine,endCol)</c>.</summary>
    /// <returns>That text.</returns>
    public override string ToString()
    {
        var (start, end) = (StartPosition, EndPosition);
        return FormattableString.Invariant($"{File.Path}({start.Line},{start.Column},{end.Line},{end.Column})");
    }
}
