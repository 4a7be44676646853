using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>
/// What is signed of data: H(SignedData; schema, scalars). The schema covers all that the scalars mean, module, units, places and ranges among it, so a
/// signature of one type is none of another; the tag sets it apart from what parties of steps sign.
/// </summary>
internal static class SignedData
{
    /// <summary>The digest of a type.</summary>
    public static Digest Schema(TenorType type) => Digests.OfName($"signed {ProgramInterface.HashOf(type)}");

    /// <summary>The digest of a type in the digest of a value that a program asks for.</summary>
    public static Digest SchemaOfValue(TenorType type) => Digests.OfName($"value {ProgramInterface.HashOf(type)}");

    /// <summary>The message of a value.</summary>
    public static Digest MessageOf(TenorType type, IEnumerable<Scalar> scalars) => Digests.Of(
        DomainTag.SignedData,
        [(Scalar.Of(Schema(type)), ScalarLayout.Digest), .. scalars.Zip(Shape.LeavesOf(type, ""), (s, l) => (s, l.Layout))]);
}
