using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Language.Tests.Samples;

/// <summary>The programs under <c>grammar/samples</c>, and what their comments expect.</summary>
internal static class Sample
{
    private const string Marker = "// expect:";

    /// <summary>The samples in a folder, by name.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf("grammar", "samples", folder), "*.tenor").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>Everything the front end says about a sample, in order. The sample may use <c>samples.library</c>.</summary>
    public static IReadOnlyList<Diagnostic> Analyze(string folder, string name)
    {
        var bag = new DiagnosticBag();
        var file = Load(folder, name, bag);
        return file is null ? bag.ToSorted() : [.. Binder.Bind([file, Load("", "library.tenor", bag)!]).Diagnostics];
    }

    /// <summary>What the syntax stage says about a sample.</summary>
    public static IReadOnlyList<Diagnostic> Parse(string folder, string name)
    {
        var bag = new DiagnosticBag();
        if (Load(folder, name, bag) is { } file)
        {
            Parser.Parse(file, bag);
        }

        return bag.ToSorted();
    }

    /// <summary>What the syntax stage says about a text.</summary>
    public static IReadOnlyList<Diagnostic> Parse(string text)
    {
        var bag = new DiagnosticBag();
        Parser.Parse(new("text.tenor", text), bag);
        return bag.ToSorted();
    }

    /// <summary>Reads a sample; null if it is no source text.</summary>
    public static SourceFile? Read(string folder, string name) => Load(folder, name, new());

    /// <summary>
    /// What the sample's comments expect: "line: code" for each code after <c>// expect:</c>, the line being the one the comment is on.
    /// </summary>
    public static IEnumerable<string> Expected(string folder, string name)
    {
        var number = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("grammar", "samples", folder, name)))
        {
            number++;
            var at = line.IndexOf(Marker, StringComparison.Ordinal);
            foreach (var code in at < 0 ? [] : line[(at + Marker.Length)..].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                yield return $"{number}: {code}";
            }
        }
    }

    /// <summary>The path is relative to the repository, so that messages are the same everywhere.</summary>
    private static SourceFile? Load(string folder, string name, DiagnosticBag bag) =>
        SourceFile.Load(string.Join('/', new[] { "grammar", "samples", folder, name }.Where(p => p.Length > 0)), File.ReadAllBytes(Repository.PathOf("grammar", "samples", folder, name)), bag);
}
