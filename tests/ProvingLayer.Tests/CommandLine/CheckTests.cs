using System.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Tests.CommandLine;

/// <summary><c>check</c> and <c>dump</c>, on good files and on what a disk may hold instead.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("examples/01-european-option/option.tenor")]
    [InlineData("examples/02-solvency/solvency.tenor")]
    [InlineData("examples/03-settlement/settlement.tenor")]
    public void The_examples_are_accepted(string file)
    {
        var json = Tenor.Run("check", file, "--format", "json").Exits(0).Json;
        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Empty(json.GetProperty("diagnostics").EnumerateArray());
        Assert.NotEmpty(json.GetProperty("targets").EnumerateArray());
        Assert.Contains("no errors", Tenor.Run("check", Repository.PathOf(file)).Exits(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_syntax_error_is_one_canonical_line_with_its_place_and_exit_code_1()
    {
        folder.Write("bad.tenor", "module m;\n\nasset USD { decimals: 2\n");
        var outcome = Tenor.RunIn(folder.Root, "check", "bad.tenor").Exits(1);
        Assert.Matches(@"^bad\.tenor\(3,24,3,24\): error TNR0\d{3}: .+\n$", outcome.Output);
        var diagnostic = Tenor.RunIn(folder.Root, "check", "bad.tenor", "--format", "json").Exits(1).Json.GetProperty("diagnostics")[0];
        Assert.Equal("bad.tenor", diagnostic.GetProperty("file").GetString());
        Assert.Equal(3, diagnostic.GetProperty("line").GetInt32());
        Assert.Equal(24, diagnostic.GetProperty("column").GetInt32());
    }

    [Fact]
    public void A_missing_file_is_a_usage_error_that_suggests_its_neighbour()
    {
        var outcome = Tenor.Run("check", "examples/01-european-option/opton.tenor").Exits(2);
        Assert.Contains("did you mean 'option.tenor'?", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("no folder", Tenor.Run("check", "exmples/option.tenor").Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("no .tenor file", Tenor.Run("check", folder.Root).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fmt_formats_files_in_place_once_and_tells_with_check_which_are_not()
    {
        folder.Write("a.tenor", "const  A:u64=1; // one\r\n");
        folder.Write("b.tenor", "const B: u64 = 2;\n");
        var outcome = Tenor.RunIn(folder.Root, "fmt", ".", "--check").Exits(1);
        Assert.Contains("a.tenor", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("b.tenor", outcome.Output, StringComparison.Ordinal);
        Tenor.RunIn(folder.Root, "fmt", ".").Exits(0);
        Assert.Equal("const A: u64 = 1;  // one\n", File.ReadAllText(Path.Combine(folder.Root, "a.tenor")));
        Assert.Empty(Tenor.RunIn(folder.Root, "fmt", "--check", ".", "--format", "json").Exits(0).Json.GetProperty("unformatted").EnumerateArray());
        folder.Write("c.tenor", "const C u64 = 1;\n");
        Assert.Contains("TNR0", Tenor.RunIn(folder.Root, "fmt", ".").Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal("const C u64 = 1;\n", File.ReadAllText(Path.Combine(folder.Root, "c.tenor")));
    }

    [Fact]
    public void Audit_lists_what_a_reviewer_has_to_judge()
    {
        folder.Write("a.tenor", "statement S(pub x: u64, y: u64) -> u64 { disclose(x + 1) }\n");
        var outcome = Tenor.RunIn(folder.Root, "audit", "a.tenor").Exits(0);
        Assert.Equal("a.tenor(1,25,1,26): unused: nothing reads argument 'y'\na.tenor(1,42,1,57): disclosure: x + 1 is made public\n", outcome.Output);
        var findings = Tenor.RunIn(folder.Root, "audit", "a.tenor", "--format", "json").Exits(0).Json.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(["unused", "disclosure"], findings.Select(f => f.GetProperty("kind").GetString()));
        folder.Write("b.tenor", "statement S() -> u64 { x }\n");
        Tenor.RunIn(folder.Root, "audit", "b.tenor").Exits(1);
    }

    public static TheoryData<string, byte[], string> HostileFiles => new()
    {
        { "invalid UTF-8", [.. "asset USD"u8, 0xff], "TNR0001" },
        { "a surrogate in UTF-8", [.. "// "u8, 0xed, 0xa0, 0x80], "TNR0001" },
        { "NUL", "asset\0"u8.ToArray(), "TNR0003" },
        { "a bidirectional control", Encoding.UTF8.GetBytes("// \u202e"), "TNR0003" },
        { "five megabytes", Encoding.UTF8.GetBytes(new string(' ', 5_000_000)), "TNR0002" },
        { "a million parentheses", Encoding.UTF8.GetBytes("const X: u32 = " + new string('(', 1_000_000)), "TNR0" },
        { "a million brackets of types", Encoding.UTF8.GetBytes("const X: " + new string('[', 1_000_000)), "TNR0" },
        { "guarded guarded …", Encoding.UTF8.GetBytes("const X: " + string.Concat(Enumerable.Repeat("guarded ", 100_000))), "TNR0" },
        { "a number of a million digits", Encoding.UTF8.GetBytes("const X: u32 = " + new string('9', 1_000_000) + ";"), "TNR0" },
        { "a million minus signs", Encoding.UTF8.GetBytes("const X: i64 = " + new string('-', 1_000_000) + "1;"), "TNR0" },
        { "an executable", File.ReadAllBytes(Tenor.Executable)[..1_000], "TNR000" },
    };

    [Theory]
    [MemberData(nameof(HostileFiles))]
    public void S1_hostile_files_are_refused_with_a_diagnostic_in_bounded_time(string what, byte[] content, string code)
    {
        File.WriteAllBytes(folder["hostile.tenor"], content);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = Tenor.RunIn(folder.Root, "check", "hostile.tenor").Exits(1);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{what} took {watch.Elapsed}"); // 5 s on a machine that does nothing else
        Assert.Contains($"error {code}", outcome.Output, StringComparison.Ordinal);
        Assert.All(outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^hostile\.tenor\(\d+,\d+,\d+,\d+\): error TNR\d{4}: ", line));
        Assert.DoesNotContain("Exception", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_prints_the_syntax_tree()
    {
        var outcome = Tenor.Run("dump", "--stage", "syntax", "examples/02-solvency/solvency.tenor").Exits(0);
        Assert.Contains("Solvency", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
        Assert.Equal(outcome.Output, Tenor.Run("dump", "--stage", "syntax", "examples/02-solvency/solvency.tenor", "--format", "json").Json.GetProperty("text").GetString());
    }
}
