using System.IO.Compression;
using System.Text.RegularExpressions;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Build.Tests;

public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    private const string Rules = """
        module shop;
        asset EUR { decimals: 2 }
        error Nothing;
        machine Till {
            data { owner: key, cash: vault<EUR>, }
            state Open
            transition open : init -> Open { become Open; }
            transition pay(pub amount: qty<EUR>) : Open -> Open { require amount > 0 else Nothing; move amount from in(owner) to cash; stay; }
        }
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><TenorProfile>standard</TenorProfile></PropertyGroup>
          <ItemGroup><PackageReference Include="ProvingLayer.Build" Version="0.1.0" /></ItemGroup>
        </Project>
        """;

    private const string Code = "Console.WriteLine(Shop.Till.New(default));";

    [Theory]
    [InlineData("ProvingLayer.Runtime", "lib/net10.0/ProvingLayer.Runtime.dll lib/net10.0/ProvingLayer.Recursion.dll lib/net10.0/ProvingLayer.Stark.dll lib/net10.0/ProvingLayer.Constraints.dll lib/net10.0/ProvingLayer.Algebra.dll lib/net10.0/ProvingLayer.Runtime.xml README.md")]
    [InlineData("ProvingLayer.Build", "build/ProvingLayer.Build.targets buildTransitive/ProvingLayer.Build.props buildMultiTargeting/ProvingLayer.Build.props analyzers/dotnet/cs/ProvingLayer.Language.dll tools/netstandard2.0/ProvingLayer.Build.dll tools/net10.0/tenor.dll tools/net10.0/tenor.runtimeconfig.json help/TNR1001.txt README.md")]
    [InlineData("ProvingLayer.Cli", "tools/net10.0/any/tenor.dll README.md")]
    public void A_package_holds_what_it_must(string package, string files)
    {
        _ = feed;
        using var zip = ZipFile.OpenRead(Path.Combine(PackedFeed.Feed, $"{package}.0.1.0.nupkg"));
        var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
        Assert.All(files.Split(' '), f => Assert.Contains(f, names));
        using var nuspec = new StreamReader(zip.GetEntry($"{package}.nuspec")!.Open());
        Assert.Contains(">MIT</license>", nuspec.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_readme_shows_builds_and_runs()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var section = readme[readme.IndexOf("## Use it from C#", StringComparison.Ordinal)..];
        string Block(string language) => Regex.Match(section, $"```{language}\r?\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.InRange(Block("xml").Trim().Split('\n').Length, 1, 5);
        Assert.InRange(Block("csharp").Trim().Split('\n').Length, 1, 15);
        var folder = PackedFeed.Folder("readme");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), Block("xml"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Block("csharp"));
        File.Copy(Repository.PathOf("examples", "01-european-option", "option.tenor"), Path.Combine(folder, "option.tenor"));
        var (exit, output) = PackedFeed.DotNet(folder, "run", "-c", "Release");
        Assert.True(exit == 0, output);
        Assert.Contains("63.7000 USD/AAPL: True", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_build_does_nothing_an_error_has_its_place_and_clean_takes_all_away()
    {
        var folder = PackedFeed.Folder("Straße mit Leerzeichen");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), Project);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Code);
        File.WriteAllText(Path.Combine(folder, "shop.tenor"), Rules);
        var (exit, output) = Build();
        Assert.True(exit == 0, output);
        var compiled = Path.Combine(folder, "obj", "Debug", "net10.0", "tenor");
        Assert.Equal(["Till.abi.json", "Till.cost.json", "Till.tnart", "Till.transparent.vkey", "Till.vkey", "options.txt", "outputs.txt"], Directory.GetFiles(compiled).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder, "bin", "Debug", "net10.0", "Till.tnart")));
        var first = Directory.GetFiles(compiled).Append(Path.Combine(folder, "bin", "Debug", "net10.0", "App.dll")).ToDictionary(f => f, File.GetLastWriteTimeUtc);

        // S5: nothing changed: nothing is written. An output is lost, an option changed: it is made again.
        Assert.Equal(0, Build().Exit);
        Assert.All(first, f => Assert.Equal(f.Value, File.GetLastWriteTimeUtc(f.Key)));
        File.Delete(Path.Combine(compiled, "Till.abi.json"));
        Assert.Equal(0, Build().Exit);
        Assert.True(File.Exists(Path.Combine(compiled, "Till.abi.json")));
        Assert.Equal(first[Path.Combine(compiled, "Till.tnart")], File.GetLastWriteTimeUtc(Path.Combine(compiled, "Till.tnart")));

        // An editor's build runs no compiler.
        Directory.Delete(compiled, recursive: true);
        (exit, output) = PackedFeed.DotNet(folder, "build", "-p:DesignTimeBuild=true", "-t:CoreCompile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
        Assert.True(exit == 0, output);
        Assert.False(File.Exists(Path.Combine(compiled, "Till.tnart")));

        File.WriteAllText(Path.Combine(folder, "shop.tenor"), Rules.Replace("else Nothing", "else Nothin", StringComparison.Ordinal));
        (exit, output) = Build();
        Assert.NotEqual(0, exit);
        Assert.Matches(@"shop\.tenor\(8,\d+,8,\d+\): (Tenor )?error TNR1001: ", output);

        Assert.Equal(0, PackedFeed.DotNet(folder, "clean").Exit);
        Assert.False(Directory.Exists(compiled));

        (int Exit, string Output) Build() => PackedFeed.DotNet(folder, "build", "-m");
    }

    [Fact]
    public void The_command_installs_as_a_tool()
    {
        var folder = PackedFeed.Folder("tool");
        var (exit, output) = PackedFeed.DotNet(folder, "tool", "install", "ProvingLayer.Cli", "--version", "0.1.0", "--tool-path", "bin", "--configfile", "../nuget.config");
        Assert.True(exit == 0, output);
        Assert.True(Directory.GetFiles(Path.Combine(folder, "bin"), "tenor*").Length > 0);
    }
}
