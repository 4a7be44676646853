using System.Numerics;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Digests that a program asks for.</content>
internal partial class BodyLowering
{
    private static readonly ScalarLayout indexLayout = ScalarLayout.Unsigned(128);

    // H(Value; schema, scalars): a value of another type has another digest, whatever its scalars.
    private ScalarValue LowerDigestOf(BoundDigestOf digest)
    {
        var (type, value) = (digest.Operand.Type, Lower(digest.Operand));
        var schema = new IrPart(Builder.Constant(SignedData.SchemaOfValue(type)), ScalarLayout.Digest);
        return new(Builder.Hash(DomainTag.Value, [schema, .. Shape.LeavesOf(type, "").Zip(Shape.ScalarsOf(type, value), (l, s) => new IrPart(s, l.Layout))]));
    }

    private ScalarValue LowerMerkleRoot(BoundMerkleRoot root)
    {
        var leaf = Scalar(root.Leaf);
        var index = Number(root.Index);
        var siblings = ((AggregateValue)Lower(root.Siblings)).Elements;
        var place = Arithmetic.Narrow(index.Numerator, new(0, (BigInteger.One << siblings.Length) - 1), FailureText.NoSuchLeaf(index, siblings.Length));
        return new(Builder.Write(new IrPath(leaf, place, indexLayout, [.. siblings.Select(s => ((ScalarValue)s).Scalar)])).First);
    }
}
