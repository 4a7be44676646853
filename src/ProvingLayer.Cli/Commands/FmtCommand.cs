using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Formatting;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor fmt</c>: brings source files into their one form, or says which are not in it.</summary>
internal sealed class FmtCommand : Verb
{
    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();
    private readonly Option<bool> check = new("--check") { Description = "Write nothing; exit code 1 if a file is not formatted." };

    /// <summary>The verb.</summary>
    public FmtCommand()
        : base("fmt", "Format source files: indentation, spaces, alignment. Line breaks and comments stay.")
    {
        Add(files);
        Add(check);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor fmt rules/", "formats all .tenor files of a folder"),
        ("tenor fmt --check rules/", "says which of them are not formatted"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        var sources = SourceLoader.Load(arguments.GetRequiredValue(files), diagnostics);
        var changed = ImmutableArray.CreateBuilder<string>();
        var isCheck = arguments.GetValue(check);
        foreach (var source in sources)
        {
            cancellation.ThrowIfCancellationRequested();
            var bag = new DiagnosticBag();
            var text = Formatter.Format(source, bag);
            foreach (var diagnostic in bag.ToSorted())
            {
                diagnostics.Add(diagnostic);
            }

            if (text is null || text == source.Text)
            {
                continue;
            }

            changed.Add(source.Path);
            if (!isCheck)
            {
                DurableFile.Write(source.Path, Encoding.UTF8.GetBytes(text));
            }
        }

        return new FmtReport(sources.Length, changed.ToImmutable(), diagnostics.ToSorted(), isCheck);
    }

    private sealed record FmtReport(int Files, ImmutableArray<string> Changed, ImmutableArray<Diagnostic> Diagnostics, bool IsCheck) : Report
    {
        public override ExitCode ExitCode =>
            Diagnostics.Any(d => d.Severity == Severity.Error) || (IsCheck && !Changed.IsEmpty) ? ExitCode.Diagnostics : ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            DiagnosticList.Write(Diagnostics, page.Error);
            foreach (var path in Changed)
            {
                page.Out.Line(path);
            }

            page.Error.Line(Changed.IsEmpty
                ? $"{DiagnosticList.Plural(Files, "file")} looked at, nothing to do"
                : $"{Changed.Length} of {DiagnosticList.Plural(Files, "file")} {(IsCheck ? "to be formatted" : "formatted")}");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteNumber("files", Files);
            json.WriteStartArray(IsCheck ? "unformatted" : "formatted");
            foreach (var path in Changed)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            DiagnosticList.WriteJson(Diagnostics, json);
        }
    }
}
