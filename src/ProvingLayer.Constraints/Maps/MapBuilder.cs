using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Maps;

/// <summary>Builds a map from all its entries at once: level by level from the leaves, the nodes of a level hashed sixteen at a time on all cores.</summary>
internal static class MapBuilder
{
    private const long OperationsPerLeaf = 1 << 10;

    public static SparseMerkleMap Build(MapShape shape, MapEntry[] entries)
    {
        if (entries.Length == 0)
            return SparseMerkleMap.Empty(shape);
        Array.Sort(entries, (a, b) => a.Index.CompareTo(b.Index));
        for (var i = 1; i < entries.Length; i++)
        {
            if (entries[i].Index == entries[i - 1].Index)
                throw new ArgumentException("Two entries have one index.", nameof(entries));
        }

        // At each height, for every subtree that is not empty: its digest, and the node that its chain leads down to.
        var chains = Array.ConvertAll(entries, e => new Chain(e, null, null, 0));
        var digests = new Digest[entries.Length];
        WorkPartition.ForRanges(entries.Length, OperationsPerLeaf, (start, end) =>
        {
            for (var i = start; i < end; i++)
                digests[i] = MapShape.LeafOf(entries[i]);
        });
        var pairs = new Digest[2 * entries.Length];
        var count = entries.Length;
        for (var height = 0; height < shape.Depth; height++)
        {
            var empty = EmptySubtrees.Of(height);
            var parents = 0;
            for (var i = 0; i < count; i++)
            {
                var chain = chains[i];
                if (i + 1 < count && MapNode.MeetingOf(chain.Entry.Index, chains[i + 1].Entry.Index) == height + 1)
                {
                    (pairs[2 * parents], pairs[(2 * parents) + 1]) = (digests[i], digests[i + 1]);
                    chain = new(chain.Entry, chain.Ending(digests[i]), chains[i + 1].Ending(digests[i + 1]), height + 1);
                    i++;
                }
                else if (MapNode.IsRight(chain.Entry.Index, height))
                {
                    (pairs[2 * parents], pairs[(2 * parents) + 1]) = (empty, digests[i]);
                }
                else
                {
                    (pairs[2 * parents], pairs[(2 * parents) + 1]) = (digests[i], empty);
                }

                chains[parents++] = chain;
            }

            count = parents;
            SpongeLanes<Poseidon2>.CompressPairs(pairs.AsMemory(0, 2 * count), digests.AsMemory(0, count));
        }

        return new(shape, chains[0].Ending(digests[0]), entries.Length);
    }

    // The first entry below it; of a branch, its children.
    private readonly record struct Chain(MapEntry Entry, MapNode? Left, MapNode? Right, int Height)
    {
        public MapNode Ending(in Digest top) => Left is null ? new MapLeaf(Entry, top) : new MapBranch(Left, Right!, Height, top);
    }
}
