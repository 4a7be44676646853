using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>Programs of the tests: the examples of the repository, and texts.</summary>
internal static class Programs
{
    public static BoundProgram Option { get; } = Example("01-european-option", "option.tenor");

    public static BoundProgram Solvency { get; } = Example("02-solvency", "solvency.tenor");

    public static BoundProgram Settlement { get; } = Example("03-settlement", "settlement.tenor");

    public static BoundProgram Bind(string text) => Checked(Compilation.Check([new SourceFile("test.tenor", text)]));

    /// <summary>A target, lowered.</summary>
    public static IrProgram Lower(BoundProgram program, string name)
    {
        var bag = new DiagnosticBag();
        var target = program.Instantiate(name, bag);
        Assert.Empty(bag.ToSorted());
        return Compilation.Lower(target!, bag)!;
    }

    private static BoundProgram Example(string folder, string file)
    {
        var path = Repository.PathOf("examples", folder, file);
        return Checked(Compilation.Check([new SourceFile(file, File.ReadAllText(path))]));
    }

    private static BoundProgram Checked(BoundProgram program)
    {
        Assert.Empty(program.Diagnostics.Where(d => d.Severity == Severity.Error));
        return program;
    }
}
