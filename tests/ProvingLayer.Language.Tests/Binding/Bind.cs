using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Tests.Binding;

/// <summary>Short ways to bind texts, for the tests of this folder.</summary>
internal static class Bind
{
    private const string Prelude = """
        asset USD { decimals: 2 }
        asset EUR { decimals: 2 }
        asset ETH { decimals: 18 }
        asset SHARE { decimals: 0 }
        error Refused;

        """;

    /// <summary>A program of several files.</summary>
    public static BoundProgram Files(params string[] texts) =>
        Binder.Bind([.. texts.Select((t, i) => new SourceFile(FormattableString.Invariant($"file{i}.tenor"), t))]);

    /// <summary>A program with some assets and an error at its beginning.</summary>
    public static BoundProgram Program(string text) => Files(Prelude + text);

    /// <summary>The codes of what is wrong with a program.</summary>
    public static string Codes(string text) => Codes(Program(text));

    /// <summary>The codes of what is wrong with a program.</summary>
    public static string Codes(BoundProgram program) => string.Join(" ", program.Diagnostics.Select(d => d.Code));

    /// <summary>The messages of what is wrong with a program.</summary>
    public static string Messages(string text) => string.Join("\n", Program(text).Diagnostics.Select(d => d.Message));

    /// <summary>The codes of what is wrong with a statement's body.</summary>
    public static string Statement(string parameters, string result, string body) => Codes($"statement S({parameters}) -> {result} {{ {body} }}");

    /// <summary>The typed form of a statement's body.</summary>
    public static string Typed(string parameters, string result, string body)
    {
        var program = Program($"statement S({parameters}) -> {result} {{ {body} }}");
        Assert.Equal("", string.Join("\n", program.Diagnostics));
        return string.Join(" ", BoundPrinter.Print(program.Targets[0].Statement!).Split('\n').Skip(1).Select(l => l.Trim())).Trim();
    }
}
