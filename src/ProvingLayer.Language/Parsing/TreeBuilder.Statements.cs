using System.Collections.Immutable;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <content>Blocks, statements and patterns.</content>
internal sealed partial class TreeBuilder
{
    /// <summary>
    /// A block. The grammar reads segments between semicolons; here the last one without ';' becomes the block's value if it can be one.
    /// </summary>
    private BlockSyntax Block(TenorParser.BlockContext context)
    {
        Enter(1, context);
        var statements = ImmutableArray.CreateBuilder<StatementSyntax>();
        ExpressionSyntax? value = null;
        var segments = context.body().segment();
        var semicolons = context.body().SEMI();
        for (var i = 0; i < segments.Length; i++)
        {
            var semicolon = i < semicolons.Length ? semicolons[i] : null;
            var (blocks, plain) = (segments[i].blocky(), segments[i].plain());
            for (var j = 0; j < blocks.Length; j++)
            {
                var isLast = plain is null && j == blocks.Length - 1;
                if (isLast && semicolon is null && blocks[j] is TenorParser.BlockStmtContext last)
                {
                    value = BlockLike(last.blockLike());
                }
                else
                {
                    statements.Add(BlockStatement(blocks[j], isLast ? semicolon : null));
                }
            }

            if (plain is not null)
            {
                if (semicolon is null && ValueOf(plain) is { } found)
                {
                    value = found;
                }
                else
                {
                    if (semicolon is null)
                    {
                        ReportMissing("';'", "after the statement", plain.Stop);
                    }

                    statements.Add(PlainStatement(plain, semicolon));
                }
            }
            else if (blocks.Length == 0 && semicolon is not null)
            {
                Report(DiagnosticTable.EmptyStatement, Span(semicolon.Symbol));
            }
        }

        Leave(1);
        return new(Span(context), statements.ToImmutable(), value);
    }

    /// <summary>A statement's expression if it is nothing but one.</summary>
    private ExpressionSyntax? ValueOf(TenorParser.PlainContext context) =>
        context is TenorParser.ExprStmtContext c && c.assignOp() is null && c.auth() is null ? Plain(c.plainExpr()) : null;

    private StatementSyntax BlockStatement(TenorParser.BlockyContext context, ITerminalNode? semicolon)
    {
        var span = StatementSpan(context, semicolon);
        switch (context)
        {
            case TenorParser.BlockStmtContext c:
                return new ExpressionStatementSyntax(span, BlockLike(c.blockLike()), []);
            case TenorParser.ForStmtContext c:
                var isRange = c.DOTDOT() is not null || c.DOTDOTEQ() is not null;
                var ends = c.addExpr();
                return new ForStatementSyntax(
                    span,
                    NameOrNull(c.ident()),
                    isRange ? Range(Span(ends[0].Start, ends[ends.Length - 1].Stop), ends, c.DOTDOTEQ()) : null,
                    isRange ? null : Additive(ends[0]),
                    Block(c.block()));
            case TenorParser.RejectStmtContext c:
                return new RejectStatementSyntax(span, Path(c.path()), Block(c.block()));
            default:
                throw new InvalidOperationException($"compiler bug: no case for the statement {context.GetType().Name}");
        }
    }

    private StatementSyntax PlainStatement(TenorParser.PlainContext context, ITerminalNode? semicolon)
    {
        var span = StatementSpan(context, semicolon);
        return context switch
        {
            TenorParser.LetStmtContext c => new LetStatementSyntax(
                span,
                SpanOf(c.MUT()),
                Pattern(c.pattern()),
                c.type() is { } type ? Type(type) : null,
                Expression(c.expr()),
                c.path() is { } error ? Path(error) : null),
            TenorParser.RequireStmtContext c => new RequireStatementSyntax(span, Expression(c.expr()), Path(c.path())),
            TenorParser.AssertStmtContext c => new AssertStatementSyntax(span, Expression(c.expr())),
            TenorParser.MoveStmtContext c => new MoveStatementSyntax(span, Simple(c.simple()), Source(c.source()), Sink(c.sink())),
            TenorParser.BecomeStmtContext c => new BecomeStatementSyntax(
                span, Name(c.ident()), c.structBody() is { } body ? StructBody(body) : null),
            TenorParser.StayStmtContext => new StayStatementSyntax(span),
            TenorParser.EmitStmtContext c => new EmitStatementSyntax(span, Path(c.path()), StructBody(c.structBody())),
            TenorParser.AtStmtContext c => new AtStatementSyntax(span, Expression(c.expr())),
            TenorParser.ExprStmtContext c => ExpressionStatement(span, c),
            _ => throw new InvalidOperationException($"compiler bug: no case for the statement {context.GetType().Name}"),
        };
    }

    private StatementSyntax ExpressionStatement(SourceSpan span, TenorParser.ExprStmtContext context)
    {
        var left = Plain(context.plainExpr());
        if (context.auth() is { } auth && (context.assignOp() is not null || left is not CallExpressionSyntax))
        {
            Report(DiagnosticTable.AuthorityNotHere, Span(auth));
        }

        if (context.assignOp() is not { } assign)
        {
            return new ExpressionStatementSyntax(span, left, Authority(context.auth()));
        }

        if (!IsPlace(left))
        {
            Report(DiagnosticTable.NotAPlace, Span(context.plainExpr()));
        }

        var how = assign.PLUSASSIGN() is not null ? AssignmentOperator.Add
            : assign.MINUSASSIGN() is not null ? AssignmentOperator.Subtract
            : AssignmentOperator.Set;
        return new AssignmentStatementSyntax(span, left, how, Expression(context.expr()));
    }

    private static bool IsPlace(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case NameExpressionSyntax:
                    return true;
                case MemberExpressionSyntax member:
                    expression = member.Receiver;
                    break;
                case TupleElementExpressionSyntax element:
                    expression = element.Receiver;
                    break;
                case IndexExpressionSyntax index:
                    expression = index.Receiver;
                    break;
                default:
                    return false;
            }
        }
    }

    private MoveEndSyntax Source(TenorParser.SourceContext context) =>
        context.expr() is { } party ? new PartyEndSyntax(Span(context), Expression(party))
        : context.place() is { } place ? new VaultEndSyntax(Span(context), Place(place))
        : new IssueEndSyntax(Span(context));

    private MoveEndSyntax Sink(TenorParser.SinkContext context) =>
        context.expr() is { } party ? new PartyEndSyntax(Span(context), Expression(party))
        : context.place() is { } place ? new VaultEndSyntax(Span(context), Place(place))
        : new IssueEndSyntax(Span(context));

    private ExpressionSyntax Place(TenorParser.PlaceContext context)
    {
        var steps = context.placeStep();
        Enter(steps.Length, context);
        ExpressionSyntax place = new NameExpressionSyntax(Span(context.ident()), Name(context.ident()));
        foreach (var step in steps)
        {
            var span = Span(context.Start, step.Stop);
            place = step.ident() is { } field
                ? new MemberExpressionSyntax(span, place, Name(field))
                : new IndexExpressionSyntax(span, place, Expression(step.expr()));
        }

        Leave(steps.Length);
        return place;
    }

    private PatternSyntax Pattern(TenorParser.PatternContext context)
    {
        Enter(1, context);
        var span = Span(context);
        PatternSyntax pattern = context switch
        {
            TenorParser.WildcardPatternContext => new WildcardPatternSyntax(span),
            TenorParser.NumberPatternContext c => new LiteralPatternSyntax(span, c.MINUS() is not null, NumberLiteral(c.NUMBER(), c.UNIT())),
            TenorParser.HexPatternContext c => new LiteralPatternSyntax(span, false, Hex(c.HEX().Symbol)),
            TenorParser.BooleanPatternContext c => new LiteralPatternSyntax(span, false, new BooleanLiteralSyntax(span, c.TRUE() is not null)),
            TenorParser.NonePatternContext => new LiteralPatternSyntax(span, false, new NoneLiteralSyntax(span)),
            TenorParser.NamePatternContext c => NamePattern(span, c),
            TenorParser.TuplePatternContext c => new TuplePatternSyntax(span, [.. c.pattern().Select(Pattern)]),
            _ => throw new InvalidOperationException($"compiler bug: no case for the pattern {context.GetType().Name}"),
        };
        Leave(1);
        return pattern;
    }

    private PatternSyntax NamePattern(SourceSpan span, TenorParser.NamePatternContext context)
    {
        var path = Path(context.path());
        if (context.pattern() is { } inner)
        {
            if (path.Text != "some")
            {
                Report(DiagnosticTable.CallPattern, Span(context.path()));
            }

            return new SomePatternSyntax(span, Pattern(inner));
        }

        if (context.patBody() is { } body)
        {
            return new NamePatternSyntax(span, path, true, [.. body.patField().Select(FieldPattern)]);
        }

        return path.Parts.Length == 1 && !path.Last.IsCapital
            ? new BindingPatternSyntax(span, path.Last)
            : new NamePatternSyntax(span, path, false, []);
    }

    private FieldPatternSyntax FieldPattern(TenorParser.PatFieldContext context)
    {
        var name = Name(context.ident());
        return context.pattern() is { } pattern
            ? new(Span(context), name, Pattern(pattern), false)
            : new(Span(context), name, new BindingPatternSyntax(name.Span, name), true);
    }

    private SourceSpan StatementSpan(ParserRuleContext context, ITerminalNode? semicolon) =>
        semicolon is null ? Span(context) : Span(context.Start, semicolon.Symbol);
}
