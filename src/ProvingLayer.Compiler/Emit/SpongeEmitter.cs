using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// The variable-length sponge as rows: <see cref="BlockPacking"/> decides where limbs stand, pack rows put them there, one permutation
/// absorbs each block. What <see cref="Digests.Of"/> computes, limb for limb.
/// </summary>
internal sealed class SpongeEmitter(CircuitBuilder builder, WideArithmetic arithmetic)
{
    private readonly Dictionary<(Wire, int), ImmutableArray<Cell>> limbs = [];

    /// <summary>The block cell with the digest of the parts.</summary>
    public Cell Hash(DomainTag tag, IReadOnlyList<(Wire Wire, ScalarLayout Layout)> parts)
    {
        Span<KoalaBear> initial = stackalloc KoalaBear[BlockPacking.BlockLength];
        initial.Clear();
        initial[^1] = KoalaBear.FromCanonical((uint)tag); // state[15], the last element of the capacity
        var capacity = builder.ConstantBlock(initial);
        var digest = default(Cell);
        foreach (var block in Blocks(parts))
        {
            (digest, capacity) = builder.Permute(block, capacity);
        }

        return digest;
    }

    /// <summary>A word cell with the scalar's limbs, the rest zero; a digest's block as it is.</summary>
    public Cell Limbs(Wire wire, ScalarLayout layout) => Words(wire, layout) is [var only]
        ? only
        : throw new InvalidOperationException($"compiler bug: {layout} in one word");

    // Of an integer of more than 128 bits two words, the low one first.
    private ImmutableArray<Cell> Words(Wire wire, ScalarLayout layout)
    {
        if (wire.Kind == ScalarKind.Digest)
        {
            return [wire.Digest];
        }

        // A field that one step leaves as it is stands in the record before and after.
        if (!limbs.TryGetValue((wire, layout.Limbs), out var cell))
        {
            cell = wire.Kind == ScalarKind.Boolean
                ? [builder.ToWord(wire.Boolean)]
                : arithmetic.ToWords(wire.Integer, layout.Limbs * ScalarLayout.LimbBits);
            limbs.Add((wire, layout.Limbs), cell);
        }

        return cell;
    }

    private List<Cell> Blocks(IReadOnlyList<(Wire Wire, ScalarLayout Layout)> parts)
    {
        var packing = BlockPacking.Of(parts.Select(p => p.Layout));
        var blocks = new List<Cell>();
        Cell? current = null; // the block being filled
        for (var i = 0; i < parts.Count; i++)
        {
            var position = packing.Offsets[i] % BlockPacking.BlockLength;
            if (position == 0 && current is { } full)
            {
                blocks.Add(full);
                current = null;
            }

            var words = Words(parts[i].Wire, parts[i].Layout);
            if (words.Length > 1)
            {
                blocks.AddRange(words[..^1]); // it begins a block of its own
            }

            current = current is { } low ? builder.Pack(low, words[0], position) : words[^1];
        }

        // The padding: a 1 behind the last limb and zeros to the end of its block, or a block of its own.
        var end = packing.Length % BlockPacking.BlockLength;
        var one = builder.ConstantWord(UInt128.One);
        if (current is { } last)
        {
            blocks.Add(end == 0 ? last : builder.Pack(last, one, end));
        }

        if (end == 0)
        {
            blocks.Add(one);
        }

        return blocks;
    }
}
