using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Recursion;

/// <summary>
/// What a proof of a key set says: that proofs exist of all leaves of a tree of statements, under keys of the set; of a chain besides that the leaves are histories of which each goes
/// on where the one before it ended.
/// </summary>
/// <param name="VkRoot">The root of the key set.</param>
/// <param name="Root">The root of the tree of leaf statements.</param>
/// <param name="History">Of a chain: the carry before its first step, the carry after its last, the number of steps.</param>
public sealed record AggregateStatement(Digest VkRoot, Digest Root, HistoryBoundary? History = null)
{
    /// <summary>The digest: the public values of the proof.</summary>
    /// <param name="suiteId">The key set's hash suite.</param>
    public Digest ToDigest(uint suiteId)
    {
        KoalaBear[] elements = [.. VkRoot.AsSpan(), .. Root.AsSpan()];
        return History is { } history
            ? HashSuites.Get(suiteId).Hash((uint)DomainTag.AggregateChain, [.. elements, .. history.ToPublicValues()])
            : HashSuites.Get(suiteId).Hash((uint)DomainTag.AggregateSet, elements);
    }
}

/// <summary>A statement as cells of a circuit.</summary>
/// <param name="VkRoot">A block.</param>
/// <param name="Root">A block.</param>
/// <param name="History">Of a chain: two blocks and a base element.</param>
internal sealed record StatementCells(Cell VkRoot, Cell Root, (Cell From, Cell To, Wire Steps)? History)
{
    public Cell Digest(WireRows rows)
    {
        Limb[] limbs = [.. Limbs(VkRoot), .. Limbs(Root)];
        return History is { } history
            ? CircuitSponge.Hash(rows, (uint)DomainTag.AggregateChain, [.. limbs, .. Limbs(history.From), .. Limbs(history.To), Limb.Of(rows, history.Steps)])
            : CircuitSponge.Hash(rows, (uint)DomainTag.AggregateSet, limbs);

        IEnumerable<Limb> Limbs(Cell block)
        {
            var half = new HalfState(rows, block);
            return Enumerable.Range(0, Cells.Limbs).Select(i => new Limb(half, i));
        }
    }
}
