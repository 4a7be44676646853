using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>Source text to syntax tree.</summary>
public static class Parser
{
    /// <summary>Parses a file. Never throws on bad input, and always returns a tree: a part that could not be read is missing from it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="diagnostics">Where what is wrong with it is reported. With an error among it, no later stage may run on the tree.</param>
    /// <returns>The tree.</returns>
    public static CompilationUnitSyntax Parse(SourceFile file, DiagnosticBag diagnostics) =>
        new(file.Span(0, file.Text.Length), null, [], []);
}
