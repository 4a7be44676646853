using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>The witness of an access to a map.</summary>
/// <param name="Value">The key's value; empty where the map has no such key.</param>
/// <param name="Siblings">The siblings of its leaf's path, the leaf's first.</param>
public readonly record struct MapOpening(ImmutableArray<Scalar> Value, ImmutableArray<Digest> Siblings)
{
    /// <summary>Whether the map has the key.</summary>
    public bool Exists { get; init; } = !Value.IsDefaultOrEmpty;
}

/// <summary>Where the witnesses of map accesses come from while a function runs.</summary>
public interface IMapSource
{
    /// <summary>Opens a key, whether the map has it or not.</summary>
    /// <param name="access">The access.</param>
    /// <param name="root">The root the map has then.</param>
    /// <param name="key">The key's scalars.</param>
    MapOpening Open(IrMapAccess access, Digest root, IReadOnlyList<Scalar> key);

    /// <summary>Takes note of a write, which counts if the run ends with its root.</summary>
    /// <param name="access">The access that opened the key.</param>
    /// <param name="before">The root before.</param>
    /// <param name="key">The key's scalars.</param>
    /// <param name="value">The value's scalars; null where the entry is taken out.</param>
    /// <param name="after">The root after.</param>
    void Write(IrMapAccess access, Digest before, IReadOnlyList<Scalar> key, IReadOnlyList<Scalar>? value, Digest after);
}
