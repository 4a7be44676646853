namespace ProvingLayer.Constraints.Circuits;

/// <summary>The place in a source that instructions come from.</summary>
/// <param name="File">The source's name; empty for none.</param>
/// <param name="Line">First line, from 1.</param>
/// <param name="Column">First column, from 1.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">The column after the last.</param>
/// <param name="Text">The source text, or what the compiler says of the place.</param>
public readonly record struct SourceMark(string File, int Line, int Column, int EndLine, int EndColumn, string Text)
{
    /// <summary>Begins the text of the rows that verify an inner proof: their cost is told apart from that of the line they belong to.</summary>
    public const string InnerVerification = "inner proof of ";

    /// <summary>No place.</summary>
    public static SourceMark None { get; } = new("", 0, 0, 0, 0, "");

    /// <summary>file(line,column): text.</summary>
    public override string ToString() => File.Length == 0
        ? Text
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Text}");
}
