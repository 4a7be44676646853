using System.Numerics;
using System.Runtime.CompilerServices;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Checking;

/// <summary>A message on a bus, by value.</summary>
public readonly struct BusMessage : IEquatable<BusMessage>, IComparable<BusMessage>
{
    private readonly Content content;

    /// <summary>The message with these values.</summary>
    public BusMessage(Bus bus, ReadOnlySpan<KoalaBear> values)
    {
        Bus = bus;
        values.CopyTo(content);
        Length = values.Length;
    }

    /// <summary>Its bus.</summary>
    public Bus Bus { get; }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>A value.</summary>
    public KoalaBear this[int index] => content[index];

    /// <summary>Equality of bus and values.</summary>
    public static bool operator ==(BusMessage left, BusMessage right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(BusMessage left, BusMessage right) => !left.Equals(right);

    /// <summary>By bus, then by values.</summary>
    public static bool operator <(BusMessage left, BusMessage right) => left.CompareTo(right) < 0;

    /// <summary>By bus, then by values.</summary>
    public static bool operator >(BusMessage left, BusMessage right) => left.CompareTo(right) > 0;

    /// <summary>By bus, then by values.</summary>
    public static bool operator <=(BusMessage left, BusMessage right) => left.CompareTo(right) <= 0;

    /// <summary>By bus, then by values.</summary>
    public static bool operator >=(BusMessage left, BusMessage right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public bool Equals(BusMessage other) =>
        Bus == other.Bus && Length == other.Length && ((ReadOnlySpan<KoalaBear>)content).SequenceEqual(other.content);

    /// <inheritdoc/>
    public int CompareTo(BusMessage other)
    {
        if (Bus != other.Bus)
            return Bus.CompareTo(other.Bus);
        for (var i = 0; i < Math.Min(Length, other.Length); i++)
        {
            var order = content[i].Canonical.CompareTo(other.content[i].Canonical);
            if (order != 0)
                return order;
        }

        return Length.CompareTo(other.Length);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BusMessage other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = (uint)Bus;
        foreach (var value in (ReadOnlySpan<KoalaBear>)content)
            hash = (BitOperations.RotateLeft(hash, 13) * 0x9E3779B1) ^ value.Raw;
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>bus(value, …).</summary>
    public override string ToString() =>
        $"{Bus}({string.Join(", ", ((ReadOnlySpan<KoalaBear>)content)[..Length].ToArray())})".ToLowerInvariant();

    [InlineArray(Buses.MaximumWidth)]
    private struct Content
    {
        private KoalaBear first;
    }
}
