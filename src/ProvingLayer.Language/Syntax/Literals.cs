using System.Numerics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>A number without unit: <c>3_000.00</c> is 300000 with 2 places.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Digits">All digits as one whole number.</param>
/// <param name="Places">How many of them stand after the point.</param>
public sealed record NumberSyntax(SourceSpan Span, BigInteger Digits, int Places) : SyntaxNode(Span)
{
    /// <summary>Whether no point is written.</summary>
    public bool IsInteger => Places == 0;
}

/// <summary>A literal.</summary>
/// <param name="Span">Its place.</param>
public abstract record LiteralSyntax(SourceSpan Span) : ExpressionSyntax(Span);

/// <summary><c>5</c>, <c>150.00 USDC</c>, <c>30 bps</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Number">The number.</param>
/// <param name="Unit">The unit after it, if any.</param>
public sealed record NumberLiteralSyntax(SourceSpan Span, NumberSyntax Number, NameSyntax? Unit) : LiteralSyntax(Span);

/// <summary><c>"…"</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Value">The characters, escapes resolved.</param>
public sealed record StringLiteralSyntax(SourceSpan Span, string Value) : LiteralSyntax(Span);

/// <summary><c>0x…</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Digits">The hexadecimal digits in small letters, without <c>0x</c> and <c>_</c>.</param>
public sealed record HexLiteralSyntax(SourceSpan Span, string Digits) : LiteralSyntax(Span);

/// <summary><c>true</c> or <c>false</c></summary>
/// <param name="Span">Its place.</param>
/// <param name="Value">Which.</param>
public sealed record BooleanLiteralSyntax(SourceSpan Span, bool Value) : LiteralSyntax(Span);

/// <summary><c>none</c></summary>
/// <param name="Span">Its place.</param>
public sealed record NoneLiteralSyntax(SourceSpan Span) : LiteralSyntax(Span);
