using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary><c>data { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Fields">The fields.</param>
public sealed record DataDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, ImmutableArray<FieldSyntax> Fields)
    : DeclarationSyntax(Span, Header);

/// <summary><c>final state Settled</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="IsFinal">Whether no step leaves it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">Its fields; empty if it has none.</param>
public sealed record StateDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, bool IsFinal, NameSyntax Name, ImmutableArray<FieldSyntax> Fields)
    : DeclarationSyntax(Span, Header);

/// <summary><c>invariant funded: e;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Condition">What holds between steps.</param>
public sealed record InvariantDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ExpressionSyntax Condition)
    : DeclarationSyntax(Span, Header);

/// <summary><c>transition exercise(…) by holder : Open -&gt; Exercised ensures … { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters; empty also where it has no list at all.</param>
/// <param name="Authority">Who must authorize it: the expressions after <c>by</c>.</param>
/// <param name="Edge">From which states to which.</param>
/// <param name="Ensures">What holds after it.</param>
/// <param name="Body">Its body.</param>
public sealed record TransitionDeclarationSyntax(
    SourceSpan Span,
    DeclarationHeader Header,
    NameSyntax Name,
    ImmutableArray<ParameterSyntax> Parameters,
    ImmutableArray<ExpressionSyntax> Authority,
    EdgeSyntax Edge,
    ImmutableArray<ExpressionSyntax> Ensures,
    BlockSyntax Body)
    : DeclarationSyntax(Span, Header);

/// <summary><c>view spot() -&gt; u64 { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="ReturnType">What it returns.</param>
/// <param name="Body">Its body.</param>
public sealed record ViewDeclarationSyntax(
    SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<ParameterSyntax> Parameters, TypeSyntax ReturnType, BlockSyntax Body)
    : DeclarationSyntax(Span, Header);

/// <summary><c>Exercised | Expired -&gt; Settled</c>; <c>init</c> is a name here.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Sources">The states it leaves, one or more.</param>
/// <param name="Targets">The states it reaches, one or more.</param>
public sealed record EdgeSyntax(SourceSpan Span, ImmutableArray<NameSyntax> Sources, ImmutableArray<NameSyntax> Targets) : SyntaxNode(Span);
