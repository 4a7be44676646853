using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Auditing;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor audit</c>: what the compiler accepts and a reviewer has to judge.</summary>
internal sealed class AuditCommand : Verb
{
    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();

    /// <summary>The verb.</summary>
    public AuditCommand()
        : base("audit", "List what a reviewer has to judge: trust, disclosures, receipts, authority, stuck value, unused inputs.") => Add(files);

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor audit examples/01-european-option/option.tenor", "lists the places of one file"),
        ("tenor audit rules/ --format json", "lists those of a folder, for a tool"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var loaded = LoadedProgram.Load(arguments.GetRequiredValue(files));
        return loaded.HasErrors ? new DiagnosticReport(loaded.Diagnostics) : new AuditReport(Audit.Run(loaded.Program));
    }

    private sealed record AuditReport(ImmutableArray<AuditFinding> Findings) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            foreach (var finding in Findings)
            {
                var span = finding.Span;
                page.Out.Line(FormattableString.Invariant($"{span.File.Path}({span.Line},{span.Column},{span.EndLine},{span.EndColumn}): {NameOf(finding.Kind)}: {finding.Message}"));
            }

            var counts = Findings.GroupBy(f => f.Kind).OrderBy(g => g.Key).Select(g => FormattableString.Invariant($"{g.Count()} {NameOf(g.Key)}"));
            page.Error.Line(Findings.IsEmpty ? "nothing to judge" : $"to be judged: {string.Join(", ", counts)}");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("findings");
            foreach (var finding in Findings)
            {
                json.WriteStartObject();
                json.WriteString("kind", NameOf(finding.Kind));
                json.WriteString("file", finding.Span.File.Path);
                json.WriteNumber("line", finding.Span.Line);
                json.WriteNumber("column", finding.Span.Column);
                json.WriteNumber("endLine", finding.Span.EndLine);
                json.WriteNumber("endColumn", finding.Span.EndColumn);
                json.WriteString("message", finding.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private static string NameOf(AuditKind kind) => kind switch
        {
            AuditKind.StuckValue => "stuck-value",
            AuditKind.FreeArgument => "free-argument",
            _ => kind.ToString().ToLowerInvariant(),
        };
    }
}
