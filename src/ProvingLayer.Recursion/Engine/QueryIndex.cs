using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;

namespace ProvingLayer.Recursion.Engine;

/// <summary>The index of a query: its bits, and what is left of it after each shift.</summary>
/// <param name="rows">Where it is computed.</param>
/// <param name="bits">Booleans, the lowest first.</param>
internal sealed class QueryIndex(WireRows rows, ImmutableArray<Cell> bits)
{
    private readonly Cell?[] shifted = new Cell?[bits.Length + 1];

    public ImmutableArray<Cell> Bits { get; } = bits;

    public Wire Wire(int bit) => rows.WireOf(Bits[bit]);

    /// <summary>index >> shift: the position that a Merkle path begins at. As the next position is this cell's successor, a step's bit is the index's own.</summary>
    public Cell From(int shift) => shifted[shift] ??=
        (shift == Bits.Length ? Engine.Wire.Zero : Engine.Wire.Scale(rows.WireOf(From(shift + 1)), KoalaBear.FromCanonical(2)) + Wire(shift)).ToCell(rows);
}
