using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ProvingLayer.Algebra;

/// <summary>A hash value: eight field elements, 248 bits.</summary>
public readonly struct Digest : IEquatable<Digest>
{
    /// <summary>Field elements in a digest.</summary>
    public const int Length = 8;

    private readonly Elements elements;

    /// <summary>The digest of these eight elements.</summary>
    /// <exception cref="ArgumentException">There are not eight.</exception>
    public Digest(ReadOnlySpan<KoalaBear> elements)
    {
        if (elements.Length != Length)
            throw new ArgumentException("A digest has eight elements.", nameof(elements));
        elements.CopyTo(this.elements);
    }

    /// <summary>The element at an index below eight.</summary>
    public KoalaBear this[int index] => elements[index];

    /// <summary>Equality of all elements.</summary>
    public static bool operator ==(Digest left, Digest right) => left.AsSpan().SequenceEqual(right.AsSpan());

    /// <summary>Inequality in any element.</summary>
    public static bool operator !=(Digest left, Digest right) => !(left == right);

    /// <summary>The eight elements.</summary>
    [UnscopedRef]
    public ReadOnlySpan<KoalaBear> AsSpan() => elements;

    /// <inheritdoc/>
    public bool Equals(Digest other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(elements[0], elements[1]);

    /// <summary>64 hexadecimal digits: each canonical element as four little-endian bytes.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length * sizeof(uint)];
        for (var i = 0; i < Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(i * sizeof(uint))..], elements[i].Canonical);
        return Convert.ToHexStringLower(bytes);
    }

    [InlineArray(Length)]
    private struct Elements
    {
        private KoalaBear first;
    }
}
