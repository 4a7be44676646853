using System.Collections.Immutable;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Testing;

/// <summary>An edge of a machine, and how often tests went along it.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Transition">The transition.</param>
/// <param name="From">The state it leaves.</param>
/// <param name="To">The state it reaches.</param>
/// <param name="Steps">Steps that tests made along it.</param>
public sealed record CoveredEdge(string Machine, string Transition, string From, string To, int Steps);

/// <summary>A line with a statement of a transition, or of a function that one calls, and how often tests reached it.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line.</param>
/// <param name="Steps">Accepted steps that reached a statement on it, in any of its turns.</param>
public sealed record CoveredLine(string File, int Line, int Steps);

/// <summary>
/// Takes note of what tests reach: which edges of machines they went along, and which lines accepted steps came by. A step that is refused reaches nothing here, since
/// nothing of it is proved. The machines of tests are looked at, and those that no test makes.
/// </summary>
public sealed class CoverageCheck : IExecutionCheck
{
    private readonly IExecutionCheck? inner;
    private readonly Dictionary<(string Machine, string Transition), Traced> traced = [];
    private readonly SortedDictionary<(string File, int Line), int> lines = [];

    /// <summary>Begins to take note.</summary>
    /// <param name="program">A program without errors.</param>
    /// <param name="inner">What every run is compared with as well; null for nothing.</param>
    public CoverageCheck(BoundProgram program, IExecutionCheck? inner)
    {
        this.inner = inner;
        foreach (var machine in program.Machines)
        {
            foreach (var transition in machine.Transitions)
            {
                var (function, marks) = TransitionLowering.RunTraced(machine, transition);
                traced.TryAdd((machine.Symbol.Name, transition.Symbol.Name), new(function, marks, machine, transition));
                foreach (var mark in marks)
                    lines.TryAdd((mark.File, mark.Line), 0);
            }
        }
    }

    /// <summary>All edges, in the order of the text.</summary>
    public ImmutableArray<CoveredEdge> Edges =>
    [
        .. traced.Values.SelectMany(t => t.Edges.Select(e => new CoveredEdge(
            t.Machine.Symbol.Name, t.Transition.Symbol.Name, t.Machine.Symbol.States[e.Key.From].Name, t.Machine.Symbol.States[e.Key.To].Name, e.Value))),
    ];

    /// <summary>All lines with a statement, by file and line.</summary>
    public ImmutableArray<CoveredLine> Lines => [.. lines.Select(l => new CoveredLine(l.Key.File, l.Key.Line, l.Value))];

    /// <inheritdoc/>
    public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
    {
        if (result.IsAccepted && entry.Kind == IrFunctionKind.Transition && traced.TryGetValue((program.Name, entry.Name), out var known))
        {
            var run = Interpreter.Run(known.Function, inputs);
            if (!run.IsAccepted)
                return $"the text before the passes fails where the program does not: {run.Failure}";
            Note(known, inputs, run);
        }

        return inner?.Compare(program, entry, inputs, result);
    }

    private void Note(Traced known, IReadOnlyDictionary<string, Scalar> inputs, RunResult run)
    {
        lock (lines)
        {
            var sources = known.Transition.Symbol.Sources;
            var edge = (sources.Length == 1 ? sources[0].Tag : (int)inputs[RecordLayout.State].Number, (int)run.Output(RecordLayout.State).Number);
            known.Edges[edge] = known.Edges.GetValueOrDefault(edge) + 1;
            foreach (var line in known.Marks.Where((_, i) => run.Output(TransitionLowering.ReachedName(i)).IsTrue).Select(m => (m.File, m.Line)).Distinct())
                lines[line]++;
        }
    }

    private sealed class Traced(IrFunction function, ImmutableArray<IrMark> marks, BoundMachine machine, BoundTransition transition)
    {
        public IrFunction Function => function;

        public ImmutableArray<IrMark> Marks => marks;

        public BoundMachine Machine => machine;

        public BoundTransition Transition => transition;

        public SortedDictionary<(int From, int To), int> Edges { get; } =
            new(transition.Symbol.Sources.SelectMany(s => transition.Symbol.Targets.Select(t => (s.Tag, t.Tag))).ToDictionary(e => e, _ => 0));
    }
}
