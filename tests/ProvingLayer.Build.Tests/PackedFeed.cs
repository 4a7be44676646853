using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Build.Tests;

/// <summary>The packages, packed once, and projects that use nothing but them.</summary>
public sealed class PackedFeed : IDisposable
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "packed");

    public PackedFeed()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }

        Directory.CreateDirectory(Root);
        // The packages of one version are other packages in every run: a cache of their own.
        File.WriteAllText(Path.Combine(Root, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Feed}" /><add key="restored" value="{Restored}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Cache}" /></config>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "<Project />"); // not the repository's
        File.WriteAllText(Path.Combine(Root, "Directory.Packages.props"), "<Project />");
        foreach (var project in new[] { "Runtime", "Build", "Cli", "Templates" })
        {
            var (exit, output) = DotNet(Repository.Root, "pack", Repository.PathOf("src", $"ProvingLayer.{project}"), "-c", "Release", "--no-build", "-o", Feed);
            Assert.True(exit == 0, output);
        }

        ZipFile.ExtractToDirectory(Path.Combine(Feed, "ProvingLayer.Build.0.1.0.nupkg"), Path.Combine(Root, "unpacked"));
    }

    /// <summary>What the repository's own build has restored: the packages that these depend on.</summary>
    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static string Feed => Path.Combine(Root, "feed");

    /// <summary>Where the projects' builds have the packages.</summary>
    public static string Cache => Path.Combine(Root, "cache");

    /// <summary>The command, as the build package has it.</summary>
    public static string Command { get; } = Path.Combine(Root, "unpacked", "tools", "net10.0", "tenor.dll");

    public static string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <summary>Runs <c>dotnet</c>: its exit code, and all that it wrote.</summary>
    public static (int Exit, string Output) DotNet(string folder, params string[] arguments) => DotNet(folder, [], arguments);

    /// <summary>The same under other variables of the environment.</summary>
    public static (int Exit, string Output) DotNet(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBuildExtensionsPath");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>The same, and it must succeed.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        var (exit, output) = DotNet(folder, arguments);
        Assert.True(exit == 0, output);
        return output;
    }

    /// <summary>Makes a folder with all that is in it read-only, or takes that back. It binds everybody but the machine's administrator.</summary>
    public static void MayWrite(string folder, bool may)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            var mode = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, may ? mode | UnixFileMode.UserWrite : mode & ~Write);
        }
    }

    public void Dispose()
    {
        if (!Directory.Exists(Cache))
            return; // no test restored anything

        MayWrite(Cache, true); // a test that failed has not
        Directory.Delete(Cache, recursive: true);
    }
}

/// <summary>All tests of packages share one feed: they are packed once.</summary>
[CollectionDefinition(Name)]
public sealed class Packed : ICollectionFixture<PackedFeed>
{
    public const string Name = "packed";
}
