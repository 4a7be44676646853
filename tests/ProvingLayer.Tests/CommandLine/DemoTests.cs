using Xunit.Abstractions;

namespace ProvingLayer.Tests.CommandLine;

/// <summary>The demonstration, whose outcome is this repository's promise.</summary>
public class DemoTests(ITestOutputHelper output)
{
    private const int MostRuns = 15;
    private const double MostProving = 1_000; // milliseconds
    private const double MostVerifying = 50;

    [Fact]
    public void Demo_proves_and_verifies_every_step_and_refuses_every_forgery()
    {
        var json = Tenor.Run("demo", "--format", "json").Exits(0).Json;
        Assert.Equal(48, json.GetProperty("contracts").GetInt32());
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(12, steps.Count);
        Assert.Equal(["exercise", "expire", "open", "settle"], steps.Select(s => s.GetProperty("transition").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(steps, step =>
        {
            Assert.True(step.GetProperty("verified").GetBoolean());
            Assert.True(step.GetProperty("securityBits").GetDouble() >= 100);
            Assert.NotEmpty(step.GetProperty("regime").GetString()!);
        });
        Assert.Equal(["proof", "statement", "proof", "key"], json.GetProperty("refusals").EnumerateArray().Select(r => r.GetProperty("misfit").GetString()));
        output.WriteLine(string.Join('\n', steps.Select(s => s.ToString().ReplaceLineEndings(" "))));
    }

    [Fact]
    public void Demo_is_readable_where_it_is_redirected()
    {
        var outcome = Tenor.Run("demo").Exits(0);
        Assert.Contains("| AAPL put 80.00, 2020-03-30, closed 63.70: exercise", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("zk: hides what went into it", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Proving_takes_less_than_a_second_and_verifying_less_than_50_milliseconds()
    {
        // A busy machine only ever adds: the least of several runs is what the program takes. Where one run shows it, no more are needed.
        var proving = new Dictionary<string, double>(StringComparer.Ordinal);
        var verifying = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var run = 0; run < MostRuns && (run == 0 || proving.Values.Any(took => took >= MostProving) || verifying.Values.Any(took => took >= MostVerifying)); run++)
        {
            foreach (var step in Tenor.Run("demo", "--format", "json").Exits(0).Json.GetProperty("steps").EnumerateArray())
            {
                var name = $"{step.GetProperty("machine")}.{step.GetProperty("transition")}";
                Least(proving, name, step.GetProperty("provingMilliseconds").GetDouble());
                Least(verifying, name, step.GetProperty("verifyingMilliseconds").GetDouble());
            }
        }

        output.WriteLine(string.Join('\n', proving.Select(p => $"{p.Key}: proved in {p.Value:F0} ms, verified in {verifying[p.Key]:F1} ms")));
        Assert.All(proving, p => Assert.True(p.Value < MostProving, $"{p.Key}: {p.Value:F0} ms"));
        Assert.All(verifying, v => Assert.True(v.Value < MostVerifying, $"{v.Key}: {v.Value:F1} ms"));

        static void Least(Dictionary<string, double> least, string name, double value) => least[name] = Math.Min(value, least.GetValueOrDefault(name, double.MaxValue));
    }
}
