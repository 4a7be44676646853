using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>A second meaning of a program, such as its circuit, to compare every run with.</summary>
public interface IExecutionCheck
{
    /// <summary>Runs the same function on the same inputs, accepted or not.</summary>
    /// <param name="program">The program.</param>
    /// <param name="entry">The function that was run.</param>
    /// <param name="inputs">Its inputs by name.</param>
    /// <param name="result">What the interpreter gave.</param>
    /// <returns>Where the two differ; null where they agree.</returns>
    string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result);
}
