using System.Text.RegularExpressions;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests.Samples;

public partial class Reference
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, LanguageReference.Programs.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Programs_of_the_language_reference_are_accepted(int number) =>
        Assert.Empty(Binder.Bind([.. LanguageReference.Programs[number].Select(f => new SourceFile(f.Path, f.Text))]).Diagnostics);

    [Fact]
    public void Every_block_of_the_language_reference_is_a_program()
    {
        Assert.NotEmpty(LanguageReference.Languages);
        Assert.All(LanguageReference.Languages, l => Assert.Equal("tenor", l));
    }

    [Fact]
    public void Every_code_named_in_the_language_reference_exists() =>
        Assert.All(Code().Matches(LanguageReference.Text).Select(m => m.Value), code => Assert.NotNull(DiagnosticTable.Find(code)));

    [GeneratedRegex("TNR[0-9]{4}")]
    private static partial Regex Code();
}
