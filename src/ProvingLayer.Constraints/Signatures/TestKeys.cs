using System.Collections.Concurrent;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Signatures;

/// <summary>The keys that <c>K.name</c> stands for in tests and scenarios. Their seeds are their names: everybody can sign with them.</summary>
public static class TestKeys
{
    private static readonly ConcurrentDictionary<string, SigningTree> s_trees = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<Digest, SigningTree> s_byRoot = new();

    /// <summary>The key of a name. It has one one-time key, used as often as it takes: there is no secret to lose.</summary>
    /// <param name="name">The name after <c>K.</c></param>
    public static SigningTree Of(string name) => s_trees.GetOrAdd(name, n =>
    {
        var tree = SigningTree.Grow(Digests.OfText(DomainTag.TestKey, n), 0);
        return s_byRoot.GetOrAdd(tree.Root, tree);
    });

    /// <summary>The test key with a root that one of them has had in this process.</summary>
    /// <param name="root">The root.</param>
    public static SigningTree WithRoot(Digest root) => s_byRoot[root];
}
