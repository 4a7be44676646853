using System.Globalization;

namespace ProvingLayer.Cli.Shell;

/// <summary>The two streams a report for people is written to.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Complaints and progress.</param>
internal sealed record TextPage(TextStream Out, TextStream Error);

/// <summary>A stream of text that knows whether it may be coloured, and how wide it is.</summary>
internal sealed class TextStream(TextWriter writer, bool colour, int? width)
{
    /// <summary>The stream itself.</summary>
    public TextWriter Writer => writer;

    /// <summary>Whether ANSI sequences may be written.</summary>
    public bool Colour => colour;

    /// <summary>Columns of the terminal; null when this is not a terminal, and lines may be as long as they like.</summary>
    public int? Width => width;

    /// <summary>What an error is called in.</summary>
    public string Red(string text) => Styled(text, 31);

    /// <summary>What is well.</summary>
    public string Green(string text) => Styled(text, 32);

    /// <summary>What deserves a look.</summary>
    public string Yellow(string text) => Styled(text, 33);

    /// <summary>Names and places.</summary>
    public string Cyan(string text) => Styled(text, 36);

    /// <summary>A heading.</summary>
    public string Bold(string text) => Styled(text, 1);

    /// <summary>What matters less.</summary>
    public string Dim(string text) => Styled(text, 2);

    /// <summary>Writes a line.</summary>
    public void Line(string text = "") => writer.WriteLine(text);

    /// <summary>Writes without ending the line.</summary>
    public void Write(string text) => writer.Write(text);

    private string Styled(string text, int code) =>
        colour && text.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"\e[{code}m{text}\e[0m") : text;
}
