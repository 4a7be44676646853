using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// Paths as rows: one a level. A map's first path over a sibling takes it from its input slot and writes its cell, later ones read it, as all paths read the siblings that a program names. All paths of one index go
/// through the same positions, which start with pieces of the index: a limb of a number is one of 16 levels, an element of a digest one of 24, and each
/// piece must end with position 0, so that it has no more bits than its levels read.
/// </summary>
internal sealed class PathEmitter(CircuitBuilder builder, SpongeEmitter sponge)
{
    private readonly Dictionary<int, int> slots = [];
    private readonly Dictionary<int, Cell> siblings = [];
    private readonly Dictionary<(int Index, int Depth), Positions> positions = [];
    private readonly List<int> freeCells = [];

    /// <summary>Addresses of the siblings' cells, which whoever proves may choose.</summary>
    public IReadOnlyList<int> FreeCells => freeCells;

    /// <summary>A sibling is the input of a slot.</summary>
    public void Declare(IrValue sibling, int slot) => slots.Add(sibling.Id, slot);

    /// <summary>The block with the root.</summary>
    public Cell Emit(IrPath path, Cell leaf, Wire index, Func<IrValue, Cell> digest)
    {
        var key = (path.Index.Id, path.Siblings.Length);
        if (!positions.TryGetValue(key, out var at))
            positions.Add(key, at = Start(index, path.Layout, path.Siblings.Length));
        var node = leaf;
        for (var level = 0; level < path.Siblings.Length; level++)
        {
            var from = level % at.Levels == 0 ? at.Pieces[level / at.Levels] : at.Next[level - 1]!.Value;
            var isLast = level == path.Siblings.Length - 1 || (level + 1) % at.Levels == 0;
            var next = at.Next[level] ?? (isLast ? builder.Zero : (Cell?)null);
            var sibling = path.Siblings[level].Id;
            if (!slots.ContainsKey(sibling)) // computed, or an argument
            {
                (node, at.Next[level]) = builder.MerkleStepBeside(node, from, digest(path.Siblings[level]), next);
                continue;
            }

            if (siblings.TryGetValue(sibling, out var cell))
            {
                node = builder.MerkleStep(node, from, next ?? throw new InvalidOperationException("compiler bug: a sibling of another index"), cell);
                continue;
            }

            (node, var after, cell) = builder.MerkleStep(node, from, slots[sibling], next);
            at.Next[level] = after;
            siblings.Add(sibling, cell);
            freeCells.Add(cell.Address);
        }

        return node;
    }

    private Positions Start(Wire index, ScalarLayout layout, int depth)
    {
        var levels = index.Kind == ScalarKind.Digest ? MapShape.BitsOfElement : ScalarLayout.LimbBits;
        var pieces = (depth + levels - 1) / levels;
        return new(
            levels,
            index.Kind == ScalarKind.Digest
                ? [.. builder.Spread(index.Digest).Take(pieces).Select((element, i) => LowBits(element, Math.Min(levels, depth - (levels * i))))]
                : [.. builder.Unpack(sponge.Limbs(index, layout)).Take(pieces)],
            new Cell?[depth]);
    }

    // An element less the bits from 'count' on, which its canonical decomposition tells, two in a row.
    private Cell LowBits(Cell element, int count)
    {
        var bits = builder.Bits(element, BitsChip.Count);
        for (var i = count; i < BitsChip.Count; i += 2)
        {
            var (first, second) = (-KoalaBear.FromCanonical(1u << i), i + 1 < BitsChip.Count ? -KoalaBear.FromCanonical(2u << i) : KoalaBear.Zero);
            element = builder.Arithmetic(
                new(KoalaBear.Zero, first, second, KoalaBear.One, KoalaBear.Zero), bits[i], bits[Math.Min(i + 1, BitsChip.Count - 1)], element);
        }

        return element;
    }

    // Levels: how many a piece has. Next[i]: the position after level i, once a path has gone there.
    private sealed record Positions(int Levels, ImmutableArray<Cell> Pieces, Cell?[] Next);
}
