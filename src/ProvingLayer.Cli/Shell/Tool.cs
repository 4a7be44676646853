using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvingLayer.Cli.Commands;

namespace ProvingLayer.Cli.Shell;

/// <summary>The frame: parses the command line, runs the verb, writes its report, and turns every outcome into an exit code.</summary>
internal static class Tool
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        var format = new Option<string>("--format")
        {
            Description = "How results are written; json is one object on standard output.",
            DefaultValueFactory = _ => "text",
            HelpName = "text|json",
            Recursive = true,
        };
        format.AcceptOnlyFromAmong("text", "json");
        var verbose = new Option<bool>("--verbose") { Description = "Show the trace of an internal error.", Recursive = true };
        var root = new RootCommand("Tenor: rules of financial state transitions, compiled to circuits and proved.") { format, verbose };
        foreach (var verb in Verbs.All())
        {
            verb.SetAction((parsed, cancellation) => Task.FromResult((int)Perform(verb, parsed, parsed.GetValue(format) == "json" ? OutputFormat.Json : OutputFormat.Text, parsed.GetValue(verbose), output, error, cancellation)));
            root.Add(verb);
        }

        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpPage((HelpAction)option.Action!);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return (int)Usage(parsed, root, WantsJson(args), output, error);
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
    }

    private static ExitCode Perform(Verb verb, ParseResult parsed, OutputFormat format, bool verbose, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var page = new TextPage(
            new TextStream(output, Colourful(Console.IsOutputRedirected), Width(Console.IsOutputRedirected)),
            new TextStream(error, Colourful(Console.IsErrorRedirected), Width(Console.IsErrorRedirected)));
        var session = new Session(format, page, new ProgressLine(page.Error, visible: !Console.IsErrorRedirected));
        Report report;
        try
        {
            report = verb.Run(parsed, session, cancellation);
        }
        catch (ProblemException problem)
        {
            report = problem.Problem;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            report = new Problem(ExitCode.Diagnostics, "cancelled");
        }
#pragma warning disable CA1031 // The last line of defence: a defect of ours must end as one clean line and exit code 3, never as a stack trace.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            session.Progress.Clear();
            report = new Problem(ExitCode.Internal, $"internal error: {OneLine(defect.Message)} ({defect.GetType().Name})",
                verbose ? defect.ToString() : "this is a defect of tenor, not of your program; --verbose shows the trace");
        }

        session.Progress.Clear();
        Write(report, verb.Name, session);
        return report.ExitCode;
    }

    private static void Write(Report report, string command, Session session)
    {
        if (session.Format == OutputFormat.Text)
        {
            report.WriteText(session.Page);
            return;
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            json.WriteBoolean("ok", report.ExitCode == ExitCode.Ok);
            report.WriteJson(json);
            json.WriteEndObject();
        }

        session.Page.Out.Line(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static ExitCode Usage(ParseResult parsed, RootCommand root, bool json, TextWriter output, TextWriter error)
    {
        var page = new TextPage(
            new TextStream(output, Colourful(Console.IsOutputRedirected), Width(Console.IsOutputRedirected)),
            new TextStream(error, Colourful(Console.IsErrorRedirected), Width(Console.IsErrorRedirected)));
        var session = new Session(json ? OutputFormat.Json : OutputFormat.Text, page, new ProgressLine(page.Error, visible: false));
        var command = parsed.CommandResult.Command;
        var isRoot = command is RootCommand;
        var firstUnknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        var message = isRoot && firstUnknown is not null && !firstUnknown.StartsWith('-') ? $"'{firstUnknown}' is not a verb of tenor"
            : firstUnknown is not null ? $"'{firstUnknown}' is not an option or argument of this command"
            : parsed.Errors[0].Message.TrimEnd('.');
        var names = firstUnknown is not null && firstUnknown.StartsWith('-')
            ? command.Options.Concat(root.Options).Select(option => option.Name)
            : root.Subcommands.Select(verb => verb.Name);
        var question = firstUnknown is null ? null : Suggestion.Question(firstUnknown, names);
        var help = isRoot ? "'tenor --help' lists the verbs" : $"'tenor {command.Name} --help' shows what it takes";
        Write(new Problem(ExitCode.Usage, message, question is null ? help : $"{question}  ({help})"), isRoot ? "tenor" : command.Name, session);
        return ExitCode.Usage;
    }

    private static bool WantsJson(string[] args) =>
        args.Contains("--format=json", StringComparer.OrdinalIgnoreCase) || args.Contains("--format:json", StringComparer.OrdinalIgnoreCase)
        || args.Zip(args.Skip(1)).Any(pair => pair.First == "--format" && string.Equals(pair.Second, "json", StringComparison.OrdinalIgnoreCase));

    // https://no-color.org: present and not empty, whatever its value.
    private static bool Colourful(bool redirected) =>
        !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static int? Width(bool redirected)
    {
        if (redirected)
        {
            return null;
        }

        var width = Console.WindowWidth;
        return width > 0 ? width : 80;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
