using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Compiler;

/// <summary>The pipeline from the bound tree to the Core IR that is interpreted and emitted.</summary>
public static class Compilation
{
    /// <summary>The passes over every function, in order.</summary>
    public static ImmutableArray<Pass> Passes => Pass.Pipeline;

    /// <summary>Parses and binds files that may use each other. Never throws on bad input.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The program, with what is wrong with it.</returns>
    public static BoundProgram Check(IReadOnlyList<SourceFile> files) => Binder.Bind(files);

    /// <summary>Lowers a machine or statement and runs the passes.</summary>
    /// <param name="target">What to lower, from a program without errors.</param>
    /// <param name="diagnostics">Where a text that is too large is reported.</param>
    /// <returns>The program; null where something was reported.</returns>
    public static IrProgram? Lower(BuildTarget target, DiagnosticBag diagnostics) =>
        ProgramLowering.Run(target, diagnostics) is { } program
            ? program with { Functions = [.. program.Functions.Select(f => Pass.RunAll(f, Passes))] }
            : null;
}
