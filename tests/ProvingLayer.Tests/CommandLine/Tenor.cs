using System.Diagnostics;
using System.Text.Json;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Tests.CommandLine;

/// <summary>What a run of the command left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON object it has to be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Outcome Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode} instead of {code}\n--- output\n{Output}\n--- error\n{Error}");
        return this;
    }
}

/// <summary>The built <c>tenor</c> executable, started as a user starts it.</summary>
internal static class Tenor
{
    public static string Executable { get; } = Path.Combine(
        Repository.PathOf("artifacts", "bin", "ProvingLayer.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))),
        OperatingSystem.IsWindows() ? "tenor.exe" : "tenor");

    public static Outcome Run(params string[] arguments) => RunIn(Repository.Root, [], arguments);

    public static Outcome RunIn(string folder, params string[] arguments) => RunIn(folder, [], arguments);

    public static Outcome RunIn(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0"; // so that a culture in the environment would count, were it asked
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"tenor {string.Join(' ', arguments)} did not end within five minutes");
        }

        return new(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("tenor-tests-").FullName;

    public string Root { get; }

    public string this[string name] => System.IO.Path.Combine(Root, name);

    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
