using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Checks;

/// <summary>
/// <c>verify</c> stands where the text always comes to it: a circuit verifies a proof or does not, it cannot do so in one arm alone. Every proof is verified, and once.
/// </summary>
internal sealed class VerifyCheck(Reporter reporter) : BoundWalker
{
    private readonly HashSet<LocalSymbol> _verified = [];
    private int _arms;
    private int _loops;

    public static void Check(Reporter reporter, IEnumerable<LocalSymbol> parameters, BoundBlock body)
    {
        var check = new VerifyCheck(reporter);
        check.Visit(body);
        if (reporter.Bag.HasErrors)
        {
            return; // a verification with a mistake in it is not in the tree
        }

        foreach (var parameter in parameters.Where(p => p.Type is ProofType && !check._verified.Contains(p)))
        {
            reporter.Report(DiagnosticTable.UnverifiedProof, parameter.Span, parameter.Name);
        }
    }

    public override void Visit(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundVerify verify:
                if (_arms > 0)
                {
                    reporter.Report(DiagnosticTable.VerifyInArm, verify.Span);
                }

                if (!_verified.Add(verify.Proof.Local) || _loops > 0)
                {
                    reporter.Report(DiagnosticTable.VerifiedTwice, verify.Proof.Span, verify.Proof.Local.Name);
                }

                base.Visit(verify);
                break;
            case BoundConditional conditional:
                Visit(conditional.Condition);
                VisitArms([conditional.Then, conditional.Else]);
                break;
            case BoundStateMatch match:
                VisitArms(match.Arms.Select(a => a.Value));
                break;
            case BoundLogical logical:
                Visit(logical.Left);
                VisitArms([logical.Right]);
                break;
            default:
                base.Visit(expression);
                break;
        }
    }

    public override void Visit(BoundStatement statement)
    {
        _loops += statement is BoundFor ? 1 : 0;
        base.Visit(statement);
        _loops -= statement is BoundFor ? 1 : 0;
    }

    private void VisitArms(IEnumerable<BoundExpression> arms)
    {
        _arms++;
        VisitAll(arms);
        _arms--;
    }
}
