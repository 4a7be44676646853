using System.Collections.Immutable;
using System.Reflection;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Compiler.Emit;

/// <summary>A machine's or statement's circuits, one for each entry point that is proved, by index.</summary>
/// <param name="Program">The IR they were made of.</param>
/// <param name="Functions">The circuits.</param>
public sealed record CircuitProgram(IrProgram Program, ImmutableArray<CircuitFunction> Functions)
{
    /// <summary>The compiler's version, which stands in every artifact: the assembly's, without the build's commit.</summary>
    public static string CompilerVersion { get; } =
        typeof(CircuitProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What goes in and comes out.</summary>
    public Abi Abi => new(Program.Name, Program.IsMachine, Program.States, [.. Functions.Select(f => f.Abi)]) { InterfaceHash = Program.InterfaceHash };

    /// <summary>What is written to a <c>.tnart</c> file.</summary>
    public Artifact ToArtifact() => new(CompilerVersion, Abi, [.. Functions.Select(f => f.Circuit)]);
}

/// <summary>The circuit of one entry point.</summary>
/// <param name="Function">The IR it was made of.</param>
/// <param name="Circuit">The circuit.</param>
/// <param name="Abi">What goes in and comes out, by slot.</param>
public sealed record CircuitFunction(IrFunction Function, Circuit Circuit, AbiFunction Abi)
{
    /// <summary>Addresses of the cells that whoever proves may choose: those of the inputs. All others are determined by them.</summary>
    public required ImmutableArray<int> FreeCells { get; init; }
}
