using System.Collections.Immutable;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Execution;

/// <summary>An instruction that does not hold on these inputs.</summary>
/// <param name="Instruction">Its number in the circuit.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Name">The name its builder gave it: which requirement fails.</param>
/// <param name="Expectation">What did not hold, for people.</param>
/// <param name="Mark">Where in the source it comes from.</param>
/// <param name="Operands">The operands' values.</param>
public sealed record ExecutionFailure(
    int Instruction, Operation Operation, string Name, string Expectation, SourceMark Mark, ImmutableArray<CellValue> Operands)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Mark}: {Name}: {Expectation}";
}

/// <summary>A named private output and its values.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The cells' values.</param>
public sealed record OutputValue(string Name, ImmutableArray<CellValue> Values);

/// <summary>What running a circuit gave.</summary>
/// <param name="Trace">The trace; null if the run stopped at a failure.</param>
/// <param name="Failures">None if all instructions hold; one, the first, unless the run was told to go on.</param>
/// <param name="Outputs">The named outputs; empty if the run stopped.</param>
public sealed record ExecutionResult(Trace? Trace, ImmutableArray<ExecutionFailure> Failures, ImmutableArray<OutputValue> Outputs)
{
    /// <summary>Whether all instructions hold.</summary>
    public bool Succeeded => Failures.IsEmpty;
}

/// <summary>Lies of a prover who goes on consistently: what follows an instruction is computed from the values it leaves here.</summary>
public interface IFaultInjector
{
    /// <summary>May change the values of the cells that an instruction has just written, eight limbs each.</summary>
    /// <param name="instruction">The instruction's number.</param>
    /// <param name="cell">A cell it has written.</param>
    /// <param name="limbs">The cell's value.</param>
    void AfterWrite(int instruction, Cell cell, Span<Algebra.KoalaBear> limbs);
}

/// <summary>Inputs that depend on what the run has computed before it comes to them: the witnesses of a map's keys.</summary>
public interface ILateInputs
{
    /// <summary>Called before a slot is read: puts its value among the inputs, if it is not there yet.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="valueOf">The value of a cell that was written before.</param>
    /// <returns>Whether it is there; else the run ends.</returns>
    bool TryProvide(int slot, Func<Cell, CellValue> valueOf);
}
