using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor explain</c>: the page of a diagnostic, or the list of all of them.</summary>
internal sealed class ExplainCommand : Verb
{
    private readonly Argument<string?> code = new("CODE")
    {
        Description = "The code, as TNR3104 or 3104; without it, all codes are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> pages = new("--pages") { Description = "Write the page of every diagnostic to a folder, as CODE.txt.", HelpName = "DIR" };

    /// <summary>The verb.</summary>
    public ExplainCommand()
        : base("explain", "Explain a diagnostic: why it is said, how to put it right, and a program that shows it.")
    {
        Add(code);
        Add(pages);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor explain TNR0011", "shows one diagnostic's page"),
        ("tenor explain", "lists all codes with their titles"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        if (arguments.GetValue(pages) is { } folder)
        {
            foreach (var each in DiagnosticTable.All)
            {
                using var text = new StringWriter { NewLine = "\n" };
                var stream = new TextStream(text, false, null);
                new PageReport(each).WriteText(new TextPage(stream, stream));
                DurableFile.Write(Path.Combine(folder, each.Code + ".txt"), Encoding.UTF8.GetBytes(text.ToString()));
            }
        }

        if (arguments.GetValue(code) is not { } written)
        {
            return new ListReport();
        }

        var wanted = written.ToUpperInvariant();
        if (!wanted.StartsWith("TNR", StringComparison.Ordinal))
        {
            wanted = "TNR" + wanted.PadLeft(4, '0');
        }

        return DiagnosticTable.Find(wanted) is { } descriptor
            ? new PageReport(descriptor)
            : new Problem(ExitCode.Usage, $"there is no diagnostic {written}", $"its neighbours are {string.Join(", ", Neighbours(wanted))}");
    }

    // The nearest codes by number: of an old or mistyped code the user still finds the area.
    private static IEnumerable<string> Neighbours(string wanted)
    {
        var number = int.TryParse(wanted.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return DiagnosticTable.All
            .OrderBy(d => Math.Abs(int.Parse(d.Code.AsSpan(3), CultureInfo.InvariantCulture) - number)).Take(4)
            .Select(d => d.Code).Order(StringComparer.Ordinal);
    }

    private sealed record PageReport(DiagnosticDescriptor Descriptor) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            var severity = DiagnosticFormatter.WordFor(Descriptor.Severity);
            page.Out.Line($"{(Descriptor.Severity == Severity.Error ? page.Out.Red(severity) : page.Out.Yellow(severity))} {page.Out.Bold(Descriptor.Code)}: {Descriptor.Title}");
            page.Out.Line();
            page.Out.Line(Descriptor.Explanation.TrimEnd());
            if (Descriptor.Sample is { } sample)
            {
                page.Out.Line();
                page.Out.Line(page.Out.Bold("A program that shows it:"));
                page.Out.Line();
                foreach (var line in sample.TrimEnd().Split('\n'))
                {
                    page.Out.Line(("    " + line.TrimEnd('\r')).TrimEnd());
                }
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("code", Descriptor.Code);
            json.WriteString("severity", DiagnosticFormatter.WordFor(Descriptor.Severity));
            json.WriteString("title", Descriptor.Title);
            json.WriteString("explanation", Descriptor.Explanation.TrimEnd());
            json.WriteString("sample", Descriptor.Sample);
        }
    }

    private sealed record ListReport : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            foreach (var descriptor in DiagnosticTable.All)
            {
                page.Out.Line($"{page.Out.Bold(descriptor.Code)}  {DiagnosticFormatter.WordFor(descriptor.Severity),-7}  {descriptor.Title}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("diagnostics");
            foreach (var descriptor in DiagnosticTable.All)
            {
                json.WriteStartObject();
                json.WriteString("code", descriptor.Code);
                json.WriteString("severity", DiagnosticFormatter.WordFor(descriptor.Severity));
                json.WriteString("title", descriptor.Title);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
