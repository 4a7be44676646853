using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;
using Snapshooter.Xunit;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>What the binder makes of whole programs, pinned.</summary>
public class TypedForm
{
    public static TheoryData<string> Programs =>
    [
        "grammar/samples/accepted/option.tenor",
        "examples/01-european-option/option.tenor",
        "examples/02-solvency/solvency.tenor",
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Typed_form_is_as_it_was(string path)
    {
        var program = Binder.Bind([new SourceFile(path, File.ReadAllText(Repository.PathOf(path)))]);
        Assert.Equal("", string.Join("\n", program.Diagnostics));
        BoundPrinter.Print(program).Split('\n').MatchSnapshot($"Typed_{path.Replace('/', '_').Replace(".tenor", "", StringComparison.Ordinal)}");
    }
}
