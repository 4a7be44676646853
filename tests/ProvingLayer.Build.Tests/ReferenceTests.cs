namespace ProvingLayer.Build.Tests;

/// <summary>Rules of other projects and packages, and rules that are not in the project's folder.</summary>
[Collection(Packed.Name)]
public sealed class ReferenceTests
{
    private const string Fees = """
        module fees;
        use shop.{EUR};
        machine Fee {
            data { payer: key, due: qty<EUR>, paid: vault<EUR>, }
            final state Over
            state Paid
            transition pay by payer : init -> Paid { move due from in(payer) to paid; become Paid; }
            transition close : Paid -> Over { move paid.balance from paid to out(payer); become Over; }
        }
        """;

    private const string Code = """
        using ProvingLayer.Runtime.Values;
        var fee = Fees.Fee.New(PartyKey.ForTest("ann"), Qty<Shop.EUR>.Of(2.50m));
        Console.WriteLine($"{Fees.Fee.Load().Execute(fee.Pay(DateTimeOffset.UnixEpoch).By(new ProvingLayer.Runtime.Signing.TestSigner("ann"))).State.Paid}, {Shop.Till.Load().Key.Name}");
        """;

    [Fact]
    public void Rules_of_another_project_and_of_a_package_are_used_and_compiled_once()
    {
        var root = PackedFeed.Folder("references");
        Write("Rules/Rules.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads><PackageId>Shop.Rules</PackageId><Version>1.0.0</Version><TenorPackRules>true</TenorPackRules></PropertyGroup>
              <ItemGroup><PackageReference Include="ProvingLayer.Build" Version="0.1.0" /></ItemGroup>
            </Project>
            """);
        Write("Rules/shop.tenor", IncrementalTests.Rules);
        Write("Shared/fees.tenor", Fees);
        Write("Shared/broken.tenor", "no rules at all"); // nobody names it
        Write("App/App.csproj", App("""
            <ProjectReference Include="../Rules/Rules.csproj" />
            <TenorReference Include="../Rules/shop.tenor" />
            """));
        Write("App/Program.cs", Code);
        Write("App/stray.tenor", "no rules either"); // the default globs are off
        Assert.Contains("2.50 EUR, Till", PackedFeed.Run(Path.Combine(root, "App"), "run"), StringComparison.Ordinal);
        var output = Path.Combine(root, "App", "bin", "Debug", "net10.0");
        Assert.Equal(["Fee.tnart", "Made.tnart", "Till.tnart"], Directory.GetFiles(output, "*.tnart").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var compiled = Path.Combine(root, "App", "obj", "Debug", "net10.0", "tenor");
        Assert.Equal(["Fee.tnart", "Made.tnart"], Directory.GetFiles(compiled, "*.tnart").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("fees.tenor", File.ReadAllText(Path.Combine(root, "App", "obj", "links.txt")).Trim());
        Assert.Equal("hooked", File.ReadAllText(Path.Combine(root, "App", "obj", "after.txt")).Trim());
        Assert.True(File.Exists(Path.Combine(root, "Rules", "obj", "Debug", "net10.0", "tenor", "Till.tnart"))); // each framework's own, not the outer build's

        // The same out of a package.
        PackedFeed.Run(Path.Combine(root, "Rules"), "pack", "-o", PackedFeed.Feed);
        Write("Other/App.csproj", App("""<PackageReference Include="Shop.Rules" Version="1.0.0" />"""));
        Write("Other/Program.cs", Code);
        Assert.Contains("2.50 EUR, Till", PackedFeed.Run(Path.Combine(root, "Other"), "run"), StringComparison.Ordinal);

        static string App(string references) => $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><EnableDefaultTenorItems>false</EnableDefaultTenorItems></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ProvingLayer.Build" Version="0.1.0" />
                {references}
                <TenorCompile Include="../Shared/fees.tenor" />
              </ItemGroup>
              <Target Name="WriteRules" BeforeTargets="BeforeTenorCompile">
                <WriteLinesToFile File="obj/links.txt" Lines="@(TenorCompile->'%(Link)')" Overwrite="true" />
                <WriteLinesToFile File="obj/made.tenor" Lines="statement Made(pub x: u8) -> bool %7B x == 1 %7D" Overwrite="true" WriteOnlyWhenDifferent="true" />
                <ItemGroup><TenorCompile Include="obj/made.tenor" /></ItemGroup>
              </Target>
              <Target Name="Hooked" AfterTargets="AfterTenorCompile">
                <WriteLinesToFile File="obj/after.txt" Lines="hooked" Overwrite="true" />
              </Target>
            </Project>
            """;

        void Write(string path, string text)
        {
            var full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }
}
