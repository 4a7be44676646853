using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Ir;

/// <summary>The result types of operations: the interval analysis, one rule an operation.</summary>
public static class IrTyping
{
    /// <summary>The types of what an operation defines.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="inputs">The function's inputs.</param>
    /// <param name="typeOf">The types of the operands.</param>
    /// <exception cref="InvalidOperationException">The operation does not fit its operands.</exception>
    public static ImmutableArray<IrType> Results(IrOp op, IReadOnlyList<IrInput> inputs, Func<IrValue, IrType> typeOf)
    {
        switch (op)
        {
            case IrInputOp input:
                return [inputs[input.Index].Type];
            case IrConstant { Value: var value }:
                return [value.Kind == ScalarKind.Integer ? IrType.Integer(Interval.Of(value.Number)) : new(value.Kind, default)];
            case IrBinary { Kind: IrBinaryKind.Add } b:
                return [IrType.Integer(Number(b.Left) + Number(b.Right))];
            case IrBinary { Kind: IrBinaryKind.Subtract } b:
                return [IrType.Integer(Number(b.Left) - Number(b.Right))];
            case IrBinary { Kind: IrBinaryKind.Multiply } b:
                // A square is not negative.
                return [IrType.Integer(b.Left == b.Right ? Square(Number(b.Left)) : Number(b.Left) * Number(b.Right))];
            case IrBinary { Kind: IrBinaryKind.Less } b:
                _ = (Number(b.Left), Number(b.Right));
                return [IrType.Boolean];
            case IrBinary { Kind: IrBinaryKind.Equal } b:
                Same(b.Left, b.Right);
                return [IrType.Boolean];
            case IrBinary { Kind: IrBinaryKind.And or IrBinaryKind.Or } b:
                Truth(b.Left);
                Truth(b.Right);
                return [IrType.Boolean];
            case IrNot { Value: var value }:
                Truth(value);
                return [IrType.Boolean];
            case IrDivRem { Numerator: var n, Divisor: var d }:
                var quotient = Number(n).FloorDivide(Number(d));
                // r ≤ d − 1, and r = n where 0 ≤ n < d always.
                var remainder = Number(n).IsNonNegative && Number(n).High < Number(d).Low
                    ? Number(n)
                    : new Interval(0, Number(n).IsNonNegative ? System.Numerics.BigInteger.Min(Number(d).High - 1, Number(n).High) : Number(d).High - 1);
                return [IrType.Integer(quotient), IrType.Integer(remainder)];
            case IrSelect s:
                Truth(s.Condition);
                return [Same(s.WhenTrue, s.WhenFalse) == ScalarKind.Integer
                    ? IrType.Integer(Number(s.WhenTrue).Union(Number(s.WhenFalse)))
                    : typeOf(s.WhenTrue)];
            case IrNarrow n:
                // Disjoint intervals mean that the check always fails; then any interval is true of what follows.
                return [IrType.Integer(Number(n.Value).Intersect(n.Interval) ?? n.Interval)];
            case IrRequire { Condition: var condition }:
                Truth(condition);
                return [];
            case IrBytes bytes:
                foreach (var part in bytes.Bytes)
                {
                    if (!Number(part.Value).IsNonNegative || part.Index is < 0 or >= IrBytes.MaximumLength)
                        throw new InvalidOperationException($"compiler bug: byte {part.Index} of {part.Value} in {Number(part.Value)}");
                }

                return bytes.Bytes.Length is >= 1 and <= IrBytes.MaximumLength
                    ? [IrType.Integer(Interval.Unsigned(8 * bytes.Bytes.Length))]
                    : throw new InvalidOperationException($"compiler bug: an integer of {bytes.Bytes.Length} bytes");
            case IrByteHash hash:
                for (var i = 0; i < hash.Pieces.Length; i++)
                {
                    if (hash.LengthOf(i) < 1 || !Interval.Unsigned(8 * hash.LengthOf(i)).Contains(Number(hash.Pieces[i])))
                        throw new InvalidOperationException($"compiler bug: piece {i} of {hash.Length} bytes in {Number(hash.Pieces[i])}");
                }

                return hash.Length >= 1 && hash.LengthOf(hash.Pieces.Length) <= 0
                    ? [IrType.Integer(Interval.Unsigned(8 * IrBytes.MaximumLength))]
                    : throw new InvalidOperationException($"compiler bug: {hash.Pieces.Length} pieces of {hash.Length} bytes");
            case IrHash hash:
                foreach (var part in hash.Parts)
                {
                    var type = typeOf(part.Value);
                    if (type.Kind != part.Layout.Kind || (type.Kind == ScalarKind.Integer && !part.Layout.Interval.Contains(type.Interval)))
                        throw new InvalidOperationException($"compiler bug: {part.Value} of {type} is laid out as {part.Layout}");
                }

                return [IrType.Digest];
            case IrPath path:
                Digest(path.Leaf);
                foreach (var sibling in path.Siblings)
                    Digest(sibling);
                var index = typeOf(path.Index);
                var fits = index.Kind switch
                {
                    ScalarKind.Integer => Interval.Unsigned(path.Siblings.Length).Contains(index.Interval) && path.Layout.Interval.Contains(index.Interval),
                    ScalarKind.Boolean => true,
                    _ => path.Siblings.Length <= Constraints.Maps.MapShape.MaximumDepth,
                };
                return fits && path.Layout.Kind == index.Kind && !path.Siblings.IsEmpty
                    ? [IrType.Digest]
                    : throw new InvalidOperationException($"compiler bug: {index} is no index of {path.Siblings.Length} levels");
            case IrChains chains:
                Digest(chains.Hash);
                foreach (var chain in chains.Chains)
                    Digest(chain);
                return chains.Chains.Length == Constraints.Signatures.SignatureScheme.Chains
                    ? [IrType.Digest]
                    : throw new InvalidOperationException($"compiler bug: {chains.Chains.Length} chains");
            case IrAskSignature ask:
                Digest(ask.Key);
                Digest(ask.Message);
                return [];
            case IrVerify verify:
                Digest(verify.Arguments);
                Digest(verify.Result);
                return [];
            case IrVerifyHistory history:
                foreach (var (part, (_, layout)) in history.Said.Zip(Constraints.Histories.HistoryClaim.Parts))
                {
                    if (typeOf(part) is var said && (said.Kind != layout.Kind || (said.Kind == ScalarKind.Integer && !layout.Interval.Contains(said.Interval))))
                        throw new InvalidOperationException($"compiler bug: {part} is no {layout} in {op.GetType().Name}");
                }

                return history.Said.Length == Constraints.Histories.HistoryClaim.Parts.Length && Number(history.Said[2]).High < 1 << 24
                    ? []
                    : throw new InvalidOperationException("compiler bug: a history of so many parts or steps");
            case IrAsk or IrTell:
                return [];
            default:
                throw new InvalidOperationException($"compiler bug: no typing rule for {op.GetType().Name}");
        }

        Interval Number(IrValue value) => typeOf(value) is { Kind: ScalarKind.Integer } type
            ? type.Interval
            : throw new InvalidOperationException($"compiler bug: {value} is no integer in {op.GetType().Name}");

        void Digest(IrValue value)
        {
            if (typeOf(value).Kind != ScalarKind.Digest)
                throw new InvalidOperationException($"compiler bug: {value} is no digest in {op.GetType().Name}");
        }

        void Truth(IrValue value)
        {
            if (typeOf(value).Kind != ScalarKind.Boolean)
                throw new InvalidOperationException($"compiler bug: {value} is no boolean in {op.GetType().Name}");
        }

        ScalarKind Same(IrValue left, IrValue right) => typeOf(left).Kind == typeOf(right).Kind
            ? typeOf(left).Kind
            : throw new InvalidOperationException($"compiler bug: {left} and {right} are of two kinds in {op.GetType().Name}");

        static Interval Square(Interval interval)
        {
            var product = interval * interval;
            var straddles = interval.Low.Sign < 0 && interval.High.Sign > 0;
            return straddles ? product with { Low = 0 } : product;
        }
    }
}
