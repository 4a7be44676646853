using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.SourceGenerator.Tests;

/// <summary>The generator in the compiler's own driver, over texts in memory.</summary>
internal static class Driver
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var n && (n.StartsWith("System.", StringComparison.Ordinal) || n.StartsWith("ProvingLayer.", StringComparison.Ordinal)))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    public static string Example(string path) => File.ReadAllText(Repository.PathOf("examples", path));

    public static string Consumer(string file) => File.ReadAllText(Repository.PathOf("tests", "ProvingLayer.Consumer", file));

    public static CSharpCompilation Compilation(params string[] code) => CSharpCompilation.Create(
        "Consumer",
        code.Select((c, i) => CSharpSyntaxTree.ParseText(c, path: $"File{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Create(IEnumerable<AdditionalText> texts, Options? options = null) => CSharpGeneratorDriver.Create(
        [new TenorGenerator().AsSourceGenerator()],
        texts,
        optionsProvider: options ?? new([], []),
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static GeneratorDriverRunResult Run(string text, params string[] code) =>
        Create([new Text("rules.tenor", text)]).RunGenerators(Compilation(code)).GetRunResult();

    /// <summary>The errors that code has beside the bindings of the rules.</summary>
    public static ImmutableArray<Diagnostic> Compile(string text, params string[] code)
    {
        Create([new Text("rules.tenor", text)]).RunGeneratorsAndUpdateCompilation(Compilation(code), out var compiled, out var reported);
        return [.. reported, .. compiled.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)];
    }
}

internal sealed class Text(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}

/// <summary>What MSBuild hands over: properties, and metadata of every file.</summary>
internal sealed class Options(Dictionary<string, string> properties, Dictionary<string, string> metadata) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions => new Values(properties, "build_property.");

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([], "");

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(metadata, "build_metadata.TenorCompile.");

    private sealed class Values(Dictionary<string, string> values, string prefix) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = null;
            return key.StartsWith(prefix, StringComparison.Ordinal) && values.TryGetValue(key[prefix.Length..], out value);
        }
    }
}
