using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Proofs of statements and histories: <c>verify</c>, and in tests <c>prove</c>.</content>
internal sealed partial class BodyBinder
{
    private BoundExpression BindVerify(VerifyExpressionSyntax syntax)
    {
        if (kind is not (BodyKind.Transition or BodyKind.Statement))
        {
            NotHere(syntax.Span, "verify");
            return new BoundError(syntax.Span);
        }

        if (ClaimOf(syntax) is not { } claim)
        {
            foreach (var argument in syntax.Arguments.Where(a => a.Value is not null))
            {
                Bind(argument.Value!, ErrorType.Instance);
            }

            return new BoundError(syntax.Span);
        }

        var fields = FieldsOf(claim.Inputs);
        var given = BindNamed(syntax.Arguments.Where(a => a.Value is not null).Select(a => (a.Name!, a.Value)), fields, claim.Description);
        var failed = given.Failed | !CheckIgnored(syntax, claim, given.Order);
        if (ProofOf(syntax.Proof, claim) is not { } proof || failed)
        {
            return new BoundError(syntax.Span);
        }

        return new BoundVerify(syntax.Span, claim, given.Values, given.Order, proof);
    }

    private ClaimSymbol? ClaimOf(VerifyExpressionSyntax syntax)
    {
        var claim = context.BindClaim(syntax.Statement);
        if (claim is null || claim.IsSet == syntax.IsAnyOf)
        {
            return claim;
        }

        Report(DiagnosticTable.AnyOfSet, syntax.Statement.Span, claim, claim.IsSet ? "a set of statements" : "no set", $"verify {(claim.IsSet ? "any of " : "")}{claim}(…)");
        return null;
    }

    /// <summary>Every public input is named, or ignored with <c>_</c>, once.</summary>
    private bool CheckIgnored(VerifyExpressionSyntax syntax, ClaimSymbol claim, ImmutableArray<int> named)
    {
        var said = new HashSet<int>(named);
        var holds = true;
        foreach (var name in syntax.Arguments.Where(a => a.Value is null).Select(a => a.Name!))
        {
            var index = claim.Inputs.Select(i => i.Name).ToImmutableArray().IndexOf(name.Text);
            if (index >= 0 && said.Add(index))
            {
                Report(DiagnosticTable.IgnoredInput, name.Span, name.Text, claim);
                continue;
            }

            Report(index < 0 ? DiagnosticTable.UnknownField : DiagnosticTable.RepeatedField, name.Span, index < 0 ? [claim.Description, name.Text] : [name.Text]);
            holds = false;
        }

        var missing = claim.Inputs.Where((_, i) => !said.Contains(i)).Select(i => i.Name).ToList();
        if (missing.Count > 0)
        {
            Report(DiagnosticTable.UnnamedInput, syntax.Statement.Span, claim, string.Join(", ", missing));
        }

        return holds && missing.Count == 0;
    }

    private BoundLocal? ProofOf(ExpressionSyntax syntax, ClaimSymbol claim)
    {
        var local = syntax is NameExpressionSyntax { Name.Text: var name } ? FindLocal(name)?.Local : null;
        switch (local)
        {
            case { Kind: LocalKind.Parameter, Type: ProofType type } when type.Claim.QualifiedName == claim.QualifiedName:
                return new(syntax.Span, local);
            case { Type: ErrorType }:
                return null;
            default:
                Report(DiagnosticTable.NotAProof, syntax.Span, claim, local is null ? $"'{Context.Short(syntax.Span)}'" : $"'{local}' of type {local.Type}");
                return null;
        }
    }

    private BoundExpression BindProve(CallExpressionSyntax syntax)
    {
        if (kind != BodyKind.Test)
        {
            NotHere(syntax.Span, "prove");
            return new BoundError(syntax.Span);
        }

        if (syntax.Arguments.Length == 1 && syntax.Arguments[0] is { Name: null, Value: MemberExpressionSyntax { Name.Text: "history" } history } && MachineOf(history.Receiver) is { } machine)
        {
            return new BoundProveHistory(syntax.Span, context.HistoryOf(((MachineType)machine.Type).Machine), machine);
        }

        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not { Name: null, Value: CallExpressionSyntax call } || ClaimNamed(call.Callee) is not { } named)
        {
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, "prove", "a statement with its arguments, prove(S(a: x, b: y))", syntax.Arguments.Length == 1 ? "something else" : syntax.Arguments.Length);
        }

        if (context.BindClaim(named) is not { } claim)
        {
            BindOnlyForMistakes(call);
            return new BoundError(syntax.Span);
        }

        if (claim.IsSet)
        {
            BindOnlyForMistakes(call);
            return Report(DiagnosticTable.AnyOfSet, named.Span, claim, "a set of statements", $"prove({claim.Members[0]}(…))");
        }

        if (claim.IsHistory)
        {
            BindOnlyForMistakes(call);
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, "prove", "a machine that the test has made, prove(m.history)", "a machine's name");
        }

        var fields = FieldsOf(claim.Statement.Parameters);
        var given = BindNamedArguments(call, fields, claim.Description);
        var missing = fields.Where(f => !given.Order.Contains(f.Ordinal)).Select(f => f.Name).ToList();
        if (missing.Count > 0 && !given.Failed)
        {
            return Report(DiagnosticTable.MissingField, named.Span, claim.Description, string.Join(", ", missing));
        }

        return given.Failed ? new BoundError(syntax.Span) : new BoundProve(syntax.Span, claim, given.Values, given.Order);
    }

    private static NamedTypeSyntax? ClaimNamed(ExpressionSyntax callee)
    {
        var (target, arguments) = callee is GenericExpressionSyntax generic ? (generic.Target, generic.Arguments) : (callee, ImmutableArray<TypeArgumentSyntax>.Empty);
        return PathOf(target) is { } path ? new(callee.Span, path, arguments, null) : null;
    }

    private static ImmutableArray<FieldSymbol> FieldsOf(ImmutableArray<LocalSymbol> parameters) =>
        [.. parameters.Select((p, i) => new FieldSymbol(p.Name, i, p.Type, p.IsPublic, false, null, null, p.Span))];
}
