using System.Collections.Immutable;
using System.CommandLine;
using System.Reflection;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor new</c>: a project to begin with. The files are those of the templates of <c>dotnet new</c>.</summary>
internal sealed class NewCommand : Verb
{
    private const string Prefix = "template/", Placeholder = "TenorProject", Version = "PROVINGLAYER_VERSION";

    private readonly Argument<string> kind = new("KIND") { Description = "rules: a library of rules with their tests; app: a console application that runs, proves and verifies a contract." };
    private readonly Argument<string> name = new("NAME") { Description = "The project's name." };
    private readonly Option<string?> output = new("--output", "-o") { Description = "The folder that the files are written to, which must not hold any of them; NAME if it is not given.", HelpName = "DIR" };

    /// <summary>The verb.</summary>
    public NewCommand()
        : base("new", "Begin a project: rules with their tests, or an application of them.")
    {
        kind.AcceptOnlyFromAmong("rules", "app");
        Add(kind);
        Add(name);
        Add(output);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor new app Deals", "makes the folder Deals with a project, rules and a program"),
        ("tenor new rules Contracts -o src/Contracts", "makes a library of rules in src/Contracts"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var project = arguments.GetRequiredValue(name);
        if (project.Length == 0 || !char.IsLetter(project[0]) || !project.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            return new Problem(ExitCode.Usage, $"'{project}' is no name for a project", "a letter, then letters, digits, '.', '_' and '-'");
        }

        var folder = arguments.GetValue(output) ?? project;
        var files = FilesOf(arguments.GetRequiredValue(kind)).Select(file => (Path: Path.Combine(folder, file.Path.Replace(Placeholder, project, StringComparison.Ordinal)), Text: file.Text
            .Replace(Placeholder, project, StringComparison.Ordinal).Replace(Version, CircuitProgram.CompilerVersion, StringComparison.Ordinal))).ToImmutableArray();
        if (files.FirstOrDefault(file => File.Exists(file.Path)).Path is { } there)
        {
            return new Problem(ExitCode.Usage, $"{there} is there already", "choose another folder with --output");
        }

        foreach (var (path, text) in files)
        {
            DurableFile.Write(path, Encoding.UTF8.GetBytes(text));
        }

        return new NewReport([.. files.Select(file => file.Path)]);
    }

    // Those of its own template and those that all templates share.
    private static IEnumerable<(string Path, string Text)> FilesOf(string kind)
    {
        var assembly = Assembly.GetExecutingAssembly();
        string[] prefixes = [$"{Prefix}tenor-{kind}/", $"{Prefix}shared/"];
        var resources = assembly.GetManifestResourceNames().Select(r => r.Replace('\\', '/')).ToList();
        var files = prefixes.SelectMany(prefix => resources.Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Select(r => (Path: r[prefix.Length..], Resource: r)));
        foreach (var (path, resource) in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (path, reader.ReadToEnd());
        }
    }

    private sealed record NewReport(ImmutableArray<string> Files) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            foreach (var file in Files)
            {
                page.Out.Line($"{page.Out.Green("written")}  {file}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("files");
            foreach (var file in Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
        }
    }
}
