using System.Collections.Immutable;

namespace ProvingLayer.Language.Types;

/// <summary>What units are products of: an asset, a measure, or the second. Two atoms are the same if they are the same object.</summary>
public abstract class UnitAtom
{
    private protected UnitAtom(string name, string qualifiedName)
    {
        Name = name;
        QualifiedName = qualifiedName;
    }

    /// <summary>The name as declared.</summary>
    public string Name { get; }

    /// <summary>The name with its module.</summary>
    public string QualifiedName { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary><c>asset USD { decimals: 2 }</c>, or in a generic declaration checked by itself an asset parameter, whose decimals nobody knows.</summary>
public sealed class AssetSymbol : UnitAtom
{
    /// <summary>An asset.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="qualifiedName">Its name with its module: its identity in encodings.</param>
    /// <param name="decimals">How many places one whole unit has; null for an asset parameter.</param>
    public AssetSymbol(string name, string qualifiedName, int? decimals)
        : base(name, qualifiedName)
    {
        Decimals = decimals;
    }

    /// <summary>How many decimal places one whole unit has; null for an asset parameter, which no tree for lowering holds.</summary>
    public int? Decimals { get; }
}

/// <summary><c>measure Vol;</c></summary>
public sealed class MeasureSymbol : UnitAtom
{
    /// <summary>A measure.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="qualifiedName">Its name with its module.</param>
    public MeasureSymbol(string name, string qualifiedName)
        : base(name, qualifiedName)
    {
    }

    /// <summary>The unit of durations.</summary>
    public static MeasureSymbol Second { get; } = new("seconds", "seconds");
}

/// <summary>A power of an atom.</summary>
/// <param name="Atom">The atom.</param>
/// <param name="Power">The power, not 0.</param>
public readonly record struct UnitPower(UnitAtom Atom, int Power);

/// <summary>A product of powers of assets and measures: <c>USD/AAPL</c>. Without any it is a pure number's.</summary>
public sealed class Unit : IEquatable<Unit>
{
    private Unit(ImmutableArray<UnitPower> powers)
    {
        Powers = powers;
    }

    /// <summary>The unit of a pure number.</summary>
    public static Unit None { get; } = new([]);

    /// <summary>The unit of a duration.</summary>
    public static Unit Seconds { get; } = Of(MeasureSymbol.Second);

    /// <summary>The powers, by the atoms' qualified names.</summary>
    public ImmutableArray<UnitPower> Powers { get; }

    /// <summary>Whether it is a pure number's.</summary>
    public bool IsNone => Powers.IsEmpty;

    /// <summary>The asset it is, if it is one asset and nothing else.</summary>
    public AssetSymbol? Asset => Powers.Length == 1 && Powers[0].Power == 1 ? Powers[0].Atom as AssetSymbol : null;

    /// <summary>The unit that is one atom.</summary>
    /// <param name="atom">The atom.</param>
    /// <returns>The unit.</returns>
    public static Unit Of(UnitAtom atom) => new([new(atom, 1)]);

    /// <summary>The product.</summary>
    /// <param name="left">A factor.</param>
    /// <param name="right">A factor.</param>
    public static Unit operator *(Unit left, Unit right) => left.IsNone ? right : right.IsNone ? left : Combine(left, right, 1);

    /// <summary>The quotient.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    public static Unit operator /(Unit left, Unit right) => right.IsNone ? left : Combine(left, right, -1);

    /// <inheritdoc/>
    public bool Equals(Unit? other) => other is not null && Powers.SequenceEqual(other.Powers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Unit);

    /// <inheritdoc/>
    public override int GetHashCode() => Powers.Length == 0 ? 0 : StringComparer.Ordinal.GetHashCode(Powers[0].Atom.QualifiedName);

    /// <summary>The unit as it is written: <c>USD/AAPL</c>, <c>1/USD</c>, <c>A*A</c>; <c>1</c> for a pure number.</summary>
    /// <returns>That text.</returns>
    public override string ToString()
    {
        var above = string.Join("*", Powers.Where(p => p.Power > 0).SelectMany(p => Enumerable.Repeat(p.Atom.Name, p.Power)));
        var below = string.Concat(Powers.Where(p => p.Power < 0).SelectMany(p => Enumerable.Repeat("/" + p.Atom.Name, -p.Power)));
        return (above.Length == 0 ? "1" : above) + below;
    }

    /// <summary>Its identity as a text: the atoms' qualified names with their powers.</summary>
    public string Key => string.Join("*", Powers.Select(p => FormattableString.Invariant($"{p.Atom.QualifiedName}^{p.Power}")));

    /// <summary>The unit for messages: <c>USD/AAPL</c>, or <c>no unit</c>.</summary>
    /// <returns>That text.</returns>
    public string Describe() => IsNone ? "no unit" : ToString();

    private static Unit Combine(Unit left, Unit right, int sign)
    {
        var powers = new List<UnitPower>(left.Powers);
        foreach (var power in right.Powers)
        {
            var at = powers.FindIndex(p => ReferenceEquals(p.Atom, power.Atom));
            var sum = (at < 0 ? 0 : powers[at].Power) + (sign * power.Power);
            if (at >= 0)
            {
                powers.RemoveAt(at);
            }

            if (sum != 0)
            {
                powers.Add(new(power.Atom, sum));
            }
        }

        return new([.. powers.OrderBy(p => p.Atom.QualifiedName, StringComparer.Ordinal)]);
    }
}
