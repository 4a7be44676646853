using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>
/// A node of the syntax tree: immutable, with the stretch of source it was read from. Where the source is wrong the tree may miss
/// children or hold names without text; the diagnostics say so, and no later stage runs on such a tree.
/// </summary>
/// <param name="Span">From the node's first token to its last.</param>
public abstract record SyntaxNode(SourceSpan Span);

/// <summary>A name as it stands in the source.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Text">Its letters; empty where the source misses it.</param>
public sealed record NameSyntax(SourceSpan Span, string Text) : SyntaxNode(Span)
{
    /// <summary>Whether it begins with a capital: such a name refers to a declaration, any other binds or names a value.</summary>
    public bool IsCapital => Text.Length > 0 && Text[0] is >= 'A' and <= 'Z';
}

/// <summary>Names with dots between them: <c>std.assets.ETH</c>.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Parts">One or more names.</param>
public sealed record PathSyntax(SourceSpan Span, ImmutableArray<NameSyntax> Parts) : SyntaxNode(Span)
{
    /// <summary>The path as it is written, without spaces.</summary>
    public string Text => string.Join(".", Parts.Select(p => p.Text));

    /// <summary>The last part.</summary>
    public NameSyntax Last => Parts[Parts.Length - 1];
}

/// <summary>A whole source file.</summary>
/// <param name="Span">All of it.</param>
/// <param name="Module">Which module it belongs to, if it says so.</param>
/// <param name="Uses">What it uses of other modules, in source order.</param>
/// <param name="Declarations">What it declares, in source order.</param>
public sealed record CompilationUnitSyntax(
    SourceSpan Span,
    ModuleDeclarationSyntax? Module,
    ImmutableArray<UseSyntax> Uses,
    ImmutableArray<DeclarationSyntax> Declarations) : SyntaxNode(Span);

/// <summary><c>module a.b;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Path">The module's name.</param>
public sealed record ModuleDeclarationSyntax(SourceSpan Span, PathSyntax Path) : SyntaxNode(Span);

/// <summary><c>use a.b.{X, Y};</c>, <c>use a.b;</c> or <c>use a.b as c;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Path">The module.</param>
/// <param name="Items">The names taken from it; empty when the module itself is used.</param>
/// <param name="Alias">The module's new name, if it gets one.</param>
public sealed record UseSyntax(SourceSpan Span, PathSyntax Path, ImmutableArray<NameSyntax> Items, NameSyntax? Alias) : SyntaxNode(Span);

/// <summary><c>@budget(rows = 4_096)</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">The attribute's name, without the <c>@</c>.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record AttributeSyntax(SourceSpan Span, NameSyntax Name, ImmutableArray<AttributeArgumentSyntax> Arguments) : SyntaxNode(Span);

/// <summary>An attribute's argument.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Name">Its name, if written.</param>
/// <param name="Value">Its value.</param>
public sealed record AttributeArgumentSyntax(SourceSpan Span, NameSyntax? Name, ExpressionSyntax Value) : SyntaxNode(Span);
