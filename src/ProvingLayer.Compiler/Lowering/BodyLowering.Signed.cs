using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Signed data.</content>
internal partial class BodyLowering
{
    private Value LowerOpen(BoundOpen open)
    {
        var data = (SignedValue)Lower(open.Signed);
        var key = Scalar(open.Key);
        Arithmetic.Require(HasSigned(data, key), FailureText.NotSigned(open));
        return data.Content;
    }

    /// <summary>Whether a key has signed data: a signature is asked for, and leads to a key, or to nothing.</summary>
    protected virtual IrValue HasSigned(SignedValue data, IrValue key)
    {
        ImmutableArray<IrPart> parts =
        [
            new(Builder.Constant(SignedData.Schema(data.Type)), ScalarLayout.Digest),
            .. Shape.LeavesOf(data.Type, "").Zip(Shape.ScalarsOf(data.Type, data.Content), (l, s) => new IrPart(s, l.Layout)),
        ];
        return Signatures.IsSigned(key, parts);
    }
}
