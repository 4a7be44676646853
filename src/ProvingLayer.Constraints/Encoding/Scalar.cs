using System.Globalization;
using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>What a scalar is.</summary>
public enum ScalarKind
{
    /// <summary>An exact integer.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Eight field elements: a hash value, a key, a salt.</summary>
    Digest,
}

/// <summary>A concrete value: an integer, a boolean (0 or 1) or a digest.</summary>
public readonly record struct Scalar
{
    private Scalar(ScalarKind kind, BigInteger number, Digest digest) => (Kind, Number, Digest) = (kind, number, digest);

    /// <summary>What it is.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The integer; 0 or 1 of a boolean; 0 of a digest.</summary>
    public BigInteger Number { get; }

    /// <summary>The digest; all zero for the other kinds.</summary>
    public Digest Digest { get; }

    /// <summary>The boolean.</summary>
    public bool IsTrue => !Number.IsZero;

    /// <summary>An integer.</summary>
    public static Scalar Of(BigInteger value) => new(ScalarKind.Integer, value, default);

    /// <summary>A boolean.</summary>
    public static Scalar Of(bool value) => new(ScalarKind.Boolean, value ? BigInteger.One : BigInteger.Zero, default);

    /// <summary>A digest.</summary>
    public static Scalar Of(Digest value) => new(ScalarKind.Digest, default, value);

    /// <summary>Zero, false, or the digest of eight zeros.</summary>
    public static Scalar Zero(ScalarKind kind) => new(kind, default, default);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ScalarKind.Boolean => IsTrue ? "true" : "false",
        ScalarKind.Digest => "0x" + Digest,
        _ => Number.ToString(CultureInfo.InvariantCulture),
    };
}
