using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>A pattern.</summary>
/// <param name="Span">Its place.</param>
public abstract record PatternSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>_</c></summary>
/// <param name="Span">Its place.</param>
public sealed record WildcardPatternSyntax(SourceSpan Span) : PatternSyntax(Span);

/// <summary>A literal: a number (perhaps negative, perhaps with a unit), <c>0x…</c>, <c>true</c>, <c>false</c> or <c>none</c>.</summary>
/// <param name="Span">Its place.</param>
/// <param name="IsNegative">Whether a <c>-</c> stands before the number.</param>
/// <param name="Literal">The literal.</param>
public sealed record LiteralPatternSyntax(SourceSpan Span, bool IsNegative, LiteralSyntax Literal) : PatternSyntax(Span);

/// <summary>A name with a small letter: it binds.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">The name bound.</param>
public sealed record BindingPatternSyntax(SourceSpan Span, NameSyntax Name) : PatternSyntax(Span);

/// <summary>A name with a capital, or a path: it refers to a state, a variant, a struct or a constant.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Path">What it refers to.</param>
/// <param name="HasFields">Whether braces follow.</param>
/// <param name="Fields">What stands in the braces.</param>
public sealed record NamePatternSyntax(SourceSpan Span, PathSyntax Path, bool HasFields, ImmutableArray<FieldPatternSyntax> Fields) : PatternSyntax(Span);

/// <summary><c>payout</c> or <c>payout: p</c> in a pattern's braces.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">The field.</param>
/// <param name="Pattern">What it must match; for the short form, the binding of the field's own name.</param>
/// <param name="IsShort">Whether it is the short form.</param>
public sealed record FieldPatternSyntax(SourceSpan Span, NameSyntax Name, PatternSyntax Pattern, bool IsShort) : SyntaxNode(Span);

/// <summary><c>some(p)</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Inner">What the value inside must match.</param>
public sealed record SomePatternSyntax(SourceSpan Span, PatternSyntax Inner) : PatternSyntax(Span);

/// <summary><c>(p, q)</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Elements">Two or more patterns.</param>
public sealed record TuplePatternSyntax(SourceSpan Span, ImmutableArray<PatternSyntax> Elements) : PatternSyntax(Span);
