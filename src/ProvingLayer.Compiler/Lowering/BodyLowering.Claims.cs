using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Inner proofs.</content>
internal partial class BodyLowering
{
    /// <summary>The arguments that are proofs, by their places in the function's list.</summary>
    public ImmutableArray<LocalSymbol> Proofs { get; init; } = [];

    /// <summary>
    /// What the proof says came in with it: the values that are named must be these. Then their digests are computed from them, all of them, and it is those that the proof is verified
    /// for: so nothing of what it says is free.
    /// </summary>
    private Value LowerVerify(BoundVerify verify)
    {
        var (claim, local) = (verify.Claim, verify.Proof.Local);
        var said = ((AggregateValue)Scope.Locals[local]).Elements;
        var named = verify.Arguments.Select(Lower).ToList();
        for (var i = 0; i < named.Count; i++)
        {
            // The same type on both sides, so the same scalars.
            var (place, input) = (verify.Order[i], claim.Inputs[verify.Order[i]]);
            var same = Builder.Constant(true);
            foreach (var (left, right) in Shape.ScalarsOf(input.Type, named[i]).Zip(Shape.ScalarsOf(input.Type, said[place])))
                same = Builder.And(same, Builder.Equal(left, right));
            Arithmetic.Require(same, FailureText.AnotherInput(verify, input, verify.Arguments[i]));
        }

        if (claim.IsHistory)
        {
            var parts = Shape.ScalarsOf(local.Type, Scope.Locals[local]);
            Builder.Write(new IrVerifyHistory(Proofs.IndexOf(local), [.. parts], FailureText.NoProof(verify)));
            return said[^1];
        }

        var arguments = claim.Inputs.SelectMany((input, i) => Parts(input.Type, said[i]));
        Builder.Write(new IrVerify(
            Proofs.IndexOf(local),
            Builder.Hash(DomainTag.Arguments, [.. arguments]),
            Builder.Hash(DomainTag.Result, [.. Parts(claim.ResultType, said[^1])]),
            FailureText.NoProof(verify)));
        return said[^1];
    }

    private static IEnumerable<IrPart> Parts(TenorType type, Value value) =>
        Shape.LeavesOf(type, "").Zip(Shape.ScalarsOf(type, value), (leaf, scalar) => new IrPart(scalar, leaf.Layout));
}
