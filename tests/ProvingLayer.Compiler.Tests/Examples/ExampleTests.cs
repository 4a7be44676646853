using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.TestSupport;
using Snapshooter.Xunit;

namespace ProvingLayer.Compiler.Tests.Examples;

public class ExampleTests
{
    public static TheoryData<string> Tests => [.. Programs.Option.Tests.Select(t => t.Title)];

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var example in (string[])["01-european-option", "02-solvency", "03-settlement"])
            {
                foreach (var file in Directory.GetFiles(Repository.PathOf("examples", example, "scenarios"), "*.json").Order(StringComparer.Ordinal))
                    data.Add(example, Path.GetFileName(file));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Tests_in_the_language_pass(string title)
    {
        var bag = new DiagnosticBag();
        var result = Assert.Single(TestRunner.Run(Programs.Option, t => t.Title == title, null, bag));
        Assert.Empty(bag.ToSorted());
        Assert.True(result.IsPassed, result.Failure?.ToString());
        Assert.True(result.Steps > 0);
    }

    [Fact]
    public void There_are_tests_in_the_examples() => Assert.True(Programs.Option.Tests.Length >= 5);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Scenarios_of_the_examples_run_as_they_say(string example, string file)
    {
        var program = example.StartsWith("01", StringComparison.Ordinal) ? Programs.Option
            : example.StartsWith("02", StringComparison.Ordinal) ? Programs.Solvency : Programs.Settlement;
        var run = Scenario.Run(program, File.ReadAllBytes(Repository.PathOf("examples", example, "scenarios", file)), SaltSource.Fixed());
        Assert.Empty(run.Errors);
        Assert.NotEmpty(run.Steps);

        // What leaves one party arrives at another: a machine that is settled keeps nothing.
        foreach (var asset in run.Flows.GroupBy(f => f.Asset))
            Assert.True(asset.Aggregate(System.Numerics.BigInteger.Zero, (sum, f) => sum + f.Amount).IsZero);
    }

    [Fact]
    public void Each_step_starts_from_the_root_the_last_one_ended_with()
    {
        foreach (var row in Scenarios.Where(r => (string)r[0] == "01-european-option"))
        {
            var run = Scenario.Run(Programs.Option, File.ReadAllBytes(Repository.PathOf("examples", (string)row[0], "scenarios", (string)row[1])), SaltSource.Random());
            var accepted = run.Steps.Where(s => s.Result.IsAccepted).ToList();
            Assert.True(accepted.Count >= 2);
            foreach (var (earlier, later) in accepted.Zip(accepted.Skip(1)))
                Assert.Equal(earlier.Result.Public("postRoot"), later.Result.Public("preRoot"));
            Assert.Equal(accepted.Count + 1, accepted.Select(s => s.Result.Public("preRoot")).Append(accepted[^1].Result.Public("postRoot")).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("ApplePut")]
    [InlineData("AppleCall")]
    public void Ir_of_the_option(string name)
    {
        var program = Programs.Lower(Programs.Option, name);
        foreach (var function in program.Functions)
            IrValidator.Check(function);
        Snapshot.Match(IrPrinter.Print(program), $"Ir_of_{name}");
    }

    [Fact]
    public void Ir_of_the_statement() => Snapshot.Match(IrPrinter.Print(Programs.Lower(Programs.Solvency, "Solvency")), "Ir_of_Solvency");
}
