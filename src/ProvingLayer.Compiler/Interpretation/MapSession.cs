using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>
/// A machine's maps during one step. Every map that was, or would be if its arm were taken, stands under its root, so that the root a run ends with
/// says which of the writes count.
/// </summary>
internal sealed class MapSession : IMapSource
{
    private readonly Dictionary<(string Map, Digest Root), SparseMerkleMap> versions = [];

    public MapSession(IEnumerable<KeyValuePair<string, SparseMerkleMap>> maps)
    {
        foreach (var (path, map) in maps)
            versions[(path, map.Root)] = map;
    }

    /// <summary>The map with a root.</summary>
    public SparseMerkleMap this[string path, Digest root] => versions.TryGetValue((path, root), out var map)
        ? map
        : throw new InvalidOperationException($"compiler bug: {path} never had the root 0x{root}");

    /// <inheritdoc/>
    public MapOpening Open(IrMapAccess access, Digest root, IReadOnlyList<Scalar> key)
    {
        var map = this[access.Map, root];
        var outcome = map.Find(key, out var value);
        return new(value, map.PathOf(map.Shape.IndexOf(key)).Siblings) { Exists = outcome == MapOutcome.Done };
    }

    /// <inheritdoc/>
    public void Write(IrMapAccess access, Digest before, IReadOnlyList<Scalar> key, IReadOnlyList<Scalar>? value, Digest after)
    {
        // A write that a check is about to refuse, or in an arm not taken, may put an entry where another stands: so it does not ask.
        var map = this[access.Map, before];
        var next = value is null ? map.Without(map.Shape.IndexOf(key)) : map.With(map.Shape.Entry(key, value));
        versions[(access.Map, after)] = next.Root == after
            ? next
            : throw new InvalidOperationException($"compiler bug: {access.Map} has the root 0x{next.Root} after a write, not 0x{after}");
    }
}
