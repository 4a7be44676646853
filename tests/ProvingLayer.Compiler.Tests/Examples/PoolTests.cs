using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>The constant-product pool: its tests and properties, every step beside its circuit.</summary>
public class PoolTests
{
    private const string Example = "07-pool";

    private static readonly Language.Bound.BoundProgram pool = Language.Binding.Binder.Bind(
        [new SourceFile("pool.tenor", File.ReadAllText(Repository.PathOf("examples", Example, "pool.tenor")))]);

    public static TheoryData<string> Tests => [.. pool.Tests.Select(t => t.Title)];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Tests_and_properties_of_the_pool_hold_in_interpreter_circuit_and_checker(string title) => ExampleProgram.Holds(pool, title, propertyRuns: 6);

    [Fact]
    public void K_never_falls_in_many_pools_and_trades()
    {
        var result = Assert.Single(TestRunner.Run(pool, t => t.Title.StartsWith("k never falls", StringComparison.Ordinal), null, new DiagnosticBag(), propertyRuns: 100));
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.Equal(100, result.Runs);
    }

    [Fact]
    public void A_pool_that_rounds_for_the_trader_does_not_compile()
    {
        var text = File.ReadAllText(Repository.PathOf("examples", Example, "pool.tenor"));
        var greedy = text.Replace("/ depth).ceil();", "/ depth).floor();", StringComparison.Ordinal);
        Assert.NotEqual(text, greedy);
        Assert.Contains("TNR5001", Language.Binding.Binder.Bind([new SourceFile("pool.tenor", greedy)]).Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void The_scenario_of_the_pool_runs_as_it_says()
    {
        var json = File.ReadAllBytes(Repository.PathOf("examples", Example, "scenarios", "two-swaps.json"));
        var run = Scenario.Run(pool, json, SaltSource.Fixed(), new CircuitCheck());
        Assert.Empty(run.Errors);
        Assert.Equal(["seed", "swap", "swap", "swapBack"], run.Steps.Select(s => s.Function.Name));

        // The same trade in another's name.
        var stolen = System.Text.Encoding.UTF8.GetString(json).Replace("\"by\": [\"K.eve\"]},", "\"by\": [\"K.bob\"]},", StringComparison.Ordinal);
        var refused = Scenario.Run(pool, System.Text.Encoding.UTF8.GetBytes(stolen), SaltSource.Fixed());
        Assert.Contains("NotAuthorized", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
    }
}
