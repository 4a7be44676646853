using ProvingLayer.Algebra;
using ProvingLayer.Constraints;

namespace ProvingLayer.Recursion.Engine;

/// <summary>Which of several a circuit is shown: a boolean for each, of which exactly one is 1. They stand in one block.</summary>
internal sealed class Selector
{
    private const string Name = "one of the set is chosen";

    private readonly WireRows rows;
    private readonly Wire[] chosen;

    /// <summary>Asserts that a block chooses one.</summary>
    /// <param name="rows">Where.</param>
    /// <param name="block">The block; its limbs beyond the count are zero.</param>
    /// <param name="count">Of how many, 1 to 8.</param>
    public Selector(WireRows rows, Cell block, int count)
    {
        this.rows = rows;
        var limbs = rows.Builder.Spread(block, count, Name);
        foreach (var limb in limbs)
            rows.Builder.AssertBoolean(limb, Name);
        chosen = [.. limbs.Select(rows.WireOf)];

        // At most eight booleans: their sum does not wrap.
        (chosen.Aggregate((sum, next) => sum + next) - Wire.One).AssertZero(rows, Name);
    }

    /// <summary>The block that chooses one.</summary>
    public static Digest Choose(int index)
    {
        var limbs = new KoalaBear[Cells.Limbs];
        limbs[index] = KoalaBear.One;
        return new(limbs);
    }

    /// <summary>The constant of the one that is chosen.</summary>
    /// <param name="constants">One for each.</param>
    public HalfState Of(IReadOnlyList<Digest> constants)
    {
        var elements = new Wire[Cells.Limbs];
        for (var i = 0; i < elements.Length; i++)
        {
            for (var k = 0; k < chosen.Length; k++)
                elements[i] += Wire.Scale(chosen[k], constants[k].AsSpan()[i]);
        }

        return new(rows, elements);
    }
}
