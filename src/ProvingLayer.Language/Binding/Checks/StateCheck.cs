using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Language.Binding.Checks;

/// <summary>Every state is reached from <c>init</c>, and is either final or left again: no value is stuck in one.</summary>
internal static class StateCheck
{
    public static void Check(Reporter reporter, MachineSymbol machine)
    {
        var reached = new HashSet<StateSymbol> { machine.States[0] };
        for (var count = 0; count < reached.Count;)
        {
            count = reached.Count;
            foreach (var transition in machine.Transitions.Where(t => t.Sources.Any(reached.Contains)))
            {
                reached.UnionWith(transition.Targets);
            }
        }

        foreach (var state in machine.States.Skip(1))
        {
            var isLeft = machine.Transitions.Any(t => t.Sources.Contains(state));
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
