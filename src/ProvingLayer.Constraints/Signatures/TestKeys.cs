using System.Collections.Concurrent;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Signatures;

/// <summary>The keys that <c>K.name</c> stands for in tests and scenarios. Their seeds are their names: everybody can sign with them.</summary>
public static class TestKeys
{
    private static readonly ConcurrentDictionary<string, SigningTree> s_trees = new(StringComparer.Ordinal);

    /// <summary>The key of a name. It has one one-time key, used as often as it takes: there is no secret to lose.</summary>
    /// <param name="name">The name after <c>K.</c></param>
    public static SigningTree Of(string name) => s_trees.GetOrAdd(name, n => SigningTree.Grow(Digests.OfText(DomainTag.TestKey, n), 0));
}
