using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Emit;

/// <summary>Core IR and circuit → ABI: the same inputs, publics and outputs, with their slots.</summary>
internal static class AbiBuilder
{
    /// <summary>The ABI of one entry point, whose inputs begin at the given slots of the circuit.</summary>
    public static AbiFunction Build(IrFunction function, Circuit circuit, ImmutableArray<int> slots, MapSteps maps, ImmutableArray<AbiInnerProof> proofs) => new(
        function.Name,
        [.. function.Inputs.Zip(slots, (input, slot) => new AbiInput(input.Name, Role(input.Role), Type(input), slot, AbiCells.SlotCount(Type(input))))],
        [.. function.Publics.Select(p => new AbiPublic(p.Name, Type(function, p)))],
        [.. Digests(function)],
        [.. function.Outputs.Concat(maps.Outputs).Zip(circuit.Outputs, (output, cells) => new AbiOutput(
            output.Name,
            Role(output.Role),
            new(function.TypeOf(output.Value).Interval, output.Layout, output.Format),
            output.Layout.Kind == ScalarKind.Integer && cells.Cells[^1].Type == CellType.Value))],
        [.. function.Receipts.Select(r => new AbiReceipt(r.Asset, r.Decimals, Direction(r.Direction)))],
        [.. function.Events.Select(e => new AbiEvent(e.Name, e.Tag, e.Fields))])
    {
        MapSteps = maps.Steps,
        InnerProofs = proofs,
    };

    public static AbiScalar Type(IrInput input) => new(input.Type.Interval, input.Layout, input.Format);

    // A public field has no format of its own: an input that is passed on keeps its own, a digest and a number have theirs.
    private static AbiScalar Type(IrFunction function, IrPublic field)
    {
        var interval = function.TypeOf(field.Value).Interval;
        foreach (var instruction in function.Instructions)
        {
            if (instruction.Result == field.Value && instruction.Op is IrInputOp { Index: var index })
            {
                return new(interval, field.Layout, function.Inputs[index].Format);
            }
        }

        return new(interval, field.Layout, field.Layout.Kind switch
        {
            ScalarKind.Digest => ScalarFormat.Digest,
            ScalarKind.Boolean => ScalarFormat.Boolean,
            _ => ScalarFormat.Integer,
        });
    }

    // The digests that can be opened, part by part as lowering hashes them; those of records cannot, and stay closed.
    private static IEnumerable<AbiDigest> Digests(IrFunction function)
    {
        foreach (var field in function.Publics)
        {
            switch (field.Name)
            {
                case "argumentsDigest":
                    yield return new(field.Name, DomainTag.Arguments,
                        [.. function.Inputs.Where(i => i.Role == IrInputRole.PublicArgument).Select(i => new AbiDigestPart(i.Name, i.Layout, null))]);
                    break;
                case "flowsDigest":
                    yield return new(field.Name, DomainTag.Flows, [.. FlowParts(function.Receipts)]);
                    break;
                case "eventsDigest":
                    yield return new(field.Name, DomainTag.Events, [.. EventParts(function)]);
                    break;
                case "resultDigest":
                    yield return new(field.Name, DomainTag.Result,
                        [.. function.Outputs.Where(o => o.Role == IrOutputRole.Result).Select(o => new AbiDigestPart(o.Name, o.Layout, null))]);
                    break;
            }
        }
    }

    private static IEnumerable<AbiDigestPart> FlowParts(ImmutableArray<IrReceiptSlot> receipts)
    {
        for (var i = 0; i < receipts.Length; i++)
        {
            yield return new(Path("receipts", i, "taken"), ScalarLayout.Tag, Scalar.Of((int)receipts[i].Direction));
        }

        for (var i = 0; i < receipts.Length; i++)
        {
            yield return new(Path("receipts", i, "taken"), ScalarLayout.Digest, Scalar.Of(Constraints.Encoding.Digests.OfName(receipts[i].Asset)));
            yield return new(Path("receipts", i, "party"), ScalarLayout.Digest, null);
            yield return new(Path("receipts", i, "amount"), ScalarLayout.Quantity, null);
        }
    }

    private static IEnumerable<AbiDigestPart> EventParts(IrFunction function)
    {
        var layouts = function.Outputs.ToDictionary(o => o.Name, o => o.Layout, StringComparer.Ordinal);
        for (var i = 0; i < function.Events.Length; i++)
        {
            yield return new(Path("events", i, "taken"), ScalarLayout.Tag, Scalar.Of(function.Events[i].Tag));
            foreach (var name in function.Events[i].Fields)
            {
                var path = Path("events", i, name);
                yield return new(path, layouts[path], null);
            }
        }
    }

    private static string Path(string list, int index, string name) => string.Create(CultureInfo.InvariantCulture, $"{list}.{index}.{name}");

    private static AbiInputRole Role(IrInputRole role) => role switch
    {
        IrInputRole.Program => AbiInputRole.Program,
        IrInputRole.NotBefore => AbiInputRole.NotBefore,
        IrInputRole.NotAfter => AbiInputRole.NotAfter,
        IrInputRole.Record => AbiInputRole.Record,
        IrInputRole.Salt => AbiInputRole.Salt,
        IrInputRole.PrivateArgument => AbiInputRole.PrivateArgument,
        IrInputRole.PublicArgument => AbiInputRole.PublicArgument,
        IrInputRole.MapValue => AbiInputRole.MapValue,
        IrInputRole.MapSibling => AbiInputRole.MapSibling,
        IrInputRole.InnerStatement => AbiInputRole.InnerStatement,
        IrInputRole.Signature or IrInputRole.SignatureSibling => AbiInputRole.Signature,
        _ => throw new InvalidOperationException($"compiler bug: no role {role}"),
    };

    private static AbiOutputRole Role(IrOutputRole role) => role switch
    {
        IrOutputRole.Record => AbiOutputRole.Record,
        IrOutputRole.Receipt => AbiOutputRole.Receipt,
        IrOutputRole.Event => AbiOutputRole.Event,
        IrOutputRole.Result => AbiOutputRole.Result,
        IrOutputRole.Map => AbiOutputRole.Map,
        IrOutputRole.Authority => AbiOutputRole.Authority,
        _ => throw new InvalidOperationException($"compiler bug: no role {role}"),
    };

    private static AbiDirection Direction(ReceiptDirection direction) => direction switch
    {
        ReceiptDirection.None => AbiDirection.None,
        ReceiptDirection.In => AbiDirection.In,
        ReceiptDirection.Out => AbiDirection.Out,
        ReceiptDirection.Mint => AbiDirection.Mint,
        ReceiptDirection.Burn => AbiDirection.Burn,
        _ => throw new InvalidOperationException($"compiler bug: no direction {direction}"),
    };
}
