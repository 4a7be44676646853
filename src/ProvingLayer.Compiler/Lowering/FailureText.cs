using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>What failures say: the source's words and the operands' values with their units.</summary>
internal static partial class FailureText
{
    private const int LongestExcerpt = 60;

    /// <summary>The kind of a named error.</summary>
    public static FailureKind KindOf(ErrorSymbol error) => error switch
    {
        _ when error == ErrorSymbol.AssertionFailed => FailureKind.Assert,
        _ when error == ErrorSymbol.VaultNotEmpty => FailureKind.ValueLeft,
        _ => FailureKind.Require,
    };

    /// <summary>A number that does not fit the type it is stored in.</summary>
    public static IrFailure OutOfRange(BoundStore store, NumberValue value) =>
        new(FailureKind.Range, ErrorSymbol.OutOfRange.Name, [.. Operand(store.Operand, value), new MessagePart($" does not fit {store.Target.Name}")]);

    /// <summary>A number that would be rounded at <c>.exactly()</c>.</summary>
    public static IrFailure Inexact(BoundStore store, NumberValue value) =>
        new(FailureKind.Inexact, ErrorSymbol.NotExact.Name, [.. Operand(store.Operand, value), new MessagePart($" is not exact in {store.Target.Name}")]);

    /// <summary>A divisor that is 0.</summary>
    public static IrFailure DivisionByZero(BoundExpression divisor) =>
        IrFailure.Of(FailureKind.DivisionByZero, ErrorSymbol.DivisionByZero.Name, $"{Excerpt(divisor.Span)} is 0");

    /// <summary>An index that is not below the length.</summary>
    public static IrFailure IndexOutOfRange(NumberValue index, int length) => new(
        FailureKind.Index,
        ErrorSymbol.IndexOutOfRange.Name,
        [new MessagePart("index "), new MessagePart("", index.Numerator, null, ScalarFormat.Integer), new MessagePart($" is not below {length}")]);

    /// <summary>A place that a tree of some depth has not.</summary>
    public static IrFailure NoSuchLeaf(NumberValue index, int depth) => new(
        FailureKind.Index,
        ErrorSymbol.IndexOutOfRange.Name,
        [new MessagePart("leaf "), new MessagePart("", index.Numerator, null, ScalarFormat.Integer), new MessagePart($" is not among those of a tree of depth {depth}")]);

    /// <summary>A vault that holds less than is taken.</summary>
    public static IrFailure Overdraft(string vault, IrValue balance, IrValue amount, ScalarFormat format) => new(
        FailureKind.Overdraft,
        ErrorSymbol.InsufficientBalance.Name,
        [new MessagePart($"{vault} "), new MessagePart("", balance, null, format), new MessagePart(" < "), new MessagePart("", amount, null, format)]);

    /// <summary>A vault that would hold more than a quantity can say.</summary>
    public static IrFailure VaultOverflow(string vault, IrValue balance, IrValue amount, ScalarFormat format) => new(
        FailureKind.Range,
        ErrorSymbol.OutOfRange.Name,
        [new MessagePart($"{vault} "), new MessagePart("", balance, null, format), new MessagePart(" + "), new MessagePart("", amount, null, format), new MessagePart(" does not fit a vault")]);

    /// <summary>A party that has not signed: one after <c>by</c>, or one who pays and is not among those.</summary>
    public static IrFailure NotSigned(SourceSpan party, bool isAsked) =>
        IrFailure.Of(isAsked ? FailureKind.Authority : FailureKind.Require, ErrorSymbol.NotAuthorized.Name, $"{Excerpt(party)} has not signed this step");

    /// <summary>Data that its signer has not signed.</summary>
    public static IrFailure NotSigned(BoundOpen open) =>
        IrFailure.Of(FailureKind.Authority, open.Error.QualifiedName, $"{Excerpt(open.Signed.Span)} is not signed by {Excerpt(open.Key.Span)}");

    /// <summary>An inner proof that is about something else than the verification says.</summary>
    public static IrFailure AnotherInput(BoundVerify verify, LocalSymbol input, BoundExpression named) =>
        IrFailure.Of(FailureKind.Require, ErrorSymbol.ProofRejected.Name, $"the proof {verify.Proof.Local.Name} is about another {input.Name} than {Excerpt(named.Span)}");

    /// <summary>An inner proof that does not hold.</summary>
    public static IrFailure NoProof(BoundVerify verify) =>
        IrFailure.Of(FailureKind.Proof, ErrorSymbol.ProofRejected.Name, $"{verify.Proof.Local.Name} is no proof of {(verify.Claim.IsSet ? "any of " : "")}{verify.Claim.Name} that says this");

    /// <summary>A key that a map has not: <c>accounts has no entry for 7</c>.</summary>
    public static IrFailure NoSuchKey(FieldSymbol map, TenorType type, IReadOnlyList<IrValue> key) =>
        new(FailureKind.Key, ErrorSymbol.KeyNotFound.Name, [new MessagePart($"{map.Name} has no entry for "), .. KeyText(type, key)]);

    /// <summary>A key whose slot in a map is not empty.</summary>
    public static IrFailure KeyTaken(FieldSymbol map, TenorType type, IReadOnlyList<IrValue> key) =>
        new(FailureKind.Key, ErrorSymbol.KeyTaken.Name, [new MessagePart($"{map.Name} has an entry already in the slot of "), .. KeyText(type, key)]);

    private static IEnumerable<MessagePart> KeyText(TenorType type, IReadOnlyList<IrValue> key)
    {
        var i = 0;
        foreach (var leaf in Shape.LeavesOf(type, ""))
        {
            if (i > 0)
                yield return new MessagePart(", ");
            yield return new MessagePart("", key[i++], null, leaf.Format);
        }
    }

    /// <summary>A comparison that does not hold: <c>payout 1,000.000001 USDC > margin 1,000.000000 USDC</c>.</summary>
    public static ImmutableArray<MessagePart> Comparison(string prefix, BoundComparison comparison, NumberValue left, NumberValue right)
    {
        // What holds instead.
        var sign = comparison.Operator switch
        {
            ComparisonOperator.Equal => "!=",
            ComparisonOperator.NotEqual => "==",
            ComparisonOperator.Less => ">=",
            ComparisonOperator.LessOrEqual => ">",
            ComparisonOperator.Greater => "<=",
            _ => "<",
        };
        return [new MessagePart(prefix), .. Operand(comparison.Left, left), new MessagePart($" {sign} "), .. Operand(comparison.Right, right)];
    }

    /// <summary>Two opaque values that are not equal, or are.</summary>
    public static ImmutableArray<MessagePart> Equality(string prefix, BoundEquality equality, IrValue left, IrValue right) =>
    [
        new MessagePart(prefix),
        .. Opaque(equality.Left, left),
        new MessagePart(equality.IsNegated ? " == " : " != "),
        .. Opaque(equality.Right, right),
    ];

    /// <summary>An arm of an <c>if</c>, by whether its condition holds.</summary>
    public static string Taken(BoundExpression condition, bool holds) => holds ? $"if {Excerpt(condition.Span)}" : $"else of if {Excerpt(condition.Span)}";

    /// <summary>The arm of an <c>if</c>, or of what a <c>match</c> is written out as, by whether its condition holds; null where the arms that are left tell themselves.</summary>
    public static (FrameKind Kind, string Text, SourceSpan Span)? Arm(BoundConditional conditional, bool holds)
    {
        if (conditional.Patterns is not { } patterns)
            return (FrameKind.If, Taken(conditional.Condition, holds), conditional.Condition.Span);
        return (holds ? patterns.Then : patterns.Else) is { } pattern ? (FrameKind.Match, $"arm {Excerpt(pattern)}", pattern) : null;
    }

    /// <summary>An arm of a <c>match self</c>, by its states.</summary>
    public static string Arm(BoundStateArm arm) => $"arm {string.Join(" | ", arm.States.Select(s => s.Name))}";

    /// <summary>A turn of a loop: its variable, or the index of the element.</summary>
    public static string Turn(BoundFor loop, int turn)
    {
        var head = Excerpt(loop.Span);
        head = head.Contains('{', StringComparison.Ordinal) ? head[..head.IndexOf('{', StringComparison.Ordinal)].TrimEnd() : head;
        return $"{head}, at {loop.From + turn}";
    }

    private static IEnumerable<MessagePart> Opaque(BoundExpression expression, IrValue value)
    {
        if (Stripped(expression) is not (BoundDigest or BoundBytes))
            yield return new MessagePart($"{Excerpt(expression.Span)} ");
        yield return new MessagePart("", value, null, Shape.FormatOf(expression.Type));
    }

    /// <summary>A condition that does not hold and has no values to show.</summary>
    public static string Unmet(BoundExpression condition) => condition is BoundIsVariant { Choice: OptionType } option
        ? $"{Excerpt(option.Operand.Span)} is {option.Choice.Variants[1 - option.Variant].Name}"
        : $"{Excerpt(condition.Span)} does not hold";

    /// <summary>The source text, on one line and not too long.</summary>
    public static string Excerpt(SourceSpan span)
    {
        var text = Blanks().Replace(span.Text, " ").Trim();
        return text.Length <= LongestExcerpt ? text : text[..(LongestExcerpt - 1)] + "…";
    }

    private static IEnumerable<MessagePart> Operand(BoundExpression expression, NumberValue value)
    {
        // A constant says all by its value.
        if (Stripped(expression) is not BoundNumber)
            yield return new MessagePart($"{Excerpt(expression.Span)} ");
        yield return new MessagePart("", value.Numerator, value.Denominator, Shape.FormatOf(expression.Type) with { Places = value.Places });
    }

    private static BoundExpression Stripped(BoundExpression expression) => expression is BoundStore store ? Stripped(store.Operand) : expression;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
