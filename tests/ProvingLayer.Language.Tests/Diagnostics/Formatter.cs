using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Tests.Diagnostics;

public class Formatter
{
    private static readonly SourceFile s_file = new("/home/me/rules/a b.tenor", "first\n\tlet x = 1\r\nlast");

    private static Diagnostic At(int start, int length) => new(DiagnosticTable.MissingToken, s_file.Span(start, length), ["';'", "after the statement"], []);

    [Fact]
    public void Canonical_form_is_one_line_with_four_numbers_and_a_relative_path() => Assert.Equal(
        "rules/a b.tenor(2,2,2,5): error TNR0030: expected ';' after the statement",
        new DiagnosticFormatter("/home/me/").Canonical(At(7, 3)));

    [Theory]
    [InlineData(null, "/home/me/rules/a b.tenor")]
    [InlineData("/home/me/rules", "a b.tenor")]
    [InlineData("/home/me/rul", "/home/me/rules/a b.tenor")]
    [InlineData("\\home\\me\\", "rules/a b.tenor")]
    public void Path_is_relative_to_the_base_with_slashes(string? @base, string expected) => Assert.Equal(expected, new DiagnosticFormatter(@base).PathOf(s_file));

    [Fact]
    public void Human_form_shows_the_line_with_carets_under_the_place() => Assert.Equal(
        """
        error TNR0030: expected ';' after the statement
         --> rules/a b.tenor:2:6
        2 |     let x = 1
          |         ^
        note: it begins here
         --> rules/a b.tenor:1:1
        1 | first
          | ^^^^^

        """.ReplaceLineEndings("\n"),
        new DiagnosticFormatter("/home/me").Human(At(11, 1).WithNote("it begins here", s_file.Span(0, 5))));

    [Fact]
    public void A_place_over_several_lines_is_marked_to_the_end_of_its_first() =>
        Assert.Contains("    ^^^^^^^^^\n", new DiagnosticFormatter().Human(At(7, 14)), StringComparison.Ordinal);

    [Fact]
    public void A_place_at_the_very_end_is_shown() =>
        Assert.Contains("3 | last\n  |     ^\n", new DiagnosticFormatter().Human(At(s_file.Text.Length, 0)), StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        var file = new SourceFile("x", new string('a', 5_000) + "b" + new string('c', 5_000));
        var text = DiagnosticFormatter.Plain.Human(new(DiagnosticTable.MissingToken, file.Span(5_000, 1), ["", ""], []));
        var lines = text.Split('\n');
        Assert.InRange(lines[2].Length, 10, 200);
        Assert.Equal('b', lines[2][lines[3].IndexOf('^', StringComparison.Ordinal)]);
    }

    [Fact]
    public void Nothing_in_a_source_line_reaches_the_terminal_as_a_control() =>
        Assert.DoesNotContain('\u001b', DiagnosticFormatter.Plain.Human(new(DiagnosticTable.MissingToken, new SourceFile("x", "a\u001b[31m\u202E").Span(0, 1), ["", ""], [])));

    [Fact]
    public void A_bag_gives_its_diagnostics_by_file_and_place_and_each_once()
    {
        var bag = new DiagnosticBag();
        bag.AddRange([At(9, 1), At(2, 1), At(9, 1)]);
        bag.Report(DiagnosticTable.NotAPlace, new SourceFile("/a", "x").Span(0, 1));
        Assert.Equal([0, 2, 9], bag.ToSorted().Select(d => d.Span.Start));
        Assert.True(bag.HasErrors);
    }

    [Fact]
    public void Lines_and_columns_count_from_one()
    {
        var map = new LineMap("a\r\nbc\rd\n");
        Assert.Equal([new(1, 1), new(1, 2), new(1, 3), new(2, 1), new(2, 2), new(2, 3), new(3, 1), new(3, 2), new(4, 1)], Enumerable.Range(0, 9).Select(map.PositionOf));
        Assert.Equal(["a", "bc", "d", ""], Enumerable.Range(1, map.Count).Select(map.TextOf));
    }
}
