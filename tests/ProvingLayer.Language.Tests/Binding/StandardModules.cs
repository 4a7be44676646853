using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>The standard library: what programs use of it is there, and nobody else's.</summary>
public class StandardModules
{
    public static TheoryData<string> Names => [.. StandardLibrary.Modules];

    [Theory]
    [MemberData(nameof(Names))]
    public void Module_of_the_library_binds_by_itself_and_documents_what_it_offers(string name)
    {
        var program = Binder.Bind([StandardLibrary.Find(name)!]);
        Assert.Empty(program.Diagnostics);
        Assert.Empty(program.Targets);
        Assert.Empty(program.Tests);
        var lines = StandardLibrary.Find(name)!.Text.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            Assert.False(lines[i].StartsWith("pub ", StringComparison.Ordinal) && !lines[i].StartsWith("pub error", StringComparison.Ordinal) && !lines[i - 1].StartsWith("///", StringComparison.Ordinal), lines[i]);
        }
    }

    [Fact]
    public void The_library_is_what_lies_in_its_folder() =>
        Assert.Equal(
            Directory.EnumerateFiles(Repository.PathOf("stdlib"), "*.tenor").Select(f => $"std.{Path.GetFileNameWithoutExtension(f)}").Order(StringComparer.Ordinal),
            StandardLibrary.Modules);

    [Fact]
    public void A_program_has_the_modules_that_it_uses_and_no_others()
    {
        var program = Binder.Bind([new("a.tenor", "use std.assets.{USDC}; statement S(x: qty<USDC>) -> bool { disclose(x > 0) }")]);
        Assert.Empty(program.Diagnostics);
        Assert.Equal(["", "std.assets"], program.Modules.Select(m => m.Name));
    }

    [Theory]
    [InlineData("use std.nothing.{X};", "TNR1006")]
    [InlineData("use std.assets.{DOGE};", "TNR1007")]
    [InlineData("module std.mine; asset A { decimals: 2 }", "TNR1015")]
    [InlineData("module std.oracle; asset A { decimals: 2 }", "TNR1015")]
    [InlineData("module std.assets.more; asset A { decimals: 2 }", "TNR1015")]
    public void The_library_is_not_to_be_had_otherwise(string text, string code) =>
        Assert.Equal(code, Assert.Single(Binder.Bind([new("a.tenor", text)]).Diagnostics).Code);

    [Fact]
    public void No_machine_issues_an_asset_of_the_library()
    {
        var program = Binder.Bind([new("a.tenor", "use std.assets.{USDC}; @issuer(USDC) machine M { final state A transition t : init -> A { become A; } }")]);
        Assert.Equal("TNR5008", Assert.Single(program.Diagnostics).Code);
    }
}
