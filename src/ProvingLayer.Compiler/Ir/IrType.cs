using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Compiler.Ir;

/// <summary>What an IR value is.</summary>
public enum IrKind
{
    /// <summary>An exact integer with a static interval.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Eight field elements: a hash value, a key, a salt.</summary>
    Digest,
}

/// <summary>The type of an IR value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Interval">Where an integer lies; {0} for the other kinds.</param>
public readonly record struct IrType(IrKind Kind, Interval Interval)
{
    /// <summary>True or false.</summary>
    public static IrType Boolean { get; } = new(IrKind.Boolean, default);

    /// <summary>Eight field elements.</summary>
    public static IrType Digest { get; } = new(IrKind.Digest, default);

    /// <summary>An integer of an interval.</summary>
    public static IrType Integer(Interval interval) => new(IrKind.Integer, interval);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        IrKind.Boolean => "bool",
        IrKind.Digest => "digest",
        _ => Interval.ToString(),
    };
}

/// <summary>The name of an SSA value: values are numbered densely in the order of their definition.</summary>
/// <param name="Id">Its number.</param>
public readonly record struct IrValue(int Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"%{Id}";
}

/// <summary>A concrete value: an integer, a boolean (0 or 1) or a digest.</summary>
public readonly record struct Scalar
{
    private Scalar(IrKind kind, BigInteger number, Digest digest) => (Kind, Number, Digest) = (kind, number, digest);

    /// <summary>What it is.</summary>
    public IrKind Kind { get; }

    /// <summary>The integer; 0 or 1 of a boolean; 0 of a digest.</summary>
    public BigInteger Number { get; }

    /// <summary>The digest; all zero for the other kinds.</summary>
    public Digest Digest { get; }

    /// <summary>The boolean.</summary>
    public bool IsTrue => !Number.IsZero;

    /// <summary>An integer.</summary>
    public static Scalar Of(BigInteger value) => new(IrKind.Integer, value, default);

    /// <summary>A boolean.</summary>
    public static Scalar Of(bool value) => new(IrKind.Boolean, value ? BigInteger.One : BigInteger.Zero, default);

    /// <summary>A digest.</summary>
    public static Scalar Of(Digest value) => new(IrKind.Digest, default, value);

    /// <summary>Zero, false, or the digest of eight zeros.</summary>
    public static Scalar Zero(IrKind kind) => new(kind, default, default);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        IrKind.Boolean => IsTrue ? "true" : "false",
        IrKind.Digest => "0x" + Digest,
        _ => Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
