namespace ProvingLayer.Build.Tests;

/// <summary>What <c>dotnet new</c> and <c>tenor new</c> make: it builds, its tests pass, it runs.</summary>
[Collection(Packed.Name)]
public sealed class TemplateTests
{
    [Fact]
    public void An_application_from_the_template_tests_proves_and_verifies()
    {
        var folder = New("tenor-app", "Deals");
        Assert.Contains("2 passed, 0 failed", PackedFeed.Run(folder, "build", "-t:Build", "-t:TenorTest"), StringComparison.Ordinal);
        Assert.Contains("proved 2 steps", PackedFeed.Run(folder, "run", "--no-build", "--", "prove", "deal"), StringComparison.Ordinal);
        var verified = PackedFeed.Run(folder, "run", "--no-build", "--", "verify", "deal");
        Assert.StartsWith("accepted", verified, StringComparison.Ordinal);
        Assert.Contains("was paid 250.00 EUR", verified, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_of_rules_from_the_template_builds_and_its_tests_pass()
    {
        var folder = New("tenor-rules", "Terms");
        Assert.Contains("2 passed, 0 failed", PackedFeed.Run(folder, "build", "-t:Build", "-t:TenorTest"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "bin", "Debug", "net10.0", "Escrow.vkey")));

        // A test of the rules that does not hold fails the build.
        var rules = Path.Combine(folder, "escrow.tenor");
        File.WriteAllText(rules, File.ReadAllText(rules).Replace("== 250.00 EUR", "== 249.00 EUR", StringComparison.Ordinal));
        Assert.NotEqual(0, PackedFeed.DotNet(folder, "build", "-t:TenorTest").Exit);
    }

    // The template out of its package, in a place of its own; the command writes the same files.
    private static string New(string template, string name)
    {
        var (folder, hive) = (PackedFeed.Folder($"new-{template}"), PackedFeed.Folder($"hive-{template}"));
        PackedFeed.Run(folder, "new", "install", Path.Combine(PackedFeed.Feed, "ProvingLayer.Templates.0.1.0.nupkg"), "--debug:custom-hive", hive);
        PackedFeed.Run(folder, "new", template, "-n", name, "-o", name, "--debug:custom-hive", hive);
        PackedFeed.Run(folder, "exec", PackedFeed.Command, "new", template["tenor-".Length..], name, "-o", "written");
        var (made, written) = (Contents(Path.Combine(folder, name)), Contents(Path.Combine(folder, "written")));
        Assert.Contains($"{name}.csproj", made.Keys);
        Assert.Equal(made, written);
        Assert.NotEqual(0, PackedFeed.DotNet(folder, "exec", PackedFeed.Command, "new", template["tenor-".Length..], name, "-o", "written").Exit); // nothing is overwritten
        return Path.Combine(folder, name);
    }

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllText), StringComparer.Ordinal);
}
