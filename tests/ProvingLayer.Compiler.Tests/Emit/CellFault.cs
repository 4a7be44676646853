using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>One cell gets another value of its kind when it is written; all that follows is computed from it.</summary>
internal sealed class CellFault(int address) : IFaultInjector
{
    public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
    {
        if (cell.Address != address)
        {
            return;
        }

        limbs[0] = cell.Type == CellType.Word
            ? KoalaBear.FromCanonical(limbs[0].Canonical ^ 1)
            : limbs[0].IsZero ? KoalaBear.One : limbs[0] - KoalaBear.One;
    }
}
