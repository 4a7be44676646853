using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>What the tests of examples ask of every one.</summary>
internal static class ExampleProgram
{
    /// <summary>A test or property of an example holds in interpreter, circuit and constraint checker, and none of them was left out.</summary>
    public static void Holds(BoundProgram program, string title, int propertyRuns)
    {
        Assert.Empty(program.Diagnostics);
        var (check, bag) = (new CircuitCheck(), new DiagnosticBag());
        var result = Assert.Single(TestRunner.Run(program, t => t.Title == title, check, bag, propertyRuns: propertyRuns));
        Assert.Empty(bag.ToSorted());
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(check.Runs > 0);
    }
}
