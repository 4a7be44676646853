using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Conditions: comparisons, logic, <c>is</c>, and <c>now</c> in a <c>require</c>.</content>
internal sealed partial class BodyBinder
{
    /// <summary>Whether an expression stands where <c>now &gt;= t</c> may: in a <c>require</c>, at its top or joined by <c>&amp;&amp;</c>.</summary>
    private bool _takesNow;

    private BoundExpression BindCondition(ExpressionSyntax syntax)
    {
        var condition = Bind(syntax);
        return IsError(condition) ? new BoundError(syntax.Span)
            : condition.Type is BooleanType ? condition
            : Report(DiagnosticTable.ConditionNotBoolean, syntax.Span, condition.Type);
    }

    private BoundExpression BindRequirement(ExpressionSyntax syntax)
    {
        _takesNow = kind == BodyKind.Transition;
        var condition = BindCondition(syntax);
        _takesNow = false;
        return condition;
    }

    private BoundExpression BindLogical(BinaryExpressionSyntax syntax, LogicalOperator operation)
    {
        var takesNow = _takesNow && operation == LogicalOperator.And;
        _takesNow = takesNow;
        var left = BindCondition(syntax.Left);
        _takesNow = takesNow;
        var right = BindCondition(syntax.Right);
        _takesNow = false;
        if (IsError(left) || IsError(right))
        {
            return new BoundError(syntax.Span);
        }

        return left is BoundBoolean known
            ? (operation, known.Value) switch
            {
                (LogicalOperator.And, false) => new BoundBoolean(syntax.Span, false),
                (LogicalOperator.Or, true) or (LogicalOperator.Implies, false) => new BoundBoolean(syntax.Span, true),
                _ => right,
            }
            : new BoundLogical(syntax.Span, operation, left, right);
    }

    private static ComparisonOperator ComparisonOf(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Equal => ComparisonOperator.Equal,
        BinaryOperator.NotEqual => ComparisonOperator.NotEqual,
        BinaryOperator.Less => ComparisonOperator.Less,
        BinaryOperator.LessOrEqual => ComparisonOperator.LessOrEqual,
        BinaryOperator.Greater => ComparisonOperator.Greater,
        _ => ComparisonOperator.GreaterOrEqual,
    };

    private BoundExpression BindComparison(BinaryExpressionSyntax syntax)
    {
        var comparison = ComparisonOf(syntax.Operator);
        var takesNow = _takesNow;
        _takesNow = false;
        if (IsNow(syntax.Left) || IsNow(syntax.Right))
        {
            return BindNowComparison(syntax, comparison, takesNow);
        }

        // What has no type by itself has that of the other side.
        BoundExpression left, right;
        if (TakesType(syntax.Left))
        {
            right = Bind(syntax.Right);
            left = Bind(syntax.Left, right.Type);
        }
        else
        {
            left = Bind(syntax.Left);
            right = Bind(syntax.Right, TakesType(syntax.Right) ? left.Type : null);
        }

        if (IsError(left) || IsError(right))
        {
            return new BoundError(syntax.Span);
        }

        if (IsNumber(left) && IsNumber(right))
        {
            return Compare(left, comparison, right, syntax.Span, syntax.OperatorSpan);
        }

        if (comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            return Report(DiagnosticTable.OperandType, syntax.OperatorSpan, syntax.OperatorSpan.Text, $"{left.Type} and {right.Type}");
        }

        if (Context.HasSigned(left.Type))
        {
            return Report(DiagnosticTable.OperandType, syntax.OperatorSpan, syntax.OperatorSpan.Text, left.Type);
        }

        if (!Comparable(left.Type, right.Type))
        {
            return Mismatch(syntax.Right.Span, left.Type, right.Type);
        }

        return new BoundEquality(syntax.Span, comparison == ComparisonOperator.NotEqual, left, right);
    }

    // An opaque literal, an optional value, a variant without its enum.
    private bool TakesType(ExpressionSyntax syntax) => syntax switch
    {
        HexLiteralSyntax or NoneLiteralSyntax => true,
        CallExpressionSyntax { Callee: NameExpressionSyntax { Name.Text: "some" } } => true,
        NameExpressionSyntax { Name: { IsCapital: true, Text: var name } } => context.FindBare(name) is null,
        StructExpressionSyntax { Path.Parts: [{ IsCapital: true, Text: var name }] } => context.FindBare(name) is null,
        MemberExpressionSyntax { Name.IsCapital: true } or StructExpressionSyntax { Path.Parts.Length: > 1 } => true,
        _ => false,
    };

    /// <summary>Two numbers compared: nothing is rounded.</summary>
    private BoundExpression Compare(BoundExpression left, ComparisonOperator comparison, BoundExpression right, SourceSpan span, SourceSpan operatorSpan)
    {
        var (a, b) = (Arithmetic.TypeOf(left), Arithmetic.TypeOf(right));
        if (a.IsTime != b.IsTime)
        {
            return Report(DiagnosticTable.TimeArithmetic, operatorSpan, $"a time is compared with a time, not with {(a.IsTime ? right.Type : left.Type)}");
        }

        if (CommonUnit(left, a, right, b, operatorSpan) is null)
        {
            return new BoundError(span);
        }

        // What is compared crosswise must not grow past the limit either.
        var bits = Arithmetic.CrossBits(a, b);
        if (bits > MaxBits)
        {
            return Report(DiagnosticTable.TooManyBits, span, "comparison", bits);
        }

        return Folding.ValueOf(left) is { } x && Folding.ValueOf(right) is { } y
            ? new BoundBoolean(span, Folding.Compare(comparison, x, y))
            : new BoundComparison(span, comparison, left, right);
    }

    private static bool Comparable(TenorType left, TenorType right) => (left, right) switch
    {
        (NumberType a, NumberType b) => a.IsTime == b.IsTime && a.Unit.Equals(b.Unit),
        (NumberType or ExactType, NumberType or ExactType) => false, // inside a tuple: name it with a type first
        (TupleType a, TupleType b) => a.Elements.Length == b.Elements.Length && a.Elements.Zip(b.Elements, Comparable).All(e => e),
        (ArrayType a, ArrayType b) => a.Length == b.Length && Comparable(a.Element, b.Element),
        _ => left.Equals(right),
    };

    private static bool IsNow(ExpressionSyntax syntax) => syntax is NameExpressionSyntax { Name.Text: "now" };

    private BoundExpression BindNowComparison(BinaryExpressionSyntax syntax, ComparisonOperator comparison, bool takesNow)
    {
        var (nowIsLeft, other) = IsNow(syntax.Left) ? (true, syntax.Right) : (false, syntax.Left);
        if (kind != BodyKind.Transition)
        {
            return Report(DiagnosticTable.NowMisplaced, syntax.Span, "only a transition has one");
        }

        if (!takesNow || IsNow(other))
        {
            return Report(DiagnosticTable.NowMisplaced, syntax.Span, "such a comparison stands only in 'require', joined by '&&'; now.from and now.to are plain times");
        }

        if (comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual)
        {
            return Report(DiagnosticTable.NowMisplaced, syntax.OperatorSpan, "only <, <=, > and >= say something about all of it");
        }

        var time = Bind(other);
        if (IsError(time))
        {
            return time;
        }

        if (!IsNumber(time))
        {
            return Mismatch(other.Span, NumberType.Time, time.Type);
        }

        // now >= t says that all of it is: its earliest second decides, and for now <= t its last.
        var isAfter = (comparison is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual) == nowIsLeft;
        var now = new BoundNow(nowIsLeft ? syntax.Left.Span : syntax.Right.Span, isAfter ? NowEnd.From : NowEnd.To);
        return nowIsLeft
            ? Compare(now, comparison, time, syntax.Span, syntax.OperatorSpan)
            : Compare(time, comparison, now, syntax.Span, syntax.OperatorSpan);
    }

    private BoundExpression BindIs(IsExpressionSyntax syntax)
    {
        if (syntax.Operand is NameExpressionSyntax { Name.Text: "self" })
        {
            return SelfIsKnown(syntax.Operand.Span) && StateOf(syntax.Path, machine!.Symbol) is { } own
                ? new BoundIsState(syntax.Span, [own])
                : new BoundError(syntax.Span);
        }

        if (MachineOf(syntax.Operand) is { } local)
        {
            return StateOf(syntax.Path, ((MachineType)local.Type).Machine) is { } state ? new BoundMachineIsState(syntax.Span, local, state) : new BoundError(syntax.Span);
        }

        var operand = Bind(syntax.Operand);
        if (operand.Type is EnumType choice)
        {
            return VariantOf(new NamePatternSyntax(syntax.Path.Span, syntax.Path, HasFields: false, []), choice) is { } variant
                ? new BoundIsVariant(syntax.Span, operand, variant)
                : UnknownVariant(syntax.Path.Last, choice);
        }

        return IsError(operand) ? operand : Mismatch(syntax.Operand.Span, "'self', a machine or an enum before 'is'", operand.Type);
    }

    private StateSymbol? StateOf(PathSyntax path, MachineSymbol owner)
    {
        var state = path.Parts.Length == 1 ? owner.States.FirstOrDefault(s => s.Name == path.Text && (!s.IsInitial || kind == BodyKind.Test)) : null;
        if (state is null && path.Text.Length > 0)
        {
            Report(DiagnosticTable.UnknownMember, path.Span, $"machine {owner.Name}", path.Text, Names.Suggest(path.Text, owner.States.Skip(1).Select(s => s.Name)));
        }

        return state;
    }

    private bool SelfIsKnown(SourceSpan span)
    {
        if (kind is BodyKind.Transition or BodyKind.Invariant or BodyKind.Ensures or BodyKind.View)
        {
            return true;
        }

        Report(DiagnosticTable.SelfMisplaced, span);
        return false;
    }
}
