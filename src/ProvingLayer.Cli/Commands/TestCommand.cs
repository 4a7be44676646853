using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor test</c>: the <c>test</c> blocks of source files, each step in the interpreter and in the circuit.</summary>
internal sealed class TestCommand : Verb
{
    private const int MaxRuns = 1_000_000;
    private const int DefaultLies = 16;

    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();
    private readonly Option<string> filter = new("--filter") { Description = "Only tests whose title contains this.", HelpName = "TEXT" };

    private readonly Option<bool> prove = new("--prove") { Description = "Prove every step that is accepted, with parameters for tests, and verify the proof." };
    private readonly Option<int> soundness = new("--soundness")
    {
        Description = "Tell N lies about every step that is accepted, of cells and witnesses, and look for a second public statement that the constraints accept.",
        HelpName = "N",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = parsed => parsed.Tokens.Count == 0 ? DefaultLies : int.TryParse(parsed.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var lies) ? lies : -1,
    };

    private readonly Option<bool> coverage = new("--coverage") { Description = "Tell which edges of machines the tests went along, and which lines accepted steps came by." };

    private readonly Option<int> runs = new("--runs") { Description = "How many lists of values each property is tried with.", HelpName = "N", DefaultValueFactory = _ => TestRunner.DefaultPropertyRuns };

    /// <summary>The verb.</summary>
    public TestCommand()
        : base("test", "Run the tests in source files. Each step runs in the interpreter and in the circuit, and both must agree.")
    {
        Add(files);
        Add(filter);
        Add(runs);
        Add(prove);
        Add(soundness);
        Add(coverage);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor test examples/01-european-option/option.tenor", "runs all tests of a file"),
        ("tenor test rules/ --filter margin", "runs the tests whose titles contain 'margin'"),
        ("tenor test rules/ --soundness --coverage", "looks for steps with a second outcome, and tells what no test reaches"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("checking");
        var loaded = LoadedProgram.Load(arguments.GetRequiredValue(files));
        if (loaded.HasErrors)
        {
            return new DiagnosticReport(loaded.Diagnostics);
        }

        if (arguments.GetValue(runs) is < 1 or > MaxRuns)
        {
            return new Problem(ExitCode.Usage, $"--runs takes a number from 1 to {MaxRuns}");
        }

        var lies = arguments.GetResult(soundness) is null ? 0 : arguments.GetValue(soundness);
        if (lies is < 0 or > MaxRuns)
        {
            return new Problem(ExitCode.Usage, $"--soundness takes a number of lies, at most {MaxRuns}");
        }

        var wanted = arguments.GetValue(filter);
        var bag = new DiagnosticBag();
        var circuits = new CircuitCheck();
        var liar = lies == 0 ? null : new SoundnessCheck(circuits, lies);
        var proved = arguments.GetValue(prove) ? new ProvedRuns(circuits, (IExecutionCheck?)liar ?? circuits) : null;
        var check = (IExecutionCheck?)proved ?? (IExecutionCheck?)liar ?? circuits;
        var covered = arguments.GetValue(coverage) ? new CoverageCheck(loaded.Program, check) : null;
        var results = TestRunner.Run(
            loaded.Program,
            test =>
            {
                var runs = wanted is null || test.Title.Contains(wanted, StringComparison.OrdinalIgnoreCase);
                if (runs)
                {
                    session.Progress.Show($"running \"{test.Title}\"");
                }

                return runs;
            },
            covered ?? check,
            bag,
            arguments.GetValue(runs),
            cancellation: cancellation);
        return results.IsEmpty && wanted is not null
            ? new Problem(ExitCode.Usage, $"no test's title contains '{wanted}'", Suggestion.Question(wanted, loaded.Program.Tests.Select(test => test.Title)))
            : new TestReport(results, bag.ToSorted(), covered, liar, proved);
    }

    private sealed record TestReport(
        ImmutableArray<TestResult> Results, ImmutableArray<Diagnostic> Diagnostics, CoverageCheck? Coverage, SoundnessCheck? Lies, ProvedRuns? Proved) : Report
    {
        public override ExitCode ExitCode => Results.All(result => result.IsPassed) && Diagnostics.IsEmpty ? ExitCode.Ok : ExitCode.Diagnostics;

        public override void WriteText(TextPage page)
        {
            DiagnosticList.Write(Diagnostics, page.Error);
            foreach (var result in Results)
            {
                if (result.Failure is not { } failure)
                {
                    page.Out.Line($"{page.Out.Green("passed")}  {result.Test.Title}  {page.Out.Dim(Effort(result))}");
                    continue;
                }

                page.Out.Line($"{page.Out.Red("failed")}  {result.Test.Title}");
                page.Out.Line($"        {failure}");
                FailurePath.Write(failure.Path, "            ", page.Out);
                if (failure.Cause is { } cause)
                {
                    page.Out.Line($"        {cause}");
                    FailurePath.Write(cause.Path, "            ", page.Out);
                }
            }

            if (Coverage is not null)
            {
                CoverageText.Write(Coverage, page.Out);
            }

            if (Lies is not null)
            {
                page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{Lies.Told:N0} lies told, {Lies.Told - Lies.Harmless:N0} refused by the constraints, {Lies.Harmless:N0} that change nothing in public"));
            }

            if (Proved is not null)
            {
                page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{DiagnosticList.Plural(Proved.Proofs, "step")} proved and verified"));
            }

            page.Error.Line($"{Results.Count(result => result.IsPassed)} passed, {Results.Count(result => !result.IsPassed)} failed");
        }

        private static string Effort(TestResult result) =>
            (result.Test.Parameters.IsEmpty ? "" : DiagnosticList.Plural(result.Runs, "run") + ", ") + DiagnosticList.Plural(result.Steps, "step");

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteNumber("passed", Results.Count(result => result.IsPassed));
            json.WriteNumber("failed", Results.Count(result => !result.IsPassed));
            json.WriteStartArray("tests");
            foreach (var result in Results)
            {
                json.WriteStartObject();
                json.WriteString("title", result.Test.Title);
                json.WriteBoolean("passed", result.IsPassed);
                json.WriteNumber("steps", result.Steps);
                json.WriteNumber("runs", result.Runs);
                if (result.Failure is { } failure)
                {
                    json.WriteString("failure", failure.ToString());
                    FailurePath.Write(failure.Path, "path", json);
                    json.WriteString("cause", failure.Cause?.ToString());
                    FailurePath.Write(failure.Cause?.Path ?? [], "causePath", json);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (Lies is not null)
            {
                json.WriteNumber("lies", Lies.Told);
                json.WriteNumber("harmlessLies", Lies.Harmless);
            }

            if (Proved is not null)
            {
                json.WriteNumber("proofs", Proved.Proofs);
            }

            if (Coverage is not null)
            {
                CoverageText.WriteJson(Coverage, json);
            }

            DiagnosticList.WriteJson(Diagnostics, json);
        }
    }
}
