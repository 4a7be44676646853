using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor dump</c>: the text form of what a stage of the compiler makes.</summary>
internal sealed class DumpCommand : Verb
{
    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();

    private readonly Option<string[]> machine = CompiledProgram.MachineOption();

    private readonly Option<string> stage = new("--stage")
    {
        Description = "Which stage's result is printed.",
        HelpName = "syntax|typed|ir|circuit",
        Required = true,
    };

    /// <summary>The verb.</summary>
    public DumpCommand()
        : base("dump", "Print what a stage of the compiler makes of source files.")
    {
        stage.AcceptOnlyFromAmong("syntax", "typed", "ir", "circuit");
        Add(files);
        Add(stage);
        Add(machine);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor dump --stage syntax option.tenor", "prints the syntax tree"),
        ("tenor dump --stage ir option.tenor --machine ApplePut", "prints the Core IR that is interpreted and compiled"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var named = arguments.GetRequiredValue(files);
        if (arguments.GetRequiredValue(stage) == "syntax")
        {
            return Syntax(named);
        }

        if (arguments.GetRequiredValue(stage) == "typed")
        {
            var loaded = LoadedProgram.Load(named);
            return new DumpReport("typed", loaded.HasErrors ? "" : BoundPrinter.Print(loaded.Program), loaded.Diagnostics);
        }

        var compiled = CompiledProgram.Load(named, arguments.GetValue(machine) ?? [], session);
        var texts = arguments.GetRequiredValue(stage) == "ir"
            ? compiled.Programs.Select(IrPrinter.Print)
            : compiled.Emit(session).SelectMany(program => program.Functions.Select(function => $"{program.Program.Name}.{function.Function.Name}\n{function.Circuit}\n"));
        return new DumpReport(arguments.GetRequiredValue(stage), string.Concat(texts), compiled.Diagnostics);
    }

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
