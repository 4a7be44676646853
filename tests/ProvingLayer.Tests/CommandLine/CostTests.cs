using System.Text.Json;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>cost</c> and <c>bench</c>: figures that agree with the circuits and with each other.</summary>
public sealed class CostTests(ProvedExample example) : IClassFixture<ProvedExample>
{
    [Fact]
    public void Lines_add_up_to_their_transition_and_rows_are_those_of_build()
    {
        var transitions = Tenor.Run("cost", Program.Options, Program.Solvency, "--format", "json").Exits(0).Json.GetProperty("transitions").EnumerateArray().ToList();
        var built = example.Built.Json.GetProperty("programs").EnumerateArray()
            .SelectMany(p => p.GetProperty("transitions").EnumerateArray().Select(t => (p.GetProperty("name").GetString(), t.GetProperty("name").GetString(), t.GetProperty("rows").GetInt64()))).ToList();
        Assert.Equal(built, transitions.Select(t => (t.GetProperty("program").GetString(), t.GetProperty("name").GetString(), t.GetProperty("rows").GetInt64())));
        foreach (var transition in transitions)
        {
            foreach (var what in new[] { "rows", "cells", "hashes", "lookups" })
            {
                Assert.Equal(Amount(transition, what), transition.GetProperty("lines").EnumerateArray().Sum(line => Amount(line, what)));
            }

            var chips = transition.GetProperty("chips").EnumerateArray().ToList();
            Assert.Equal(Amount(transition, "paddedRows"), chips.Sum(chip => Amount(chip, "paddedRows")));
            Assert.Equal(Amount(transition, "paddedCells"), chips.Sum(chip => Amount(chip, "paddedRows") * Amount(chip, "columns")));
            Assert.Equal(Amount(transition, "hashes"), chips.Where(chip => chip.GetProperty("chip").GetString() == "poseidon2").Sum(chip => Amount(chip, "rows")));
            Assert.True(Amount(transition, "cells") < Amount(transition, "paddedCells"));
        }
    }

    /// <summary>Workload W1 is 84 hashes for its two accounts, and they stand at the lines that touch the map.</summary>
    [Fact]
    public void Hashes_of_the_settlement_stand_at_the_lines_that_touch_the_map()
    {
        var settle = Tenor.Run("cost", Program.Settlement, "--format", "json").Exits(0).Json.GetProperty("transitions").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "settle");
        var source = File.ReadAllLines(TestSupport.Repository.PathOf(Program.Settlement));
        var byLine = settle.GetProperty("lines").EnumerateArray().Where(line => line.GetProperty("file").GetString() != "").ToList();
        Assert.Equal(84, byLine.Sum(line => Amount(line, "hashes")));
        Assert.All(byLine, line =>
        {
            Assert.Equal("settlement.tenor", line.GetProperty("file").GetString());
            var text = source[line.GetProperty("line").GetInt32() - 1];
            Assert.Contains(line.GetProperty("source").GetString()!.TrimEnd('…'), text, StringComparison.Ordinal);
            Assert.Equal(Amount(line, "hashes") > 0, text.Contains("balances.", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Text_has_a_table_of_transitions_and_on_demand_no_other()
    {
        var all = Tenor.Run("cost", Program.Options, "--machine", "ApplePut").Exits(0);
        Assert.Contains("ApplePut.exercise", all.Output, StringComparison.Ordinal);
        Assert.Contains("option.tenor:", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AppleCall", all.Output, StringComparison.Ordinal);
        var transitions = Tenor.Run("cost", Program.Options, "--machine", "ApplePut", "--by", "transition").Exits(0);
        Assert.Contains("ApplePut.exercise", transitions.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("option.tenor:", transitions.Output, StringComparison.Ordinal);
        Assert.Empty(transitions.Error);
        Tenor.Run("cost", Program.Options, "--by", "chip").Exits(2);
    }

    /// <summary>Against its own figures nothing has changed; against altered ones just what was altered has, a transition that is not in them is new, one that is not in the text is gone.</summary>
    [Fact]
    public void Difference_tells_what_has_changed_since_a_file_was_written()
    {
        using var folder = new TemporaryFolder();
        var old = folder["old.json"];
        var now = Tenor.Run("cost", Program.Options, "--machine", "ApplePut", "--format", "json").Exits(0).Output;
        File.WriteAllText(old, now);
        var same = Tenor.Run("cost", Program.Options, "--machine", "ApplePut", "--diff", old, "--format", "json").Exits(0).Json.GetProperty("transitions").EnumerateArray().ToList();
        Assert.NotEmpty(same);
        Assert.All(same, transition => Assert.Equal(transition.GetProperty("before").GetRawText(), transition.GetProperty("after").GetRawText()));
        Assert.DoesNotContain("(", Tenor.Run("cost", Program.Options, "--machine", "ApplePut", "--diff", old).Exits(0).Output, StringComparison.Ordinal);

        var altered = System.Text.Json.Nodes.JsonNode.Parse(now)!;
        var transitions = altered["transitions"]!.AsArray();
        var rows = transitions[0]!["rows"]!.GetValue<long>();
        transitions[0]!["rows"] = rows + 1_200;
        transitions[1]!["name"] = "renamed";
        File.WriteAllText(old, altered.ToJsonString());
        var changed = Tenor.Run("cost", Program.Options, "--machine", "ApplePut", "--diff", old).Exits(0).Output;
        Assert.Contains("(-1,200)", changed, StringComparison.Ordinal);
        Assert.Contains($"ApplePut.{same[1].GetProperty("name").GetString()} (new)", changed, StringComparison.Ordinal);
        Assert.Contains("ApplePut.renamed (gone)", changed, StringComparison.Ordinal);

        foreach (var other in (string[])["{}", "[", """{"transitions":[{"program":"A","name":"b"}]}""", """{"transitions":7}"""])
        {
            File.WriteAllText(old, other);
            Tenor.Run("cost", Program.Options, "--diff", old).Exits(1);
        }

        Tenor.Run("cost", Program.Options, "--diff", folder["none.json"]).Exits(2);
    }

    [Fact]
    public void Bench_measures_the_settlement_as_build_counts_it()
    {
        var workload = Tenor.Run("bench", "W1", "--seconds", "0.01", "--format", "json").Exits(0).Json.GetProperty("workloads").EnumerateArray().Single();
        var settle = Tenor.Run("cost", Program.Settlement, "--by", "transition", "--format", "json").Exits(0).Json.GetProperty("transitions").EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "settle");
        Assert.Equal("W1", workload.GetProperty("name").GetString());
        Assert.Equal(Amount(settle, "rows"), Amount(workload, "rows"));
        Assert.True(workload.GetProperty("hiding").GetBoolean());
        Assert.True(workload.GetProperty("security_bits").GetDouble() >= 100);
        Assert.True(workload.GetProperty("prove_ms").GetProperty("min").GetDouble() > 0);
    }

    private static long Amount(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
