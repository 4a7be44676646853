using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Passes;

/// <summary>
/// Writes less: computes what is known (constants, identities, comparisons that the intervals decide) and leaves out checks that cannot
/// fail. A check that cannot hold stays.
/// </summary>
internal sealed class FoldingBuilder : IrBuilder
{
    private static readonly IrByte anyZero = new(new(-1), 0);

    private readonly Dictionary<int, IrValue> negations = [];
    private readonly Dictionary<int, ImmutableArray<IrByte>> arrangements = [];

    public override (IrValue First, IrValue Second) Write(IrOp op)
    {
        if (op is IrConstant { Value: var value })
            return (Constant(value), default);
        if (op is IrDivRem division)
            return Divide(division);
        if (!op.IsCheck && op.Operands.All(o => KnownValue(o) is not null))
            return (Constant(Evaluate(op)[0]), default);
        return op switch
        {
            IrBytes b => (Arrange(b), default),
            IrBinary b => (Simplify(b) ?? Emit(b), default),
            IrNot n => (Negate(n), default),
            IrSelect s => (Choose(s), default),
            IrNarrow n => n.Interval.Contains(IntervalOf(n.Value)) ? (n.Value, default) : Append(n),
            IrRequire r => Truth(r.Condition) == true ? default : Append(r),
            _ => Append(op),
        };
    }

    private IrValue? Simplify(IrBinary b)
    {
        switch (b.Kind)
        {
            case IrBinaryKind.Add:
                return IsZero(b.Left) ? b.Right : IsZero(b.Right) ? b.Left : null;
            case IrBinaryKind.Subtract:
                return IsZero(b.Right) ? b.Left : b.Left == b.Right ? Constant(Scalar.Of(0)) : null;
            case IrBinaryKind.Multiply:
                return IsZero(b.Left) || IsOne(b.Right) ? b.Left : IsZero(b.Right) || IsOne(b.Left) ? b.Right : null;
            case IrBinaryKind.Less:
                var (left, right) = (IntervalOf(b.Left), IntervalOf(b.Right));
                return left.High < right.Low ? Constant(Scalar.Of(true))
                    : left.Low >= right.High || b.Left == b.Right ? Constant(Scalar.Of(false))
                    : null;
            case IrBinaryKind.Equal:
                if (b.Left == b.Right)
                    return Constant(Scalar.Of(true));
                return TypeOf(b.Left).Kind switch
                {
                    ScalarKind.Boolean => Truth(b.Left) is { } l ? (l ? b.Right : Negate(new(b.Right)))
                        : Truth(b.Right) is { } r ? (r ? b.Left : Negate(new(b.Left)))
                        : null,
                    ScalarKind.Integer when IntervalOf(b.Left).Intersect(IntervalOf(b.Right)) is null => Constant(Scalar.Of(false)),
                    _ => null,
                };
            case IrBinaryKind.And:
                return b.Left == b.Right || Truth(b.Left) == false || Truth(b.Right) == true ? b.Left
                    : Truth(b.Right) == false || Truth(b.Left) == true ? b.Right
                    : null;
            case IrBinaryKind.Or:
                return b.Left == b.Right || Truth(b.Left) == true || Truth(b.Right) == false ? b.Left
                    : Truth(b.Right) == true || Truth(b.Left) == false ? b.Right
                    : null;
            default:
                return null;
        }
    }

    private IrValue Negate(IrNot not)
    {
        if (Truth(not.Value) is { } truth)
            return Constant(Scalar.Of(!truth));
        if (negations.TryGetValue(not.Value.Id, out var original))
            return original;
        var negation = Append(not).First;
        negations.Add(negation.Id, not.Value);
        return negation;
    }

    private IrValue Choose(IrSelect s)
    {
        if (Truth(s.Condition) is { } truth)
            return truth ? s.WhenTrue : s.WhenFalse;
        if (s.WhenTrue == s.WhenFalse)
            return s.WhenTrue;
        if (TypeOf(s.WhenTrue).Kind == ScalarKind.Boolean)
        {
            // A choice between booleans is logic once one of them is known.
            switch (Truth(s.WhenTrue), Truth(s.WhenFalse))
            {
                case (true, false):
                    return s.Condition;
                case (false, true):
                    return Negate(new(s.Condition));
                case (true, null):
                    return Emit(new IrBinary(IrBinaryKind.Or, s.Condition, s.WhenFalse));
                case (null, false):
                    return Emit(new IrBinary(IrBinaryKind.And, s.Condition, s.WhenTrue));
            }
        }

        return negations.TryGetValue(s.Condition.Id, out var condition)
            ? Emit(new IrSelect(condition, s.WhenFalse, s.WhenTrue))
            : Emit(s);
    }

    // Bytes of bytes are taken from where they come from, so that a chain of cuts, turns and concatenations is one arrangement; zeros on top are left out, and a whole value in
    // its own order is that value.
    private IrValue Arrange(IrBytes op)
    {
        var length = op.Bytes.Length;
        var sources = new IrByte[length];
        for (var i = 0; i < length; i++)
            sources[i] = SourceOf(op.Bytes[i]);
        while (length > 0 && sources[length - 1] == anyZero)
            length--;
        if (length == 0)
            return Constant(Scalar.Of(0));
        var whole = sources[0].Value;
        var isWhole = whole != anyZero.Value && IntervalOf(whole) is var interval && interval.IsNonNegative && interval.High < BigInteger.One << (8 * length);
        for (var i = 0; i < length; i++)
        {
            isWhole &= sources[i] == new IrByte(whole, i);
            if (sources[i] == anyZero)
                sources[i] = new(Constant(Scalar.Of(0)), 0);
        }

        if (isWhole)
            return whole;
        var bytes = ImmutableArray.Create(sources, 0, length);
        var result = Append(new IrBytes(bytes)).First;
        arrangements.TryAdd(result.Id, bytes);
        return result;
    }

    private IrByte SourceOf(IrByte part)
    {
        if (arrangements.TryGetValue(part.Value.Id, out var bytes))
            part = part.Index < bytes.Length ? bytes[part.Index] : anyZero;
        if (part == anyZero || IntervalOf(part.Value).High < BigInteger.One << (8 * part.Index))
            return anyZero;
        return KnownValue(part.Value) is { } known ? Known((byte)((known.Number >> (8 * part.Index)) & byte.MaxValue)) : part;

        IrByte Known(byte value) => value == 0 ? anyZero : new(Constant(Scalar.Of(value)), 0);
    }

    private (IrValue Quotient, IrValue Remainder) Divide(IrDivRem d)
    {
        var (n, divisor) = (IntervalOf(d.Numerator), IntervalOf(d.Divisor));
        if (n.IsSingle && divisor.IsSingle)
        {
            var quotient = Interval.FloorDivide(n.Low, divisor.Low);
            return (Constant(Scalar.Of(quotient)), Constant(Scalar.Of(n.Low - (quotient * divisor.Low))));
        }

        if (IsOne(d.Divisor))
            return (d.Numerator, Constant(Scalar.Of(0)));
        if (n.IsNonNegative && n.High < divisor.Low)
            return (Constant(Scalar.Of(0)), d.Numerator);
        return Append(d);
    }

    private Scalar[] Evaluate(IrOp op)
    {
        // The operands' values by number, the result after them.
        var operands = op.Operands;
        var values = new Scalar[operands.Length + op.ResultCount];
        var next = 0;
        var local = op.Map(_ => new(next++));
        for (var i = 0; i < operands.Length; i++)
            values[i] = KnownValue(operands[i])!.Value;
        Interpreter.Evaluate(local, new(operands.Length), values);
        return values[operands.Length..];
    }

    private IrValue Emit(IrOp op)
    {
        var value = Append(op).First;
        var type = TypeOf(value);
        return type.Kind == ScalarKind.Integer && type.Interval.IsSingle ? Constant(Scalar.Of(type.Interval.Low)) : value;
    }

    private bool? Truth(IrValue value) => KnownTruth(value);

    private bool IsZero(IrValue value) => KnownValue(value) is { Number.IsZero: true };

    private bool IsOne(IrValue value) => KnownValue(value) is { Number.IsOne: true };
}

/// <summary>Copies a function through a <see cref="FoldingBuilder"/>.</summary>
internal sealed class Folding : Rewriter
{
    private Folding(IrFunction source)
        : base(source, new FoldingBuilder())
    {
    }

    public static IrFunction Run(IrFunction function) => new Folding(function).Rewrite();
}
