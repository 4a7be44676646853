using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Tests.Support;

internal delegate void Lie(Span<KoalaBear> limbs);

/// <summary>A prover who lies about results of instructions and goes on.</summary>
internal sealed class Liar(Circuit circuit) : IFaultInjector
{
    private readonly Dictionary<int, Lie> lies = [];

    /// <summary>Lies about a result of the n-th instruction of a kind.</summary>
    public Liar About(Operation operation, int n, int result, Lie lie)
    {
        var instruction = Enumerable.Range(0, circuit.InstructionCount).Where(i => circuit.Instructions[i].Operation == operation).ElementAt(n);
        return About(instruction, result, lie);
    }

    public Liar About(int instruction, int result, Lie lie)
    {
        var step = new Step(circuit.Instructions[instruction], circuit.Code.AsSpan(), circuit.CellTypes.AsSpan(), default);
        lies.Add(step.Results[result], lie); // an asserted result has no cell to lie about
        return this;
    }

    public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
    {
        if (lies.TryGetValue(cell.Address, out var lie))
            lie(limbs);
    }

    public Trace Run(params CellValue[] inputs) => CircuitExecutor.Run(circuit, inputs, this, keepGoing: true).Trace!;
}
