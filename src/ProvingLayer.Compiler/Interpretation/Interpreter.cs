using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>Runs the Core IR on integers: the meaning of a program, against which circuits are compared.</summary>
public static class Interpreter
{
    /// <summary>Runs a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">A value for each of its inputs, by name. Others are ignored.</param>
    /// <param name="maps">Where the witnesses of map accesses come from; null if they are among the inputs.</param>
    /// <param name="signatures">Where signatures come from; null if they are among the inputs.</param>
    /// <param name="proofs">Where inner proofs come from; without them none holds.</param>
    /// <exception cref="ArgumentException">An input has no value, or one of another kind.</exception>
    public static RunResult Run(IrFunction function, IReadOnlyDictionary<string, Scalar> inputs, IMapSource? maps = null, ISignatureSource? signatures = null, IProofSource? proofs = null)
    {
        var values = new Scalar[function.Inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var isAskedFor = function.Inputs[i].Role switch
            {
                IrInputRole.MapValue or IrInputRole.MapSibling => maps is not null,
                IrInputRole.Signature or IrInputRole.SignatureSibling => signatures is not null,
                _ => false,
            };
            if (isAskedFor)
                values[i] = Harmless(function.Inputs[i].Type);
            else if (!inputs.TryGetValue(function.Inputs[i].Name, out values[i]))
                throw new ArgumentException($"The input {function.Inputs[i].Name} has no value.", nameof(inputs));
        }

        return Run(function, values, maps, signatures, proofs);
    }

    /// <summary>Runs a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="given">A value for each of its inputs, in their order.</param>
    /// <param name="maps">Where the witnesses of map accesses come from, in place of those given; null if they are given.</param>
    /// <param name="signatures">Where signatures come from, in place of those given; null if they are given.</param>
    /// <param name="proofs">Where inner proofs come from; without them none holds.</param>
    /// <exception cref="ArgumentException">A value is missing or of another kind.</exception>
    public static RunResult Run(IrFunction function, ReadOnlySpan<Scalar> given, IMapSource? maps = null, ISignatureSource? signatures = null, IProofSource? proofs = null)
    {
        if (given.Length != function.Inputs.Length)
            throw new ArgumentException($"{function.Name} has {function.Inputs.Length} inputs.", nameof(given));
        var inputs = given.ToArray();
        var result = Execute(function, inputs, maps, signatures, proofs);
        return result with { Inputs = [.. inputs] };
    }

    /// <summary>A value of a type that stands where there is none: 0, or the least.</summary>
    internal static Scalar Harmless(IrType type) => type.Kind == ScalarKind.Integer && !type.Interval.Contains(BigInteger.Zero)
        ? Scalar.Of(type.Interval.Low)
        : Scalar.Zero(type.Kind);

    private static RunResult Execute(IrFunction function, Scalar[] inputs, IMapSource? maps, ISignatureSource? signatures, IProofSource? proofs)
    {
        var values = new Scalar[function.Types.Length];
        foreach (var (result, op, mark) in function.Instructions)
        {
            switch (op)
            {
                case IrInputOp { Index: var index }:
                    var input = function.Inputs[index];
                    if (inputs[index].Kind != input.Type.Kind)
                        throw new ArgumentException($"The input {input.Name} is of another kind.", nameof(inputs));
                    if (input.Type.Kind == ScalarKind.Integer && !input.Type.Interval.Contains(inputs[index].Number))
                    {
                        var outside = IrFailure.Of(FailureKind.Range, IrFailure.OutOfRange, $"{input.Name} {input.Format.Print(inputs[index])} does not fit {input.Layout}");
                        return Fail(function, outside, mark, values);
                    }

                    values[result.Id] = inputs[index];
                    break;
                case IrNarrow n:
                    if (!n.Interval.Contains(values[n.Value.Id].Number))
                        return Fail(function, n.Failure, mark, values);
                    values[result.Id] = values[n.Value.Id];
                    break;
                case IrRequire r:
                    if (!values[r.Condition.Id].IsTrue && !(r.Failure.Kind == FailureKind.Authority && signatures is { AreAssumed: true }))
                        return Fail(function, r.Failure, mark, values);
                    break;
                case IrVerify verify:
                    var fault = proofs is null
                        ? "the proof is missing"
                        : proofs.FaultOf(function.Proofs[verify.Proof], values[verify.Arguments.Id].Digest, values[verify.Result.Id].Digest);
                    if (fault is not null)
                        return Fail(function, verify.Failure with { Message = verify.Failure.Message.Add(new($": {fault}")) }, mark, values);
                    break;
                case IrVerifyHistory verify:
                    var wrong = proofs is null
                        ? "the proof is missing"
                        : proofs.FaultOf(function.Proofs[verify.Proof], Constraints.Histories.HistoryClaim.Of([.. verify.Said.Select(part => values[part.Id])]));
                    if (wrong is not null)
                        return Fail(function, verify.Failure with { Message = verify.Failure.Message.Add(new($": {wrong}")) }, mark, values);
                    break;
                case IrAsk ask when maps is not null:
                    Fill(function, function.Accesses[ask.Access], maps.Open(function.Accesses[ask.Access], values[ask.Root.Id].Digest, Read(ask.Key)), inputs);
                    break;
                case IrTell tell when maps is not null:
                    maps.Write(
                        function.Accesses[tell.Access], values[tell.Before.Id].Digest, Read(tell.Key), tell.Value is { } v ? Read(v) : null, values[tell.After.Id].Digest);
                    break;
                case IrAskSignature ask when signatures is not null:
                    var signature = signatures.Sign(function.Signatures[ask.Signature], ask.Signature, values[ask.Key.Id].Digest, values[ask.Message.Id].Digest) ?? Signature.None;
                    signature.Scalars.CopyTo(inputs, function.Signatures[ask.Signature].First);
                    break;
                case IrAsk or IrTell or IrAskSignature:
                    break;
                default:
                    Evaluate(op, result, values);
                    break;
            }
        }

        Scalar[] Read(System.Collections.Immutable.ImmutableArray<IrValue> scalars) => [.. scalars.Select(s => values[s.Id])];

        return new(function, [.. function.Outputs.Select(o => values[o.Value.Id])], [.. function.Publics.Select(p => values[p.Value.Id])]);
    }

    /// <summary>Computes an operation that cannot fail; passes fold constants with it.</summary>
    internal static void Evaluate(IrOp op, IrValue result, Scalar[] values)
    {
        switch (op)
        {
            case IrConstant constant:
                values[result.Id] = constant.Value;
                break;
            case IrBinary b:
                values[result.Id] = Evaluate(b.Kind, values[b.Left.Id], values[b.Right.Id]);
                break;
            case IrDivRem d:
                var (n, divisor) = (values[d.Numerator.Id].Number, values[d.Divisor.Id].Number);
                var quotient = Interval.FloorDivide(n, divisor);
                values[result.Id] = Scalar.Of(quotient);
                values[result.Id + 1] = Scalar.Of(n - (quotient * divisor));
                break;
            case IrNot n1:
                values[result.Id] = Scalar.Of(!values[n1.Value.Id].IsTrue);
                break;
            case IrSelect s:
                values[result.Id] = values[(values[s.Condition.Id].IsTrue ? s.WhenTrue : s.WhenFalse).Id];
                break;
            case IrBytes b:
                Span<byte> bytes = stackalloc byte[IrBytes.MaximumLength];
                for (var i = 0; i < b.Bytes.Length; i++)
                    bytes[i] = (byte)((values[b.Bytes[i].Value.Id].Number >> (8 * b.Bytes[i].Index)) & byte.MaxValue);
                values[result.Id] = Scalar.Of(new BigInteger(bytes[..b.Bytes.Length], isUnsigned: true));
                break;
            case IrByteHash h:
                var message = new byte[h.Length];
                for (var i = 0; i < h.Pieces.Length; i++)
                    ScalarFormat.WriteBytes(values[h.Pieces[i].Id], message.AsSpan(i * IrBytes.MaximumLength, h.LengthOf(i)));
                values[result.Id] = ScalarFormat.OfBytes(h.Kind == ByteHashKind.Sha256 ? SHA256.HashData(message) : Keccak.Hash256(message));
                break;
            case IrHash h:
                values[result.Id] = Scalar.Of(Digests.Of(h.Tag, [.. h.Parts.Select(p => (values[p.Value.Id], p.Layout))]));
                break;
            case IrChains c:
                values[result.Id] = Scalar.Of(SignatureScheme.LeafOf(values[c.Hash.Id].Digest, [.. c.Chains.Select(chain => values[chain.Id].Digest)]));
                break;
            case IrPath p:
                var at = values[p.Index.Id];
                var place = at.Kind == ScalarKind.Digest ? MapShape.FirstBits(at.Digest, p.Siblings.Length) : (UInt128)at.Number;
                values[result.Id] = Scalar.Of(new MapPath(place, [.. p.Siblings.Select(s => values[s.Id].Digest)]).RootOf(values[p.Leaf.Id].Digest));
                break;
            default:
                throw new InvalidOperationException($"compiler bug: no meaning for {op.GetType().Name}");
        }
    }

    // What the map has of the key. A key that is not there gets a value all the same: the path then leads to another root.
    private static void Fill(IrFunction function, IrMapAccess access, MapOpening opening, Scalar[] inputs)
    {
        for (var i = 0; i < access.Values.Length && access.IsOptional; i++)
        {
            var kind = function.Inputs[access.Values[i]].Type.Kind;
            inputs[access.Values[i]] = i == 0 ? Scalar.Of(opening.Exists) : opening.Exists ? opening.Value[i - 1] : Scalar.Zero(kind);
        }

        for (var i = 0; i < access.Values.Length && !access.IsOptional; i++)
            inputs[access.Values[i]] = opening.Value.IsEmpty ? Harmless(function.Inputs[access.Values[i]].Type) : opening.Value[i];
        for (var i = 0; i < access.Siblings.Length; i++)
            inputs[access.Siblings[i]] = Scalar.Of(opening.Siblings[i]);
    }

    private static Scalar Evaluate(IrBinaryKind kind, Scalar left, Scalar right) => kind switch
    {
        IrBinaryKind.Add => Scalar.Of(left.Number + right.Number),
        IrBinaryKind.Subtract => Scalar.Of(left.Number - right.Number),
        IrBinaryKind.Multiply => Scalar.Of(left.Number * right.Number),
        IrBinaryKind.Less => Scalar.Of(left.Number < right.Number),
        IrBinaryKind.Equal => Scalar.Of(left == right),
        IrBinaryKind.And => Scalar.Of(left.IsTrue && right.IsTrue),
        IrBinaryKind.Or => Scalar.Of(left.IsTrue || right.IsTrue),
        _ => throw new InvalidOperationException($"compiler bug: no meaning for {kind}"),
    };

    private static RunResult Fail(IrFunction function, IrFailure failure, int mark, Scalar[] values)
    {
        var message = new StringBuilder();
        foreach (var part in failure.Message)
        {
            message.Append(part.Text);
            if (part.Numerator is not { } numerator)
                continue;
            message.Append(values[numerator.Id] is { Kind: ScalarKind.Integer } integer
                ? part.Format.Print(integer.Number, part.Denominator is { } d ? values[d.Id].Number : BigInteger.One)
                : part.Format.Print(values[numerator.Id]));
        }

        return new(function, new RunFailure(failure, function.Marks[mark], message.ToString()));
    }
}
