using System.Text.RegularExpressions;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Tests.Samples;

namespace ProvingLayer.Language.Tests.Diagnostics;

public class Table
{
    /// <summary>What no small file can show; tests of their own show it.</summary>
    private static readonly HashSet<string> s_withoutSample = ["TNR0002", "TNR0023", "TNR0024", "TNR0025", "TNR1011", "TNR1014"];

    public static TheoryData<string> Codes => [.. DiagnosticTable.All.Select(d => d.Code)];

    [Fact]
    public void Codes_are_unique() => Assert.Equal(DiagnosticTable.All.Length, DiagnosticTable.All.Select(d => d.Code).Distinct().Count());

    [Theory]
    [MemberData(nameof(Codes))]
    public void Row_is_complete(string code)
    {
        var row = DiagnosticTable.Find(code)!;
        Assert.Matches(new Regex("^TNR[0-9]{4}$"), row.Code);
        Assert.NotEmpty(row.Title);
        Assert.NotEmpty(row.Format);
        Assert.True(row.Explanation.Length >= 40, "An explanation says why it is so and how to put it right.");
        Assert.DoesNotContain("\r", row.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Row_has_a_program_that_shows_it(string code)
    {
        if (s_withoutSample.Contains(code) || code[3] is '7' or '8' or '9') // circuits, projects, runs: not shown by a source text alone
        {
            return;
        }

        Assert.NotNull(DiagnosticTable.Find(code)!.Sample);
        Assert.Contains(Sample.Analyze("rejected", code + ".tenor"), d => d.Code == code);
    }
}
