using System.Text;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Formatting;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Syntax;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests;

/// <summary>The formatter: it changes nothing but space, keeps comments, and has nothing to do twice.</summary>
public class Formatting
{
    /// <summary>Every source text of the repository that has no mistake of syntax.</summary>
    public static TheoryData<string> Sources =>
    [
        .. new[] { "grammar", "examples", "stdlib" }.Select(f => Repository.PathOf(f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.tenor", SearchOption.AllDirectories))
            .Where(f => Format(File.ReadAllText(f)) is not null)
            .Select(f => Path.GetRelativePath(Repository.PathOf("grammar", ".."), f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Formatting_changes_nothing_but_space_and_once_is_enough(string path)
    {
        var text = File.ReadAllText(Repository.PathOf(path.Split('/')));
        var formatted = Format(text)!;
        Assert.Equal(Tree(text), Tree(formatted));
        Assert.Equal(Comments(text), Comments(formatted));
        Assert.Equal(formatted, Format(formatted));
        Assert.DoesNotContain(formatted.Split('\n'), l => l.EndsWith(' '));

        // However much space there was and whatever the line ends, the same comes out.
        var random = new Random(text.Length);
        Assert.Equal(formatted, Format(Stretched(text, random)));
        Assert.Equal(formatted, Format(formatted.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("let  y:u64=x+1 ;", "    let y: u64 = x + 1;")]
    [InlineData("let y = - x*( -1 )+ ! b ;", "    let y = -x * (-1) + !b;")]
    [InlineData("let y = f < 4 > ( x , base : 2 ) [ 0 ] . a . 0;", "    let y = f<4>(x, base: 2)[0].a.0;")]
    [InlineData("let y : dec < 6 , USDC / ETH > ? = a / b;", "    let y: dec<6, USDC/ETH>? = a / b;")]
    [InlineData("let y = a<b && c>(d);", "    let y = a < b && c > (d);")]
    [InlineData("let q = Quote{price:1,..r};", "    let q = Quote { price: 1, ..r };")]
    [InlineData("for i in 0 ..= N{}", "    for i in 0..=N {}")]
    [InlineData("move 5 USD from in ( k ) to out( k );", "    move 5 USD from in(k) to out(k);")]
    [InlineData("let y = match x{some( v )=>v,none=>- 1};", "    let y = match x { some(v) => v, none => -1 };")]
    [InlineData("a +\nb;", "    a +\n        b;")]
    [InlineData("f(a,\nb);", "    f(a,\n        b);")]
    [InlineData("{\n\n\na;\n\n\n\nb;\n\n}", "    {\n        a;\n\n        b;\n    }")]
    [InlineData("a; // one\nlonger; // two", "    a;       // one\n    longer;  // two")]
    [InlineData("a; /* in\n   it */ b;", "    a; /* in\n   it */ b;")]
    [InlineData("// above\na;\n\n// last", "    // above\n    a;\n\n    // last")]
    [InlineData("require a else A;\nrequire abc else B;", "    require a   else A;\n    require abc else B;")]
    [InlineData("match x {\nA=>1,\nLonger { y }=>{\ny\n}\n}", "    match x {\n        A            => 1,\n        Longer { y } => {\n            y\n        }\n    }")]
    public void Statements(string before, string after) => Assert.Equal($"test \"t\" {{\n{after}\n}}\n", Format($"test\"t\"{{\n{before}\n}}"));

    [Fact]
    public void Members_and_attributes_begin_at_their_machines_indentation()
    {
        const string Text = """
            use a.{ B , C };
            error One ,
            Two;
            machine M<asset U>{
            data{
            /// The owner.
            pub owner:key,
            mut n:u64=0,
            }
            state Open{ since:time }
            state Held
            final state Done
            @budget( rows=4 )
            @other
            transition go(pub x:u64,y:u64):init|Open->Open
            ensures x>old( n )
            {
            stay;
            }
            fn long(x:u64,
            y:u64)->u64{
            x
            }
            }
            property "p"(x:u64 in 1..3){ assert x>0; }
            """;
        const string Formatted = """
            use a.{B, C};
            error One,
                Two;
            machine M<asset U> {
                data {
                    /// The owner.
                    pub owner: key,
                    mut n: u64 = 0,
                }
                state Open { since: time }
                state Held
                final state Done
                @budget(rows = 4)
                @other
                transition go(pub x: u64, y: u64) : init | Open -> Open
                    ensures x > old(n)
                {
                    stay;
                }
                fn long(x: u64,
                    y: u64) -> u64 {
                    x
                }
            }
            property "p" (x: u64 in 1..3) { assert x > 0; }

            """;
        Assert.Equal(Formatted.ReplaceLineEndings("\n"), Format(Text));
    }

    [Fact]
    public void A_file_with_a_mistake_is_left_alone_and_told()
    {
        var bag = new DiagnosticBag();
        Assert.Null(Formatter.Format(new("text.tenor", "fn f( { }"), bag));
        Assert.True(bag.HasErrors);
        Assert.Equal("", Format(""));
        Assert.Equal("// only this\n", Format("\n\n   // only this   \n\n"));
    }

    private static string? Format(string text) => Formatter.Format(new("text.tenor", text), new());

    private static string Tree(string text)
    {
        var bag = new DiagnosticBag();
        var tree = SyntaxPrinter.Print(Parser.Parse(new("text.tenor", text), bag), withSpans: false);
        Assert.False(bag.HasErrors);
        return tree;
    }

    private static string Comments(string text) => string.Join("\n", Found(text).Select(c => string.Join("\n", c.Split('\n').Select(l => l.TrimEnd()))));

    private static IEnumerable<string> Found(string text)
    {
        text = text.ReplaceLineEndings("\n");
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                for (at++; at < text.Length && text[at] != '"'; at++)
                {
                    at += text[at] == '\\' ? 1 : 0;
                }
            }
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] is '/' or '*')
            {
                var end = text[at + 1] == '/' ? text.IndexOf('\n', at) : text.IndexOf("*/", at + 2, StringComparison.Ordinal) + 2;
                end = end < 0 ? text.Length : end;
                yield return text[at..end];
                at = end - 1;
            }
        }
    }

    // More space wherever there is some, outside of comments and strings.
    private static string Stretched(string text, Random random)
    {
        var result = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var isPlain = !line.Contains('"', StringComparison.Ordinal) && !line.Contains("/*", StringComparison.Ordinal) && !line.Contains("*/", StringComparison.Ordinal);
            var code = isPlain ? line.IndexOf("//", StringComparison.Ordinal) : 0;
            code = code < 0 ? line.Length : code;
            for (var i = 0; i < line.Length; i++)
            {
                result.Append(line[i]).Append(' ', i < code && line[i] == ' ' ? random.Next(3) : 0);
            }

            result.Append(' ', isPlain && code == line.Length ? random.Next(3) : 0).Append('\n');
        }

        return result.ToString();
    }
}
