using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>The hash functions of other systems.</summary>
public enum ByteHashKind
{
    /// <summary>SHA-256, FIPS 180-4.</summary>
    Sha256,

    /// <summary>Keccak-256 with the padding that Ethereum has, which is not that of SHA-3.</summary>
    Keccak256,
}

/// <summary><c>b.sha256()</c>, <c>b.keccak256()</c>: 32 bytes.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Kind">Which function.</param>
/// <param name="Operand">The message: bytes, of a length that the program fixes.</param>
public sealed record BoundByteHash(SourceSpan Span, ByteHashKind Kind, BoundExpression Operand) : BoundExpression(Span, new BytesType(DigestLength))
{
    /// <summary>Bytes of a digest.</summary>
    public const int DigestLength = 32;
}
