using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.CommandLine;

/// <summary>C18: the same source gives the same artifact and key, byte for byte, whoever builds it and where.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void C18_artifact_and_key_are_the_same_bytes_in_other_runs_cultures_folders_and_threads()
    {
        var source = File.ReadAllText(TestSupport.Repository.PathOf(Program.Options));
        var reference = Build("first", source);
        Assert.Equal(20, reference.Count);
        AssertSame(reference, Build("a folder/of another run ü", source, Culture("tr-TR")));
        AssertSame(reference, Build("one thread", source, [.. Culture("de-DE"), ("DOTNET_PROCESSOR_COUNT", "1")]));

        // Without vectors a smaller program: its keys take seconds.
        var solvency = File.ReadAllText(TestSupport.Repository.PathOf("examples", "02-solvency", "solvency.tenor"));
        AssertSame(Build("vectors", solvency), Build("no vectors", solvency, [.. Culture("ar-SA"), ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX2", "0")]));

        static (string, string)[] Culture(string name) => [("LANG", $"{name.Replace('-', '_')}.UTF-8"), ("LC_ALL", $"{name.Replace('-', '_')}.UTF-8")];
    }

    [Fact]
    public void C18_line_ends_do_not_count()
    {
        var source = File.ReadAllText(TestSupport.Repository.PathOf(Program.Options));
        var unix = Build("lf", source.ReplaceLineEndings("\n"));
        var windows = Build("crlf", source.ReplaceLineEndings("\r\n"));
        Assert.All(unix.Where(file => file.Key.EndsWith(".vkey", StringComparison.Ordinal)), file => Assert.Equal(file.Value, windows[file.Key]));
    }

    [Fact]
    public void C18_another_constant_is_another_program()
    {
        var source = File.ReadAllText(TestSupport.Repository.PathOf(Program.Options));
        var reference = Build("as it is", source);
        var changed = Build("changed", source.Replace("= 3 days", "= 4 days", StringComparison.Ordinal));
        Assert.All(reference.Where(file => file.Key.EndsWith(".vkey", StringComparison.Ordinal)), file => Assert.NotEqual(file.Value, changed[file.Key]));
    }

    private static void AssertSame(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(actual[file.Key]), file.Key));
    }

    private SortedDictionary<string, byte[]> Build(string name, string source, params (string Name, string Value)[] environment)
    {
        folder.Write(Path.Combine(name, "option.tenor"), source);
        Tenor.RunIn(folder[name], environment, "build", "option.tenor", "-o", "out").Exits(0);
        return new(Directory.GetFiles(Path.Combine(folder[name], "out")).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes), StringComparer.Ordinal);
    }
}
