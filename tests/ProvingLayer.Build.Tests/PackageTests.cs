using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Build.Tests;

[Collection(Packed.Name)]
public sealed class PackageTests
{
    [Theory]
    [InlineData("ProvingLayer.Runtime", "lib/net10.0/ProvingLayer.Runtime.dll lib/net10.0/ProvingLayer.Recursion.dll lib/net10.0/ProvingLayer.Stark.dll lib/net10.0/ProvingLayer.Constraints.dll lib/net10.0/ProvingLayer.Algebra.dll lib/net10.0/ProvingLayer.Runtime.xml README.md")]
    [InlineData("ProvingLayer.Build", "build/ProvingLayer.Build.targets buildTransitive/ProvingLayer.Build.props buildMultiTargeting/ProvingLayer.Build.props analyzers/dotnet/cs/ProvingLayer.Language.dll tools/netstandard2.0/ProvingLayer.Build.dll tools/net10.0/tenor.dll tools/net10.0/tenor.runtimeconfig.json help/TNR1001.txt README.md")]
    [InlineData("ProvingLayer.Templates", "content/tenor-rules/.template.config/template.json content/tenor-app/.template.config/template.json content/tenor-app/Program.cs README.md")]
    [InlineData("ProvingLayer.Cli", "tools/net10.0/any/tenor.dll README.md")]
    public void A_package_holds_what_it_must(string package, string files)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(PackedFeed.Feed, $"{package}.0.1.0.nupkg"));
        var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
        Assert.All(files.Split(' '), f => Assert.Contains(f, names));
        using var nuspec = new StreamReader(zip.GetEntry($"{package}.nuspec")!.Open());
        Assert.Contains(">MIT</license>", nuspec.ReadToEnd(), StringComparison.Ordinal);
    }

    /// <summary>What the build precompiles for its own machine stays there: packages are the same, wherever they are made.</summary>
    [Theory]
    [InlineData("ProvingLayer.Cli", "tools/net10.0/any/")]
    [InlineData("ProvingLayer.Build", "tools/net10.0/")]
    public void The_command_is_packed_portable(string package, string folder)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(PackedFeed.Feed, $"{package}.0.1.0.nupkg"));
        var assemblies = zip.Entries.Where(e => e.FullName.StartsWith(folder, StringComparison.Ordinal) && e.FullName.EndsWith(".dll", StringComparison.Ordinal) && !e.FullName[folder.Length..].Contains('/')).ToList();
        Assert.Contains(assemblies, e => e.Name == "tenor.dll");
        Assert.All(assemblies, entry =>
        {
            using var content = new MemoryStream();
            using (var packed = entry.Open())
            {
                packed.CopyTo(content);
            }

            content.Position = 0;
            using var image = new PEReader(content);
            Assert.Equal(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        });
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
    public void The_runtime_by_itself_verifies_what_the_command_proved()
    {
        var folder = PackedFeed.Folder("runtime");
        var example = Directory.CreateDirectory(Path.Combine(folder, "02-solvency")).FullName;
        File.Copy(Repository.PathOf("examples", "02-solvency", "solvency.tenor"), Path.Combine(example, "solvency.tenor"));
        var scenario = Repository.PathOf("examples", "02-solvency", "scenarios", "eleven-accounts.json");
        PackedFeed.Run(folder, "exec", PackedFeed.Command, "build", Path.Combine(example, "solvency.tenor"), "-o", "rules");
        PackedFeed.Run(folder, "exec", PackedFeed.Command, "run", Path.Combine(example, "solvency.tenor"), scenario, "--key", "rules/Solvency.vkey", "--inputs", "inputs");
        PackedFeed.Run(folder, "exec", PackedFeed.Command, "prove", "rules/Solvency.tnart", "--input", Assert.Single(Directory.GetFiles(Path.Combine(folder, "inputs"))), "-o", "claim.proof", "--statement", "claim.json");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><PackageReference Include="ProvingLayer.Runtime" Version="0.1.0" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using ProvingLayer.Runtime;
            var key = TenorKey.Load("rules/Solvency.vkey");
            if (!TenorStatement.TryParse(File.ReadAllBytes("claim.json"), key.Abi, "claim.json", out var statement, out var error))
                throw new TenorException(error);
            Console.WriteLine(TenorVerifier.Verify(key, statement, File.ReadAllBytes("claim.proof")).Message);
            """);
        Assert.Contains("accepted", PackedFeed.Run(folder, "run"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["Algebra", "Constraints", "Recursion", "Runtime", "Stark"],
            Directory.GetFiles(Path.Combine(folder, "bin", "Debug", "net10.0"), "ProvingLayer.*.dll").Select(f => Path.GetFileNameWithoutExtension(f)["ProvingLayer.".Length..]).Order(StringComparer.Ordinal));
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
