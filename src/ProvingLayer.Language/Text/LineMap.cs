namespace ProvingLayer.Language.Text;

/// <summary>A place for people: line and column count from 1, the column in UTF-16 code units, as MSBuild and editors do.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct LinePosition(int Line, int Column);

/// <summary>Where the lines of a text begin. A line ends with LF, CR LF or a lone CR.</summary>
public sealed class LineMap
{
    private readonly string _text;
    private readonly int[] _starts;

    /// <summary>Finds the lines of a text.</summary>
    /// <param name="text">The text.</param>
    public LineMap(string text)
    {
        _text = text;
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        _starts = [.. starts];
    }

    /// <summary>How many lines there are: one more than line ends.</summary>
    public int Count => _starts.Length;

    /// <summary>The line and column of an offset.</summary>
    /// <param name="offset">The offset, 0 to the text's length.</param>
    /// <returns>The place, from 1.</returns>
    public LinePosition PositionOf(int offset)
    {
        var found = Array.BinarySearch(_starts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return new(line + 1, offset - _starts[line] + 1);
    }

    /// <summary>The offset at which a line starts.</summary>
    /// <param name="line">The line, from 1 to <see cref="Count"/>.</param>
    /// <returns>The offset.</returns>
    public int StartOf(int line) => _starts[line - 1];

    /// <summary>A line's text without its end.</summary>
    /// <param name="line">The line, from 1 to <see cref="Count"/>.</param>
    /// <returns>The text.</returns>
    public string TextOf(int line)
    {
        var start = _starts[line - 1];
        var end = line < _starts.Length ? _starts[line] : _text.Length;
        return _text.Substring(start, end - start).TrimEnd('\r', '\n');
    }
}
