using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Language.Binding.Checks;

/// <summary>Every state is reached from <c>init</c>, and is either final or left again: no value is stuck in one.</summary>
internal static class StateCheck
{
    public static void Check(Reporter reporter, MachineSymbol machine)
    {
        var leaving = machine.Transitions.SelectMany(t => t.Sources.Select(s => (Source: s, t.Targets))).ToLookup(e => e.Source, e => e.Targets);
        var (reached, open) = (new HashSet<StateSymbol> { machine.States[0] }, new Stack<StateSymbol>([machine.States[0]]));
        while (open.Count > 0)
        {
            foreach (var next in leaving[open.Pop()].SelectMany(t => t).Where(reached.Add))
            {
                open.Push(next);
            }
        }

        foreach (var state in machine.States.Skip(1))
        {
            var isLeft = leaving.Contains(state);
            if (!reached.Contains(state))
            {
                reporter.Report(DiagnosticTable.UnreachableState, state.Span, state);
            }
            else if (!isLeft && !state.IsFinal)
            {
                reporter.Report(DiagnosticTable.DeadEnd, state.Span, state);
            }

            if (isLeft && state.IsFinal)
            {
                reporter.Report(DiagnosticTable.FinalLeft, state.Span, state);
            }
        }
    }
}
