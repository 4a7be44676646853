using System.Collections.Immutable;
using Antlr4.Runtime;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Language.Parsing;

/// <content>Expressions: from the loosest binding to the tightest.</content>
internal sealed partial class TreeBuilder
{
    private ExpressionSyntax Expression(TenorParser.ExprContext context)
    {
        Enter(1, context);
        var expression = context.blockLike() is { } block ? BlockLike(block) : Plain(context.plainExpr());
        Leave(1);
        return expression;
    }

    private ExpressionSyntax Plain(TenorParser.PlainExprContext context) =>
        context.simple() is { } simple ? Simple(simple)
        : context.structLit() is { } literal ? Struct(literal)
        : Verify(context.verifyExpr());

    private ExpressionSyntax BlockLike(TenorParser.BlockLikeContext context) =>
        context.ifExpr() is { } conditional ? If(conditional)
        : context.matchExpr() is { } match ? Match(match)
        : Block(context.block());

    private IfExpressionSyntax If(TenorParser.IfExprContext context)
    {
        // The grammar reads `else if` as a list, so that a long chain is no deep parse; the tree nests, and is counted.
        var chain = context.elseIf();
        Enter(chain.Length, context);
        ExpressionSyntax? rest = context.block().Length > 1 ? Block(context.block(1)) : null;
        for (var i = chain.Length - 1; i >= 0; i--)
        {
            rest = new IfExpressionSyntax(Span(chain[i].IF().Symbol, context.Stop), Simple(chain[i].simple()), Block(chain[i].block()), rest);
        }

        Leave(chain.Length);
        return new(Span(context), Simple(context.simple()), Block(context.block(0)), rest);
    }

    private MatchExpressionSyntax Match(TenorParser.MatchExprContext context)
    {
        var arms = ImmutableArray.CreateBuilder<MatchArmSyntax>();
        foreach (var group in context.arms())
        {
            for (var arm = group; arm is not null; arm = arm.arms())
            {
                var end = arm.plainExpr() ?? (ParserRuleContext)arm.blockLike();
                Enter(1, arm);
                arms.Add(new(
                    Span(arm.Start, end.Stop),
                    [.. arm.pattern().Select(Pattern)],
                    arm.plainExpr() is { } value ? Plain(value) : BlockLike(arm.blockLike())));
                Leave(1);
            }
        }

        return new(Span(context), Simple(context.simple()), arms.ToImmutable());
    }

    private VerifyExpressionSyntax Verify(TenorParser.VerifyExprContext context)
    {
        var arguments = context.namedArgs().namedArg()
            .Select(a => new ArgumentSyntax(Span(a), Name(a.ident()), a.expr() is { } value ? Expression(value) : null));
        return new(
            Span(context),
            context.ANY() is not null,
            NamedType(context.namedType()),
            [.. arguments],
            Simple(context.simple()));
    }

    private StructExpressionSyntax Struct(TenorParser.StructLitContext context) =>
        new(Span(context), Path(context.path()), TypeArguments(context.typeArgs()), StructBody(context.structBody()));

    private StructBodySyntax StructBody(TenorParser.StructBodyContext context) =>
        new(Span(context), [.. context.fieldInit().Select(FieldValue)], context.expr() is { } rest ? Expression(rest) : null);

    private FieldValueSyntax FieldValue(TenorParser.FieldInitContext context)
    {
        var name = Name(context.ident());
        return context.expr() is { } value
            ? new(Span(context), name, Expression(value), false)
            : new(Span(context), name, new NameExpressionSyntax(name.Span, name), true);
    }

    private ExpressionSyntax Simple(TenorParser.SimpleContext context)
    {
        var operands = context.orExpr();
        Enter(operands.Length, context);
        var right = Or(operands[operands.Length - 1]);
        for (var i = operands.Length - 2; i >= 0; i--)
        {
            var span = Span(operands[i].Start, context.Stop);
            right = new BinaryExpressionSyntax(span, Or(operands[i]), BinaryOperator.Implies, Span(context.IMPLIES(i).Symbol), right);
        }

        Leave(operands.Length);
        return right;
    }

    private ExpressionSyntax Or(TenorParser.OrExprContext context) =>
        Chain(context, context.andExpr(), And, i => (BinaryOperator.Or, context.OROR(i).Symbol));

    private ExpressionSyntax And(TenorParser.AndExprContext context) =>
        Chain(context, context.relExpr(), Relation, i => (BinaryOperator.And, context.ANDAND(i).Symbol));

    private ExpressionSyntax Relation(TenorParser.RelExprContext context)
    {
        var left = Additive(context.addExpr(0));
        if (context.path() is { } state)
        {
            return new IsExpressionSyntax(Span(context), left, Path(state));
        }

        if (context.relOp() is not { } how)
        {
            return left;
        }

        var type = how.Start.Type switch
        {
            TenorParser.EQ => BinaryOperator.Equal,
            TenorParser.NE => BinaryOperator.NotEqual,
            TenorParser.LT => BinaryOperator.Less,
            TenorParser.LE => BinaryOperator.LessOrEqual,
            TenorParser.GT => BinaryOperator.Greater,
            _ => BinaryOperator.GreaterOrEqual,
        };
        return new BinaryExpressionSyntax(Span(context), left, type, Span(how), Additive(context.addExpr(1)));
    }

    private ExpressionSyntax Additive(TenorParser.AddExprContext context) =>
        Chain(context, context.mulExpr(), Multiplicative, i =>
        {
            var token = context.addOp(i).Start;
            return (token.Type == TenorParser.PLUS ? BinaryOperator.Add : BinaryOperator.Subtract, token);
        });

    private ExpressionSyntax Multiplicative(TenorParser.MulExprContext context) =>
        Chain(context, context.unary(), Unary, i =>
        {
            var token = context.mulOp(i).Start;
            var type = token.Type switch
            {
                TenorParser.STAR => BinaryOperator.Multiply,
                TenorParser.SLASH => BinaryOperator.Divide,
                _ => BinaryOperator.Remainder,
            };
            return (type, token);
        });

    /// <summary>Operands with operators of one strength between them, grouped to the left.</summary>
    private ExpressionSyntax Chain<T>(
        ParserRuleContext context, T[] operands, Func<T, ExpressionSyntax> build, Func<int, (BinaryOperator Type, IToken Token)> operatorAfter)
        where T : ParserRuleContext
    {
        Enter(operands.Length - 1, context);
        var left = build(operands[0]);
        for (var i = 1; i < operands.Length; i++)
        {
            var (type, token) = operatorAfter(i - 1);
            left = new BinaryExpressionSyntax(Span(context.Start, operands[i].Stop), left, type, Span(token), build(operands[i]));
        }

        Leave(operands.Length - 1);
        return left;
    }

    private ExpressionSyntax Unary(TenorParser.UnaryContext context)
    {
        var operators = context.unaryOp();
        Enter(operators.Length, context);
        var operand = Postfix(context.postfix());
        for (var i = operators.Length - 1; i >= 0; i--)
        {
            var type = operators[i].MINUS() is not null ? UnaryOperator.Negate : UnaryOperator.Not;
            operand = new UnaryExpressionSyntax(Span(operators[i].Start, context.Stop), type, operand);
        }

        Leave(operators.Length);
        return operand;
    }

    private ExpressionSyntax Postfix(TenorParser.PostfixContext context)
    {
        var suffixes = context.suffix();
        Enter(suffixes.Length, context);
        var expression = Primary(context.primary());
        foreach (var suffix in suffixes)
        {
            var span = Span(context.Start, suffix.Stop);
            expression = suffix switch
            {
                TenorParser.MemberSuffixContext c => GenericCall(
                    new MemberExpressionSyntax(Span(context.Start, c.name().Stop), expression, Name(c.name())), context.Start, c.genericCall()),
                TenorParser.ElementSuffixContext c => Elements(expression, context.Start, c.NUMBER().Symbol),
                TenorParser.CallSuffixContext c => new CallExpressionSyntax(span, expression, Arguments(c.args())),
                TenorParser.IndexSuffixContext c => new IndexExpressionSyntax(span, expression, Expression(c.expr())),
                _ => throw new InvalidOperationException($"compiler bug: no case for the suffix {suffix.GetType().Name}"),
            };
        }

        Leave(suffixes.Length);
        return expression;
    }

    private ExpressionSyntax Primary(TenorParser.PrimaryContext context)
    {
        switch (context)
        {
            case TenorParser.LiteralPrimaryContext c:
                return Literal(c.literal());
            case TenorParser.OldPrimaryContext c:
                return new OldExpressionSyntax(Span(c), Expression(c.expr()));
            case TenorParser.DisclosePrimaryContext c:
                return new DiscloseExpressionSyntax(Span(c), Expression(c.expr()));
            case TenorParser.NamePrimaryContext c:
                return GenericCall(new NameExpressionSyntax(Span(c.ident()), Name(c.ident())), c.Start, c.genericCall());
            case TenorParser.ParenPrimaryContext c:
                return c.expr().Length == 1 && c.COMMA().Length == 0
                    ? Expression(c.expr(0))
                    : new TupleExpressionSyntax(Span(c), [.. c.expr().Select(Expression)]);
            case TenorParser.ArrayPrimaryContext c:
                return c.SEMI() is null
                    ? new ArrayExpressionSyntax(Span(c), [.. c.expr().Select(Expression)])
                    : new RepeatExpressionSyntax(Span(c), Expression(c.expr(0)), Additive(c.addExpr()));
            default:
                throw new InvalidOperationException($"compiler bug: no case for the operand {context.GetType().Name}");
        }
    }

    /// <summary>What is written after a name: <c>&lt;X, Y&gt;.new(…)</c>, or nothing.</summary>
    private ExpressionSyntax GenericCall(ExpressionSyntax target, IToken start, TenorParser.GenericCallContext? context)
    {
        if (context is null)
        {
            return target;
        }

        ExpressionSyntax callee = new GenericExpressionSyntax(Span(start, context.typeArgs().Stop), target, TypeArguments(context.typeArgs()));
        if (context.name() is { } member)
        {
            callee = new MemberExpressionSyntax(Span(start, member.Stop), callee, Name(member));
        }

        return new CallExpressionSyntax(Span(start, context.Stop), callee, Arguments(context.args()));
    }

    private ImmutableArray<ArgumentSyntax> Arguments(TenorParser.ArgsContext context) =>
        [.. context.arg().Select(a => new ArgumentSyntax(Span(a), NameOrNull(a.ident()), Expression(a.expr())))];

    /// <summary><c>t.0</c>, or <c>t.0.1</c>, whose end the lexer takes for one number.</summary>
    private ExpressionSyntax Elements(ExpressionSyntax receiver, IToken start, IToken number)
    {
        var offset = number.StartIndex;
        foreach (var part in number.Text.Split('.'))
        {
            var end = offset + part.Length;
            if (!byte.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
                || (part.Length > 1 && part[0] == '0'))
            {
                Report(DiagnosticTable.BadElement, _file.Span(offset, part.Length), part);
            }

            receiver = new TupleElementExpressionSyntax(_file.Span(start.StartIndex, end - start.StartIndex), receiver, index);
            offset = end + 1;
        }

        return receiver;
    }
}
