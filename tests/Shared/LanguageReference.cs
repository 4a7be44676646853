using System.Text.RegularExpressions;

namespace ProvingLayer.TestSupport;

/// <summary>The programs in the language reference, each as its files: every fenced block is one.</summary>
internal static partial class LanguageReference
{
    /// <summary>The reference's text, with LF.</summary>
    public static string Text { get; } = File.ReadAllText(Repository.PathOf("grammar", "README.md")).ReplaceLineEndings("\n");

    /// <summary>The programs in order. Each <c>module</c> line begins a file; one of an example's module stands beside that example.</summary>
    public static IReadOnlyList<(string Path, string Text)[]> Programs { get; } =
    [
        .. Fence().Matches(Text).Select(m => m.Groups[2].Value).Select(block =>
        {
            var files = Module().Split(block).Where(f => f.Length > 0).Select((f, i) => ($"reference{i}.tenor", f));
            return block.StartsWith("module examples.option;", StringComparison.Ordinal)
                ? files.Append(("option.tenor", File.ReadAllText(Repository.PathOf("examples", "01-european-option", "option.tenor")))).ToArray()
                : files.ToArray();
        }),
    ];

    /// <summary>The languages of all fenced blocks.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Fence().Matches(Text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("^```(.*)\n((?s:.*?))^```$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^(?=module )", RegexOptions.Multiline)]
    private static partial Regex Module();
}
