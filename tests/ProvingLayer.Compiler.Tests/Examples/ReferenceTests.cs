using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>The tests and properties in the language reference pass, and everything in it becomes a circuit.</summary>
public class ReferenceTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, LanguageReference.Programs.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_the_language_reference_shows_is_so(int number)
    {
        var program = Compilation.Check([.. LanguageReference.Programs[number].Select(f => new SourceFile(f.Path, f.Text))]);
        var bag = new DiagnosticBag();
        foreach (var target in program.Targets)
            Assert.All(CircuitEmitter.Emit(Compilation.Lower(target, bag)!).Functions, f => Assert.True(f.Circuit.CellCount > 0));
        foreach (var result in TestRunner.Run(program, t => t.Span.File.Path.StartsWith("reference", StringComparison.Ordinal), new CircuitCheck(), bag, propertyRuns: 20))
            Assert.True(result.IsPassed, $"{result.Test.Title}: {result.Failure}");
        Assert.Empty(bag.ToSorted());
    }

    [Fact]
    public void The_language_reference_has_tests_and_properties()
    {
        var tests = LanguageReference.Programs.SelectMany(p => Compilation.Check([.. p.Select(f => new SourceFile(f.Path, f.Text))]).Tests).ToList();
        Assert.Contains(tests, t => t.Parameters.IsEmpty);
        Assert.Contains(tests, t => !t.Parameters.IsEmpty);
    }
}
