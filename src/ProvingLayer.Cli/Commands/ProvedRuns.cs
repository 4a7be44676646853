using System.Collections.Concurrent;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Cli.Commands;

/// <summary>Proves every accepted run of the tests with the parameters for tests, which are quick and prove nothing to anybody else, and verifies the proof.</summary>
/// <param name="circuits">Where circuits come from.</param>
/// <param name="inner">What every run is compared with before.</param>
internal sealed class ProvedRuns(CircuitCheck circuits, IExecutionCheck inner) : IExecutionCheck
{
    private readonly ConcurrentDictionary<IrFunction, Lazy<ProvingKey>> keys = new(ReferenceEqualityComparer.Instance);
    private readonly Lock oneAtATime = new(); // a proof takes all cores by itself
    private int proofs;

    /// <summary>Proofs that were made and verified.</summary>
    public int Proofs => proofs;

    /// <inheritdoc/>
    public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
    {
        var difference = inner.Compare(program, entry, inputs, result);
        if (difference is not null || !result.IsAccepted || entry.Kind == IrFunctionKind.Expression)
        {
            return difference;
        }

        var circuit = circuits.CircuitOf(entry);
        lock (oneAtATime)
        {
            var key = keys.GetOrAdd(entry, _ => new(() => ProvingKey.Generate(circuit.Circuit, Profile.Test))).Value;
            var trace = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, [.. entry.Inputs.Select(i => inputs[i.Name])])).Trace!;
            var verdict = Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), Prover.Prove(key, trace), new VerifierOptions { AllowTestProfile = true });
            proofs++;
            return verdict.IsAccepted ? null : $"the proof of {entry.Name} is refused: {verdict}";
        }
    }
}
