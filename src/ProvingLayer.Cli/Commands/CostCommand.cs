using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor cost</c>: what a proof of each transition is made of, and which line of the source asks for it. Generates no keys but those of statements that others verify proofs of.</summary>
internal sealed class CostCommand : Verb
{
    private const string ByLine = "line";
    private const string ByTransition = "transition";

    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();
    private readonly Option<string[]> machine = CompiledProgram.MachineOption();

    private readonly Option<string> by = new("--by")
    {
        Description = "Whether lines are listed under each transition.",
        HelpName = $"{ByLine}|{ByTransition}",
        DefaultValueFactory = _ => ByLine,
    };

    private readonly Option<string> diff = new("--diff")
    {
        Description = "Compare with figures that --format json wrote before.",
        HelpName = "OLD.json",
    };

    /// <summary>The verb.</summary>
    public CostCommand()
        : base("cost", "Print what proofs cost: rows, cells, hashes and lookups of each transition or statement, and of each source line.")
    {
        by.AcceptOnlyFromAmong(ByLine, ByTransition);
        Add(files);
        Add(by);
        Add(diff);
        Add(machine);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor cost examples/03-settlement/settlement.tenor", "prints a table for each transition, its dearest lines first"),
        ("tenor cost option.tenor --by transition --machine ApplePut", "prints one table of the machine's transitions"),
        ("tenor cost option.tenor --diff OLD.json", "prints what has changed since OLD.json was written"),
        ("tenor cost option.tenor --format json", "prints the same figures, and rows and padding by chip, to be read by a program"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var compiled = CompiledProgram.Load(arguments.GetRequiredValue(files), arguments.GetValue(machine) ?? [], session);
        if (compiled.HasErrors)
        {
            return new DiagnosticReport(compiled.Diagnostics);
        }

        var costs = ImmutableArray.CreateBuilder<FunctionCost>();
        var diagnostics = compiled.Diagnostics;
        foreach (var program in compiled.Emit(session))
        {
            cancellation.ThrowIfCancellationRequested();
            diagnostics = diagnostics.AddRange(CompiledProgram.OverBudget(program));
            costs.AddRange(program.Functions.Select(function => FunctionCost.Of(program.Program.Name, function.Function.Name, CircuitCost.Of(function.Circuit))));
        }

        if (arguments.GetValue(diff) is { } old)
        {
            return CostDifference.Of(old, costs.ToImmutable(), diagnostics);
        }

        return new CostReport(costs.ToImmutable(), arguments.GetRequiredValue(by) == ByLine, diagnostics);
    }

    private sealed record CostReport(ImmutableArray<FunctionCost> Functions, bool IsByLine, ImmutableArray<Diagnostic> Diagnostics) : Report
    {
        public override ExitCode ExitCode => Diagnostics.Any(d => d.Severity == Severity.Error) ? ExitCode.Diagnostics : ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            DiagnosticList.Write(Diagnostics, page.Error);
            var all = new TextTable(("transition", false), ("rows", true), ("padded", true), ("cells", true), ("padded", true), ("hashes", true), ("lookups", true));
            foreach (var function in Functions)
            {
                var used = function.Used;
                all.Add(
                    $"{function.Program}.{function.Name}", Number(used.Rows), Number(function.PaddedRows), Number(used.Cells), Number(function.PaddedCells), Number(used.Hashes), Number(used.Lookups));
            }

            foreach (var function in Functions.Where(function => !function.InnerProofs.IsEmpty))
            {
                var inner = function.InnerProofs.Aggregate(default(CostAmount), (sum, proof) => sum + proof.Amount);
                all.Add(
                    $"{function.Program}.{function.Name}, {function.InnerProofs.Length} inner", Number(inner.Rows), "", Number(inner.Cells), "", Number(inner.Hashes), Number(inner.Lookups));
            }

            all.Write(page.Out);
            foreach (var function in IsByLine ? Functions : [])
            {
                page.Out.Line();
                page.Out.Line(page.Out.Bold($"{function.Program}.{function.Name}"));
                var lines = new TextTable(("line", false), ("rows", true), ("cells", true), ("hashes", true), ("lookups", true), ("source", false));
                foreach (var line in function.InnerProofs.Concat(function.Lines))
                {
                    lines.Add(line.Place, Number(line.Amount.Rows), Number(line.Amount.Cells), Number(line.Amount.Hashes), Number(line.Amount.Lookups), line.Text);
                }

                lines.Write(page.Out);
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            CostJson.Write(json, Functions, IsByLine);
            DiagnosticList.WriteJson(Diagnostics, json);
        }

        private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }
}
