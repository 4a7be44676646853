using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>A type as it is written.</summary>
/// <param name="Span">Its place.</param>
public abstract record TypeSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary><c>u64</c>, <c>dec&lt;18, USDC/ETH&gt;</c>, <c>Pool&lt;ETH, USDC&gt;.history</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Path">The name.</param>
/// <param name="Arguments">What stands between the angle brackets; empty if there are none.</param>
/// <param name="Member">The name after the angle brackets, if any. (Without angle brackets it is part of the path.)</param>
public sealed record NamedTypeSyntax(SourceSpan Span, PathSyntax Path, ImmutableArray<TypeArgumentSyntax> Arguments, NameSyntax? Member) : TypeSyntax(Span);

/// <summary><c>guarded vault&lt;Q&gt;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Type">What is guarded.</param>
public sealed record GuardedTypeSyntax(SourceSpan Span, NamedTypeSyntax Type) : TypeSyntax(Span);

/// <summary><c>[T; N]</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Element">The elements' type.</param>
/// <param name="Length">How many.</param>
public sealed record ArrayTypeSyntax(SourceSpan Span, TypeSyntax Element, ExpressionSyntax Length) : TypeSyntax(Span);

/// <summary><c>(A, B)</c>; <c>(A)</c> is A itself and has no node of its own.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Elements">The elements' types: none, or two and more.</param>
public sealed record TupleTypeSyntax(SourceSpan Span, ImmutableArray<TypeSyntax> Elements) : TypeSyntax(Span);

/// <summary><c>T?</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Element">T.</param>
public sealed record OptionTypeSyntax(SourceSpan Span, TypeSyntax Element) : TypeSyntax(Span);

/// <summary>A type argument.</summary>
/// <param name="Span">Its place.</param>
public abstract record TypeArgumentSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary>A number: the places of a <c>dec</c>, a depth, a <c>const</c> parameter.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Value">The number.</param>
public sealed record NumberArgumentSyntax(SourceSpan Span, NumberSyntax Value) : TypeArgumentSyntax(Span);

/// <summary>A unit with <c>*</c> or <c>/</c> in it. A single name is a <see cref="NamedArgumentSyntax"/>: only the binder knows what it names.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Unit">The unit.</param>
public sealed record UnitArgumentSyntax(SourceSpan Span, UnitSyntax Unit) : TypeArgumentSyntax(Span);

/// <summary>A type, or a single name of an asset, a measure or a constant, which reads the same.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Type">The type, or a <see cref="NamedTypeSyntax"/> without arguments.</param>
public sealed record NamedArgumentSyntax(SourceSpan Span, TypeSyntax Type) : TypeArgumentSyntax(Span);

/// <summary><c>Q/U*V</c>, left to right: (Q/U)*V.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Factors">The factors; the first is never divided by.</param>
public sealed record UnitSyntax(SourceSpan Span, ImmutableArray<UnitFactorSyntax> Factors) : SyntaxNode(Span);

/// <summary>A factor of a unit.</summary>
/// <param name="Span">Its place.</param>
/// <param name="IsDivided">Whether it stands after a <c>/</c>.</param>
/// <param name="Path">What it names; null for the number 1.</param>
public sealed record UnitFactorSyntax(SourceSpan Span, bool IsDivided, PathSyntax? Path) : SyntaxNode(Span);
