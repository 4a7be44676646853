using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Syntax;
using Snapshooter.Xunit;

namespace ProvingLayer.Language.Tests.Samples;

public class Samples
{
    public static TheoryData<string> Accepted => [.. Sample.Names("accepted")];

    public static TheoryData<string> Rejected => [.. Sample.Names("rejected")];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Accepted_program_parses_without_a_word(string name) => Assert.Empty(Sample.Parse("accepted", name));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Tree_of_an_accepted_program_is_as_it_was(string name)
    {
        var unit = Parser.Parse(Sample.Read("accepted", name)!, new DiagnosticBag());
        SyntaxPrinter.Print(unit, withSpans: true).Split('\n').MatchSnapshot($"Tree_of_{Path.GetFileNameWithoutExtension(name)}");
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Rejected_program_gives_what_its_comments_expect_and_nothing_else(string name)
    {
        var found = Sample.Analyze("rejected", name);
        Assert.Equal(string.Join('\n', Sample.Expected("rejected", name)), string.Join('\n', found.Select(d => $"{d.Span.Line}: {d.Code}")));
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Messages_of_a_rejected_program_are_as_they_were(string name)
    {
        var found = Sample.Analyze("rejected", name);
        string.Concat(found.Select(DiagnosticFormatter.Plain.Human)).Split('\n').MatchSnapshot($"Messages_of_{Path.GetFileNameWithoutExtension(name)}");
    }
}
