using System.CommandLine;
using System.Text.Json;
using ProvingLayer.Cli.Shell;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor check</c>: parses and binds, and says what is wrong.</summary>
internal sealed class CheckCommand : Verb
{
    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();

    /// <summary>The verb.</summary>
    public CheckCommand()
        : base("check", "Check source files: names, types, units, rounding, machines, value and privacy.") => Add(files);

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor check examples/01-european-option/option.tenor", "checks one file"),
        ("tenor check rules/", "checks all .tenor files of a folder together"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation) =>
        new CheckReport(LoadedProgram.Load(arguments.GetRequiredValue(files)));

    private sealed record CheckReport(LoadedProgram Loaded) : Report
    {
        public override ExitCode ExitCode => Loaded.HasErrors ? ExitCode.Diagnostics : ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            DiagnosticList.Write(Loaded.Diagnostics, page.Out);
            page.Error.Line($"{DiagnosticList.Plural(Loaded.Files.Length, "file")} checked: {DiagnosticList.Count(Loaded.Diagnostics)}");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("files");
            foreach (var file in Loaded.Files)
            {
                json.WriteStringValue(file.Path);
            }

            json.WriteEndArray();
            json.WriteStartArray("targets");
            foreach (var target in Loaded.HasErrors ? [] : Loaded.Program.Targets)
            {
                json.WriteStringValue(target.Name);
            }

            json.WriteEndArray();
            DiagnosticList.WriteJson(Loaded.Diagnostics, json);
        }
    }
}
