using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>Source files to bound program.</summary>
public static class Binder
{
    /// <summary>Parses and binds files that may use each other. Never throws on bad input.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The program, with what is wrong with it.</returns>
    public static BoundProgram Bind(IReadOnlyList<SourceFile> files)
    {
        var diagnostics = new DiagnosticBag();
        foreach (var file in files)
        {
            Parsing.Parser.Parse(file, diagnostics);
        }

        return new Result(diagnostics.ToSorted());
    }

    private sealed class Result(ImmutableArray<Diagnostic> diagnostics) : BoundProgram
    {
        public override ImmutableArray<Diagnostic> Diagnostics => diagnostics;

        public override ImmutableArray<BuildTarget> Targets => [];

        public override ImmutableArray<BoundMachine> Machines => [];

        public override ImmutableArray<BoundTest> Tests => [];

        public override ImmutableArray<AssetSymbol> Assets => [];

        public override BuildTarget? Instantiate(string text, DiagnosticBag diagnostics) => null;

        public override BoundExpression? ReadValue(string text, TenorType type, DiagnosticBag diagnostics) => null;
    }
}
