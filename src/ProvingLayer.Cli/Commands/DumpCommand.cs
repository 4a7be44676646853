using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor dump</c>: the text form of what a stage of the compiler makes.</summary>
internal sealed class DumpCommand : Verb
{
    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();

    private readonly Option<string> stage = new("--stage")
    {
        Description = "Which stage's result is printed.",
        HelpName = "syntax",
        Required = true,
    };

    /// <summary>The verb.</summary>
    public DumpCommand()
        : base("dump", "Print what a stage of the compiler makes of source files.")
    {
        stage.AcceptOnlyFromAmong("syntax");
        Add(files);
        Add(stage);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor dump --stage syntax option.tenor", "prints the syntax tree"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation) => Syntax(arguments.GetRequiredValue(files));

    private static DumpReport Syntax(string[] named)
    {
        var diagnostics = new DiagnosticBag();
        var text = new StringBuilder();
        foreach (var file in SourceLoader.Load(named, diagnostics))
        {
            text.Append(SyntaxPrinter.Print(Parser.Parse(file, diagnostics)));
        }

        return new DumpReport("syntax", text.ToString(), diagnostics.ToSorted());
    }

    private sealed record DumpReport(string Stage, string Text, ImmutableArray<Diagnostic> Diagnostics) : Report
    {
        public override ExitCode ExitCode => Diagnostics.Any(d => d.Severity == Severity.Error) ? ExitCode.Diagnostics : ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Write(Text);
            DiagnosticList.Write(Diagnostics, page.Error);
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("stage", Stage);
            json.WriteString("text", Text);
            DiagnosticList.WriteJson(Diagnostics, json);
        }
    }
}
