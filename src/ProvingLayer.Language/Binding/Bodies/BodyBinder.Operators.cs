using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Operators on numbers.</content>
internal sealed partial class BodyBinder
{
    private const int MaxBits = 512;

    private BoundExpression BindUnary(UnaryExpressionSyntax syntax)
    {
        if (syntax.Operator == UnaryOperator.Not)
        {
            var condition = BindCondition(syntax.Operand);
            return condition switch
            {
                BoundError => condition,
                BoundBoolean constant => new BoundBoolean(syntax.Span, !constant.Value),
                _ => new BoundNot(syntax.Span, condition),
            };
        }

        var operand = BindOperand(syntax.Operand, "-");
        if (IsError(operand))
        {
            return operand;
        }

        var type = Arithmetic.TypeOf(operand);
        if (type.IsTime)
        {
            return Report(DiagnosticTable.TimeArithmetic, syntax.Span, "a point in time has no negative");
        }

        return operand is BoundNumber number
            ? Number(syntax.Span, Arithmetic.Negate(type), -number.Value)
            : new BoundNegate(syntax.Span, Arithmetic.Negate(type), operand);
    }

    private BoundExpression BindBinary(BinaryExpressionSyntax syntax)
    {
        switch (syntax.Operator)
        {
            case BinaryOperator.And:
                return BindLogical(syntax, LogicalOperator.And);
            case BinaryOperator.Or:
                return BindLogical(syntax, LogicalOperator.Or);
            case BinaryOperator.Implies:
                return BindLogical(syntax, LogicalOperator.Implies);
            case >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual:
                return BindComparison(syntax);
        }

        var left = BindOperand(syntax.Left, syntax.OperatorSpan.Text);
        var right = BindOperand(syntax.Right, syntax.OperatorSpan.Text);
        if (IsError(left) || IsError(right))
        {
            return new BoundError(syntax.Span);
        }

        return syntax.Operator switch
        {
            BinaryOperator.Add => Sum(left, right, isDifference: false, syntax.Span, syntax.OperatorSpan),
            BinaryOperator.Subtract => Sum(left, right, isDifference: true, syntax.Span, syntax.OperatorSpan),
            BinaryOperator.Multiply => Product(left, right, syntax.Span),
            BinaryOperator.Divide => Quotient(left, right, syntax.Span),
            _ => Modulo(left, right, syntax.Span),
        };
    }

    private BoundExpression BindOperand(ExpressionSyntax syntax, string operation)
    {
        var operand = Bind(syntax);
        return IsError(operand) || IsNumber(operand) ? operand : Report(DiagnosticTable.OperandType, syntax.Span, operation, operand.Type);
    }

    private BoundExpression Sum(BoundExpression left, BoundExpression right, bool isDifference, SourceSpan span, SourceSpan operatorSpan)
    {
        var (a, b) = (Arithmetic.TypeOf(left), Arithmetic.TypeOf(right));
        var isTime = a.IsTime;
        if (a.IsTime || b.IsTime)
        {
            if (isDifference && a.IsTime && b.IsTime)
            {
                (a, b, isTime) = (a with { IsTime = false, Unit = Unit.Seconds }, b with { IsTime = false, Unit = Unit.Seconds }, false);
            }
            else if (a.IsTime && b.IsTime)
            {
                return Report(DiagnosticTable.TimeArithmetic, span, "two points in time are not added");
            }
            else if (b.IsTime && isDifference)
            {
                return Report(DiagnosticTable.TimeArithmetic, span, "a point in time is not taken from a length");
            }
            else if ((a.IsTime ? b : a) is var length && !length.Unit.Equals(Unit.Seconds) && !IsZero(a.IsTime ? right : left))
            {
                return Report(DiagnosticTable.TimeArithmetic, span, $"a duration is added to a time, not a number {(length.Unit.IsNone ? "without unit" : $"in {length.Unit}")}: write '1 days', '30 seconds'");
            }
            else
            {
                (a, b, isTime) = (a with { Unit = Unit.None }, b with { Unit = Unit.None }, true);
            }
        }

        if (CommonUnit(left, a, right, b, operatorSpan) is not { } unit)
        {
            return new BoundError(span);
        }

        var type = Arithmetic.Add(a, isDifference ? Arithmetic.Negate(b) : b, unit) with { IsTime = isTime };
        return left is BoundNumber x && right is BoundNumber y
            ? Number(span, type, isDifference ? x.Value - y.Value : x.Value + y.Value)
            : Checked(new(span, type, isDifference ? ArithmeticOperator.Subtract : ArithmeticOperator.Add, left, right), "sum");
    }

    private BoundExpression Product(BoundExpression left, BoundExpression right, SourceSpan span)
    {
        var (a, b) = (Arithmetic.TypeOf(left), Arithmetic.TypeOf(right));
        if (a.IsTime || b.IsTime)
        {
            return Report(DiagnosticTable.TimeArithmetic, span, "a point in time is not multiplied; subtract another to get a duration");
        }

        var type = Arithmetic.Multiply(a, b);
        return left is BoundNumber x && right is BoundNumber y
            ? Number(span, type, x.Value * y.Value)
            : Checked(new(span, type, ArithmeticOperator.Multiply, left, right), "product");
    }

    private BoundExpression Quotient(BoundExpression left, BoundExpression right, SourceSpan span)
    {
        var (a, b) = (Arithmetic.TypeOf(left), Arithmetic.TypeOf(right));
        if (a.IsTime || b.IsTime)
        {
            return Report(DiagnosticTable.TimeArithmetic, span, "a point in time is not divided; subtract another to get a duration");
        }

        if (IsZero(right))
        {
            return Report(DiagnosticTable.ZeroDivisor, right.Span);
        }

        if (right is BoundNumber divisor)
        {
            var reciprocal = Rational.One / divisor.Value;
            var inverse = Number(right.Span, ExactType.Of(reciprocal, Unit.None / b.Unit) with { IsBare = b.IsBare, PlacesAreDeferred = b.PlacesAreDeferred }, reciprocal);
            if (left is BoundNumber dividend)
            {
                return Number(span, Arithmetic.Multiply(a, inverse.Type as ExactType ?? b) with { Places = (dividend.Value * reciprocal).Places }, dividend.Value * reciprocal);
            }

            if (reciprocal.Places is not null)
            {
                return Product(left, inverse, span); // nothing is divided at run time
            }
        }

        return Checked(new(span, Arithmetic.Divide(a, b), ArithmeticOperator.Divide, left, right), "quotient");
    }

    private BoundExpression Modulo(BoundExpression left, BoundExpression right, SourceSpan span)
    {
        var (a, b) = (Arithmetic.TypeOf(left), Arithmetic.TypeOf(right));
        if (a is not { Places: 0, IsTime: false } || b is not { Places: 0, IsTime: false } || !a.Unit.Equals(b.Unit) || (!a.Unit.IsNone && !a.Unit.Equals(Unit.Seconds)))
        {
            return Report(DiagnosticTable.RemainderOperands, span, $"{left.Type} and {right.Type}");
        }

        if (IsZero(right))
        {
            return Report(DiagnosticTable.ZeroDivisor, right.Span);
        }

        var type = Arithmetic.Remainder(a, b);
        return left is BoundNumber x && right is BoundNumber y
            ? Number(span, type, new(Folding.Remainder(x.Value.Numerator, y.Value.Numerator)))
            : Checked(new(span, type, ArithmeticOperator.Remainder, left, right), "remainder");
    }

    /// <summary>The unit of two numbers that are added or compared; null, and reported, if they have different ones.</summary>
    private Unit? CommonUnit(BoundExpression left, ExactType a, BoundExpression right, ExactType b, SourceSpan span)
    {
        if (a.Unit.Equals(b.Unit) || IsZero(right))
        {
            return a.Unit;
        }

        if (IsZero(left))
        {
            return b.Unit;
        }

        var hint = (a.IsBare || b.IsBare) && (a.IsBare ? b : a).Unit.Asset is { } asset ? $"; write the asset after the number, as in '5 {asset.Name}'" : "";
        Report(DiagnosticTable.UnitMismatch, span, a.Unit.Describe(), b.Unit.Describe(), hint);
        return null;
    }

    /// <summary>A constant with the places that its value needs.</summary>
    private BoundExpression Number(SourceSpan span, ExactType type, Rational value)
    {
        var constant = ExactType.Of(value, type.Unit) with
        {
            Direction = type.Direction,
            IsBare = type.IsBare,
            IsTime = type.IsTime,
            PlacesAreDeferred = type.PlacesAreDeferred,
        };
        return constant.NumeratorBits > MaxBits || constant.DenominatorBits > MaxBits
            ? Report(DiagnosticTable.TooManyBits, span, "constant", Math.Max(constant.NumeratorBits, constant.DenominatorBits))
            : new BoundNumber(span, constant, value);
    }

    private BoundExpression Checked(BoundArithmetic result, string what)
    {
        var (above, below) = (result.Exact.NumeratorBits, result.Exact.DenominatorBits);
        return above > MaxBits || below > MaxBits
            ? Report(DiagnosticTable.TooManyBits, result.Span, above > MaxBits ? $"{what}'s numerator" : $"{what}'s denominator", Math.Max(above, below))
            : result;
    }
}
