using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>A statement.</summary>
/// <param name="Span">Its place, its <c>;</c> included.</param>
public abstract record StatementSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>let mut x: T = e else Err;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="MutableSpan">The place of <c>mut</c>, if it is there.</param>
/// <param name="Pattern">What is bound.</param>
/// <param name="Type">Its type, if written.</param>
/// <param name="Value">The value.</param>
/// <param name="ElseError">The error when the value is <c>none</c>, if written.</param>
public sealed record LetStatementSyntax(
    SourceSpan Span, SourceSpan? MutableSpan, PatternSyntax Pattern, TypeSyntax? Type, ExpressionSyntax Value, PathSyntax? ElseError) : StatementSyntax(Span)
{
    /// <summary>Whether <c>mut</c> is there.</summary>
    public bool IsMutable => MutableSpan is not null;
}

/// <summary><c>require c else Err;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Condition">What must hold.</param>
/// <param name="Error">The error when it does not.</param>
public sealed record RequireStatementSyntax(SourceSpan Span, ExpressionSyntax Condition, PathSyntax Error) : StatementSyntax(Span);

/// <summary><c>assert c;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Condition">What cannot fail.</param>
public sealed record AssertStatementSyntax(SourceSpan Span, ExpressionSyntax Condition) : StatementSyntax(Span);

/// <summary><c>move q from SRC to DST;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Amount">How much.</param>
/// <param name="Source">From where.</param>
/// <param name="Sink">To where.</param>
public sealed record MoveStatementSyntax(SourceSpan Span, ExpressionSyntax Amount, MoveEndSyntax Source, MoveEndSyntax Sink) : StatementSyntax(Span);

/// <summary>One end of a <c>move</c>.</summary>
/// <param name="Span">Its place.</param>
public abstract record MoveEndSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary>A vault.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Place">Names, fields and indices: <see cref="NameExpressionSyntax"/>, <see cref="MemberExpressionSyntax"/>, <see cref="IndexExpressionSyntax"/>.</param>
public sealed record VaultEndSyntax(SourceSpan Span, ExpressionSyntax Place) : MoveEndSyntax(Span);

/// <summary><c>in(party)</c> as source, <c>out(party)</c> as sink.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Party">Who pays or is paid.</param>
public sealed record PartyEndSyntax(SourceSpan Span, ExpressionSyntax Party) : MoveEndSyntax(Span);

/// <summary><c>mint</c> as source, <c>burn</c> as sink.</summary>
/// <param name="Span">Its place.</param>
public sealed record IssueEndSyntax(SourceSpan Span) : MoveEndSyntax(Span);

/// <summary><c>become Exercised { payout };</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="State">The next state.</param>
/// <param name="Body">Its fields; null where there are no braces.</param>
public sealed record BecomeStatementSyntax(SourceSpan Span, NameSyntax State, StructBodySyntax? Body) : StatementSyntax(Span);

/// <summary><c>stay;</c></summary>
/// <param name="Span">Its place.</param>
public sealed record StayStatementSyntax(SourceSpan Span) : StatementSyntax(Span);

/// <summary><c>emit Fixed { spot };</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Event">The event.</param>
/// <param name="Body">Its fields.</param>
public sealed record EmitStatementSyntax(SourceSpan Span, PathSyntax Event, StructBodySyntax Body) : StatementSyntax(Span);

/// <summary><c>for i in 0..N { … }</c> or <c>for x in array { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Variable">The variable; null for <c>_</c>.</param>
/// <param name="Range">The range, or null when a sequence is walked.</param>
/// <param name="Sequence">The sequence, or null when a range is walked.</param>
/// <param name="Body">What is done for each.</param>
public sealed record ForStatementSyntax(SourceSpan Span, NameSyntax? Variable, RangeSyntax? Range, ExpressionSyntax? Sequence, BlockSyntax Body)
    : StatementSyntax(Span);

/// <summary><c>at t;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Time">The time it is from now on.</param>
public sealed record AtStatementSyntax(SourceSpan Span, ExpressionSyntax Time) : StatementSyntax(Span);

/// <summary><c>reject Err { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Error">The failure that is expected.</param>
/// <param name="Body">What must fail so.</param>
public sealed record RejectStatementSyntax(SourceSpan Span, PathSyntax Error, BlockSyntax Body) : StatementSyntax(Span);

/// <summary>How an assignment assigns.</summary>
public enum AssignmentOperator
{
    /// <summary><c>=</c></summary>
    Set,

    /// <summary><c>+=</c></summary>
    Add,

    /// <summary><c>-=</c></summary>
    Subtract,
}

/// <summary><c>x = e;</c>, <c>x += e;</c>, <c>x -= e;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Target">A place: names, fields and indices only.</param>
/// <param name="Operator">How it assigns.</param>
/// <param name="Value">The value.</param>
public sealed record AssignmentStatementSyntax(SourceSpan Span, ExpressionSyntax Target, AssignmentOperator Operator, ExpressionSyntax Value)
    : StatementSyntax(Span);

/// <summary>An expression as a statement: <c>p.open(…) by K.alice;</c>, or an <c>if</c>, <c>match</c> or block that is not a block's value.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Authority">Who signs: the expressions after <c>by</c>.</param>
public sealed record ExpressionStatementSyntax(SourceSpan Span, ExpressionSyntax Expression, ImmutableArray<ExpressionSyntax> Authority)
    : StatementSyntax(Span);
