using System.Text.RegularExpressions;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests.Samples;

public partial class Reference
{
    private static readonly string s_text = File.ReadAllText(Repository.PathOf("grammar", "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Programs_of_the_language_reference_are_accepted()
    {
        var programs = Program().Matches(s_text).Select(m => m.Groups[1].Value).ToArray();
        Assert.NotEmpty(programs);
        Assert.All(programs, text => Assert.Empty(Binder.Bind([new("README.md", text)]).Diagnostics));
    }

    [Fact]
    public void Every_code_named_in_the_language_reference_exists() =>
        Assert.All(Code().Matches(s_text).Select(m => m.Value), code => Assert.NotNull(DiagnosticTable.Find(code)));

    [GeneratedRegex("```tenor\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("TNR[0-9]{4}")]
    private static partial Regex Code();
}
