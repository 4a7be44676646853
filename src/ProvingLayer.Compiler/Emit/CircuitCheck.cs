using System.Collections.Concurrent;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// Compares every run of a transition or statement with its circuit (<see cref="CircuitComparison"/>): what <c>tenor test</c> and scenarios
/// run beside the interpreter. Each function's circuit is made once. Inner proofs are verified by the interpreter, or are mocks: the circuit is compared in all the rest, without them.
/// </summary>
public sealed class CircuitCheck : IExecutionCheck
{
    private readonly ConcurrentDictionary<IrFunction, Lazy<CircuitFunction>> circuits = new(ReferenceEqualityComparer.Instance);
    private int runs;

    /// <summary>Runs that were compared.</summary>
    public int Runs => runs;

    /// <inheritdoc/>
    public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
    {
        if (entry.Kind is not (IrFunctionKind.Transition or IrFunctionKind.Statement) || result.Failure?.Failure.Kind == FailureKind.Proof)
        {
            return null;
        }

        Interlocked.Increment(ref runs);
        return CircuitComparison.Difference(CircuitOf(entry), [.. entry.Inputs.Select(i => inputs[i.Name])], result);
    }

    /// <summary>A function's circuit, made once; without the verifications of inner proofs.</summary>
    public CircuitFunction CircuitOf(IrFunction entry) => circuits.GetOrAdd(entry, e => new(() => e.Proofs.IsEmpty ? CircuitEmitter.Emit(e) : CircuitEmitter.EmitWithoutInnerProofs(e))).Value;
}
