using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>Receipts and events: their digests and outputs.</summary>
internal static class Slots
{
    /// <summary>The digest of the receipts: the directions of all slots, then asset, party and amount of each; zeros where not taken.</summary>
    public static IrValue Flows(IrBuilder builder, IReadOnlyList<Receipt> receipts, List<IrOutput> outputs)
    {
        var zero = builder.Constant(0);
        var none = builder.Constant(default(Algebra.Digest));
        var parts = receipts
            .Select(r => new IrPart(builder.Select(r.Taken, builder.Constant((int)r.Slot.Direction), zero), ScalarLayout.Tag))
            .ToList();
        for (var i = 0; i < receipts.Count; i++)
        {
            var (slot, taken, party, amount) = receipts[i];
            var asset = builder.Select(taken, builder.Constant(Digests.OfName(slot.Asset)), none);
            parts.Add(new(asset, ScalarLayout.Digest));
            parts.Add(new(party, ScalarLayout.Digest));
            parts.Add(new(amount, ScalarLayout.Quantity));
            var path = string.Create(CultureInfo.InvariantCulture, $"receipts.{i}");
            var unit = slot.Asset[(slot.Asset.LastIndexOf('.') + 1)..];
            outputs.Add(new($"{path}.taken", IrOutputRole.Receipt, taken, ScalarLayout.Boolean, ScalarFormat.Boolean));
            outputs.Add(new($"{path}.party", IrOutputRole.Receipt, party, ScalarLayout.Digest, ScalarFormat.Digest));
            outputs.Add(new($"{path}.amount", IrOutputRole.Receipt, amount, ScalarLayout.Quantity, new(FormatKind.Number, slot.Decimals, unit)));
        }

        return builder.Hash(DomainTag.Flows, [.. parts]);
    }

    /// <summary>The digest of the events: of each slot its tag and its fields; zeros where not taken.</summary>
    public static IrValue Events(IrBuilder builder, IReadOnlyList<EventSymbol> byTag, IReadOnlyList<Emission> events, List<IrOutput> outputs)
    {
        var parts = new List<IrPart>();
        for (var i = 0; i < events.Count; i++)
        {
            var (symbol, taken, fields) = events[i];
            parts.Add(new(builder.Select(taken, builder.Constant(TagOf(byTag, symbol)), builder.Constant(0)), ScalarLayout.Tag));
            var path = string.Create(CultureInfo.InvariantCulture, $"events.{i}");
            outputs.Add(new($"{path}.taken", IrOutputRole.Event, taken, ScalarLayout.Boolean, ScalarFormat.Boolean));
            foreach (var (leaf, value) in fields)
            {
                parts.Add(new(value, leaf.Layout));
                outputs.Add(new($"{path}.{leaf.Path}", IrOutputRole.Event, value, leaf.Layout, leaf.Format));
            }
        }

        return builder.Hash(DomainTag.Events, [.. parts]);
    }

    /// <summary>What the text fixes of the event slots.</summary>
    public static ImmutableArray<IrEventSlot> EventSlots(IReadOnlyList<EventSymbol> byTag, IReadOnlyList<Emission> events) =>
        [.. events.Select(e => new IrEventSlot(e.Event.Name, TagOf(byTag, e.Event), [.. e.Fields.Select(f => f.Leaf.Path)]))];

    private static int TagOf(IReadOnlyList<EventSymbol> byTag, EventSymbol symbol) => 1 + byTag.TakeWhile(e => e != symbol).Count();
}
