using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// Where the language stores: the value times 10^Places of the target, rounded to a whole number as the rounding word says, must lie in the
/// target's range (<see cref="Symbols.ErrorSymbol.OutOfRange"/>). With <see cref="Rounding.None"/> it is a whole number already: the compiler
/// has proved it. Arrays, tuples and structs are stored by their parts.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">A number.</param>
/// <param name="Target">The type stored into: the type of the result.</param>
/// <param name="Rounding">What happens to the part that the target cannot hold.</param>
public sealed record BoundStore(SourceSpan Span, BoundExpression Operand, NumberType Target, Rounding Rounding) : BoundExpression(Span, Target);

/// <summary><c>e.trust_lo()</c> and its like: e itself, taken to be on that side of the exact result because the source says so.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">A number.</param>
/// <param name="Type">The operand's type, of that direction.</param>
public sealed record BoundTrust(SourceSpan Span, BoundExpression Operand, TenorType Type) : BoundExpression(Span, Type);

/// <summary>An operation on exact numbers.</summary>
public enum ArithmeticOperator
{
    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c>; the divisor must not be 0 (<see cref="Symbols.ErrorSymbol.DivisionByZero"/>), whatever becomes of the result.</summary>
    Divide,

    /// <summary><c>%</c>: Euclidean, 0 ≤ r &lt; |divisor|; on whole numbers; fails like <see cref="Divide"/>.</summary>
    Remainder,

    /// <summary><c>min(a, b)</c></summary>
    Min,

    /// <summary><c>max(a, b)</c></summary>
    Max,
}

/// <summary><c>a + b</c> and its like: exact, of any size.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Exact">The result's type.</param>
/// <param name="Operator">The operation.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record BoundArithmetic(SourceSpan Span, ExactType Exact, ArithmeticOperator Operator, BoundExpression Left, BoundExpression Right)
    : BoundExpression(Span, Exact);

/// <summary><c>-a</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Exact">The result's type.</param>
/// <param name="Operand">The operand.</param>
public sealed record BoundNegate(SourceSpan Span, ExactType Exact, BoundExpression Operand) : BoundExpression(Span, Exact);

/// <summary><c>abs(a)</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Exact">The result's type.</param>
/// <param name="Operand">The operand.</param>
public sealed record BoundAbsolute(SourceSpan Span, ExactType Exact, BoundExpression Operand) : BoundExpression(Span, Exact);

/// <summary>A relation of numbers.</summary>
public enum ComparisonOperator
{
    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}

/// <summary>Two numbers compared exactly: nothing is rounded, denominators are multiplied crosswise.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operator">The relation.</param>
/// <param name="Left">The left number.</param>
/// <param name="Right">The right number, of the same unit.</param>
public sealed record BoundComparison(SourceSpan Span, ComparisonOperator Operator, BoundExpression Left, BoundExpression Right)
    : BoundExpression(Span, BooleanType.Instance);

/// <summary><c>==</c> and <c>!=</c> of booleans, digests, and structs, tuples and arrays of them and of numbers.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="IsNegated">Whether it is <c>!=</c>.</param>
/// <param name="Left">The left value.</param>
/// <param name="Right">The right value, of the same type but for numbers, which are compared exactly.</param>
public sealed record BoundEquality(SourceSpan Span, bool IsNegated, BoundExpression Left, BoundExpression Right)
    : BoundExpression(Span, BooleanType.Instance);

/// <summary>An operation on booleans.</summary>
public enum LogicalOperator
{
    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>||</c></summary>
    Or,

    /// <summary><c>implies</c></summary>
    Implies,
}

/// <summary><c>a &amp;&amp; b</c> and its like. Where the left decides, no check in the right counts.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operator">The operation.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record BoundLogical(SourceSpan Span, LogicalOperator Operator, BoundExpression Left, BoundExpression Right)
    : BoundExpression(Span, BooleanType.Instance);

/// <summary><c>!a</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">The operand.</param>
public sealed record BoundNot(SourceSpan Span, BoundExpression Operand) : BoundExpression(Span, BooleanType.Instance);
