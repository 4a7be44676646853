using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Maps;

/// <summary>A key with its value, as they stand in a leaf; made by <see cref="MapShape"/>.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Compared by key or by preimage, never as a whole.")]
public readonly struct MapEntry
{
    private readonly KoalaBear[] elements;

    internal MapEntry(UInt128 index, KoalaBear[] elements) => (Index, this.elements) = (index, elements);

    /// <summary>The leaf the key belongs to.</summary>
    public UInt128 Index { get; }

    internal KoalaBear[] Array => elements;

    /// <summary>The leaf's preimage: key, then value.</summary>
    public ReadOnlySpan<KoalaBear> Elements => elements;
}
