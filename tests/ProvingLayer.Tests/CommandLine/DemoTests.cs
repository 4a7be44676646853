using Xunit.Abstractions;

namespace ProvingLayer.Tests.CommandLine;

/// <summary>The demonstration, whose outcome is this repository's promise.</summary>
public class DemoTests(ITestOutputHelper output)
{
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
}
