using System.Collections.Immutable;
using System.CommandLine;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Cli.Commands;

/// <summary>The files a command line named, and the program they make.</summary>
/// <param name="Files">The files that could be read.</param>
/// <param name="Program">The program bound.</param>
/// <param name="Diagnostics">What is wrong with the files' bytes, and with the program.</param>
internal sealed record LoadedProgram(ImmutableArray<SourceFile> Files, BoundProgram Program, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is an error.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>The argument <c>FILE…</c> of verbs that take source files.</summary>
    public static Argument<string[]> FilesArgument() => new("FILE")
    {
        Description = "Source files, or folders of them. Modules that use each other are named together.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Reads and binds source files.</summary>
    public static LoadedProgram Load(IEnumerable<string> named)
    {
        var diagnostics = new DiagnosticBag();
        var files = SourceLoader.Load(named, diagnostics);
        var program = Binder.Bind(files);
        diagnostics.AddRange(program.Diagnostics);
        return new(files, program, diagnostics.ToSorted());
    }
}
