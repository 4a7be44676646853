using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding.Checks;

/// <summary>Every path of a transition ends in <c>become</c> or <c>stay</c>, once, as its last statement.</summary>
internal sealed class PathCheck(Reporter reporter)
{
    public static void Check(Reporter reporter, BoundTransition transition, TransitionDeclarationSyntax syntax)
    {
        if (new PathCheck(reporter).Ends(transition.Body) == false)
        {
            reporter.Report(DiagnosticTable.PathOpen, syntax.Name.Span, "");
        }
    }

    // null: nobody knows, because something in it is wrong and has been reported
    private bool? Ends(BoundBlock block)
    {
        bool? ends = false;
        SourceSpan? after = null;
        foreach (var statement in block.Statements)
        {
            if (ends != false)
            {
                after ??= statement.Span;
            }

            var own = Ends(statement);
            ends = ends is null || own is null ? null : ends.Value || own.Value;
        }

        // What an arm does stands as its block's value where its pattern binds names; nothing but these stands before it, and they end no path.
        if (block.Value is { } value)
        {
            var own = Ends(value);
            ends = ends is null || own is null ? null : ends.Value || own.Value;
        }

        if (ends == true && after is { } span)
        {
            reporter.Report(DiagnosticTable.AfterBecome, span);
        }

        return ends;
    }

    private bool? Ends(BoundStatement statement) => statement switch
    {
        BoundBecome or BoundStay => true,
        BoundEffect effect => Ends(effect.Expression),
        _ => false,
    };

    private bool? Ends(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundError:
                return null;
            case BoundBlock block:
                return Ends(block);
            case BoundConditional conditional:
                return Together([conditional.Then, conditional.Else], conditional.Span);
            case BoundStateMatch match:
                return Together([.. match.Arms.Select(a => a.Value)], match.Span);
            default:
                return false;
        }
    }

    private bool? Together(IReadOnlyList<BoundExpression> arms, SourceSpan span)
    {
        var ends = arms.Select(Ends).ToList();
        if (ends.Contains(null))
        {
            return null;
        }

        if (ends.Contains(true) && ends.Contains(false))
        {
            reporter.Report(DiagnosticTable.PathOpen, span, ": one arm here ends so, and another does not");
            return null;
        }

        return ends.Contains(true);
    }
}
