using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary><c>x.digest()</c>: the digest of a value and its type.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">x, of a stored type.</param>
public sealed record BoundDigestOf(SourceSpan Span, BoundExpression Operand) : BoundExpression(Span, DigestType.Hash);

/// <summary>
/// <c>leaf.merkle_root(index, siblings)</c>: the root of the tree in which these are the siblings on the way up from a leaf. Fails as
/// <see cref="Symbols.ErrorSymbol.IndexOutOfRange"/> where the tree has no such leaf.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Leaf">The leaf's digest.</param>
/// <param name="Index">Its place, from 0, stored: bit i says on which side of its sibling the node of height i stands.</param>
/// <param name="Siblings">A digest a level, the leaf's first.</param>
public sealed record BoundMerkleRoot(SourceSpan Span, BoundExpression Leaf, BoundExpression Index, BoundExpression Siblings) : BoundExpression(Span, DigestType.Hash);
