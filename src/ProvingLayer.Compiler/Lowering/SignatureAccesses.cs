using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>The signatures of one function: inputs that are asked for, and the key that each leads to.</summary>
internal sealed class SignatureAccesses(IrBuilder builder)
{
    private readonly List<IrSignature> signatures = [];
    private readonly List<IrOutput> outputs = [];
    private readonly Dictionary<string, IrValue> ofData = [];

    /// <summary>The signatures, in order.</summary>
    public ImmutableArray<IrSignature> All => [.. signatures];

    /// <summary>Which key has to sign what, as outputs: <c>by[0].key</c>, <c>by[0].message</c>, <c>data[0].key</c>.</summary>
    public IReadOnlyList<IrOutput> Outputs => outputs;

    /// <summary>The key that has signed a step.</summary>
    /// <param name="index">The party's place after <c>by</c>.</param>
    /// <param name="key">Who has to sign.</param>
    /// <param name="message">What.</param>
    public IrValue SignerOfStep(int index, IrValue key, IrValue message) => SignerOf("by", index, key, message, isData: false);

    /// <summary>Whether a key has signed data. Of the same data and key, one signature is enough.</summary>
    /// <param name="key">Who has to sign.</param>
    /// <param name="parts">The data: its type's digest and its scalars.</param>
    public IrValue IsSigned(IrValue key, ImmutableArray<IrPart> parts)
    {
        var id = $"{key}: {string.Join(", ", parts.Select(p => p.Value))}"; // of equal digests of types the layouts are equal too
        if (!ofData.TryGetValue(id, out var isSigned))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"data[{ofData.Count}].isSigned");
            ofData.Add(id, isSigned = builder.Equal(SignerOf("data", ofData.Count, key, builder.Hash(DomainTag.SignedData, [.. parts]), isData: true), key));
            outputs.Add(new(name, IrOutputRole.Authority, isSigned, ScalarLayout.Boolean, ScalarFormat.Boolean));
        }

        return isSigned;
    }

    /// <summary>Asks for a signature and computes the key it is of: the one asked, if that has signed the message.</summary>
    /// <param name="list">The list of signatures it belongs to: its inputs are <c>list[i].randomizer</c> and so on.</param>
    /// <param name="index">Its place in that list.</param>
    /// <param name="key">Who has to sign.</param>
    /// <param name="message">What.</param>
    /// <param name="isData">Whether it is of data, and not of the step.</param>
    private IrValue SignerOf(string list, int index, IrValue key, IrValue message, bool isData)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
        outputs.Add(new($"{name}.key", IrOutputRole.Authority, key, ScalarLayout.Digest, ScalarFormat.Digest));
        outputs.Add(new($"{name}.message", IrOutputRole.Authority, message, ScalarLayout.Digest, ScalarFormat.Digest));
        builder.Write(new IrAskSignature(signatures.Count, key, message));
        signatures.Add(new(name, builder.InputCount) { IsOfData = isData });
        var scalars = ImmutableArray.CreateBuilder<IrValue>(Signature.Count);
        for (var i = 0; i < Signature.Count; i++)
        {
            var role = i < Signature.Count - SignatureScheme.Height ? IrInputRole.Signature : IrInputRole.SignatureSibling;
            var (type, layout, format) = i == 1
                ? (IrType.Integer(Interval.Unsigned(SignatureScheme.Height)), SignatureScheme.IndexLayout, ScalarFormat.Integer)
                : (IrType.Digest, ScalarLayout.Digest, ScalarFormat.Digest);
            scalars.Add(builder.Input(new($"{name}.{Signature.Names[i]}", role, type, layout, format)));
        }

        var all = scalars.MoveToImmutable();
        var (randomizer, at, chains, path) = (all[0], all[1], all.Slice(2, SignatureScheme.Chains), all[^SignatureScheme.Height..]);
        var hash = builder.Hash(
            DomainTag.SignatureMessage,
            new(randomizer, ScalarLayout.Digest),
            new(key, ScalarLayout.Digest),
            new(message, ScalarLayout.Digest),
            new(at, SignatureScheme.IndexLayout));
        var leaf = builder.Write(new IrChains(hash, chains)).First;
        return builder.Write(new IrPath(leaf, at, SignatureScheme.IndexLayout, path)).First;
    }
}
