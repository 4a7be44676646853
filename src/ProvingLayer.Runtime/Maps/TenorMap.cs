using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime.Maps;

/// <summary>A map of a record, to be read. Its text form shows no key and no value: they are private.</summary>
/// <typeparam name="TKey">The keys' type.</typeparam>
/// <typeparam name="TValue">The values' type.</typeparam>
public sealed class TenorMap<TKey, TValue>
    where TKey : notnull
{
    private readonly MapBinding<TKey, TValue> binding;
    private readonly SparseMerkleMap? content;
    private readonly bool isEmpty;

    internal TenorMap(MapBinding<TKey, TValue> binding, Digest root, SparseMerkleMap? content, int depth)
    {
        (this.binding, this.content) = (binding, content);
        (Root, isEmpty) = (new(root), root == EmptySubtrees.Of(depth));
    }

    /// <summary>The commitment that the record has.</summary>
    public HashValue Root { get; }

    /// <summary>Whether the record holds the entries, too. Else a witness source has them, and reading one here throws.</summary>
    public bool IsHeld => content is not null || isEmpty;

    /// <summary>Entries.</summary>
    public int Count => Held?.Count ?? 0;

    /// <summary>All entries, in the order of their leaves.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries => Held is { } map ? map.Entries.Select(entry => binding.Read(map.Shape, entry)) : [];

    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">The map does not have it.</exception>
    public TValue this[TKey key] => TryGet(key, out var value) ? value : throw new KeyNotFoundException($"{binding.Path} does not have this key");

    /// <summary>The value of a key, if the map has it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the map has it.</returns>
    public bool TryGet(TKey key, out TValue value)
    {
        value = default!;
        if (Held is not { } map || binding.KeyOf(map.Shape, key) is not { } wanted || map.Find(wanted, out var scalars) != MapOutcome.Done)
        {
            return false;
        }

        value = binding.ValueOf(scalars);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{binding.Path} (private)";

    private SparseMerkleMap? Held => IsHeld
        ? content
        : throw new TenorException(new(TenorErrorKind.Mismatch, $"the record has the root of {binding.Path} and not its entries; ask the witness source that has them"));
}
