using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary><c>let x = s.open(key) else E;</c>: what s holds. It fails as E unless the key has signed it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Signed">s.</param>
/// <param name="Key">The key.</param>
/// <param name="Error">E.</param>
public sealed record BoundOpen(SourceSpan Span, BoundExpression Signed, BoundExpression Key, ErrorSymbol Error)
    : BoundExpression(Span, ((SignedType)Signed.Type).Element);

/// <summary><c>K.name.sign(x)</c> in a test.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Key">The test key.</param>
/// <param name="Operand">x, stored.</param>
public sealed record BoundSign(SourceSpan Span, BoundTestKey Key, BoundExpression Operand) : BoundExpression(Span, new SignedType(Operand.Type));
