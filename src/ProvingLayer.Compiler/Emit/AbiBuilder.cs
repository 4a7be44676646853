using System.Collections.Immutable;
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
    public static AbiFunction Build(IrFunction function, Circuit circuit, ImmutableArray<int> slots) => new(
        function.Name,
        [.. function.Inputs.Zip(slots, (input, slot) => new AbiInput(input.Name, Role(input.Role), Type(input), slot, AbiCells.SlotCount(Type(input))))],
        [.. function.Publics.Select(p => new AbiPublic(p.Name, Type(function, p)))],
        [.. Digests(function)],
        [.. function.Outputs.Zip(circuit.Outputs, (output, cells) => new AbiOutput(
            output.Name,
            Role(output.Role),
            new(function.TypeOf(output.Value).Interval, output.Layout, output.Format),
            output.Layout.Kind == ScalarKind.Integer && cells.Cells[^1].Type == CellType.Value))],
        [.. function.Receipts.Select(r => new AbiReceipt(r.Asset, r.Decimals, Direction(r.Direction)))],
        [.. function.Events.Select(e => new AbiEvent(e.Name, e.Tag, e.Fields))]);

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

    private static IEnumerable<AbiDigest> Digests(IrFunction function)
    {
        var definitions = function.Instructions.Where(i => i.Op.ResultCount == 1).ToDictionary(i => i.Result, i => i.Op);
        var names = new Dictionary<IrValue, string>();
        foreach (var (value, op) in definitions.OrderBy(d => d.Key.Id))
        {
            if (op is IrInputOp { Index: var index })
            {
                names.TryAdd(value, function.Inputs[index].Name);
            }
        }

        foreach (var output in function.Outputs)
        {
            names.TryAdd(output.Value, output.Name);
        }

        foreach (var field in function.Publics)
        {
            if (definitions.TryGetValue(field.Value, out var op) && op is IrHash hash
                && hash.Parts.All(p => names.ContainsKey(p.Value) || definitions.GetValueOrDefault(p.Value) is IrConstant))
            {
                yield return new(field.Name, hash.Tag, [.. hash.Parts.Select(p =>
                    definitions.GetValueOrDefault(p.Value) is IrConstant { Value: var constant }
                        ? new AbiDigestPart("", p.Layout, constant)
                        : new AbiDigestPart(names[p.Value], p.Layout, null))]);
            }
        }
    }

    private static AbiInputRole Role(IrInputRole role) => role switch
    {
        IrInputRole.Program => AbiInputRole.Program,
        IrInputRole.NotBefore => AbiInputRole.NotBefore,
        IrInputRole.NotAfter => AbiInputRole.NotAfter,
        IrInputRole.Record => AbiInputRole.Record,
        IrInputRole.Salt => AbiInputRole.Salt,
        IrInputRole.PrivateArgument => AbiInputRole.PrivateArgument,
        IrInputRole.PublicArgument => AbiInputRole.PublicArgument,
        _ => throw new InvalidOperationException($"compiler bug: no role {role}"),
    };

    private static AbiOutputRole Role(IrOutputRole role) => role switch
    {
        IrOutputRole.Record => AbiOutputRole.Record,
        IrOutputRole.Receipt => AbiOutputRole.Receipt,
        IrOutputRole.Event => AbiOutputRole.Event,
        IrOutputRole.Result => AbiOutputRole.Result,
        _ => throw new InvalidOperationException($"compiler bug: no role {role}"),
    };

    private static AbiDirection Direction(ReceiptDirection direction) => direction switch
    {
        ReceiptDirection.None => AbiDirection.None,
        ReceiptDirection.In => AbiDirection.In,
        ReceiptDirection.Out => AbiDirection.Out,
        _ => throw new InvalidOperationException($"compiler bug: no direction {direction}"),
    };
}
