using System.Collections.Immutable;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Language.Parsing;

/// <content>Types and units.</content>
internal sealed partial class TreeBuilder
{
    private TypeSyntax Type(TenorParser.TypeContext context)
    {
        Enter(1, context);
        var type = BaseType(context.baseType());
        Leave(1);
        return context.QUESTION() is null ? type : new OptionTypeSyntax(Span(context), type);
    }

    private TypeSyntax BaseType(TenorParser.BaseTypeContext context) => context switch
    {
        TenorParser.GuardedTypeContext c => new GuardedTypeSyntax(Span(c), NamedType(c.namedType())),
        TenorParser.PlainTypeContext c => NamedType(c.namedType()),
        TenorParser.ArrayTypeContext c => new ArrayTypeSyntax(Span(c), Type(c.type()), Additive(c.addExpr())),
        TenorParser.TupleTypeContext c => c.type().Length == 1 && c.COMMA().Length == 0
            ? Type(c.type(0))
            : new TupleTypeSyntax(Span(c), [.. c.type().Select(Type)]),
        _ => throw new InvalidOperationException($"compiler bug: no case for the type {context.GetType().Name}"),
    };

    private NamedTypeSyntax NamedType(TenorParser.NamedTypeContext context) =>
        new(Span(context), Path(context.path()), TypeArguments(context.typeArgs()), NameOrNull(context.ident()));

    private ImmutableArray<TypeArgumentSyntax> TypeArguments(TenorParser.TypeArgsContext? context) =>
        context is null ? [] : [.. context.typeArg().Select(TypeArgument)];

    private TypeArgumentSyntax TypeArgument(TenorParser.TypeArgContext context) =>
        context.NUMBER() is { } number ? new NumberArgumentSyntax(Span(context), Number(number.Symbol))
        : context.unitExpr() is { } unit ? new UnitArgumentSyntax(Span(context), Unit(unit))
        : new NamedArgumentSyntax(Span(context), Type(context.type()));

    private UnitSyntax Unit(TenorParser.UnitExprContext context)
    {
        var atoms = context.unitAtom();
        var factors = ImmutableArray.CreateBuilder<UnitFactorSyntax>(atoms.Length);
        for (var i = 0; i < atoms.Length; i++)
        {
            if (atoms[i].NUMBER() is { } number && number.GetText() != "1")
            {
                Report(DiagnosticTable.UnitNumber, Span(number.Symbol));
            }

            factors.Add(new(
                Span(atoms[i]),
                i > 0 && context.unitOp(i - 1).SLASH() is not null,
                atoms[i].path() is { } path ? Path(path) : null));
        }

        return new(Span(context), factors.MoveToImmutable());
    }
}
