using System.Collections.Concurrent;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Stark.Keys;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Tests.Programs;

/// <summary>The examples, compiled once for all tests, and their keys under each profile.</summary>
internal static class Examples
{
    private static readonly ConcurrentDictionary<string, Lazy<BoundProgram>> Bound = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lazy<CircuitProgram>> Compiled = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string, string), Lazy<TenorProver>> Provers = new();

    public const string Options = "examples/01-european-option/option.tenor";
    public const string Solvency = "examples/02-solvency/solvency.tenor";
    public const string Settlement = "examples/03-settlement/settlement.tenor";

    public static string Scenarios(string example) => Path.Combine(Path.GetDirectoryName(Repository.PathOf(example))!, "scenarios");

    public static BoundProgram Program(string file) => Bound.GetOrAdd(file, file => new(() =>
    {
        var program = Binder.Bind([new SourceFile(file, File.ReadAllText(Repository.PathOf(file)))]);
        Assert.Empty(program.Diagnostics);
        return program;
    })).Value;

    public static ScenarioRun Run(string file, byte[] scenario) => Scenario.Run(Program(file), scenario, SaltSource.Fixed(), new CircuitCheck());

    public static TenorProver Prover(IrProgram program, Profile profile) => Provers.GetOrAdd((program.Name, profile.Name), _ => new(
        () => TenorArtifact.Of(Circuits(program).ToArtifact()).GenerateKeys(profile))).Value;

    /// <summary>The accepted steps of a scenario, each with what it takes to prove it.</summary>
    public static IEnumerable<(TenorProver Prover, WitnessInput Input)> Steps(ScenarioRun run, Profile profile)
    {
        foreach (var step in run.Steps.Where(step => step.Result.IsAccepted))
        {
            var prover = Prover(step.Program, profile);
            var input = WitnessInput.Of(prover.Artifact.Abi, step.Function.Name, step.Inputs!);
            yield return (prover, Authorization.Sign(prover.Artifact, prover.Key.ProgramId, input, new TestSigner("alice"), new TestSigner("bob")));
        }
    }

    private static CircuitProgram Circuits(IrProgram program) => Compiled.GetOrAdd(program.Name, _ => new(() => CircuitEmitter.Emit(program))).Value;

    // Interpreter, circuit execution and constraint check must agree on every step, accepted or not.
    private sealed class CircuitCheck : IExecutionCheck
    {
        public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
        {
            var circuit = Circuits(program).Functions.Single(function => function.Function.Name == entry.Name);
            return CircuitComparison.Difference(circuit, [.. circuit.Function.Inputs.Select(input => inputs[input.Name])], result);
        }
    }
}
