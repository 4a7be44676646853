using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Runtime.Json;
using ProvingLayer.Runtime.State;

namespace ProvingLayer.Runtime.Maps;

/// <summary>The maps of a record in its file: of each the path, the type, and the entries as a leaf's words, in hexadecimal digits. For maps of more than some ten thousand entries use a store.</summary>
internal static class RecordMaps
{
    public static void Add(JsonTree tree, ImmutableSortedDictionary<string, SparseMerkleMap> maps)
    {
        var i = 0;
        foreach (var (path, map) in maps)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"maps.{i++}");
            var shape = new CanonicalWriter();
            MapShapeBinary.Write(shape, map.Shape);
            tree.Add($"{at}.path", path);
            tree.Add($"{at}.type", Convert.ToHexStringLower(shape.Written));
            var n = 0;
            foreach (var entry in map.Entries)
            {
                tree.Add(string.Create(CultureInfo.InvariantCulture, $"{at}.entries.{n++}"), Convert.ToHexStringLower(StateFormat.Write(entry)));
            }
        }
    }

    /// <summary>Reads them strictly. A message names no entry's content: it is private.</summary>
    public static bool TryTake(JsonScalars json, string? file, out ImmutableSortedDictionary<string, SparseMerkleMap> maps, [NotNullWhen(false)] out TenorError? error)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, SparseMerkleMap>(StringComparer.Ordinal);
        (maps, error) = (read.ToImmutable(), null);
        for (var i = 0; json.Has(string.Create(CultureInfo.InvariantCulture, $"maps.{i}")); i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"maps.{i}");
            if (!json.TryTakeText($"{at}.path", out var path, out error) || !json.TryTakeText($"{at}.type", out var type, out error))
            {
                return false;
            }

            if (ShapeOf(type) is not { } shape || read.ContainsKey(path))
            {
                error = new(TenorErrorKind.Json, $"{at} is no map, or the second one at its path", file);
                return false;
            }

            var entries = new List<MapEntry>();
            for (var n = 0; json.Take(string.Create(CultureInfo.InvariantCulture, $"{at}.entries.{n}")) is { } leaf; n++)
            {
                if (!leaf.IsString || !TryEntry(shape, leaf.Text, out var entry))
                {
                    error = new(TenorErrorKind.Json, $"{leaf.Path} is no entry of the map", file);
                    return false;
                }

                entries.Add(entry);
            }

            if (entries.DistinctBy(entry => entry.Index).Count() != entries.Count)
            {
                error = new(TenorErrorKind.Json, $"two entries of {at} have one leaf", file);
                return false;
            }

            read.Add(path, SparseMerkleMap.Of(shape, entries));
        }

        maps = read.ToImmutable();
        return true;
    }

    private static MapShape? ShapeOf(string hex)
    {
        if (!TryHex(hex, out var bytes))
        {
            return null;
        }

        var reader = new CanonicalReader(bytes);
        var shape = MapShapeBinary.Read(ref reader);
        reader.Finish();
        return reader.Failed ? null : shape;
    }

    private static bool TryEntry(MapShape shape, string hex, out MapEntry entry)
    {
        entry = default;
        var elements = new KoalaBear[shape.Length];
        return TryHex(hex, out var bytes) && StateFormat.TryReadElements(bytes, elements) && shape.TryEntry(elements, out entry);
    }

    private static bool TryHex(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0 && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length;
    }
}
