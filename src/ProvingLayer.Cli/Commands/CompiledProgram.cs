using System.Collections.Immutable;
using System.CommandLine;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Cli.Commands;

/// <summary>What source files compile to, as far as the diagnostics allow.</summary>
/// <param name="Programs">The machines and statements, lowered.</param>
/// <param name="Diagnostics">What is wrong, with the files or with what was made of them.</param>
internal sealed record CompiledProgram(ImmutableArray<IrProgram> Programs, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is an error; then there are no programs.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>The option <c>--machine</c> of verbs that compile.</summary>
    public static Option<string[]> MachineOption() => new("--machine")
    {
        Description = "A machine or statement, such as EuropeanPut<AAPL, USD>, or an alias; all that are not generic if none is named.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Reads, binds and lowers source files.</summary>
    /// <exception cref="ProblemException">A file is not there.</exception>
    public static CompiledProgram Load(IEnumerable<string> files, IReadOnlyCollection<string> machines, Session session) => Load(files, [], machines, session);

    /// <summary>The same with files that are only used: nothing is made of what they declare.</summary>
    /// <exception cref="ProblemException">A file is not there.</exception>
    public static CompiledProgram Load(IEnumerable<string> files, IReadOnlyCollection<string> references, IReadOnlyCollection<string> machines, Session session)
    {
        session.Progress.Show("checking");
        var loaded = LoadedProgram.Load(files.Concat(references));
        var used = SourceLoader.Find(references).Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        if (loaded.HasErrors)
        {
            return new([], loaded.Diagnostics);
        }

        var bag = new DiagnosticBag();
        bag.AddRange(loaded.Diagnostics);
        var programs = ImmutableArray.CreateBuilder<IrProgram>();
        foreach (var target in Targets(loaded.Program, machines, bag).Where(t => t.Span is not { } span || !used.Contains(Path.GetFullPath(span.File.Path))))
        {
            session.Progress.Show($"lowering {target.Name}");
            if (Compilation.Lower(target, bag) is { } lowered)
            {
                programs.Add(lowered);
            }
        }

        return new(bag.HasErrors ? [] : programs.ToImmutable(), bag.ToSorted());
    }

    /// <summary>The transitions that take more rows than their <c>@budget</c>, or verify more proofs.</summary>
    public static IEnumerable<Diagnostic> OverBudget(CircuitProgram program)
    {
        var bag = new DiagnosticBag();
        foreach (var function in program.Functions)
        {
            if (function.Function.Budget is not { } budget)
            {
                continue;
            }

            var verified = function.Function.Proofs.Length;
            if (budget.Rows is { } most && FunctionCost.Of(program.Program.Name, function.Function.Name, CircuitCost.Of(function.Circuit)).Used.Rows is var rows && rows > most)
            {
                bag.Report(DiagnosticTable.OverBudget, budget.Span, function.Function.Name, rows, most, "rows");
            }

            if (verified > budget.Verifications)
            {
                bag.Report(DiagnosticTable.OverBudget, budget.Span, function.Function.Name, verified, budget.Verifications, verified == 1 ? "inner proof" : "inner proofs");
            }
        }

        return bag.ToSorted();
    }

    /// <summary>The circuits of each program.</summary>
    public IEnumerable<CircuitProgram> Emit(Session session)
    {
        foreach (var program in Programs)
        {
            session.Progress.Show($"compiling {program.Name}");
            foreach (var function in program.Functions)
            {
                if (function.Proofs.Where(p => p.IsHistory).Select(InnerKeys.Standard.FaultOf).FirstOrDefault(f => f is not null) is { } fault)
                {
                    throw new ProblemException(new(ExitCode.Diagnostics, $"{program.Name}.{function.Name}: {fault}", "give it less room in '@steps'"));
                }
            }

            yield return CircuitEmitter.Emit(program);
        }
    }

    private static IEnumerable<BuildTarget> Targets(BoundProgram program, IReadOnlyCollection<string> machines, DiagnosticBag bag)
    {
        if (machines.Count == 0)
        {
            return program.Targets;
        }

        var found = new List<BuildTarget>();
        foreach (var name in machines)
        {
            if (program.Instantiate(name, bag) is { } target)
            {
                found.Add(target);
            }
            else if (!bag.HasErrors)
            {
                throw new ProblemException(new(ExitCode.Usage, $"there is no machine or statement '{name}'", Suggestion.Question(name, program.Targets.Select(t => t.Name))));
            }
        }

        return found;
    }
}
