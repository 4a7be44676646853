using ProvingLayer.Language.Tests.Samples;

namespace ProvingLayer.Language.Tests.Parsing;

/// <summary>One missing token is one message, at the place where the token is missing.</summary>
public class Recovery(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string Dropped = ";{}(),:";

    [Fact]
    public void A_dropped_token_is_one_diagnostic_at_the_end_of_the_token_before_it()
    {
        var total = new Dictionary<char, (int Good, int Single, int All)>();
        foreach (var name in Sample.Names("accepted"))
        {
            var file = Sample.Read("accepted", name)!;
            foreach (var (at, place) in Places(file.Text))
            {
                var found = Sample.Parse(file.Text.Remove(at, 1).Insert(at, " "));
                if (found.Count == 0)
                {
                    continue; // a last ',' or ';' may be missing
                }

                var single = found.Count == 1;
                var good = single && found[0].Span.Start == place;
                var count = total.GetValueOrDefault(file.Text[at]);
                total[file.Text[at]] = (count.Good + (good ? 1 : 0), count.Single + (single ? 1 : 0), count.All + 1);
                if (!good)
                {
                    output.WriteLine($"{file.Span(at, 1)} '{file.Text[at]}': {string.Join(" | ", found)}");
                }
            }
        }

        foreach (var (token, (good, single, all)) in total)
        {
            output.WriteLine(FormattableString.Invariant($"'{token}': {good} of {all} at the place ({100.0 * good / all:F1} %), one diagnostic in {100.0 * single / all:F1} %"));
        }

        var share = (double)total.Values.Sum(t => t.Good) / total.Values.Sum(t => t.All);
        output.WriteLine(FormattableString.Invariant($"all: {100 * share:F1} %"));
        Assert.True(share >= 0.9, $"only {share:P1}");
    }

    [Theory]
    [InlineData("fn f(x: u64) -> u64 { return x; }", "there is no 'return'")]
    [InlineData("fn f(x: u64) -> u64 { while x > 1 { } x }", "loops are 'for")]
    [InlineData("fn f(x: u64) -> u64 { var y = x; y }", "'let'")]
    [InlineData("contract C { }", "'machine'")]
    [InlineData("import a.b; error E;", "'use")]
    [InlineData("fn f(x: bool) -> bool { x and x }", "'&&'")]
    public void A_word_of_another_language_says_what_to_write_here(string text, string hint) =>
        Assert.Contains(Sample.Parse(text)[0].Notes, note => note.Text.Contains(hint, StringComparison.Ordinal));

    /// <summary>The droppable characters outside comments and strings, each with the end of the token before it.</summary>
    private static IEnumerable<(int At, int Place)> Places(string text)
    {
        var end = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '/' && text[i + 1] == '/')
            {
                i = text.IndexOf('\n', i);
            }
            else if (text[i] == '"')
            {
                i = text.IndexOf('"', i + 1);
                end = i + 1;
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                if (Dropped.Contains(text[i]))
                {
                    yield return (i, end);
                }

                end = i + 1;
            }
        }
    }
}
