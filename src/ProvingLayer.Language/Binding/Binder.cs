using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding;

/// <summary>Source files to bound program.</summary>
public static class Binder
{
    /// <summary>Parses and binds files that may use each other. Never throws on bad input.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The program, with what is wrong with it.</returns>
    public static BoundProgram Bind(IReadOnlyList<SourceFile> files) => new Program(files);
}
