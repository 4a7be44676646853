using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Whole bodies.</content>
internal sealed partial class BodyBinder
{
    public static BoundTransition BindTransition(MachineInstance machine, TransitionDeclarationSyntax syntax, TransitionSymbol symbol)
    {
        var binder = new BodyBinder(machine.Context, BodyKind.Transition, machine)
        {
            _transition = symbol,
            _states = symbol.Sources,
            _source = symbol.Sources.Length == 1 && !symbol.Sources[0].IsInitial ? symbol.Sources[0] : null,
        };
        binder.AddParameters(symbol.Parameters);
        return new(symbol, binder.BindBlock(syntax.Body, TupleType.Empty));
    }

    public static BoundInvariant BindInvariant(MachineInstance machine, InvariantDeclarationSyntax syntax)
    {
        var binder = new BodyBinder(machine.Context, BodyKind.Invariant, machine) { _states = machine.Symbol.States.RemoveAt(0) };
        var condition = binder.BindStored(syntax.Condition, BooleanType.Instance);
        return new(syntax.Name.Text, condition, syntax.Span);
    }

    public static BoundStatementDeclaration BindStatement(Declaration declaration, Context context)
    {
        var syntax = (StatementDeclarationSyntax)declaration.Syntax;
        var binder = new BodyBinder(context, BodyKind.Statement);
        context.CheckAttributes(syntax.Header.Attributes);
        var parameters = context.BindParameters(syntax.Parameters);
        var result = context.BindType(syntax.ReturnType);
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

    public static BoundTest BindTest(Context context, TestDeclarationSyntax syntax)
    {
        context.CheckAttributes(syntax.Header.Attributes);
        var binder = new BodyBinder(context, BodyKind.Test);
        return new(syntax.Title.Value, binder.BindBlock(syntax.Body, TupleType.Empty), syntax.Title.Span);
    }
}
