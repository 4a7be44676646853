using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>What stands before a declaration, field, variant or member.</summary>
/// <param name="Documentation">The text of the <c>///</c> lines just above, one line each, without the slashes; null if there are none.</param>
/// <param name="Attributes">The attributes, in source order.</param>
/// <param name="PublicSpan">The place of <c>pub</c>, if it is there.</param>
public sealed record DeclarationHeader(string? Documentation, ImmutableArray<AttributeSyntax> Attributes, SourceSpan? PublicSpan)
{
    /// <summary>A header with nothing in it.</summary>
    public static DeclarationHeader None { get; } = new(null, [], null);

    /// <summary>Whether <c>pub</c> is there.</summary>
    public bool IsPublic => PublicSpan is not null;
}

/// <summary>A declaration: at the top of a file, or (see Machines.cs) a member of a machine.</summary>
/// <param name="Span">Its place, from its first attribute or <c>pub</c> on.</param>
/// <param name="Header">What stands before it.</param>
public abstract record DeclarationSyntax(SourceSpan Span, DeclarationHeader Header) : SyntaxNode(Span);

/// <summary><c>asset USD { decimals: 2 }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Decimals">How many decimal places one whole unit has.</param>
public sealed record AssetDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, NameSyntax Name, NumberSyntax Decimals)
    : DeclarationSyntax(Span, Header);

/// <summary><c>measure Vol;</c> or <c>measure Price = USDC/ETH;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">What it abbreviates, if it is not a base unit.</param>
public sealed record MeasureDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, NameSyntax Name, UnitSyntax? Unit)
    : DeclarationSyntax(Span, Header);

/// <summary><c>const WINDOW: duration = 3 days;</c>, in a file or a machine.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its value.</param>
public sealed record ConstDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, NameSyntax Name, TypeSyntax Type, ExpressionSyntax Value)
    : DeclarationSyntax(Span, Header);

/// <summary><c>type Ltv = dec&lt;4&gt; in 0..=1;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Generics">Its generic parameters.</param>
/// <param name="Type">The type it names.</param>
/// <param name="Range">The refinement, if there is one.</param>
public sealed record TypeDeclarationSyntax(
    SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<GenericParameterSyntax> Generics, TypeSyntax Type, RangeSyntax? Range)
    : DeclarationSyntax(Span, Header);

/// <summary><c>error TooEarly, TooLate;</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Names">The errors' names.</param>
public sealed record ErrorDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, ImmutableArray<NameSyntax> Names)
    : DeclarationSyntax(Span, Header);

/// <summary><c>event Fixed { spot: dec&lt;4&gt; }</c>, in a file or a machine.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">Its fields.</param>
public sealed record EventDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<FieldSyntax> Fields)
    : DeclarationSyntax(Span, Header);

/// <summary><c>set Covers = { LenderCover, PerpCover };</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">The statements in it.</param>
public sealed record SetDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<NamedTypeSyntax> Members)
    : DeclarationSyntax(Span, Header);

/// <summary><c>struct Quote&lt;asset U&gt; { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Generics">Its generic parameters.</param>
/// <param name="Fields">Its fields.</param>
public sealed record StructDeclarationSyntax(
    SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<GenericParameterSyntax> Generics, ImmutableArray<FieldSyntax> Fields)
    : DeclarationSyntax(Span, Header);

/// <summary><c>enum Side { Long, Short { fee: u32 } }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Generics">Its generic parameters.</param>
/// <param name="Variants">Its variants.</param>
public sealed record EnumDeclarationSyntax(
    SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<GenericParameterSyntax> Generics, ImmutableArray<VariantSyntax> Variants)
    : DeclarationSyntax(Span, Header);

/// <summary><c>fn f(x: u32) -&gt; u32 { … }</c>, in a file or a machine.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="HintSpan">The place of <c>hint</c>, if it is there.</param>
/// <param name="Name">Its name.</param>
/// <param name="Generics">Its generic parameters.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="ReturnType">What it returns, if anything.</param>
/// <param name="Body">Its body.</param>
public sealed record FunctionDeclarationSyntax(
    SourceSpan Span,
    DeclarationHeader Header,
    SourceSpan? HintSpan,
    NameSyntax Name,
    ImmutableArray<GenericParameterSyntax> Generics,
    ImmutableArray<ParameterSyntax> Parameters,
    TypeSyntax? ReturnType,
    BlockSyntax Body)
    : DeclarationSyntax(Span, Header);

/// <summary><c>statement S(pub a: A, b: B) -&gt; R { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Generics">Its generic parameters.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="ReturnType">What it returns.</param>
/// <param name="Body">Its body.</param>
public sealed record StatementDeclarationSyntax(
    SourceSpan Span,
    DeclarationHeader Header,
    NameSyntax Name,
    ImmutableArray<GenericParameterSyntax> Generics,
    ImmutableArray<ParameterSyntax> Parameters,
    TypeSyntax ReturnType,
    BlockSyntax Body)
    : DeclarationSyntax(Span, Header);

/// <summary><c>machine M&lt;asset U&gt; { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Generics">Its generic parameters.</param>
/// <param name="Members">
/// Its members, in source order: <see cref="DataDeclarationSyntax"/>, <see cref="StateDeclarationSyntax"/>, <see cref="InvariantDeclarationSyntax"/>,
/// <see cref="TransitionDeclarationSyntax"/>, <see cref="ViewDeclarationSyntax"/>, and <see cref="ConstDeclarationSyntax"/>,
/// <see cref="EventDeclarationSyntax"/>, <see cref="FunctionDeclarationSyntax"/> as at the top of a file.
/// </param>
public sealed record MachineDeclarationSyntax(
    SourceSpan Span, DeclarationHeader Header, NameSyntax Name, ImmutableArray<GenericParameterSyntax> Generics, ImmutableArray<DeclarationSyntax> Members)
    : DeclarationSyntax(Span, Header);

/// <summary><c>test "…" { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body.</param>
public sealed record TestDeclarationSyntax(SourceSpan Span, DeclarationHeader Header, StringLiteralSyntax Title, BlockSyntax Body)
    : DeclarationSyntax(Span, Header);

/// <summary><c>property "…" (x: u32 in 0..9) { … }</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Parameters">What is generated.</param>
/// <param name="Body">Its body.</param>
public sealed record PropertyDeclarationSyntax(
    SourceSpan Span, DeclarationHeader Header, StringLiteralSyntax Title, ImmutableArray<ParameterSyntax> Parameters, BlockSyntax Body)
    : DeclarationSyntax(Span, Header);

/// <summary>What a generic parameter stands for.</summary>
public enum GenericKind
{
    /// <summary><c>asset U</c></summary>
    Asset,

    /// <summary><c>measure M</c></summary>
    Measure,

    /// <summary><c>const N: u32</c></summary>
    Const,

    /// <summary>A plain type.</summary>
    Type,
}

/// <summary>A generic parameter.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">Its name.</param>
/// <param name="ConstType">The type of a <see cref="GenericKind.Const"/>; null for the others.</param>
public sealed record GenericParameterSyntax(SourceSpan Span, GenericKind Kind, NameSyntax Name, TypeSyntax? ConstType) : SyntaxNode(Span);

/// <summary>A field of data, a state, an event, a struct or a variant.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Header">What stands before it; <c>pub</c> among it.</param>
/// <param name="MutableSpan">The place of <c>mut</c>, if it is there.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">Its value when <c>new</c> does not name it, if it has one.</param>
public sealed record FieldSyntax(
    SourceSpan Span, DeclarationHeader Header, SourceSpan? MutableSpan, NameSyntax Name, TypeSyntax Type, ExpressionSyntax? Default) : SyntaxNode(Span)
{
    /// <summary>Whether <c>mut</c> is there.</summary>
    public bool IsMutable => MutableSpan is not null;
}

/// <summary>A variant of an enum.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Documentation">Its <c>///</c> text, if any.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">Its payload; empty if it has none.</param>
public sealed record VariantSyntax(SourceSpan Span, string? Documentation, NameSyntax Name, ImmutableArray<FieldSyntax> Fields) : SyntaxNode(Span);

/// <summary>A parameter.</summary>
/// <param name="Span">Its place.</param>
/// <param name="PublicSpan">The place of <c>pub</c>, if it is there.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Range">Where a property draws it from, if it says so.</param>
public sealed record ParameterSyntax(SourceSpan Span, SourceSpan? PublicSpan, NameSyntax Name, TypeSyntax Type, RangeSyntax? Range) : SyntaxNode(Span)
{
    /// <summary>Whether <c>pub</c> is there.</summary>
    public bool IsPublic => PublicSpan is not null;
}

/// <summary><c>0..9</c>, <c>0..=9</c> or <c>0..</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end; null if there is none.</param>
/// <param name="IncludesHigh">Whether the upper end belongs to it.</param>
public sealed record RangeSyntax(SourceSpan Span, ExpressionSyntax Low, ExpressionSyntax? High, bool IncludesHigh) : SyntaxNode(Span);
