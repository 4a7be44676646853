using System.Collections.Immutable;
using Antlr4.Runtime.Tree;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <content>Declarations, and the members of machines.</content>
internal sealed partial class TreeBuilder
{
    /// <summary>What a list of fields belongs to, and so what its fields may carry.</summary>
    private enum FieldOwner
    {
        Data,
        State,
        Value,
    }

    private DeclarationSyntax TopDeclaration(TenorParser.TopDeclContext context)
    {
        var header = Header(context, context.attr(), context.PUB());
        var span = Span(context);
        switch (context.decl())
        {
            case TenorParser.AssetDeclContext c:
                return new AssetDeclarationSyntax(span, header, Name(c.ident()), Number(c.NUMBER().Symbol));
            case TenorParser.MeasureDeclContext c:
                return new MeasureDeclarationSyntax(span, header, Name(c.ident()), c.unitExpr() is { } unit ? Unit(unit) : null);
            case TenorParser.ConstDeclContext c:
                return Constant(span, header, c.constantDef());
            case TenorParser.TypeDeclContext c:
                return new TypeDeclarationSyntax(span, header, Name(c.ident()), Generics(c.generics()), Type(c.type()), RangeOrNull(c.range()));
            case TenorParser.ErrorDeclContext c:
                return new ErrorDeclarationSyntax(span, header, [.. c.ident().Select(Name)]);
            case TenorParser.EventDeclContext c:
                return Event(span, header, c.eventDef());
            case TenorParser.SetDeclContext c:
                return new SetDeclarationSyntax(span, header, Name(c.ident()), [.. c.namedType().Select(NamedType)]);
            case TenorParser.StructDeclContext c:
                return new StructDeclarationSyntax(span, header, Name(c.ident()), Generics(c.generics()), Fields(c.fieldBlock(), FieldOwner.Value));
            case TenorParser.EnumDeclContext c:
                return new EnumDeclarationSyntax(span, header, Name(c.ident()), Generics(c.generics()), [.. c.variant().Select(Variant)]);
            case TenorParser.FunctionDeclContext c:
                return Function(span, header, c.functionDef());
            case TenorParser.StatementDeclContext c:
                return new StatementDeclarationSyntax(
                    span, header, Name(c.ident()), Generics(c.generics()), Parameters(c.paramList(), isClaim: true), Type(c.type()), Block(c.block()));
            case TenorParser.MachineDeclContext c:
                return new MachineDeclarationSyntax(span, header, Name(c.ident()), Generics(c.generics()), [.. c.member().Select(Member)]);
            case TenorParser.TestDeclContext c:
                CheckNotPublic(context.PUB(), "a test");
                return new TestDeclarationSyntax(span, header, String(c.STRING().Symbol), Block(c.block()));
            case TenorParser.PropertyDeclContext c:
                CheckNotPublic(context.PUB(), "a property");
                return new PropertyDeclarationSyntax(
                    span, header, String(c.STRING().Symbol), Parameters(c.paramList(), hasRanges: true), Block(c.block()));
            default:
                throw new InvalidOperationException($"compiler bug: no case for the declaration {context.decl().GetType().Name}");
        }
    }

    private DeclarationSyntax Member(TenorParser.MemberContext context)
    {
        var header = Header(context, context.attr(), null);
        var span = Span(context);
        switch (context.memberDecl())
        {
            case TenorParser.DataMemberContext c:
                return new DataDeclarationSyntax(span, header, Fields(c.fieldBlock(), FieldOwner.Data));
            case TenorParser.StateMemberContext c:
                return new StateDeclarationSyntax(span, header, c.FINAL() is not null, Name(c.ident()), Fields(c.fieldBlock(), FieldOwner.State));
            case TenorParser.ConstMemberContext c:
                return Constant(span, header, c.constantDef());
            case TenorParser.EventMemberContext c:
                return Event(span, header, c.eventDef());
            case TenorParser.InvariantMemberContext c:
                return new InvariantDeclarationSyntax(span, header, Name(c.ident()), Expression(c.expr()));
            case TenorParser.TransitionMemberContext c:
                return new TransitionDeclarationSyntax(
                    span,
                    header,
                    Name(c.ident()),
                    c.paramList() is { } parameters ? Parameters(parameters, isClaim: true) : [],
                    Authority(c.auth()),
                    Edge(c.edge()),
                    [.. c.ensures().Select(e => Simple(e.simple()))],
                    Block(c.block()));
            case TenorParser.ViewMemberContext c:
                return new ViewDeclarationSyntax(span, header, Name(c.ident()), Parameters(c.paramList()), Type(c.type()), Block(c.block()));
            case TenorParser.FunctionMemberContext c:
                return Function(span, header, c.functionDef());
            default:
                throw new InvalidOperationException($"compiler bug: no case for the member {context.memberDecl().GetType().Name}");
        }
    }

    private ConstDeclarationSyntax Constant(SourceSpan span, DeclarationHeader header, TenorParser.ConstantDefContext context) =>
        new(span, header, Name(context.ident()), Type(context.type()), Expression(context.expr()));

    private EventDeclarationSyntax Event(SourceSpan span, DeclarationHeader header, TenorParser.EventDefContext context) =>
        new(span, header, Name(context.ident()), Fields(context.fieldBlock(), FieldOwner.Value));

    private FunctionDeclarationSyntax Function(SourceSpan span, DeclarationHeader header, TenorParser.FunctionDefContext context)
    {
        if (context.HINT() is { } hint && !_isStandardLibrary)
        {
            Report(DiagnosticTable.HintOutsideStandardLibrary, Span(hint.Symbol));
        }

        return new(
            span,
            header,
            SpanOf(context.HINT()),
            Name(context.ident()),
            Generics(context.generics()),
            Parameters(context.paramList()),
            context.type() is { } type ? Type(type) : null,
            Block(context.block()));
    }

    private ImmutableArray<GenericParameterSyntax> Generics(TenorParser.GenericsContext? context) =>
        context is null ? [] : [.. context.generic().Select(Generic)];

    private GenericParameterSyntax Generic(TenorParser.GenericContext context)
    {
        var kind = context.CONST() is not null ? GenericKind.Const
            : context.ASSET() is not null ? GenericKind.Asset
            : context.MEASURE() is not null ? GenericKind.Measure
            : GenericKind.Type;
        return new(Span(context), kind, Name(context.ident()), context.type() is { } type ? Type(type) : null);
    }

    private ImmutableArray<FieldSyntax> Fields(TenorParser.FieldBlockContext? context, FieldOwner owner) =>
        context is null ? [] : [.. context.field().Select(f => Field(f, owner))];

    private FieldSyntax Field(TenorParser.FieldContext context, FieldOwner owner)
    {
        if (context.MUT() is { } mutable && owner != FieldOwner.Data)
        {
            Report(DiagnosticTable.MutableNotInData, Span(mutable.Symbol));
        }

        if (context.ASSIGN() is { } assign && owner != FieldOwner.Data)
        {
            Report(DiagnosticTable.DefaultNotInData, Span(assign.Symbol, context.Stop));
        }

        if (owner == FieldOwner.Value)
        {
            CheckNotPublic(context.PUB(), "a field of an event, a struct or a variant");
        }

        return new(
            Span(context),
            Header(context, context.attr(), context.PUB()),
            SpanOf(context.MUT()),
            Name(context.ident()),
            Type(context.type()),
            context.expr() is { } value ? Expression(value) : null);
    }

    private VariantSyntax Variant(TenorParser.VariantContext context) =>
        new(Span(context), Documentation(context), Name(context.ident()), Fields(context.fieldBlock(), FieldOwner.Value));

    /// <summary>Parameters. Those of a claim (a transition, a statement) may be public; those of a property have ranges.</summary>
    private ImmutableArray<ParameterSyntax> Parameters(TenorParser.ParamListContext context, bool isClaim = false, bool hasRanges = false) =>
        [.. context.param().Select(p => Parameter(p, isClaim, hasRanges))];

    private ParameterSyntax Parameter(TenorParser.ParamContext context, bool isClaim, bool hasRange)
    {
        if (!isClaim)
        {
            CheckNotPublic(context.PUB(), "a parameter of a function, a view or a property");
        }

        if (context.range() is { } range && !hasRange)
        {
            Report(DiagnosticTable.RangeNotHere, Span(context.IN().Symbol, range.Stop));
        }

        return new(Span(context), SpanOf(context.PUB()), Name(context.ident()), Type(context.type()), RangeOrNull(context.range()));
    }

    private void CheckNotPublic(ITerminalNode? pub, string what)
    {
        if (pub is not null)
        {
            Report(DiagnosticTable.PublicNotHere, Span(pub.Symbol), what);
        }
    }

    private RangeSyntax? RangeOrNull(TenorParser.RangeContext? context) =>
        context is null ? null : Range(Span(context), context.addExpr(), context.DOTDOTEQ());

    private RangeSyntax Range(SourceSpan span, TenorParser.AddExprContext[] ends, ITerminalNode? inclusive)
    {
        if (inclusive is not null && ends.Length == 1)
        {
            Report(DiagnosticTable.RangeWithoutEnd, Span(inclusive.Symbol));
        }

        return new(span, Additive(ends[0]), ends.Length > 1 ? Additive(ends[1]) : null, inclusive is not null);
    }

    private EdgeSyntax Edge(TenorParser.EdgeContext context) =>
        new(Span(context), [.. context.stateSet(0).ident().Select(Name)], [.. context.stateSet(1).ident().Select(Name)]);

    private ImmutableArray<ExpressionSyntax> Authority(TenorParser.AuthContext? context) =>
        context is null ? [] : [.. context.simple().Select(Simple)];
}
