using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Whole bodies.</content>
internal sealed partial class BodyBinder
{
    /// <summary>Whether this is inside <c>old(…)</c>.</summary>
    private bool _isOld;

    public static BoundTransition BindTransition(MachineInstance machine, TransitionDeclarationSyntax syntax, TransitionSymbol symbol)
    {
        var binder = new BodyBinder(machine.Context, BodyKind.Transition, machine) { _transition = symbol };
        binder.LookAt(symbol.Sources);
        binder.AddParameters(symbol.Parameters);
        return new(symbol, binder.BindBlock(syntax.Body, TupleType.Empty));
    }

    /// <summary>A key after <c>by</c>: read before the step.</summary>
    public static BoundExpression BindAuthority(MachineInstance machine, TransitionSymbol symbol, ExpressionSyntax syntax)
    {
        var binder = new BodyBinder(machine.Context, BodyKind.Transition, machine) { _transition = symbol };
        binder.LookAt(symbol.Sources);
        binder.AddParameters(symbol.Parameters);
        return binder.BindStored(syntax, DigestType.Key);
    }

    public static BoundInvariant BindInvariant(MachineInstance machine, InvariantDeclarationSyntax syntax)
    {
        var binder = new BodyBinder(machine.Context, BodyKind.Invariant, machine) { _states = machine.Symbol.States.RemoveAt(0) };
        var condition = binder.BindStored(syntax.Condition, BooleanType.Instance);
        return new(syntax.Name.Text, condition, syntax.Span);
    }

    public static BoundExpression BindEnsures(MachineInstance machine, TransitionSymbol symbol, ExpressionSyntax syntax)
    {
        var binder = new BodyBinder(machine.Context, BodyKind.Ensures, machine) { _transition = symbol };
        binder.AddParameters(symbol.Parameters);
        binder.LookAt(symbol.Targets);
        return binder.BindStored(syntax, BooleanType.Instance);
    }

    /// <summary>Sets the states that the machine may be in here.</summary>
    private void LookAt(ImmutableArray<StateSymbol> states)
    {
        _states = states;
        _source = states.Length == 1 && !states[0].IsInitial ? states[0] : null;
    }

    /// <summary><c>old(e)</c>: of the names of the text around it only the arguments are the same before the step.</summary>
    private BoundExpression BindOld(OldExpressionSyntax syntax)
    {
        if (kind != BodyKind.Ensures || _isOld)
        {
            return Report(DiagnosticTable.OldMisplaced, syntax.Span, _isOld ? "it is in another 'old'" : "it stands in 'ensures'");
        }

        var inner = _scopes.Skip(1).ToList();
        _scopes.RemoveRange(1, inner.Count);
        LookAt(_transition!.Sources);
        _isOld = true;
        var operand = Bind(syntax.Operand);
        _isOld = false;
        LookAt(_transition.Targets);
        _scopes.AddRange(inner);
        return IsError(operand) ? new BoundError(syntax.Span) : new BoundOld(syntax.Span, operand);
    }

    public static BoundStatementDeclaration BindStatement(Declaration declaration, Context context)
    {
        var syntax = (StatementDeclarationSyntax)declaration.Syntax;
        var binder = new BodyBinder(context, BodyKind.Statement);
        context.CheckAttributes(syntax.Header.Attributes, "steps");
        var parameters = context.BindEntryParameters(syntax.Parameters, syntax.Header.Attributes);
        var result = context.BindKeptType(syntax.ReturnType);
        binder.AddParameters(parameters);
        var body = binder.BindBlock(syntax.Body, result);
        return new(
            declaration.Name.Text + context.Generics.Suffix,
            declaration.QualifiedName + context.Generics.Key,
            parameters,
            result,
            body,
            syntax.Header.Documentation,
            syntax.Name.Span);
    }

    public static BoundTest BindProperty(Context context, PropertyDeclarationSyntax syntax)
    {
        context.CheckAttributes(syntax.Header.Attributes);
        var binder = new BodyBinder(context, BodyKind.Test);
        var parameters = context.BindParameters(syntax.Parameters);
        foreach (var (parameter, declared) in parameters.Where(p => Context.HasSigned(p.Type)).Select(p => (p, syntax.Parameters.First(s => s.Name.Text == p.Name))))
        {
            binder.Report(DiagnosticTable.TypeNotHere, declared.Type.Span, parameter.Type, "a property makes up values and no signatures: sign what it makes up, K.name.sign(x)");
        }

        binder.AddParameters(parameters);
        return new(syntax.Title.Value, binder.BindBlock(syntax.Body, TupleType.Empty), syntax.Title.Span) { Parameters = parameters };
    }

    public static BoundTest BindTest(Context context, TestDeclarationSyntax syntax)
    {
        context.CheckAttributes(syntax.Header.Attributes);
        var binder = new BodyBinder(context, BodyKind.Test);
        return new(syntax.Title.Value, binder.BindBlock(syntax.Body, TupleType.Empty), syntax.Title.Span);
    }
}
