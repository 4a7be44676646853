using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>An expression. Parentheses have no node of their own; they only widen the spans of what is built from them.</summary>
/// <param name="Span">Its place.</param>
public abstract record ExpressionSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary>A bare name.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">The name.</param>
public sealed record NameExpressionSyntax(SourceSpan Span, NameSyntax Name) : ExpressionSyntax(Span);

/// <summary><c>e.name</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Receiver">What stands before the point: a value, a module, a type.</param>
/// <param name="Name">The member.</param>
public sealed record MemberExpressionSyntax(SourceSpan Span, ExpressionSyntax Receiver, NameSyntax Name) : ExpressionSyntax(Span);

/// <summary><c>t.0</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Receiver">The tuple.</param>
/// <param name="Index">Which element, from 0.</param>
public sealed record TupleElementExpressionSyntax(SourceSpan Span, ExpressionSyntax Receiver, int Index) : ExpressionSyntax(Span);

/// <summary><c>Pool&lt;ETH, USDC&gt;</c> in <c>Pool&lt;ETH, USDC&gt;.new()</c>, or <c>x.floor&lt;dec&lt;18&gt;&gt;</c> in a call.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Target">A <see cref="NameExpressionSyntax"/> or <see cref="MemberExpressionSyntax"/>.</param>
/// <param name="Arguments">The type arguments, one or more.</param>
public sealed record GenericExpressionSyntax(SourceSpan Span, ExpressionSyntax Target, ImmutableArray<TypeArgumentSyntax> Arguments) : ExpressionSyntax(Span);

/// <summary><c>f(a, name: b)</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Callee">What is called.</param>
/// <param name="Arguments">The arguments.</param>
public sealed record CallExpressionSyntax(SourceSpan Span, ExpressionSyntax Callee, ImmutableArray<ArgumentSyntax> Arguments) : ExpressionSyntax(Span);

/// <summary>An argument.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">Its name, if written.</param>
/// <param name="Value">Its value; null for <c>_</c>, which only <c>verify</c> takes.</param>
public sealed record ArgumentSyntax(SourceSpan Span, NameSyntax? Name, ExpressionSyntax? Value) : SyntaxNode(Span);

/// <summary><c>e[i]</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Receiver">What is indexed.</param>
/// <param name="Index">The index or key.</param>
public sealed record IndexExpressionSyntax(SourceSpan Span, ExpressionSyntax Receiver, ExpressionSyntax Index) : ExpressionSyntax(Span);

/// <summary><c>old(e)</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Operand">What is read before the step.</param>
public sealed record OldExpressionSyntax(SourceSpan Span, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary><c>disclose(e)</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Operand">What is made public.</param>
public sealed record DiscloseExpressionSyntax(SourceSpan Span, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>An operator with one operand.</summary>
public enum UnaryOperator
{
    /// <summary><c>-</c></summary>
    Negate,

    /// <summary><c>!</c></summary>
    Not,
}

/// <summary><c>-e</c> or <c>!e</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Operand">The operand.</param>
public sealed record UnaryExpressionSyntax(SourceSpan Span, UnaryOperator Operator, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>An operator with two operands.</summary>
public enum BinaryOperator
{
    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Subtract,

    /// <summary><c>*</c></summary>
    Multiply,

    /// <summary><c>/</c></summary>
    Divide,

    /// <summary><c>%</c></summary>
    Remainder,

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

    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>||</c></summary>
    Or,

    /// <summary><c>implies</c></summary>
    Implies,
}

/// <summary><c>a + b</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Operator">The operator.</param>
/// <param name="OperatorSpan">The operator's own place.</param>
/// <param name="Right">The right operand.</param>
public sealed record BinaryExpressionSyntax(SourceSpan Span, ExpressionSyntax Left, BinaryOperator Operator, SourceSpan OperatorSpan, ExpressionSyntax Right)
    : ExpressionSyntax(Span);

/// <summary><c>p is Settled</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Operand">What is asked.</param>
/// <param name="Path">The state or variant.</param>
public sealed record IsExpressionSyntax(SourceSpan Span, ExpressionSyntax Operand, PathSyntax Path) : ExpressionSyntax(Span);

/// <summary><c>(a, b)</c>, <c>(a,)</c> or <c>()</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Elements">The elements.</param>
public sealed record TupleExpressionSyntax(SourceSpan Span, ImmutableArray<ExpressionSyntax> Elements) : ExpressionSyntax(Span);

/// <summary><c>[a, b]</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Elements">The elements.</param>
public sealed record ArrayExpressionSyntax(SourceSpan Span, ImmutableArray<ExpressionSyntax> Elements) : ExpressionSyntax(Span);

/// <summary><c>[e; N]</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Element">What is repeated.</param>
/// <param name="Length">How often.</param>
public sealed record RepeatExpressionSyntax(SourceSpan Span, ExpressionSyntax Element, ExpressionSyntax Length) : ExpressionSyntax(Span);

/// <summary><c>{ … }</c></summary>
/// <param name="Span">Its place, braces included.</param>
/// <param name="Statements">Its statements.</param>
/// <param name="Value">
/// Its value: a last expression without <c>;</c>. A last <c>if</c>, <c>match</c> or block without <c>;</c> stands here, too, also where
/// the block is used for its effect alone: only types can tell.
/// </param>
public sealed record BlockSyntax(SourceSpan Span, ImmutableArray<StatementSyntax> Statements, ExpressionSyntax? Value) : ExpressionSyntax(Span);

/// <summary><c>if c { … } else { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Then">What is done if it holds.</param>
/// <param name="Else">A <see cref="BlockSyntax"/>, another <see cref="IfExpressionSyntax"/>, or nothing.</param>
public sealed record IfExpressionSyntax(SourceSpan Span, ExpressionSyntax Condition, BlockSyntax Then, ExpressionSyntax? Else) : ExpressionSyntax(Span);

/// <summary><c>match e { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Subject">What is matched; <c>self</c> is a name expression.</param>
/// <param name="Arms">The arms, in order.</param>
public sealed record MatchExpressionSyntax(SourceSpan Span, ExpressionSyntax Subject, ImmutableArray<MatchArmSyntax> Arms) : ExpressionSyntax(Span);

/// <summary><c>A | B =&gt; e</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Patterns">The patterns, one or more.</param>
/// <param name="Value">The arm's value.</param>
public sealed record MatchArmSyntax(SourceSpan Span, ImmutableArray<PatternSyntax> Patterns, ExpressionSyntax Value) : SyntaxNode(Span);

/// <summary><c>verify S(a: x) using p</c> or <c>verify any of SET(a: x) using p</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="IsAnyOf">Whether it is the second form.</param>
/// <param name="Statement">Which statement or history, or which set of statements.</param>
/// <param name="Arguments">The public inputs, each named; a null value ignores one.</param>
/// <param name="Proof">The proof.</param>
public sealed record VerifyExpressionSyntax(
    SourceSpan Span, bool IsAnyOf, NamedTypeSyntax Statement, ImmutableArray<ArgumentSyntax> Arguments, ExpressionSyntax Proof)
    : ExpressionSyntax(Span);

/// <summary><c>Quote&lt;ETH&gt; { price: 1, ..q }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Path">The struct or variant.</param>
/// <param name="Arguments">Its type arguments; empty if there are none.</param>
/// <param name="Body">Its fields.</param>
public sealed record StructExpressionSyntax(SourceSpan Span, PathSyntax Path, ImmutableArray<TypeArgumentSyntax> Arguments, StructBodySyntax Body)
    : ExpressionSyntax(Span);

/// <summary>The braces of a struct literal, <c>become</c> or <c>emit</c>.</summary>
/// <param name="Span">Its place, braces included.</param>
/// <param name="Fields">The fields given.</param>
/// <param name="Rest">After <c>..</c>: where the other fields come from.</param>
public sealed record StructBodySyntax(SourceSpan Span, ImmutableArray<FieldValueSyntax> Fields, ExpressionSyntax? Rest) : SyntaxNode(Span);

/// <summary><c>price: e</c> or <c>price</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">The field.</param>
/// <param name="Value">Its value; for the short form, the name expression of the same name.</param>
/// <param name="IsShort">Whether it is the short form.</param>
public sealed record FieldValueSyntax(SourceSpan Span, NameSyntax Name, ExpressionSyntax Value, bool IsShort) : SyntaxNode(Span);
