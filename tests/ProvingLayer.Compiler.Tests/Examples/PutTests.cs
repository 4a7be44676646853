using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>The put whose fixing is signed: its tests and property, every step beside its circuit.</summary>
public class PutTests
{
    private const string Example = "08-signed-put";

    private static readonly Language.Bound.BoundProgram put = Compilation.Check(
        [new SourceFile("put.tenor", File.ReadAllText(Repository.PathOf("examples", Example, "put.tenor")))]);

    public static TheoryData<string> Tests => [.. put.Tests.Select(t => t.Title)];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Tests_and_property_of_the_put_hold_in_interpreter_circuit_and_checker(string title) => ExampleProgram.Holds(put, title, propertyRuns: 3);

    [Fact]
    public void C17_What_the_writer_loses_the_holder_gets_over_many_prices_and_sizes()
    {
        var result = Assert.Single(TestRunner.Run(put, t => !t.Parameters.IsEmpty, null, new DiagnosticBag(), propertyRuns: 50));
        Assert.True(result.IsPassed, result.Failure?.ToString());
    }

    [Fact]
    public void Scenarios_of_the_put_run_as_they_say()
    {
        var files = Directory.GetFiles(Repository.PathOf("examples", Example, "scenarios"), "*.json");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var run = Scenario.Run(put, File.ReadAllBytes(file), SaltSource.Fixed(), new CircuitCheck());
            Assert.Empty(run.Errors);
            Assert.True(run.Flows.Aggregate(System.Numerics.BigInteger.Zero, (sum, f) => sum + f.Amount).IsZero);
        }
    }

    [Fact]
    public void A_fixing_that_another_signs_is_refused()
    {
        var json = File.ReadAllText(Repository.PathOf("examples", Example, "scenarios", "exercise.json"));
        var forged = json.Replace("\"by\": \"K.feed\"", "\"by\": \"K.bob\"", StringComparison.Ordinal);
        Assert.NotEqual(json, forged);
        var refused = Scenario.Run(put, System.Text.Encoding.UTF8.GetBytes(forged), SaltSource.Fixed(), new CircuitCheck());
        Assert.Contains("BadQuote: fix is not signed by oracle", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }
}
