using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Recursion;

/// <summary>That a leaf's statement is in an aggregate: its place, and what its statement is compressed with on the way to the root.</summary>
/// <param name="Index">The leaf's place.</param>
/// <param name="Count">Leaves of the aggregate.</param>
/// <param name="Siblings">From the leaf's up.</param>
public sealed record InclusionPath(int Index, int Count, ImmutableArray<Digest> Siblings);

/// <summary>
/// The tree of leaf statements. Of n &gt; 1 leaves the left part has the greatest power of two below n: the tree's form follows from the number of leaves, its content from their order,
/// whenever each came.
/// </summary>
public static class StatementTree
{
    /// <summary>Leaves of the left part of a tree of at least two leaves.</summary>
    public static int LeftOf(int count) => 1 << int.Log2(count - 1);

    /// <summary>Makes a tree of this form from the leaves up, the left part before the right one; null where a part is null.</summary>
    /// <typeparam name="T">What a part is.</typeparam>
    /// <param name="count">Leaves, at least one.</param>
    /// <param name="find">A part that is there already, by its first leaf and their number; null if it has to be made.</param>
    /// <param name="make">Makes a part by its first leaf and their number: of its two parts, which are null for a leaf.</param>
    public static T? Build<T>(int count, Func<int, int, T?> find, Func<int, int, T?, T?, T?> make)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        ArgumentNullException.ThrowIfNull(make);
        return Part(0, count);

        T? Part(int first, int leaves)
        {
            if (find(first, leaves) is { } there)
                return there;
            if (leaves == 1)
                return make(first, 1, null, null);
            var left = LeftOf(leaves);
            return Part(first, left) is { } one && Part(first + left, leaves - left) is { } other ? make(first, leaves, one, other) : null;
        }
    }

    /// <summary>The root over leaf statements, in order; at least one.</summary>
    /// <param name="suiteId">The hash suite.</param>
    /// <param name="leaves">The statements.</param>
    public static Digest RootOf(uint suiteId, ReadOnlySpan<Digest> leaves) => leaves.Length == 1
        ? leaves[0]
        : HashSuites.Get(suiteId).Compress(RootOf(suiteId, leaves[..LeftOf(leaves.Length)]), RootOf(suiteId, leaves[LeftOf(leaves.Length)..]));

    /// <summary>The path of one of the leaves.</summary>
    /// <param name="suiteId">The hash suite.</param>
    /// <param name="leaves">The statements.</param>
    /// <param name="index">Which of them.</param>
    public static InclusionPath PathOf(uint suiteId, ReadOnlySpan<Digest> leaves, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)leaves.Length, nameof(index));
        var (place, count) = (index, leaves.Length);
        var siblings = new Stack<Digest>();
        while (leaves.Length > 1)
        {
            var left = leaves[..LeftOf(leaves.Length)];
            var right = leaves[left.Length..];
            var isLeft = index < left.Length;
            siblings.Push(RootOf(suiteId, isLeft ? right : left));
            index -= isLeft ? 0 : left.Length;
            leaves = isLeft ? left : right;
        }

        return new(place, count, [.. siblings]);
    }

    /// <summary>The root that a leaf and its path lead to; null if the path has not the length of its place.</summary>
    /// <param name="suiteId">The hash suite.</param>
    /// <param name="leaf">The leaf's statement.</param>
    /// <param name="path">Its path.</param>
    public static Digest? RootOf(uint suiteId, Digest leaf, InclusionPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Count < 1 || path.Index < 0 || path.Index >= path.Count)
            return null;
        var turns = new Stack<bool>(); // whether the leaf is in the left part, from the root down
        for (var (index, count) = (path.Index, path.Count); count > 1;)
        {
            var left = LeftOf(count);
            turns.Push(index < left);
            (index, count) = index < left ? (index, left) : (index - left, count - left);
        }

        if (turns.Count != path.Siblings.Length)
            return null;
        var suite = HashSuites.Get(suiteId);
        foreach (var sibling in path.Siblings)
            leaf = turns.Pop() ? suite.Compress(leaf, sibling) : suite.Compress(sibling, leaf);
        return leaf;
    }
}
