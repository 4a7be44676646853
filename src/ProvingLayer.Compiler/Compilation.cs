using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler;

/// <summary>The pipeline from the bound tree to the Core IR that is interpreted and emitted.</summary>
public static class Compilation
{
    /// <summary>The passes over every function, in order.</summary>
    public static ImmutableArray<Pass> Passes => Pass.Pipeline;

    /// <summary>Lowers a machine or statement and runs the passes.</summary>
    /// <param name="target">What to lower, from a program without errors.</param>
    /// <param name="diagnostics">Where a text that is too large is reported.</param>
    /// <returns>The program; null where something was reported.</returns>
    public static IrProgram? Lower(BuildTarget target, DiagnosticBag diagnostics) =>
        ProgramLowering.Run(target, diagnostics) is { } program
            ? program with { Functions = [.. program.Functions.Select(f => Pass.RunAll(f, Passes))] }
            : null;
}
