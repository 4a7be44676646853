namespace ProvingLayer.Language.Text;

/// <summary>A source text and the path it came from. The path is for messages and module lookup; nothing here reads it.</summary>
public sealed class SourceFile
{
    private LineMap? _lines;

    /// <summary>A source file held in memory.</summary>
    /// <param name="path">Where it came from; shown in messages with '/' between the parts.</param>
    /// <param name="text">Its text.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
    }

    /// <summary>Where the text came from.</summary>
    public string Path { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>The lines of the text.</summary>
    public LineMap Lines => _lines ??= new(Text);

    /// <summary>A part of this file.</summary>
    /// <param name="start">The offset of its first character.</param>
    /// <param name="length">How many characters.</param>
    /// <returns>The span, cut off at the text's end.</returns>
    public SourceSpan Span(int start, int length)
    {
        var from = Math.Max(0, Math.Min(start, Text.Length));
        return new(this, from, Math.Max(0, Math.Min(length, Text.Length - from)));
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
