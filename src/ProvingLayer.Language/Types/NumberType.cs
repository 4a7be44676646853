using System.Numerics;

namespace ProvingLayer.Language.Types;

/// <summary>What a stored number is declared as.</summary>
public enum NumberKind
{
    /// <summary><c>u8</c></summary>
    U8,

    /// <summary><c>u16</c></summary>
    U16,

    /// <summary><c>u32</c></summary>
    U32,

    /// <summary><c>u64</c></summary>
    U64,

    /// <summary><c>u128</c></summary>
    U128,

    /// <summary><c>i64</c></summary>
    I64,

    /// <summary><c>i128</c></summary>
    I128,

    /// <summary><c>u256</c></summary>
    U256,

    /// <summary><c>i256</c></summary>
    I256,

    /// <summary><c>dec&lt;S, unit&gt;</c>: 128 bits, signed; <c>dec&lt;S, unit, 256&gt;</c>: 256.</summary>
    FixedPoint,

    /// <summary><c>qty&lt;A&gt;</c>: 128 bits, not negative.</summary>
    Quantity,

    /// <summary><c>time</c>: seconds since 1970-01-01T00:00:00Z; 64 bits, not negative.</summary>
    Time,

    /// <summary><c>duration</c>: seconds; 64 bits, not negative.</summary>
    Duration,
}

/// <summary>
/// A number as it is stored: a whole number n in [Min, Max] that means n / 10^Places of its unit.
/// </summary>
/// <param name="Kind">What it is declared as.</param>
/// <param name="Places">How many decimal places it has; of a <c>qty</c>, the asset's.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Min">The smallest whole number stored; above the kind's own for a refinement.</param>
/// <param name="Max">The largest whole number stored.</param>
/// <param name="Direction">On which side of the exact result it may lie.</param>
public sealed record NumberType(NumberKind Kind, int Places, Unit Unit, BigInteger Min, BigInteger Max, Direction Direction) : TenorType
{
    private const int WideBits = 256;

    /// <summary>The last second of the year 9999.</summary>
    public const long LastSecond = 253_402_300_799;

    /// <summary><c>time</c></summary>
    public static NumberType Time { get; } = new(NumberKind.Time, 0, Unit.None, 0, LastSecond, Direction.Exact);

    /// <summary><c>duration</c></summary>
    public static NumberType Duration { get; } = new(NumberKind.Duration, 0, Unit.Seconds, 0, LastSecond, Direction.Exact);

    /// <summary>Whether it is a <c>dec</c> of 256 bits.</summary>
    public bool IsWide { get; init; }

    /// <summary>How many bits its encoding takes: 8 to 256.</summary>
    public int Bits => IsWide ? WideBits : BitsOf(Kind);

    /// <summary>Whether its encoding is two's complement.</summary>
    public bool IsSigned => IsSignedKind(Kind);

    /// <summary>Whether it is <c>time</c>: a point, not a length.</summary>
    public bool IsTime => Kind == NumberKind.Time;

    /// <summary>Whether it counts whole things without unit or point: <c>u8</c> to <c>i256</c>.</summary>
    public bool IsInteger => Kind <= NumberKind.I256;

    /// <summary>Whether the range is narrower than the kind's.</summary>
    public bool IsRefined => Min > Smallest(Kind, Bits) || Max < Largest(Kind, Bits);

    /// <summary>Whether the number of places is known: not so for a <c>qty</c> of an asset parameter.</summary>
    public bool PlacesAreKnown => Kind != NumberKind.Quantity || Unit.Asset is { Decimals: not null };

    /// <summary>The smallest value in whole units.</summary>
    public Rational MinValue => new(Min, BigInteger.Pow(10, Places));

    /// <summary>The largest value in whole units.</summary>
    public Rational MaxValue => new(Max, BigInteger.Pow(10, Places));

    /// <inheritdoc/>
    public override string Name
    {
        get
        {
            var name = Kind switch
            {
                NumberKind.FixedPoint when IsWide => FormattableString.Invariant($"dec<{Places}, {(Unit.IsNone ? "1" : Unit)}, {WideBits}>"),
                NumberKind.FixedPoint when Unit.IsNone => FormattableString.Invariant($"dec<{Places}>"),
                NumberKind.FixedPoint => FormattableString.Invariant($"dec<{Places}, {Unit}>"),
                NumberKind.Quantity => $"qty<{Unit}>",
                _ => Kind.ToString().ToLowerInvariant(),
            };
            var directed = Direction == Direction.Exact ? name : $"{Direction.ToString().ToLowerInvariant()}<{name}>";
            return (Min > Smallest(Kind, Bits), Max < Largest(Kind, Bits)) switch
            {
                (false, false) => directed,
                (true, false) => $"{directed} in {MinValue}..",
                _ => $"{directed} in {MinValue}..={MaxValue}",
            };
        }
    }

    /// <inheritdoc/>
    public override string Identity => Unit.IsNone || Kind == NumberKind.Duration ? Name : $"{Name} of {Unit.Key}";

    /// <summary><c>u8</c> to <c>i256</c>.</summary>
    /// <param name="kind">Which.</param>
    /// <returns>The type.</returns>
    public static NumberType OfKind(NumberKind kind) => new(kind, 0, Unit.None, Smallest(kind, BitsOf(kind)), Largest(kind, BitsOf(kind)), Direction.Exact);

    /// <summary><c>dec&lt;S, unit&gt;</c>, or <c>dec&lt;S, unit, 256&gt;</c></summary>
    /// <param name="places">S, 0 to 38, or to 77.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="isWide">Whether it has 256 bits.</param>
    /// <returns>The type.</returns>
    public static NumberType FixedPoint(int places, Unit unit, bool isWide = false)
    {
        var bits = isWide ? WideBits : BitsOf(NumberKind.FixedPoint);
        return new(NumberKind.FixedPoint, places, unit, Smallest(NumberKind.FixedPoint, bits), Largest(NumberKind.FixedPoint, bits), Direction.Exact) { IsWide = isWide };
    }

    /// <summary><c>qty&lt;A&gt;</c></summary>
    /// <param name="asset">A.</param>
    /// <returns>The type.</returns>
    public static NumberType Quantity(AssetSymbol asset) =>
        new(NumberKind.Quantity, asset.Decimals ?? 0, Unit.Of(asset), 0, Largest(NumberKind.Quantity, BitsOf(NumberKind.Quantity)), Direction.Exact);

    private static BigInteger Smallest(NumberKind kind, int bits) => IsSignedKind(kind) ? -BigInteger.Pow(2, bits - 1) : BigInteger.Zero;

    private static BigInteger Largest(NumberKind kind, int bits) => kind switch
    {
        NumberKind.Time or NumberKind.Duration => LastSecond,
        _ => BigInteger.Pow(2, IsSignedKind(kind) ? bits - 1 : bits) - 1,
    };

    private static bool IsSignedKind(NumberKind kind) => kind is NumberKind.I64 or NumberKind.I128 or NumberKind.I256 or NumberKind.FixedPoint;

    private static int BitsOf(NumberKind kind) => kind switch
    {
        NumberKind.U8 => 8,
        NumberKind.U16 => 16,
        NumberKind.U32 => 32,
        NumberKind.U64 or NumberKind.I64 or NumberKind.Time or NumberKind.Duration => 64,
        NumberKind.U256 or NumberKind.I256 => WideBits,
        _ => 128,
    };
}
