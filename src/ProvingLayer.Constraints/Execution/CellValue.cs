using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Execution;

/// <summary>The value of an input or of a cell: its type and eight limbs.</summary>
public readonly struct CellValue : IEquatable<CellValue>
{
    private readonly Digest limbs;

    private CellValue(CellType type, Digest limbs)
    {
        Type = type;
        this.limbs = limbs;
    }

    /// <summary>The type.</summary>
    public CellType Type { get; }

    /// <summary>The eight limbs; a value's last three are zero.</summary>
    [UnscopedRef]
    public ReadOnlySpan<KoalaBear> Limbs => limbs.AsSpan();

    /// <summary>A word.</summary>
    public static CellValue Word(UInt128 value)
    {
        Span<KoalaBear> limbs = stackalloc KoalaBear[Cells.Limbs];
        Words.Write(value, limbs);
        return new(CellType.Word, new(limbs));
    }

    /// <summary>A value.</summary>
    public static CellValue Value(Extension5 value)
    {
        Span<KoalaBear> limbs = stackalloc KoalaBear[Cells.Limbs];
        limbs.Clear();
        value.CopyTo(limbs);
        return new(CellType.Value, new(limbs));
    }

    /// <summary>Base elements, each as a value.</summary>
    public static IEnumerable<CellValue> Values(ReadOnlySpan<KoalaBear> elements)
    {
        var values = new CellValue[elements.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Value(elements[i]);
        return values;
    }

    /// <summary>A boolean, as a value.</summary>
    public static CellValue Boolean(bool value) => Value(value ? Extension5.One : Extension5.Zero);

    /// <summary>A block.</summary>
    public static CellValue Block(Digest value) => new(CellType.Block, value);

    /// <summary>The cell's limbs as they are.</summary>
    public static CellValue Of(CellType type, ReadOnlySpan<KoalaBear> limbs) => new(type, new(limbs));

    /// <summary>Equality of type and limbs.</summary>
    public static bool operator ==(CellValue left, CellValue right) => left.Equals(right);

    /// <summary>Inequality of type or limbs.</summary>
    public static bool operator !=(CellValue left, CellValue right) => !left.Equals(right);

    /// <summary>The word's integer.</summary>
    public UInt128 ToUInt128() => Words.ToUInt128(Limbs);

    /// <summary>The value.</summary>
    public Extension5 ToExtension() => new(Limbs[..Extension5.Degree]);

    /// <summary>The block.</summary>
    public Digest ToDigest() => limbs;

    /// <inheritdoc/>
    public bool Equals(CellValue other) => Type == other.Type && limbs == other.limbs;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CellValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, limbs);

    /// <summary>A word in decimal, a value or block by its elements.</summary>
    public override string ToString()
    {
        if (Type == CellType.Word && Words.TryRead(Limbs, out var integer))
            return integer.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Type == CellType.Value && ToExtension().IsBase)
            return Limbs[0].ToString();
        return "(" + string.Join(", ", Limbs[..Cells.LimbsOf(Type)].ToArray()) + ")";
    }
}
