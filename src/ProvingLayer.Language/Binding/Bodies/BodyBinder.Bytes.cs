using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>What is done with bytes: put together, cut, turned round, read as something else.</content>
internal sealed partial class BodyBinder
{
    private const string HaveBytes = "bytes<N>, address, u8 to u256, and arrays and tuples of these have bytes";

    /// <summary>A method of what has bytes; null if it is none.</summary>
    private BoundExpression? BindBytesMethod(CallExpressionSyntax syntax, MemberExpressionSyntax member, ImmutableArray<TypeArgumentSyntax> arguments, BoundExpression receiver)
    {
        var (name, given) = (member.Name.Text, arguments.IsDefault ? [] : arguments);
        switch (name)
        {
            case "concat" when IsBytes(receiver, out var left):
                return CheckForm(syntax, name, given, types: 0, "no type arguments", values: 1) ? BindConcat(syntax, receiver, left) : new BoundError(syntax.Span);
            case "slice" when IsBytes(receiver, out var whole):
                return CheckForm(syntax, name, given, types: 2, "the first byte and the number of bytes") ? BindSlice(syntax, given, receiver, whole) : new BoundError(syntax.Span);
            case "resize" when IsBytes(receiver, out var old):
                return CheckForm(syntax, name, given, types: 1, "a number of bytes") && context.NumberOf(given[0], name) is { } length && FitsBytes(given[0].Span, length, name)
                    ? Shuffle(syntax.Span, [receiver], new BytesType((int)length), [.. Enumerable.Range(0, (int)length).Select(i => i < old.Length ? i : BoundShuffle.Zero)])
                    : new BoundError(syntax.Span);
            case "reversed" when IsBytes(receiver, out var turned):
                return CheckForm(syntax, name, given, types: 0, "no type arguments")
                    ? Shuffle(syntax.Span, [receiver], turned, [.. Enumerable.Range(0, turned.Length).Reverse()])
                    : new BoundError(syntax.Span);
            case "sha256" or "keccak256" when IsBytes(receiver, out _):
                return CheckForm(syntax, name, given, types: 0, "no type arguments")
                    ? new BoundByteHash(syntax.Span, name == "sha256" ? ByteHashKind.Sha256 : ByteHashKind.Keccak256, receiver)
                    : new BoundError(syntax.Span);
            case "reinterpret":
                return CheckForm(syntax, name, given, types: 1, "1 type") ? BindReinterpret(syntax, given[0], receiver) : new BoundError(syntax.Span);
            default:
                return null;
        }
    }

    /// <summary>An expression where bytes may stand: a literal of whole bytes is these.</summary>
    private BoundExpression BindBytes(ExpressionSyntax syntax) =>
        syntax is HexLiteralSyntax { Digits.Length: > 0 } hex && hex.Digits.Length % 2 == 0 && hex.Digits.Length <= 2 * BytesType.MaximumLength
            ? BytesOf(hex, new(hex.Digits.Length / 2))
            : Bind(syntax);

    private static bool IsBytes(BoundExpression expression, out BytesType type)
    {
        type = expression.Type as BytesType ?? BytesType.Address;
        return expression.Type is BytesType { IsAddress: false };
    }

    private BoundExpression BindConcat(CallExpressionSyntax syntax, BoundExpression left, BytesType first)
    {
        var right = BindBytes(syntax.Arguments[0].Value!);
        if (IsError(right))
        {
            return right;
        }

        if (!IsBytes(right, out var second))
        {
            return Mismatch(right.Span, "bytes<N>", right.Type);
        }

        var length = first.Length + second.Length;
        return FitsBytes(syntax.Span, length, "concat")
            ? Shuffle(syntax.Span, [left, right], new BytesType(length), [.. Enumerable.Range(0, length)])
            : new BoundError(syntax.Span);
    }

    private BoundExpression BindSlice(CallExpressionSyntax syntax, ImmutableArray<TypeArgumentSyntax> arguments, BoundExpression receiver, BytesType whole)
    {
        if (context.NumberOf(arguments[0], "slice") is not { } from || context.NumberOf(arguments[1], "slice") is not { } length)
        {
            return new BoundError(syntax.Span);
        }

        if (length.IsZero || from + length > whole.Length)
        {
            return Report(
                DiagnosticTable.BytesDoNotFit,
                arguments[length.IsZero ? 1 : 0].Span.To(arguments[1].Span),
                length.IsZero ? "a slice has at least 1 byte" : $"{whole} has bytes 0 to {whole.Length - 1}, and a slice of {length} from byte {from} on ends with byte {from + length - 1}");
        }

        return Shuffle(syntax.Span, [receiver], new BytesType((int)length), [.. Enumerable.Range((int)from, (int)length)]);
    }

    private BoundExpression BindReinterpret(CallExpressionSyntax syntax, TypeArgumentSyntax argument, BoundExpression receiver)
    {
        if (argument is not NamedArgumentSyntax named)
        {
            return Report(DiagnosticTable.TypeArgumentKind, argument.Span, "reinterpret", "a type", $"'{Context.Short(argument.Span)}'");
        }

        var target = context.BindType(named.Type);
        if (target is ErrorType)
        {
            return new BoundError(syntax.Span);
        }

        if (BytesType.LengthOf(receiver.Type) is not { } given)
        {
            return Report(DiagnosticTable.BytesDoNotFit, receiver.Span, $"{receiver.Type} has no bytes{(receiver.Type is ExactType ? " until it is stored" : "")}; {HaveBytes}");
        }

        if (BytesType.LengthOf(target) is not { } wanted || BytesType.IsRefined(target))
        {
            return Report(DiagnosticTable.BytesDoNotFit, argument.Span, BytesType.IsRefined(target) ? $"not all bytes are a {target}" : $"bytes are no {target}; {HaveBytes}");
        }

        return given == wanted
            ? Shuffle(syntax.Span, [receiver], target, [.. Enumerable.Range(0, wanted)])
            : Report(DiagnosticTable.BytesDoNotFit, syntax.Span, $"{receiver.Type} is {Context.Count(given, "byte")} long, and {target} is {wanted}");
    }

    private bool CheckForm(CallExpressionSyntax syntax, string name, ImmutableArray<TypeArgumentSyntax> given, int types, string what, int values = 0)
    {
        if (given.Length != types)
        {
            Report(DiagnosticTable.TypeArgumentCount, syntax.Callee.Span, $"'{name}'", what, given.Length);
            return false;
        }

        if (syntax.Arguments.Length != values || syntax.Arguments.Any(a => a.Name is not null || a.Value is null))
        {
            Report(DiagnosticTable.ArgumentCount, syntax.Span, name, Context.Count(values, "argument") + (values > 0 ? " without a name" : ""), syntax.Arguments.Length);
            return false;
        }

        return true;
    }

    private bool FitsBytes(SourceSpan span, BigInteger length, string name)
    {
        if (length.Sign > 0 && length <= BytesType.MaximumLength)
        {
            return true;
        }

        Report(DiagnosticTable.BytesDoNotFit, span, FormattableString.Invariant($"'{name}' makes {length} bytes here, and bytes<N> has 1 to {BytesType.MaximumLength:N0}"));
        return false;
    }

    private static BoundExpression Shuffle(SourceSpan span, ImmutableArray<BoundExpression> operands, TenorType result, ImmutableArray<int> order)
    {
        var bytes = new List<byte>();
        return operands.All(o => AddBytes(o, bytes)) ? OfBytes(span, result, new(order.Select(i => i == BoundShuffle.Zero ? (byte)0 : bytes[i]))) : new BoundShuffle(span, operands, result, order);
    }

    // The bytes of a constant; false where it is none.
    private static bool AddBytes(BoundExpression expression, List<byte> bytes)
    {
        switch (expression)
        {
            case BoundBytes known:
                bytes.AddRange(known.Value);
                return true;
            case BoundNumber { Type: NumberType type } number:
                for (var i = 0; i < type.Bits / 8; i++)
                {
                    bytes.Add((byte)((number.Value.Numerator >> (8 * i)) & 0xff));
                }

                return true;
            case BoundTuple tuple:
                return tuple.Elements.All(e => AddBytes(e, bytes));
            case BoundArray array:
                return array.Elements.All(e => AddBytes(e, bytes));
            case BoundRepeat repeat:
                return Enumerable.Range(0, repeat.Array.Length).All(_ => AddBytes(repeat.Element, bytes));
            default:
                return false;
        }
    }

    private static BoundExpression OfBytes(SourceSpan span, TenorType type, Queue<byte> bytes)
    {
        switch (type)
        {
            case BytesType known:
                return new BoundBytes(span, known, [.. Enumerable.Range(0, known.Length).Select(_ => bytes.Dequeue())]);
            case NumberType number:
                return new BoundNumber(span, number, new Rational(Enumerable.Range(0, number.Bits / 8).Aggregate(BigInteger.Zero, (sum, i) => sum + ((BigInteger)bytes.Dequeue() << (8 * i)))));
            case ArrayType array:
                return new BoundArray(span, array, [.. Enumerable.Range(0, array.Length).Select(_ => OfBytes(span, array.Element, bytes))]);
            default:
                var tuple = (TupleType)type;
                return new BoundTuple(span, tuple, [.. tuple.Elements.Select(e => OfBytes(span, e, bytes))]);
        }
    }
}
