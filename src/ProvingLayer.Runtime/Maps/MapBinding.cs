using System.Collections.Immutable;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime.Bindings;

namespace ProvingLayer.Runtime.Maps;

/// <summary>A map of a machine's data, <c>map&lt;K, V, depth&gt;</c>: its keys and values as types of C#. Made by generated code.</summary>
/// <typeparam name="TKey">K.</typeparam>
/// <typeparam name="TValue">V.</typeparam>
/// <param name="path">Its path in the record.</param>
/// <param name="depth">Levels between root and leaves.</param>
/// <param name="keys">K's codec.</param>
/// <param name="values">V's codec.</param>
public sealed class MapBinding<TKey, TValue>(string path, int depth, ValueCodec<TKey> keys, ValueCodec<TValue> values)
    where TKey : notnull
{
    /// <summary>Its path in the record, by which stores and witness sources know it.</summary>
    public string Path => path;

    /// <summary>Puts the root of the empty map into a record's fields. For generated code.</summary>
    /// <param name="into">The fields.</param>
    public void Clear(IDictionary<string, Scalar> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        into[path] = Scalar.Of(EmptySubtrees.Of(depth));
    }

    /// <summary>The map as a record has it.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The map, to be read.</returns>
    public TenorMap<TKey, TValue> Of(TenorRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(this, record.Values[path].Digest, record.Content.Maps.GetValueOrDefault(path), depth);
    }

    /// <summary>The map's type as circuits have it: how a ledger elsewhere computes leaves and paths.</summary>
    /// <param name="abi">The program's ABI.</param>
    /// <returns>The type.</returns>
    /// <exception cref="TenorException">No transition of the program opens the map.</exception>
    public MapShape ShapeIn(Abi abi)
    {
        ArgumentNullException.ThrowIfNull(abi);
        return abi.Functions.SelectMany(function => function.MapSteps).FirstOrDefault(step => step.Map == path)?.Shape
            ?? throw new TenorException(new(TenorErrorKind.Mismatch, $"no transition of {abi.Name} opens {path}"));
    }

    /// <summary>A map with these entries: a ledger that was not made step by step.</summary>
    /// <param name="abi">The program's ABI.</param>
    /// <param name="entries">Keys, each once, and their values.</param>
    /// <returns>The map, which <see cref="Adopt"/> puts into a record.</returns>
    /// <exception cref="ArgumentException">Two keys have one leaf, or one or its value is out of the range that the rules give it.</exception>
    public SparseMerkleMap Build(Abi abi, IEnumerable<KeyValuePair<TKey, TValue>> entries)
    {
        var shape = ShapeIn(abi);
        return SparseMerkleMap.Of(shape, entries.Select(entry => shape.Entry(KeyIn(shape, entry.Key), ValueIn(shape, entry.Value))));
    }

    /// <summary>The record with another map in this one's place. It has another root then: whoever verifies must have reason to trust that one.</summary>
    /// <param name="record">The record.</param>
    /// <param name="map">The map.</param>
    /// <returns>The record with it.</returns>
    public TenorRecord Adopt(TenorRecord record, SparseMerkleMap map)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(map);
        return record.With(record.Content with { Fields = record.Content.Fields.SetItem(path, Scalar.Of(map.Root)), Maps = record.Content.Maps.SetItem(path, map) });
    }

    /// <summary>The leaf of a key.</summary>
    /// <param name="abi">The program's ABI.</param>
    /// <param name="key">The key.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">The key is out of the range that the rules give it.</exception>
    public UInt128 IndexOf(Abi abi, TKey key) => IndexOf(ShapeIn(abi), key);

    /// <summary>The key and the value of an entry.</summary>
    /// <param name="shape">The map's type.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>Both.</returns>
    public KeyValuePair<TKey, TValue> Read(MapShape shape, MapEntry entry)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new(ValueOf(keys, shape.KeyOf(entry)), ValueOf(values, shape.ValueOf(entry)));
    }

    /// <summary>A key's scalars; null if no key of the map has them.</summary>
    internal IReadOnlyList<Scalar>? KeyOf(MapShape shape, TKey key)
    {
        var scalars = ScalarsOf(keys, key);
        return Fits(scalars, shape.Key) && (!shape.IsDirect || scalars[0].Kind == ScalarKind.Boolean || (scalars[0].Number >> shape.KeyBits).IsZero) ? scalars : null;
    }

    private UInt128 IndexOf(MapShape shape, TKey key) => shape.IndexOf(KeyIn(shape, key));

    // The message names the map and not the value: it may be a private one.
    private IReadOnlyList<Scalar> KeyIn(MapShape shape, TKey key) => KeyOf(shape, key) ?? throw new ArgumentException($"a key is out of the range that the keys of {path} have", nameof(key));

    private List<Scalar> ValueIn(MapShape shape, TValue value) =>
        ScalarsOf(values, value) is var scalars && Fits(scalars, shape.Value) ? scalars : throw new ArgumentException($"a value is out of the range that the values of {path} have", nameof(value));

    private static bool Fits(List<Scalar> scalars, ImmutableArray<ScalarLayout> layouts) => scalars.Count == layouts.Length
        && scalars.Zip(layouts).All(pair => pair.First.Kind == pair.Second.Kind && (pair.First.Kind != ScalarKind.Integer || pair.Second.Interval.Contains(pair.First.Number)));

    internal TValue ValueOf(IReadOnlyList<Scalar> scalars) => ValueOf(values, scalars);

    // Codecs write scalars in the order that they have in leaves.
    private static List<Scalar> ScalarsOf<T>(ValueCodec<T> codec, T value)
    {
        var scalars = new OrderedDictionary<string, Scalar>(StringComparer.Ordinal);
        codec.Write(value, "", scalars);
        return [.. scalars.Values];
    }

    private T ValueOf<T>(ValueCodec<T> codec, IReadOnlyList<Scalar> scalars)
    {
        var paths = new OrderedDictionary<string, Scalar>(StringComparer.Ordinal);
        codec.Clear("", paths);
        return paths.Count == scalars.Count
            ? codec.Read("", paths.Keys.Zip(scalars).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))
            : throw new TenorException(new(TenorErrorKind.Mismatch, $"{path} has other keys or values than these bindings"));
    }
}
