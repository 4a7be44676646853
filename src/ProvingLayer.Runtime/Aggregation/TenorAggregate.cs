using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Json;

namespace ProvingLayer.Runtime;

/// <summary>What a proof of an aggregate says, and by which circuit of its key set it is proved.</summary>
/// <param name="Circuit">The circuit's place in the key set.</param>
/// <param name="Statement">The root of the key set, the root of the leaves' statements, and of a chain its ends and length.</param>
/// <param name="Leaves">How many leaves there are. Not part of what is proved: the root is.</param>
public sealed record TenorAggregate(int Circuit, AggregateStatement Statement, int Leaves)
{
    /// <summary>The most bytes a file of an aggregate's statement may have.</summary>
    public const int MaxFileSize = 64 * 1024;

    /// <summary>Whether a JSON text is the statement of an aggregate.</summary>
    /// <param name="utf8">The text.</param>
    public static bool IsAggregate(ReadOnlySpan<byte> utf8) => JsonNames.HasAtTop(utf8, "aggregate"u8);

    /// <summary>Reads the file of an aggregate's statement.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The statement.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is no statement of an aggregate.</exception>
    public static TenorAggregate Load(string path) =>
        DurableFile.TryRead(path, MaxFileSize, out var bytes, out var error) && TryParse(bytes, path, out var aggregate, out error) ? aggregate : throw new TenorException(error);

    /// <summary>Reads an aggregate's statement from JSON: strictly, every value once and nothing else.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="aggregate">The statement.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse(byte[] utf8, string? file, [NotNullWhen(true)] out TenorAggregate? aggregate, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        aggregate = null;
        if (!JsonScalars.TryParse(utf8, file, out var json, out error)
            || !json.TryTakeDigest("aggregate.vkRoot", out var vkRoot, out error)
            || !json.TryTakeCount("aggregate.circuit", KeySet.MostMembers - 1, out var circuit, out error)
            || !json.TryTakeDigest("aggregate.root", out var root, out error)
            || !json.TryTakeCount("aggregate.leaves", int.MaxValue, out var leaves, out error))
        {
            return false;
        }

        HistoryBoundary? history = null;
        if (json.Has("aggregate.history"))
        {
            if (!json.TryTakeDigest("aggregate.history.from", out var from, out error)
                || !json.TryTakeDigest("aggregate.history.to", out var to, out error)
                || !json.TryTakeCount("aggregate.history.steps", (int)(KoalaBear.Modulus - 1), out var steps, out error))
            {
                return false;
            }

            history = new(from, to, steps);
        }

        error = json.Unknown([]);
        aggregate = error is null ? new(circuit, new(vkRoot, root, history), leaves) : null;
        return aggregate is not null;
    }

    /// <summary>Writes the statement as JSON that <see cref="TryParse"/> reads.</summary>
    /// <returns>The text, UTF-8.</returns>
    public byte[] ToJson()
    {
        var tree = new JsonTree();
        tree.Add("aggregate.vkRoot", $"0x{Statement.VkRoot}");
        tree.Add("aggregate.circuit", Circuit.ToString(CultureInfo.InvariantCulture));
        tree.Add("aggregate.root", $"0x{Statement.Root}");
        tree.Add("aggregate.leaves", Leaves.ToString(CultureInfo.InvariantCulture));
        if (Statement.History is { } history)
        {
            tree.Add("aggregate.history.from", $"0x{history.From}");
            tree.Add("aggregate.history.to", $"0x{history.To}");
            tree.Add("aggregate.history.steps", history.Steps.ToString(CultureInfo.InvariantCulture));
        }

        return tree.ToUtf8();
    }
}

/// <summary>That a leaf's statement is in an aggregate, as a file.</summary>
public static class TenorInclusion
{
    /// <summary>The most bytes a file of an inclusion may have.</summary>
    public const int MaxFileSize = 64 * 1024;

    /// <summary>Reads an inclusion from JSON, strictly.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="path">The path.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse(byte[] utf8, string? file, [NotNullWhen(true)] out InclusionPath? path, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        path = null;
        if (!JsonScalars.TryParse(utf8, file, out var json, out error)
            || !json.TryTakeCount("inclusion.index", int.MaxValue, out var index, out error)
            || !json.TryTakeCount("inclusion.leaves", int.MaxValue, out var count, out error))
        {
            return false;
        }

        var siblings = ImmutableArray.CreateBuilder<Digest>();
        for (var place = "inclusion.siblings.0"; json.Has(place); place = string.Create(CultureInfo.InvariantCulture, $"inclusion.siblings.{siblings.Count}"))
        {
            if (!json.TryTakeDigest(place, out var sibling, out error))
            {
                return false;
            }

            siblings.Add(sibling);
        }

        error = json.Unknown([]);
        path = error is null ? new(index, count, siblings.ToImmutable()) : null;
        return path is not null;
    }

    /// <summary>Writes an inclusion as JSON that <see cref="TryParse"/> reads.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The text, UTF-8.</returns>
    public static byte[] ToJson(InclusionPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var tree = new JsonTree();
        tree.Add("inclusion.index", path.Index.ToString(CultureInfo.InvariantCulture));
        tree.Add("inclusion.leaves", path.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < path.Siblings.Length; i++)
        {
            tree.Add(string.Create(CultureInfo.InvariantCulture, $"inclusion.siblings.{i}"), $"0x{path.Siblings[i]}");
        }

        return tree.ToUtf8();
    }
}
