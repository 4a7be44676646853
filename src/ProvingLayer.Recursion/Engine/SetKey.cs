using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Recursion.Engine;

/// <summary>
/// The key of a proof of a key set that a circuit verifies: shown, not known. Its digest is computed from its commitment and stands with its role in the tree under vkRoot. The roles that are
/// taken: wrap and set, or link and chain. So no program's key, no key of another set and no seal's stands for an aggregate's.
/// </summary>
internal static class SetKey
{
    /// <summary>Writes the instructions.</summary>
    /// <param name="rows">Where.</param>
    /// <param name="template">A key of the shape.</param>
    /// <param name="vkRoot">The root of the set's tree, a block.</param>
    /// <param name="isChain">Whether it is a chain's.</param>
    /// <param name="slot">The first input slot; then the next that is free.</param>
    public static ChildKey Shown(WireRows rows, VerifyingKey template, Cell vkRoot, bool isChain, ref int slot)
    {
        var builder = rows.Builder;
        var key = ChildKey.Shown(rows, template, builder.Input(CellType.Block, slot++));
        var (leaf, aggregate) = KeySet.RolesOf(isChain);
        var isAggregate = builder.Input(CellType.Value, slot++);
        builder.AssertBoolean(isAggregate, "the child is a leaf or an aggregate");
        var role = Wire.Scale(rows.WireOf(isAggregate), KeySet.Number(aggregate) - KeySet.Number(leaf)) + Wire.FromBase(KeySet.Number(leaf));
        var node = KeySet.LeafOf(rows, role, key.Digest, new(rows, builder.Input(CellType.Block, slot++)));
        var position = builder.Input(CellType.Value, slot++);
        for (var level = 0; level < KeySet.Depth; level++)
        {
            var isLast = level == KeySet.Depth - 1;
            (node, position, _) = builder.MerkleStep(node, position, slot++, isLast ? builder.Zero : null, isLast ? vkRoot : null, "the child's key is of the set");
        }

        return key;
    }

    /// <summary>The inputs for a member's key.</summary>
    public static IEnumerable<CellValue> InputsOf(KeySet set, KeySetMember member, bool isChain) =>
    [
        CellValue.Block(member.PreprocessedRoot),
        CellValue.Boolean(member.Role == KeySet.RolesOf(isChain).Aggregate),
        CellValue.Block(set.LeafDigestOf(member)),
        CellValue.Value(KoalaBear.FromCanonical((uint)set.IndexOf(member))),
        .. set.PathOf(member).Select(CellValue.Block),
    ];
}
