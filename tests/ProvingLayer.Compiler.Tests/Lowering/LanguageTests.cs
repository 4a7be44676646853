using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Language.Diagnostics;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Runs tests that are written in the language: each step in the interpreter, as its circuit and against the constraints.</summary>
internal static class LanguageTests
{
    /// <summary>Every test of a program passes, and runs of its machines agree with their circuits.</summary>
    public static void Pass(string text)
    {
        var check = new CircuitCheck();
        var bag = new DiagnosticBag();
        var program = Programs.Bind(text);
        Assert.NotEmpty(program.Tests);
        foreach (var result in TestRunner.Run(program, null, check, bag))
            Assert.True(result.IsPassed, $"{result.Test.Title}: {result.Failure}");
        Assert.Empty(bag.ToSorted());
        Assert.True(check.Runs > 0);
    }
}
