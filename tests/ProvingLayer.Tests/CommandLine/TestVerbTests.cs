using ProvingLayer.TestSupport;

namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>tenor test</c> with what it can do beside running tests.</summary>
public sealed class TestVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tests_are_run_proved_lied_about_and_their_coverage_told()
    {
        var file = Repository.PathOf("examples", "01-european-option", "option.tenor");
        var json = Tenor.Run("test", file, "--filter", "63.70", "--prove", "--soundness", "3", "--coverage", "--format", "json").Exits(0).Json;
        Assert.Equal(1, json.GetProperty("passed").GetInt32());
        Assert.Equal(3, json.GetProperty("proofs").GetInt32());
        Assert.InRange(json.GetProperty("lies").GetInt32(), 4, 9);
        var edges = json.GetProperty("coverage").GetProperty("edges").EnumerateArray().Where(e => e.GetProperty("machine").GetString() == "EuropeanPut<AAPL, USD>").ToList();
        Assert.Equal(5, edges.Count);
        Assert.Equal(1, edges.Single(e => e.GetProperty("transition").GetString() == "exercise").GetProperty("steps").GetInt32());
        Assert.Equal(0, edges.Single(e => e.GetProperty("transition").GetString() == "expire").GetProperty("steps").GetInt32());
        Assert.Contains(json.GetProperty("coverage").GetProperty("lines").EnumerateArray(), l => l.GetProperty("steps").GetInt32() > 0);
    }

    [Fact]
    public void What_no_test_reaches_is_told_to_people()
    {
        folder.Write("a.tenor", "machine M {\n    state A\n    state B\n    transition s : init -> A { become A; }\n    transition t : A -> B { become B; }\n    transition u : B -> A { become A; }\n}\n\ntest \"one\" { let m = M.new(); m.s(); m.t(); }\n");
        var told = Tenor.RunIn(folder.Root, "test", "a.tenor", "--coverage").Exits(0).Output;
        Assert.Contains("M: 2 of 3 edges", told, StringComparison.Ordinal);
        Assert.Contains("no test goes  u: B -> A", told, StringComparison.Ordinal);
        Assert.Contains("a.tenor: 2 of 3 lines; not reached: 6", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_tells_the_arms_turns_and_calls_that_led_to_it()
    {
        folder.Write("a.tenor", "error Odd;\nfn half(n: u64) -> u64 {\n    require n % 2 == 0 else Odd;\n    (n / 2).exactly()\n}\n\ntest \"halves\" {\n    for n in 2..4 {\n        assert half(n) > 0;\n    }\n}\n");
        var text = Tenor.RunIn(folder.Root, "test", "a.tenor").Exits(1).Output;
        Assert.Contains("a.tenor(3,5,3,33): Odd: n % 2 1 != 0", text, StringComparison.Ordinal);
        Assert.Contains("a.tenor(8,5,10,6): in for n in 2..4, at 3", text, StringComparison.Ordinal);
        Assert.Contains("a.tenor(9,16,9,23): by half(…)", text, StringComparison.Ordinal);
        var json = Tenor.RunIn(folder.Root, "test", "a.tenor", "--format", "json").Exits(1).Json.GetProperty("tests")[0];
        Assert.Equal(["turn 8:5 for n in 2..4, at 3"], json.GetProperty("path").EnumerateArray().Select(Frame));
        Assert.Equal(["call 9:16 half(…)"], json.GetProperty("causePath").EnumerateArray().Select(Frame));

        static string Frame(System.Text.Json.JsonElement frame) =>
            $"{frame.GetProperty("kind").GetString()} {frame.GetProperty("line").GetInt32()}:{frame.GetProperty("column").GetInt32()} {frame.GetProperty("text").GetString()}";
    }

    [Theory]
    [InlineData("--soundness", "-1")]
    [InlineData("--soundness", "many")]
    [InlineData("--runs", "0")]
    public void Numbers_out_of_range_are_usage_errors(string option, string value) =>
        Tenor.Run("test", Repository.PathOf("examples", "02-solvency", "solvency.tenor"), option, value).Exits(2);
}
