using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// Compares every run of a transition or statement with its circuit (<see cref="CircuitComparison"/>): what <c>tenor test</c> and scenarios
/// run beside the interpreter. Each function's circuit is made once.
/// </summary>
public sealed class CircuitCheck : IExecutionCheck
{
    private readonly Dictionary<IrFunction, CircuitFunction> circuits = new(ReferenceEqualityComparer.Instance);

    /// <summary>Runs that were compared.</summary>
    public int Runs { get; private set; }

    /// <inheritdoc/>
    public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
    {
        if (entry.Kind is not (IrFunctionKind.Transition or IrFunctionKind.Statement))
        {
            return null;
        }

        if (!circuits.TryGetValue(entry, out var circuit))
        {
            circuits.Add(entry, circuit = CircuitEmitter.Emit(entry));
        }

        Runs++;
        return CircuitComparison.Difference(circuit, [.. entry.Inputs.Select(i => inputs[i.Name])], result);
    }
}
