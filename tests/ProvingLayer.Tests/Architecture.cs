using System.Xml.Linq;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Tests;

/// <summary>The project references are the architecture: this table is the only place that may change them.</summary>
public class Architecture
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Algebra"] = [],
        ["Constraints"] = ["Algebra"],
        ["Stark"] = ["Constraints"],
        ["Recursion"] = ["Stark"],
        ["Language"] = [],
        ["Compiler"] = ["Language", "Constraints", "Recursion"],
        ["Runtime"] = ["Recursion"],
        ["SourceGenerator"] = ["Language"],
        ["Build"] = ["SourceGenerator", "Cli"], // packed, not compiled against: the test below holds that
        ["Cli"] = ["Compiler", "Runtime"],
        ["Templates"] = [], // the command embeds its files
    };

    public static TheoryData<string> Projects => [.. Names()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_the_table_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"ProvingLayer.{project} is not in the table.");
        var found = References(project).Select(Name).Order(StringComparer.Ordinal);
        Assert.Equal(allowed.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void Every_project_of_the_table_exists() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Names().Order(StringComparer.Ordinal));

    [Fact]
    public void The_build_package_compiles_against_no_project() =>
        Assert.All(References("Build"), reference => Assert.Equal("false", (string?)reference.Attribute("ReferenceOutputAssembly")));

    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.g4")]
    [InlineData("*.tenor")]
    public void No_file_is_longer_than_800_lines(string pattern)
    {
        var folders = new[] { "src", "tests", "grammar", "examples", "stdlib" }.Select(f => Repository.PathOf(f)).Where(Directory.Exists);
        var files = folders.SelectMany(f => Directory.EnumerateFiles(f, pattern, SearchOption.AllDirectories))
            .Where(f => !f.Contains("Constants", StringComparison.Ordinal)); // tables of constants excepted
        Assert.All(files, file => Assert.True(File.ReadLines(file).Count() <= 800, $"{file} has more than 800 lines."));
    }

    private static IEnumerable<string> Names() =>
        Directory.GetDirectories(Repository.PathOf("src")).Select(d => Path.GetFileName(d)["ProvingLayer.".Length..]);

    private static List<XElement> References(string project) =>
        [.. XDocument.Load(Repository.PathOf("src", $"ProvingLayer.{project}", $"ProvingLayer.{project}.csproj")).Descendants("ProjectReference")];

    private static string Name(XElement reference) =>
        Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)["ProvingLayer.".Length..];
}
