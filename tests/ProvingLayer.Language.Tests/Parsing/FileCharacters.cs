using System.Text;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Tests.Samples;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Tests.Parsing;

/// <summary>Row S1: what a file's bytes and characters may be.</summary>
public class FileCharacters
{
    [Theory]
    [InlineData("\0", "U+0000 (NUL)")]
    [InlineData("\u0007", "U+0007")]
    [InlineData("\u007F", "U+007F")]
    [InlineData("\u0085", "U+0085")]
    [InlineData("\u2028", "U+2028")]
    [InlineData("\u202E", "U+202E (a bidirectional control)")]
    [InlineData("\u2066", "U+2066 (a bidirectional control)")]
    [InlineData("\u200B", "U+200B (a zero-width character)")]
    [InlineData("\uFEFF", "U+FEFF (a byte order mark)")]
    [InlineData("\U000E0041", "U+E0041")]
    public void S1_a_character_that_does_not_show_is_refused_even_in_a_comment(string character, string named)
    {
        var found = Assert.Single(Sample.Parse("error Late; // a" + character + "b"));
        Assert.Equal(("TNR0003", 17, character.Length), (found.Code, found.Span.Column, found.Span.Length));
        Assert.StartsWith(named, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("\uDC00")]
    [InlineData("\uDC00\uD800")]
    public void S1_a_lone_surrogate_is_refused(string text) => Assert.All(Sample.Parse("// " + text), d => Assert.Equal("TNR0003", d.Code));

    [Fact]
    public void Any_other_character_may_stand_in_a_comment_or_string() =>
        Assert.Empty(Sample.Parse("// Zürich, 東京, 😀\ntest \"Zürich, 東京, 😀\" { assert true; }"));

    [Theory]
    [InlineData("C3 28", 0)]
    [InlineData("61 E2 82", 1)]
    [InlineData("61 62 ED A0 80", 2)]
    [InlineData("61 C0 80", 1)]
    [InlineData("61 FF", 1)]
    [InlineData("61 F4 90 80 80", 1)]
    [InlineData("EF BB BF 61 FF", 1)]
    public void S1_invalid_utf8_is_refused_at_its_place(string bytes, int at)
    {
        var bag = new DiagnosticBag();
        Assert.Null(SourceFile.Load("x.tenor", [.. bytes.Split(' ').Select(b => Convert.ToByte(b, 16))], bag));
        var found = Assert.Single(bag.ToSorted());
        Assert.Equal(("TNR0001", at), (found.Code, found.Span.Start));
    }

    [Fact]
    public void S1_a_byte_order_mark_at_the_start_is_no_part_of_the_text()
    {
        var bag = new DiagnosticBag();
        var file = SourceFile.Load("x.tenor", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("errr Late;")], bag)!;
        Parser.Parse(file, bag);
        Assert.Equal((1, 1), (bag.ToSorted()[0].Span.Line, bag.ToSorted()[0].Span.Column));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void S1_lines_count_alike_whatever_ends_them(string end)
    {
        var found = Assert.Single(Sample.Parse($"error A;{end}// comment{end}error B{end}error C;"));
        Assert.Equal(("TNR0030", 3, 8), (found.Code, found.Span.Line, found.Span.Column));
    }

    [Fact]
    public void S1_line_ends_may_be_mixed()
    {
        var found = Assert.Single(Sample.Parse("error A;\r\nerror B;\rerror C;\n\rerror D"));
        Assert.Equal((5, 8), (found.Span.Line, found.Span.Column));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_comment_ends_with_its_line_whatever_ends_it(string end)
    {
        var unit = Parser.Parse(new("x.tenor", $"/// One.{end}/// Two.{end}error A; // x{end}error B;"), new());
        Assert.Equal(2, unit.Declarations.Length);
        Assert.Equal("One.\nTwo.", unit.Declarations[0].Header.Documentation);
    }

    [Fact]
    public void A_unit_stands_on_the_line_of_its_number()
    {
        Assert.Empty(Sample.Parse("const A: duration = 5 days;"));
        Assert.Equal("TNR0030", Assert.Single(Sample.Parse("const A: duration = 5\n\ndays;")).Code);
    }
}
