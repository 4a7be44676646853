using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Cli.Commands;

/// <summary>How diagnostics are shown: for people with the source's excerpt, for tools one canonical line each, or as JSON.</summary>
internal static class DiagnosticList
{
    /// <summary>Writes diagnostics to a stream: with excerpts on a terminal, where people read; else the lines that editors and builds parse.</summary>
    public static void Write(ImmutableArray<Diagnostic> diagnostics, TextStream stream)
    {
        var formatter = new DiagnosticFormatter(Environment.CurrentDirectory);
        foreach (var diagnostic in diagnostics)
        {
            if (stream.Width is null)
            {
                stream.Line(formatter.Canonical(diagnostic));
                continue;
            }

            foreach (var (part, text) in formatter.HumanParts(diagnostic))
            {
                stream.Write(Coloured(part, text, diagnostic.Severity, stream));
            }

            stream.Line();
        }
    }

    /// <summary>"2 errors, 1 warning", or "no errors".</summary>
    public static string Count(ImmutableArray<Diagnostic> diagnostics)
    {
        var (errors, warnings) = (diagnostics.Count(d => d.Severity == Severity.Error), diagnostics.Count(d => d.Severity == Severity.Warning));
        return Plural(errors, "error") + (warnings > 0 ? ", " + Plural(warnings, "warning") : "");
    }

    /// <summary>"no errors", "1 error", "2 errors".</summary>
    public static string Plural(int count, string thing) =>
        count == 0 ? $"no {thing}s" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>Writes the array <c>diagnostics</c>.</summary>
    public static void WriteJson(ImmutableArray<Diagnostic> diagnostics, Utf8JsonWriter json)
    {
        var formatter = new DiagnosticFormatter(Environment.CurrentDirectory);
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Code);
            json.WriteString("severity", DiagnosticFormatter.WordFor(diagnostic.Severity));
            json.WriteString("message", diagnostic.Message);
            json.WriteString("file", formatter.PathOf(diagnostic.Span.File));
            json.WriteNumber("line", diagnostic.Span.Line);
            json.WriteNumber("column", diagnostic.Span.Column);
            json.WriteNumber("endLine", diagnostic.Span.EndLine);
            json.WriteNumber("endColumn", diagnostic.Span.EndColumn);
            json.WriteStartArray("notes");
            foreach (var note in diagnostic.Notes)
            {
                json.WriteStringValue(note.Text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Coloured(DiagnosticPart part, string text, Severity severity, TextStream stream) => part switch
    {
        DiagnosticPart.Severity or DiagnosticPart.Caret => severity == Severity.Error ? stream.Red(text) : stream.Yellow(text),
        DiagnosticPart.Message => stream.Bold(text),
        DiagnosticPart.Place or DiagnosticPart.Note => stream.Cyan(text),
        DiagnosticPart.Margin => stream.Dim(text),
        _ => text,
    };
}

/// <summary>A program's diagnostics, and nothing else: what a verb reports that cannot go on because of them.</summary>
internal sealed record DiagnosticReport(ImmutableArray<Diagnostic> Diagnostics) : Report
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => Diagnostics.Any(d => d.Severity == Severity.Error) ? ExitCode.Diagnostics : ExitCode.Ok;

    /// <inheritdoc/>
    public override void WriteText(TextPage page)
    {
        DiagnosticList.Write(Diagnostics, page.Error);
        page.Error.Line(DiagnosticList.Count(Diagnostics));
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json) => DiagnosticList.WriteJson(Diagnostics, json);
}
