using System.Numerics;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.StandardModules;

/// <summary>A function of the library as a statement that calls it and does nothing else, from a file of this folder.</summary>
internal sealed class LibraryFunction
{
    private readonly IrFunction function;
    private readonly Lazy<CircuitFunction> circuit;

    public LibraryFunction(string file, string name)
    {
        function = Programs.Lower(Program(file), name).Functions[0];
        circuit = new(() => CircuitEmitter.Emit(function));
    }

    /// <summary>Its circuit.</summary>
    public CircuitFunction Circuit => circuit.Value;

    /// <summary>The files of this folder.</summary>
    public static IEnumerable<string> Files { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.tenor").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.PathOf("tests", "ProvingLayer.Compiler.Tests", "StandardModules");

    public static BoundProgram Program(string file) => Programs.Bind(File.ReadAllText(Path.Combine(Folder, $"{file}.tenor")));

    /// <summary>The scalars of the result for these arguments' scalars; null where a check fails.</summary>
    public BigInteger[]? Run(params ReadOnlySpan<BigInteger> arguments)
    {
        var inputs = Inputs(arguments);
        var run = Interpreter.Run(function, inputs);
        return run.IsAccepted ? [.. function.Outputs.Zip(run.Outputs).Where(o => o.First.Role == IrOutputRole.Result).Select(o => o.Second.Number)] : null;
    }

    /// <summary>What differs between the interpreter and the circuit for these arguments; null for nothing.</summary>
    public string? Difference(params ReadOnlySpan<BigInteger> arguments)
    {
        var inputs = Inputs(arguments);
        return CircuitComparison.Difference(circuit.Value, inputs, Interpreter.Run(function, inputs));
    }

    private Scalar[] Inputs(ReadOnlySpan<BigInteger> arguments)
    {
        var inputs = new Scalar[function.Inputs.Length];
        var next = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            var type = function.Inputs[i].Type;
            inputs[i] = !function.Inputs[i].Name.StartsWith("args.", StringComparison.Ordinal) ? Scalar.Zero(type.Kind) : Scalar.Of(arguments[next++]);
        }

        Assert.Equal(arguments.Length, next);
        return inputs;
    }
}
