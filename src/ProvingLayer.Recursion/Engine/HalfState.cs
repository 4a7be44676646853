using ProvingLayer.Algebra;
using ProvingLayer.Constraints;

namespace ProvingLayer.Recursion.Engine;

/// <summary>Half a sponge state: a block, or its eight elements; the other form is made when it is asked for, once.</summary>
internal sealed class HalfState
{
    private readonly WireRows rows;
    private Cell? cell;
    private Wire[]? elements;

    public HalfState(WireRows rows, Cell block)
    {
        this.rows = rows;
        cell = block;
    }

    public HalfState(WireRows rows, Wire[] elements)
    {
        this.rows = rows;
        this.elements = elements;
    }

    public static HalfState Of(WireRows rows, ReadOnlySpan<KoalaBear> elements)
    {
        var wires = new Wire[Cells.Limbs];
        for (var i = 0; i < elements.Length; i++)
            wires[i] = Wire.FromBase(elements[i]);
        return new(rows, wires);
    }

    /// <summary>The eight elements; those of a block cost a row, and are base elements.</summary>
    public Wire[] Elements => elements ??= [.. rows.Builder.Spread(cell!.Value).Select(rows.WireOf)];

    /// <summary>The block; joining elements costs a row, which asserts that they are base elements.</summary>
    public Cell Block => cell ??= Join();

    private Cell Join()
    {
        if (elements!.All(element => element.Known is not null))
            return rows.Builder.ConstantBlock([.. elements!.Select(element => element.Known!.Value[0])]);
        return rows.Builder.Join([.. elements!.Select(element => element.ToCell(rows))]);
    }
}

/// <summary>One element of a half.</summary>
internal readonly record struct Limb(HalfState Half, int Index)
{
    public Wire Wire => Half.Elements[Index];

    /// <summary>A single element.</summary>
    public static Limb Of(WireRows rows, Wire element)
    {
        var elements = new Wire[Cells.Limbs];
        elements[0] = element;
        return new(new(rows, elements), 0);
    }

    /// <summary>The half whose eight elements these are, in order; where they are not one's, they become a new one, filled up with zeros.</summary>
    public static HalfState Gather(WireRows rows, IReadOnlyList<Limb> limbs)
    {
        if (limbs.Count == Cells.Limbs && Enumerable.Range(0, Cells.Limbs).All(i => limbs[i] == limbs[0] with { Index = i }))
            return limbs[0].Half;
        var elements = new Wire[Cells.Limbs];
        for (var i = 0; i < limbs.Count; i++)
            elements[i] = limbs[i].Wire;
        return new(rows, elements);
    }
}
