using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Expressions.</content>
internal partial class BodyLowering
{
    /// <summary>Lowers an expression.</summary>
    public Value Lower(BoundExpression expression)
    {
        Count(expression.Span);
        var outer = Builder.Mark;
        Builder.Mark = MarkOf(expression.Span);
        var value = LowerNode(expression);
        Builder.Mark = outer;
        return value;
    }

    /// <summary>Lowers a number.</summary>
    public NumberValue Number(BoundExpression expression) => (NumberValue)Lower(expression);

    /// <summary>Lowers a boolean or a digest.</summary>
    public IrValue Scalar(BoundExpression expression) => ((ScalarValue)Lower(expression)).Scalar;

    /// <summary>Lowers what only tests have.</summary>
    protected virtual Value LowerTestNode(BoundExpression expression) =>
        throw new InvalidOperationException($"compiler bug: no lowering for {expression.GetType().Name}");

    private Value LowerNode(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundNumber { Type: NumberType stored } number: // as it is stored: with its type's places, which may be more than it needs
                return new NumberValue(Builder.Constant((number.Value * new Rational(BigInteger.Pow(10, stored.Places))).Numerator), null, stored.Places);
            case BoundNumber number:
                return Arithmetic.Constant(number.Value);
            case BoundBoolean boolean:
                return new ScalarValue(Builder.Constant(boolean.Value));
            case BoundDigest digest:
                return new ScalarValue(Builder.Constant(new Digest([.. digest.Words.Select(KoalaBear.FromCanonical)])));
            case BoundBytes bytes:
                return Shape.Bytes(Builder, bytes.Bytes, bytes.Value.AsSpan());
            case BoundShuffle shuffle:
                var given = shuffle.Operands.SelectMany(o => Shape.BytesOf(o.Type, Lower(o))).ToArray();
                var zero = new IrByte(Builder.Constant(BigInteger.Zero), 0);
                return Shape.OfBytes(Builder, shuffle.Type, new Queue<IrByte>(shuffle.Order.Select(i => i == BoundShuffle.Zero ? zero : given[i])));
            case BoundByteHash hash:
                var message = (BytesType)hash.Operand.Type;
                return new ScalarValue(Builder.Write(new IrByteHash(hash.Kind, [.. Shape.ScalarsOf(message, Lower(hash.Operand))], message.Length)).First);
            case BoundDigestOf digest:
                return LowerDigestOf(digest);
            case BoundMerkleRoot root:
                return LowerMerkleRoot(root);
            case BoundDisclose disclose:
                return Lower(disclose.Operand);
            case BoundLocal local:
                return Scope.Locals[local.Local];
            case BoundDataField field:
                return Scope.Data[field.Field.Ordinal] ?? throw new InvalidOperationException("compiler bug: a vault is read as a value");
            case BoundBalance balance:
                return new NumberValue(Vaults[balance.Vault.Ordinal], null, ((VaultType)balance.Vault.Type).Balance.Places);
            case BoundMapGet get:
                return LowerMapGet(get);
            case BoundLedgerBalance ledger:
                return LowerLedgerBalance(ledger);
            case BoundStateField field:
                return State!.Fields[field.State.Tag][field.Field.Ordinal];
            case BoundNow now:
                return new NumberValue(now.End == NowEnd.From ? Now!.Value.From : Now!.Value.To, null, 0);
            case BoundIsState isState:
                return new ScalarValue(IsIn(isState.States));
            case BoundArithmetic arithmetic:
                return LowerArithmetic(arithmetic);
            case BoundNegate negate:
                return Arithmetic.Negate(Number(negate.Operand));
            case BoundAbsolute absolute:
                return Arithmetic.Absolute(Number(absolute.Operand));
            case BoundTrust trust:
                return Lower(trust.Operand);
            case BoundStore store:
                return LowerStore(store);
            case BoundComparison comparison:
                return new ScalarValue(Compare(comparison.Operator, Number(comparison.Left), Number(comparison.Right)));
            case BoundEquality equality:
                var equal = Equal(Lower(equality.Left), Lower(equality.Right));
                return new ScalarValue(equality.IsNegated ? Builder.Not(equal) : equal);
            case BoundLogical logical:
                return new ScalarValue(LowerLogical(logical));
            case BoundNot not:
                return new ScalarValue(Builder.Not(Scalar(not.Operand)));
            case BoundConditional conditional:
                var condition = Scalar(conditional.Condition);
                return Choose(
                [
                    (condition, () => WithinArm(conditional, true, () => Lower(conditional.Then))),
                    (Builder.Not(condition), () => WithinArm(conditional, false, () => Lower(conditional.Else))),
                ]);
            case BoundStateMatch match:
                return Choose([.. match.Arms.Select(arm => (IsIn(arm.States), (Func<Value>)(() => Within(FrameKind.Match, FailureText.Arm(arm), arm.Span, () => Lower(arm.Value)))))]);
            case BoundBlock block:
                return LowerBlock(block);
            case BoundTuple tuple:
                return new AggregateValue([.. tuple.Elements.Select(Lower)]);
            case BoundArray array:
                return new AggregateValue([.. array.Elements.Select(Lower)]);
            case BoundRepeat repeat:
                return new AggregateValue([.. Enumerable.Repeat(Lower(repeat.Element), repeat.Array.Length)]);
            case BoundStruct structure:
                return new AggregateValue([.. Ordered(structure.Values, structure.Order)]);
            case BoundVariant variant:
                return Shape.Choice(Builder, variant.Choice, variant.Variant, Ordered(variant.Values, variant.Order));
            case BoundIsVariant isVariant:
                return new ScalarValue(Shape.IsCase(Builder, isVariant.Choice, Lower(isVariant.Operand), isVariant.Variant));
            case BoundPayload payload:
                return Shape.PartsOf(payload.Choice, Lower(payload.Receiver), payload.Variant)[payload.Index];
            case BoundVerify verify:
                return LowerVerify(verify);
            case BoundInvoke call:
                return Invoke(call.Function, Ordered(call.Arguments, call.Order), call.Span);
            case BoundOpen open:
                return LowerOpen(open);
            case BoundOld old:
                return LowerOld(old.Operand);
            case BoundStructElement element:
                return ((AggregateValue)Lower(element.Receiver)).Elements[element.Index];
            case BoundTupleElement element:
                return ((AggregateValue)Lower(element.Receiver)).Elements[element.Index];
            case BoundArrayElement element:
                var elements = ((AggregateValue)Lower(element.Receiver)).Elements;
                var index = LowerIndex(element.Index, elements.Length);
                return Choose(index, elements);
            default:
                return LowerTestNode(expression);
        }
    }

    /// <summary>A function's body with arguments in it; it sees no locals but its own, and writes to no others.</summary>
    protected Value Invoke(BoundFunction function, IReadOnlyList<Value> arguments, SourceSpan call)
    {
        var outer = Scope;
        Scope = Scope with { Locals = Scope.Empty.Locals.AddRange(function.Parameters.Zip(arguments, KeyValuePair.Create)) };
        var result = Within(FrameKind.Call, $"{function.Name}(…)", call, () => Lower(function.Body));
        Scope = outer;
        return result;
    }

    private Value LowerOld(BoundExpression operand)
    {
        var (scope, state, vaults) = (Scope, State, Vaults);
        var before = Before ?? throw new InvalidOperationException("compiler bug: old where no step is");
        (Scope, State, Vaults) = (Scope with { Data = before.Data }, before.State, before.Vaults);
        var value = Lower(operand);
        (Scope, State, Vaults) = (scope, state, vaults);
        return value;
    }

    /// <summary>Values evaluated as they are written, put in the order of their fields.</summary>
    private Value[] Ordered(IReadOnlyList<BoundExpression> written, IReadOnlyList<int> order)
    {
        var values = new Value[written.Count];
        for (var i = 0; i < values.Length; i++)
            values[order[i]] = Lower(written[i]);
        return values;
    }

    private NumberValue LowerArithmetic(BoundArithmetic arithmetic)
    {
        var (left, right) = (Number(arithmetic.Left), Number(arithmetic.Right));
        switch (arithmetic.Operator)
        {
            case ArithmeticOperator.Add:
                return Arithmetic.Add(left, right);
            case ArithmeticOperator.Subtract:
                return Arithmetic.Subtract(left, right);
            case ArithmeticOperator.Multiply:
                return Arithmetic.Multiply(left, right);
            case ArithmeticOperator.Divide:
                return Arithmetic.Divide(left, right, FailureText.DivisionByZero(arithmetic.Right));
            case ArithmeticOperator.Remainder:
                return Arithmetic.Remainder(left, right, FailureText.DivisionByZero(arithmetic.Right));
            case ArithmeticOperator.Min:
                return Arithmetic.Select(Arithmetic.Less(right, left), right, left);
            case ArithmeticOperator.Max:
                return Arithmetic.Select(Arithmetic.Less(left, right), right, left);
            default:
                throw new InvalidOperationException($"compiler bug: no meaning for {arithmetic.Operator}");
        }
    }

    private NumberValue LowerStore(BoundStore store)
    {
        var value = Number(store.Operand);
        return Arithmetic.Store(value, store.Target, store.Rounding, FailureText.OutOfRange(store, value), FailureText.Inexact(store, value));
    }

    private IrValue Compare(ComparisonOperator comparison, NumberValue left, NumberValue right) => comparison switch
    {
        ComparisonOperator.Equal => Arithmetic.Equal(left, right),
        ComparisonOperator.NotEqual => Builder.Not(Arithmetic.Equal(left, right)),
        ComparisonOperator.Less => Arithmetic.Less(left, right),
        ComparisonOperator.LessOrEqual => Builder.Not(Arithmetic.Less(right, left)),
        ComparisonOperator.Greater => Arithmetic.Less(right, left),
        ComparisonOperator.GreaterOrEqual => Builder.Not(Arithmetic.Less(left, right)),
        _ => throw new InvalidOperationException($"compiler bug: no meaning for {comparison}"),
    };

    private IrValue Equal(Value left, Value right)
    {
        switch (left, right)
        {
            case (NumberValue l, NumberValue r):
                return Arithmetic.Equal(l, r);
            case (ScalarValue l, ScalarValue r):
                return Builder.Equal(l.Scalar, r.Scalar);
            case (SignedValue l, SignedValue r): // a claim's public argument
                return Equal(l.Content, r.Content);
            default:
                var equal = Builder.Constant(true);
                foreach (var (l, r) in ((AggregateValue)left).Elements.Zip(((AggregateValue)right).Elements))
                    equal = Builder.And(equal, Equal(l, r));
                return equal;
        }
    }

    private IrValue LowerLogical(BoundLogical logical)
    {
        // The right operand matters where the left does not decide.
        var left = Scalar(logical.Left);
        var matters = logical.Operator == LogicalOperator.Or ? Builder.Not(left) : left;
        if (Builder.KnownTruth(matters) == false)
            return Builder.Constant(logical.Operator != LogicalOperator.And);
        var right = left;
        Under(matters, () => right = Within(FrameKind.If, FailureText.Taken(logical.Left, logical.Operator != LogicalOperator.Or), logical.Left.Span, () => Scalar(logical.Right)));
        return logical.Operator switch
        {
            LogicalOperator.And => Builder.And(left, right),
            LogicalOperator.Or => Builder.Or(left, right),
            LogicalOperator.Implies => Builder.Or(Builder.Not(left), right),
            _ => throw new InvalidOperationException($"compiler bug: no meaning for {logical.Operator}"),
        };
    }

    /// <summary>An index, checked to be below the array's length.</summary>
    private IrValue LowerIndex(BoundExpression expression, int length)
    {
        var index = Number(expression);
        if (index is not { Places: 0, Denominator: null })
            throw new InvalidOperationException("compiler bug: an index that is not whole");
        return Arithmetic.Narrow(index.Numerator, new(0, length - 1), FailureText.IndexOutOfRange(index, length));
    }

    private Value Choose(IrValue index, IReadOnlyList<Value> elements)
    {
        if (Builder.KnownValue(index) is { } known)
            return elements[(int)known.Number];
        var chosen = elements[^1];
        for (var i = elements.Count - 2; i >= 0; i--)
            chosen = Select(Builder.Equal(index, Builder.Constant(i)), elements[i], chosen);
        return chosen;
    }
}
