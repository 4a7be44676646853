namespace ProvingLayer.Constraints;

/// <summary>Which bus a cell lives on.</summary>
public enum CellType : byte
{
    /// <summary>An element of the extension; a base element v, a boolean among them, is (v, 0, 0, 0, 0).</summary>
    Value,

    /// <summary>Eight field elements: a digest or half of a sponge state.</summary>
    Block,

    /// <summary>128 bits as eight limbs below 2^16, least significant first.</summary>
    Word,
}

/// <summary>A write-once cell of a circuit.</summary>
/// <param name="Address">Its number: cells are numbered in the order in which they are written, over all types.</param>
/// <param name="Type">What it holds.</param>
public readonly record struct Cell(int Address, CellType Type);

/// <summary>Facts about cells.</summary>
public static class Cells
{
    /// <summary>Field elements that a cell has room for; a <see cref="CellType.Value"/> uses five, the others all.</summary>
    public const int Limbs = 8;

    /// <summary>Bits in a limb of a word.</summary>
    public const int LimbBits = 16;

    /// <summary>The bus that cells of a type live on.</summary>
    public static Bus BusOf(CellType type) => type switch
    {
        CellType.Value => Bus.Value,
        CellType.Block => Bus.Block,
        CellType.Word => Bus.Word,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Limbs that a cell of a type uses.</summary>
    public static int LimbsOf(CellType type) => BusOf(type).Width() - 2;
}
