using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// One meaning: the same inputs through interpreter, circuit execution and constraint check must give the same accept or reject, the same
/// failure at the same place, the same outputs and the same public values.
/// </summary>
public static class CircuitComparison
{
    /// <summary>What differs, or null. A run that the interpreter rejects must also be rejected by the checker when a prover goes on regardless.</summary>
    /// <param name="compiled">The entry point.</param>
    /// <param name="inputs">A value for each input.</param>
    /// <param name="interpreted">What the interpreter made of them.</param>
    public static string? Difference(CircuitFunction compiled, ReadOnlySpan<Scalar> inputs, RunResult interpreted)
    {
        var cells = Cells(compiled, inputs);
        var executed = CircuitExecutor.Run(compiled.Circuit, cells);
        if (interpreted.Failure is { } failure)
        {
            if (executed.Succeeded)
            {
                return $"the interpreter fails with {failure} and the circuit accepts";
            }

            if (executed.Failures[0] is { } first && (first.Name != failure.Failure.Name || first.Mark.Line != failure.Mark.Line))
            {
                return $"the interpreter fails with {failure} and the circuit with {first}";
            }

            var forced = CircuitExecutor.Run(compiled.Circuit, cells, keepGoing: true);
            return ConstraintChecker.Check(compiled.Circuit, forced.Trace!).Holds
                ? $"the interpreter fails with {failure} and the checker accepts the trace of a prover who goes on"
                : null;
        }

        if (!executed.Succeeded)
        {
            return $"the interpreter accepts and the circuit fails with {executed.Failures[0]}";
        }

        for (var i = 0; i < interpreted.Outputs.Length; i++)
        {
            var output = compiled.Abi.Outputs[i];
            var value = AbiCells.Read(output, executed.Outputs[i].Values);
            if (value != interpreted.Outputs[i])
            {
                return $"output {output.Name} is {interpreted.Outputs[i]} in the interpreter and {value} in the circuit";
            }
        }

        if (!executed.Trace!.PublicValues.AsSpan().SequenceEqual(interpreted.PublicElements()))
        {
            return "the public values differ";
        }

        var report = ConstraintChecker.Check(compiled.Circuit, executed.Trace);
        return report.Holds ? null : $"the checker rejects an honest trace: {report}";
    }

    /// <summary>The circuit's input vector for values of the function's inputs.</summary>
    public static CellValue[] Cells(CircuitFunction compiled, ReadOnlySpan<Scalar> inputs)
    {
        var cells = new CellValue[compiled.Circuit.InputCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            AbiCells.Write(compiled.Abi.Inputs[i], inputs[i], cells);
        }

        return cells;
    }
}
