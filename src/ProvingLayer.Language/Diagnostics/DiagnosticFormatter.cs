using System.Globalization;
using System.Text;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Diagnostics;

/// <summary>What a piece of a diagnostic's human form is, so that a terminal may colour it.</summary>
public enum DiagnosticPart
{
    /// <summary>Severity and code.</summary>
    Severity,

    /// <summary>The message.</summary>
    Message,

    /// <summary>A place.</summary>
    Place,

    /// <summary>The rule and line number left of an excerpt.</summary>
    Margin,

    /// <summary>A line of the source.</summary>
    Source,

    /// <summary>The carets under it.</summary>
    Caret,

    /// <summary>A note.</summary>
    Note,
}

/// <summary>A diagnostic's text forms.</summary>
public sealed class DiagnosticFormatter
{
    /// <summary>Longer lines are cut in excerpts, and tabs become four spaces.</summary>
    private const int ExcerptWidth = 160;

    private readonly string? _base;

    /// <summary>A formatter.</summary>
    /// <param name="baseDirectory">Paths under it are printed relative to it; null prints paths as they stand.</param>
    public DiagnosticFormatter(string? baseDirectory = null) => _base = baseDirectory?.Replace('\\', '/').TrimEnd('/');

    /// <summary>The formatter that leaves paths alone.</summary>
    public static DiagnosticFormatter Plain { get; } = new();

    /// <summary>A path as it is printed: relative to the base directory if under it, always with '/'.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The path.</returns>
    public string PathOf(SourceFile file)
    {
        var path = file.Path.Replace('\\', '/');
        return _base is not null && path.StartsWith(_base + "/", StringComparison.Ordinal) ? path.Substring(_base.Length + 1) : path;
    }

    /// <summary>The word for a severity: <c>info</c>, <c>warning</c> or <c>error</c>.</summary>
    /// <param name="severity">The severity.</param>
    /// <returns>The word.</returns>
    public static string WordFor(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "error",
    };

    /// <summary>The form for machines, as MSBuild and editors read it: <c>file(l,c,l,c): error TNRdddd: …</c>, on one line.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>The line, without its end.</returns>
    public string Canonical(Diagnostic diagnostic) =>
        $"{PlaceOf(diagnostic.Span)}: {WordFor(diagnostic.Severity)} {diagnostic.Code}: {OneLine(diagnostic.Message)}";

    /// <summary>The form for people: message, place, excerpt with carets, notes.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>Several lines, each ended by LF.</returns>
    public string Human(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        foreach (var (_, piece) in HumanParts(diagnostic))
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    /// <summary>The human form in pieces, each with its kind; put together they are <see cref="Human"/>.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <returns>The pieces.</returns>
    public IEnumerable<(DiagnosticPart Part, string Text)> HumanParts(Diagnostic diagnostic)
    {
        yield return (DiagnosticPart.Severity, $"{WordFor(diagnostic.Severity)} {diagnostic.Code}");
        yield return (DiagnosticPart.Message, $": {diagnostic.Message}\n");
        foreach (var piece in Excerpt(diagnostic.Span))
        {
            yield return piece;
        }

        foreach (var note in diagnostic.Notes)
        {
            yield return (DiagnosticPart.Note, $"note: {note.Text}\n");
            if (note.Span is { } span)
            {
                foreach (var piece in Excerpt(span))
                {
                    yield return piece;
                }
            }
        }
    }

    private string PlaceOf(SourceSpan span)
    {
        var (start, end) = (span.StartPosition, span.EndPosition);
        return FormattableString.Invariant($"{PathOf(span.File)}({start.Line},{start.Column},{end.Line},{end.Column})");
    }

    private IEnumerable<(DiagnosticPart Part, string Text)> Excerpt(SourceSpan span)
    {
        var (start, end) = (span.StartPosition, span.EndPosition);
        var number = start.Line.ToString(CultureInfo.InvariantCulture);
        var blank = new string(' ', number.Length);
        yield return (DiagnosticPart.Place, $"{blank}--> {PathOf(span.File)}:{number}:{start.Column.ToString(CultureInfo.InvariantCulture)}\n");
        var line = span.File.Lines.TextOf(start.Line);
        var from = Math.Min(start.Column - 1, line.Length);
        var to = end.Line == start.Line ? Math.Min(end.Column - 1, line.Length) : line.Length;
        var cut = Math.Max(0, Math.Min(from - ExcerptWidth / 2, line.Length - ExcerptWidth));
        var shown = line.Substring(cut, Math.Min(ExcerptWidth, line.Length - cut));
        var lead = Visible(line.Substring(cut, from - cut)).Length;
        var length = Visible(shown.Substring(Math.Min(from - cut, shown.Length), Math.Max(0, Math.Min(to - cut, shown.Length) - (from - cut)))).Length;
        yield return (DiagnosticPart.Margin, $"{number} | ");
        yield return (DiagnosticPart.Source, $"{Visible(shown)}\n");
        yield return (DiagnosticPart.Margin, $"{blank} | ");
        yield return (DiagnosticPart.Caret, $"{new string(' ', lead)}{new string('^', Math.Max(1, length))}\n");
    }

    /// <summary>A source line as it may be sent to a terminal: no control or bidirectional character gets through.</summary>
    private static string Visible(string source)
    {
        var text = new StringBuilder(source.Length);
        foreach (var c in source)
        {
            if (c == '\t')
            {
                text.Append("    ");
            }
            else
            {
                text.Append(char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c);
            }
        }

        return text.ToString();
    }

    private static string OneLine(string message) => message.Replace("\r", "").Replace('\n', ' ');
}
