namespace ProvingLayer.Constraints.Maps;

/// <summary>A leaf that two maps do not have in common.</summary>
/// <param name="Index">The leaf's index.</param>
/// <param name="After">What stands in it in the later map; nothing if it is empty there.</param>
public readonly record struct MapChange(UInt128 Index, MapEntry? After);

/// <summary>What has changed from one map to another. Subtrees that both share are not entered, so that a step costs its own paths only.</summary>
internal static class MapDifference
{
    public static void Collect(MapNode? before, MapNode? after, List<MapChange> changes)
    {
        if (ReferenceEquals(before, after))
            return;
        if (before is null || after is null)
        {
            All(before, false, changes);
            All(after, true, changes);
            return;
        }

        var meeting = MapNode.MeetingOf(before.Index, after.Index);
        if (before is MapBranch b && after is MapBranch a && b.Height == a.Height && meeting <= b.Height)
        {
            Collect(b.Left, a.Left, changes);
            Collect(b.Right, a.Right, changes);
        }
        else if (before is MapBranch wide && wide.Height > after.Height && meeting <= wide.Height)
        {
            var right = MapNode.IsRight(after.Index, wide.Height - 1);
            Collect(wide.Left, right ? null : after, changes);
            Collect(wide.Right, right ? after : null, changes);
        }
        else if (after is MapBranch grown && grown.Height > before.Height && meeting <= grown.Height)
        {
            var right = MapNode.IsRight(before.Index, grown.Height - 1);
            Collect(right ? null : before, grown.Left, changes);
            Collect(right ? before : null, grown.Right, changes);
        }
        else if (before is MapLeaf old && after is MapLeaf now && meeting == 0)
        {
            if (!old.Entry.Elements.SequenceEqual(now.Entry.Elements))
                changes.Add(new(now.Index, now.Entry));
        }
        else
        {
            All(before, false, changes);
            All(after, true, changes);
        }
    }

    private static void All(MapNode? node, bool present, List<MapChange> changes)
    {
        if (node is MapBranch branch)
        {
            All(branch.Left, present, changes);
            All(branch.Right, present, changes);
        }
        else if (node is MapLeaf leaf)
        {
            changes.Add(new(leaf.Index, present ? leaf.Entry : null));
        }
    }
}
