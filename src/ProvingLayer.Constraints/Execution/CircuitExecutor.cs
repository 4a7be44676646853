using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Execution;

/// <summary>
/// Runs a circuit's instructions in order: computes every cell and writes the row of every table. An instruction computes its results; a new
/// cell takes its value, a cell written before is compared with it; then the row is written from the values of the cells.
/// </summary>
public static class CircuitExecutor
{
    /// <summary>Runs one instance.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">One value for each input slot, of its type.</param>
    /// <param name="faults">Lies to tell; none if null.</param>
    /// <param name="keepGoing">Whether to go on after an instruction that does not hold, as a cheating prover would.</param>
    /// <exception cref="ArgumentException">The inputs are not as many or not of the types that the circuit has.</exception>
    public static ExecutionResult Run(
        Circuit circuit, ReadOnlySpan<CellValue> inputs, IFaultInjector? faults = null, bool keepGoing = false) => new CircuitRun(circuit, null, faults, keepGoing).Finish(inputs);

    /// <summary>Runs one instance whose inputs are not all known at the start.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">One value for each input slot, of its type; those that are not known yet are put here as the run comes to them.</param>
    /// <param name="late">Who puts them there.</param>
    /// <param name="keepGoing">Whether to go on after an instruction that does not hold.</param>
    /// <returns>The run; one that ended because an input is not to be had has no trace and no failure.</returns>
    public static ExecutionResult Run(Circuit circuit, Memory<CellValue> inputs, ILateInputs? late, bool keepGoing = false) =>
        new CircuitRun(circuit, late, null, keepGoing).Finish(inputs.Span);
}
