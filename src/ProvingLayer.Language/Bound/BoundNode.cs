using System.Collections.Immutable;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// A node of the bound tree: names resolved, types known, parameters replaced by their arguments, conveniences written out. Nothing in it
/// needs the language to be understood; evaluation goes in the order of the children.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
public abstract record BoundNode(SourceSpan Span);

/// <summary>An expression.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">
/// Its type. A number's is a <see cref="NumberType"/> where it is read from something stored or just stored, else an <see cref="ExactType"/>;
/// both mean a number in whole units (a <see cref="NumberType"/> holding n means n / 10^Places), and may stand for each other as operands.
/// </param>
public abstract record BoundExpression(SourceSpan Span, TenorType Type) : BoundNode(Span);

/// <summary>A statement.</summary>
/// <param name="Span">What of the source it stands for.</param>
public abstract record BoundStatement(SourceSpan Span) : BoundNode(Span);

/// <summary>What could not be bound. Only in trees with errors, which no later stage sees.</summary>
/// <param name="Span">What of the source it stands for.</param>
public sealed record BoundError(SourceSpan Span) : BoundExpression(Span, ErrorType.Instance);

/// <summary>Statements in order, then perhaps a value. Its locals end with it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Statements">The statements.</param>
/// <param name="Value">The value; without one the type is <c>()</c>.</param>
public sealed record BoundBlock(SourceSpan Span, ImmutableArray<BoundStatement> Statements, BoundExpression? Value)
    : BoundExpression(Span, Value?.Type ?? TupleType.Empty);

/// <summary><c>if</c>. In the arm not taken no check counts. For use as a statement its type is <c>()</c>, and a missing <c>else</c> an empty block.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The type of both arms.</param>
/// <param name="Condition">A boolean.</param>
/// <param name="Then">The value if it holds.</param>
/// <param name="Else">The value if it does not.</param>
public sealed record BoundConditional(SourceSpan Span, TenorType Type, BoundExpression Condition, BoundExpression Then, BoundExpression Else)
    : BoundExpression(Span, Type)
{
    /// <summary>Of a <c>match</c>: the patterns of the arm that is taken where the condition holds, and of the last arm where that is all that is left.</summary>
    public (SourceSpan Then, SourceSpan? Else)? Patterns { get; init; }
}

/// <summary>
/// <c>match self</c>: exactly one arm holds, for the arms' states are disjoint and together all that the machine can be in here: the source
/// states in a transition (there, the state before the step), every state but <c>init</c> in an invariant (there, the state after it).
/// A match on anything else is written out as conditionals.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The type of all arms.</param>
/// <param name="Arms">The arms.</param>
public sealed record BoundStateMatch(SourceSpan Span, TenorType Type, ImmutableArray<BoundStateArm> Arms) : BoundExpression(Span, Type);

/// <summary>An arm of a <see cref="BoundStateMatch"/>. Fields bound by its pattern are read as <see cref="BoundStateField"/>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="States">The states it is for, by tag.</param>
/// <param name="Value">Its value.</param>
public sealed record BoundStateArm(SourceSpan Span, ImmutableArray<StateSymbol> States, BoundExpression Value) : BoundNode(Span);
