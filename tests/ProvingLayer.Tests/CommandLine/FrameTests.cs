namespace ProvingLayer.Tests.CommandLine;

/// <summary>What holds for every verb: help, exit codes, formats, suggestions.</summary>
public class FrameTests
{
    private const char Escape = '\e';

    [Fact]
    public void Help_lists_the_verbs_and_the_exit_codes()
    {
        var help = Tenor.Run("--help").Exits(0);
        Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
        Assert.Contains("explain", help.Output, StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Fact]
    public void Every_verb_has_help_with_examples_that_begin_with_itself()
    {
        foreach (var verb in Verbs())
        {
            var help = Tenor.Run(verb, "--help").Exits(0).Output;
            Assert.Contains("--format <text|json>", help, StringComparison.Ordinal);
            var examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..];
            Assert.Contains($"  tenor {verb}", examples, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("expalin", "did you mean 'explain'?")]
    [InlineData("veriffy", "did you mean 'verify'?")]
    [InlineData("somethingelse", "lists the verbs")]
    public void An_unknown_verb_is_a_usage_error_that_suggests_the_nearest(string verb, string hint)
    {
        var outcome = Tenor.Run(verb).Exits(2);
        Assert.Empty(outcome.Output);
        Assert.Contains($"'{verb}' is not a verb of tenor", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(hint, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain", "--formta", "json")]
    [InlineData("explain", "--format", "yaml")]
    [InlineData("explain", "TNR0011", "TNR0012")]
    [InlineData("explain", "TNR9999X")]
    [InlineData("check")]
    public void Usage_errors_exit_with_2_and_write_nothing_to_standard_output(params string[] arguments)
    {
        var outcome = Tenor.Run(arguments).Exits(2);
        Assert.Empty(outcome.Output);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_usage_error_is_one_json_object_when_json_is_asked_for()
    {
        var json = Tenor.Run("expalin", "--format", "json").Exits(2).Json;
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.Contains("explain", json.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public void Redirected_output_has_no_escape_sequences(string noColor)
    {
        var outcome = Tenor.RunIn(".", [("NO_COLOR", noColor), ("TERM", "xterm-256color")], "explain", "TNR0011").Exits(0);
        Assert.DoesNotContain(Escape, outcome.Output);
        Assert.DoesNotContain(Escape, outcome.Error);
    }

    [Fact]
    public void Explain_shows_every_code_and_suggests_neighbours_of_an_unknown_one()
    {
        var all = Tenor.Run("explain", "--format", "json").Exits(0).Json.GetProperty("diagnostics").EnumerateArray().ToList();
        Assert.NotEmpty(all);
        Assert.All(all, row => Assert.Matches("^TNR[0-9]{4}$", row.GetProperty("code").GetString()));
        var page = Tenor.Run("explain", "11").Exits(0).Output;
        Assert.Contains("TNR0011", page, StringComparison.Ordinal);
        Assert.Contains("TNR0011", Tenor.Run("explain", "TNR0009").Exits(2).Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Verbs()
    {
        var help = Tenor.Run("--help").Output;
        var commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => line.Trim().Length > 0);
        return commands.Select(line => line.Trim().Split(' ')[0]);
    }
}
