namespace ProvingLayer.Build.Tests;

/// <summary>One project, built again and again: what is done, and what is not.</summary>
[Collection(Packed.Name)]
public sealed class IncrementalTests
{
    internal const string Rules = """
        module shop;
        pub asset EUR { decimals: 2 }
        error Nothing;
        machine Till {
            data { owner: key, cash: vault<EUR>, }
            state Open
            transition open : init -> Open { become Open; }
            transition pay(pub amount: qty<EUR>) by owner : Open -> Open { require amount > 0 else Nothing; move amount from in(owner) to cash; stay; }
        }
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings><TenorProfile>standard</TenorProfile></PropertyGroup>
          <ItemGroup><PackageReference Include="ProvingLayer.Build" Version="0.1.0" /></ItemGroup>
        </Project>
        """;

    private const string Code = "Console.WriteLine(Shop.Till.New(default));";

    [Fact]
    public void S5_a_second_build_does_nothing_whatever_changed_is_made_again_an_error_has_its_place_and_clean_takes_all_away()
    {
        var folder = PackedFeed.Folder("Straße mit Leerzeichen");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), Project);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Code);
        var source = Path.Combine(folder, "shop.tenor");
        File.WriteAllText(source, Rules);
        var (exit, output) = Build();
        Assert.True(exit == 0, output);
        var compiled = Path.Combine(folder, "obj", "Debug", "net10.0", "tenor");
        Assert.Equal(["Till.abi.json", "Till.cost.json", "Till.tnart", "Till.transparent.vkey", "Till.vkey", "options.txt", "outputs.txt"], Directory.GetFiles(compiled).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var placed = Path.Combine(folder, "bin", "Debug", "net10.0");
        Assert.True(File.Exists(Path.Combine(placed, "Till.tnart")));
        var packages = Files(PackedFeed.Cache);
        PackedFeed.MayWrite(PackedFeed.Cache, false);
        var (rules, program) = (Files(compiled), Files(placed));

        // S5: nothing changed: nothing is written. An output is lost, an option changed: it is made again.
        Assert.Equal(0, Build().Exit);
        Assert.Equal(rules, Files(compiled));
        Assert.Equal(program, Files(placed));
        File.Delete(Path.Combine(compiled, "Till.abi.json"));
        Assert.Equal(0, Build().Exit);
        Assert.True(File.Exists(Path.Combine(compiled, "Till.abi.json")));
        Assert.Equal(rules[Path.Combine(compiled, "Till.tnart")], Files(compiled)[Path.Combine(compiled, "Till.tnart")]);

        var standard = File.ReadAllBytes(Path.Combine(compiled, "Till.vkey"));
        Assert.Equal(0, PackedFeed.DotNet(folder, "build", "-m", "-p:TenorProfile=udr").Exit);
        Assert.NotEqual(standard, File.ReadAllBytes(Path.Combine(compiled, "Till.vkey")));
        Assert.Equal(0, Build().Exit);
        Assert.Equal(standard, File.ReadAllBytes(Path.Combine(compiled, "Till.vkey")));

        // A comment changes no circuit: the compiler runs, and what it gives is there already, so that nothing that depends on it is made again.
        rules = Files(compiled);
        File.AppendAllText(source, "\n// Nothing else.\n");
        Assert.Equal(0, Build().Exit);
        var after = Files(compiled);
        Assert.Equal(["options.txt", "outputs.txt"], after.Keys.Where(f => rules[f] != after[f]).Select(Path.GetFileName));

        // S5: rules that are put back are older than what was made of others, and are compiled all the same; so is what only a rule of another file uses.
        Assert.Equal(0, Build().Exit);
        var made = File.ReadAllBytes(Path.Combine(compiled, "Till.vkey"));
        var whole = File.ReadAllText(source);
        Put(source, whole.Replace("amount > 0", "amount > 1.00 EUR", StringComparison.Ordinal));
        Assert.Equal(0, Build().Exit);
        Assert.NotEqual(made, File.ReadAllBytes(Path.Combine(compiled, "Till.vkey")));
        Put(Path.Combine(folder, "terms.tenor"), "module terms;\npub const Least: u64 = 0;\n");
        Put(source, whole.Replace("module shop;", "module shop;\nuse terms.{Least};", StringComparison.Ordinal).Replace("amount > 0", "amount > Least * EUR.unit", StringComparison.Ordinal));
        (exit, output) = Build();
        Assert.True(exit == 0, output);
        made = File.ReadAllBytes(Path.Combine(compiled, "Till.vkey"));
        Put(Path.Combine(folder, "terms.tenor"), "module terms;\npub const Least: u64 = 5;\n");
        Assert.Equal(0, Build().Exit);
        Assert.NotEqual(made, File.ReadAllBytes(Path.Combine(compiled, "Till.vkey")));
        File.Delete(Path.Combine(folder, "terms.tenor"));
        Put(source, whole);
        Assert.Equal(0, Build().Exit);
        Assert.Equal(standard, File.ReadAllBytes(Path.Combine(compiled, "Till.vkey")));

        // S5: another compiler makes everything again.
        rules = Files(compiled);
        var tools = Path.Combine(PackedFeed.Folder("another compiler"), "net10.0");
        Directory.CreateDirectory(tools);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(PackedFeed.Command)!))
        {
            File.Copy(file, Path.Combine(tools, Path.GetFileName(file)));
        }

        Assert.Equal(0, PackedFeed.DotNet(folder, "build", "-m", $"-p:TenorCommandAssembly={Path.Combine(tools, "tenor.dll")}").Exit);
        Assert.NotEqual(rules[Path.Combine(compiled, "outputs.txt")], Files(compiled)[Path.Combine(compiled, "outputs.txt")]);

        // An editor's build runs no compiler.
        Directory.Delete(compiled, recursive: true);
        (exit, output) = PackedFeed.DotNet(folder, "build", "-p:DesignTimeBuild=true", "-t:CoreCompile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
        Assert.True(exit == 0, output);
        Assert.False(File.Exists(Path.Combine(compiled, "Till.tnart")));

        File.WriteAllText(source, Rules.Replace("else Nothing", "else Nothin", StringComparison.Ordinal));
        (exit, output) = Build();
        Assert.NotEqual(0, exit);
        Assert.Matches(@"shop\.tenor\(8,\d+,8,\d+\): (Tenor )?error TNR1001: ", output);

        Assert.Equal(0, PackedFeed.DotNet(folder, "clean").Exit);
        Assert.False(Directory.Exists(compiled));

        // No build writes where the packages are: the cache is read-only, and for who may write all the same, as it was.
        PackedFeed.MayWrite(PackedFeed.Cache, true);
        Assert.Equal(packages, Files(PackedFeed.Cache));

        static void Put(string file, string text)
        {
            File.WriteAllText(file, text);
            File.SetLastWriteTimeUtc(file, new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        (int Exit, string Output) Build() => PackedFeed.DotNet(folder, "build", "-m");
    }

    private static SortedDictionary<string, DateTime> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc), StringComparer.Ordinal);
}
