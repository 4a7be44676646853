using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Tests.Gadgets;

/// <summary>One cell gets another value when it is written; all that follows is computed from it.</summary>
internal sealed class CellFault(int address, Func<Cell, KoalaBear[], KoalaBear[]> lie) : IFaultInjector
{
    public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
    {
        if (cell.Address == address)
        {
            lie(cell, limbs.ToArray()).CopyTo(limbs);
        }
    }

    /// <summary>Lies of the cell's own kind: a word stays a word, a boolean a boolean, and one that does not.</summary>
    public static IEnumerable<Func<Cell, KoalaBear[], KoalaBear[]>> Lies()
    {
        yield return (cell, limbs) => cell.Type == CellType.Word ? With(limbs, 0, limbs[0].Canonical ^ 1) : With(limbs, 0, limbs[0].IsZero ? 1u : 0u);
        yield return (cell, limbs) => cell.Type == CellType.Word ? With(limbs, 7, limbs[7].Canonical ^ 0x8000) : With(limbs, 0, (limbs[0] + KoalaBear.One).Canonical);
        yield return (cell, limbs) => With(limbs, cell.Type == CellType.Value ? 1 : 3, (limbs[3] - KoalaBear.One).Canonical);
    }

    private static KoalaBear[] With(KoalaBear[] limbs, int index, uint value)
    {
        limbs[index] = KoalaBear.FromCanonical(value);
        return limbs;
    }
}
