using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>Lowers what a build makes: a machine or a statement.</summary>
internal static class ProgramLowering
{
    /// <summary>Lowers a target; null where its text is too large, which is reported.</summary>
    public static IrProgram? Run(BuildTarget target, DiagnosticBag diagnostics)
    {
        try
        {
            return Lower(target);
        }
        catch (TooLargeException tooLarge)
        {
            diagnostics.Report(DiagnosticTable.UnrolledTextTooLarge, tooLarge.Span, BodyLowering.Limit);
            return null;
        }
    }

    /// <summary>Lowers a target.</summary>
    /// <exception cref="TooLargeException">Its text unrolls to too much.</exception>
    public static IrProgram Lower(BuildTarget target)
    {
        IrProgram program = target.Machine is { } machine
            ? new(
                target.Name,
                true,
                [.. machine.Symbol.States.Select(s => s.Name)],
                [.. machine.Transitions.Select(t => TransitionLowering.Run(machine, t))])
            : new(target.Name, false, [], [StatementLowering.Run(target.Statement!)]);
        return program with { InterfaceHash = ProgramInterface.HashOf(target) };
    }
}
