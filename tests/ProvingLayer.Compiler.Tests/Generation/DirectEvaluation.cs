using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Generation;

/// <summary>
/// A second meaning of the bound tree, written from the language's page alone: rationals, real short circuits, arms that are not taken not
/// evaluated. Shares nothing with lowering.
/// </summary>
internal sealed class DirectEvaluation
{
    private readonly Dictionary<LocalSymbol, object> locals = [];

    /// <summary>The result in the type's smallest steps, or the name of the first failure.</summary>
    public static (BigInteger? Result, string? Failure) Run(BoundStatementDeclaration statement, IReadOnlyDictionary<LocalSymbol, object> arguments)
    {
        var evaluation = new DirectEvaluation();
        foreach (var (local, value) in arguments)
            evaluation.locals.Add(local, value);
        try
        {
            var type = (NumberType)statement.ResultType;
            return ((evaluation.Number(statement.Body) * Power(type.Places)).Numerator, null);
        }
        catch (Failed failed)
        {
            return (null, failed.Message);
        }
    }

    /// <summary>A rational rounded to a whole number; null where <c>.exactly()</c> fails.</summary>
    public static BigInteger? Round(Rational value, Rounding rounding)
    {
        if (value.IsInteger)
            return value.Numerator;
        var (below, above) = (value.Floor(), value.Ceiling());
        var (toBelow, toAbove) = (value - new Rational(below), new Rational(above) - value);
        var towardZero = value.Sign < 0 ? above : below;
        var fromZero = value.Sign < 0 ? below : above;
        BigInteger Nearest(BigInteger tie) => toBelow < toAbove ? below : toAbove < toBelow ? above : tie;
        return rounding switch
        {
            Rounding.Floor => below,
            Rounding.Ceil => above,
            Rounding.TowardZero => towardZero,
            Rounding.AwayFromZero => fromZero,
            Rounding.HalfUp => Nearest(fromZero),
            Rounding.HalfDown => Nearest(towardZero),
            Rounding.HalfEven => Nearest(below.IsEven ? below : above),
            Rounding.Exactly => null,
            _ => throw new InvalidOperationException("not whole"),
        };
    }

    private static Rational Power(int places) => new(BigInteger.Pow(10, places));

    private Rational Number(BoundExpression expression) => (Rational)Evaluate(expression);

    private bool Truth(BoundExpression expression) => (bool)Evaluate(expression);

    private object Evaluate(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundNumber number:
                return number.Value;
            case BoundLocal local:
                return locals[local.Local];
            case BoundNegate negate:
                return -Number(negate.Operand);
            case BoundAbsolute absolute:
                var magnitude = Number(absolute.Operand);
                return magnitude.Sign < 0 ? -magnitude : magnitude;
            case BoundArithmetic arithmetic:
                return Evaluate(arithmetic);
            case BoundStore store:
                return Evaluate(store);
            case BoundComparison comparison:
                var order = Number(comparison.Left).CompareTo(Number(comparison.Right));
                return comparison.Operator switch
                {
                    ComparisonOperator.Equal => order == 0,
                    ComparisonOperator.NotEqual => order != 0,
                    ComparisonOperator.Less => order < 0,
                    ComparisonOperator.LessOrEqual => order <= 0,
                    ComparisonOperator.Greater => order > 0,
                    _ => order >= 0,
                };
            case BoundLogical logical:
                return logical.Operator switch
                {
                    LogicalOperator.And => Truth(logical.Left) && Truth(logical.Right),
                    LogicalOperator.Or => Truth(logical.Left) || Truth(logical.Right),
                    _ => !Truth(logical.Left) || Truth(logical.Right),
                };
            case BoundNot not:
                return !Truth(not.Operand);
            case BoundConditional conditional:
                return Evaluate(Truth(conditional.Condition) ? conditional.Then : conditional.Else);
            case BoundArrayElement element:
                var array = (Rational[])Evaluate(element.Receiver);
                var index = Number(element.Index).Numerator;
                return index < array.Length ? array[(int)index] : throw new Failed("IndexOutOfRange");
            case BoundBlock block:
                foreach (var statement in block.Statements)
                    Execute(statement);
                return block.Value is { } value ? Evaluate(value) : Rational.Zero;
            default:
                throw new InvalidOperationException(expression.GetType().Name);
        }
    }

    private Rational Evaluate(BoundArithmetic arithmetic)
    {
        var (left, right) = (Number(arithmetic.Left), Number(arithmetic.Right));
        switch (arithmetic.Operator)
        {
            case ArithmeticOperator.Add:
                return left + right;
            case ArithmeticOperator.Subtract:
                return left - right;
            case ArithmeticOperator.Multiply:
                return left * right;
            case ArithmeticOperator.Divide:
                return right.Sign == 0 ? throw new Failed("DivisionByZero") : left / right;
            case ArithmeticOperator.Min:
                return left < right ? left : right;
            case ArithmeticOperator.Max:
                return left > right ? left : right;
            default:
                if (right.Sign == 0)
                    throw new Failed("DivisionByZero");
                var remainder = BigInteger.Remainder(left.Numerator, right.Numerator);
                return new(remainder.Sign < 0 ? remainder + BigInteger.Abs(right.Numerator) : remainder);
        }
    }

    private Rational Evaluate(BoundStore store)
    {
        var rounded = Round(Number(store.Operand) * Power(store.Target.Places), store.Rounding) ?? throw new Failed("NotExact");
        return rounded < store.Target.Min || rounded > store.Target.Max
            ? throw new Failed("OutOfRange")
            : new Rational(rounded, BigInteger.Pow(10, store.Target.Places));
    }

    private void Execute(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundLet let:
                locals[let.Local] = Evaluate(let.Value);
                break;
            case BoundAssign assign:
                locals[assign.Local!] = Evaluate(assign.Value);
                break;
            case BoundRequire require:
                if (!Truth(require.Condition))
                    throw new Failed(require.Error.QualifiedName);
                break;
            case BoundEffect effect:
                Evaluate(effect.Expression);
                break;
            case BoundFor loop:
                for (var i = 0; i < loop.Count; i++)
                {
                    locals[loop.Variable] = new Rational(loop.From + i);
                    Evaluate(loop.Body);
                }

                break;
            default:
                throw new InvalidOperationException(statement.GetType().Name);
        }
    }

    private sealed class Failed(string name) : Exception(name);
}
