using ProvingLayer.TestSupport;

namespace ProvingLayer.Build.Tests;

/// <summary>examples/06-typed-app as its README has it run: against the packed packages, in processes of its own.</summary>
[Collection(Packed.Name)]
public sealed class ExampleTests
{
    [Fact]
    public void The_typed_application_proves_a_life_and_a_stranger_verifies_it_from_files_alone()
    {
        var root = PackedFeed.Folder("examples");
        foreach (var (example, pattern) in new[] { ("01-european-option", "*.tenor"), ("06-typed-app", "*.*") })
        {
            Directory.CreateDirectory(Path.Combine(root, example));
            foreach (var file in Directory.GetFiles(Repository.PathOf("examples", example), pattern))
            {
                File.Copy(file, Path.Combine(root, example, Path.GetFileName(file)));
            }
        }

        var folder = Path.Combine(root, "06-typed-app");
        Directory.CreateDirectory(Path.Combine(folder, "packages"));
        foreach (var package in Directory.GetFiles(PackedFeed.Feed, "ProvingLayer.*.nupkg"))
        {
            File.Copy(package, Path.Combine(folder, "packages", Path.GetFileName(package)));
        }

        PackedFeed.Run(folder, "build", "-c", "Release", "-o", "app");
        var written = PackedFeed.Run(folder, "app/TypedApp.dll", "write", "out");
        Assert.Contains("strike = (private)", written, StringComparison.Ordinal); // S7
        var proved = PackedFeed.Run(folder, "app/TypedApp.dll", "exercise", "out");
        Assert.Contains("not at 91.20", proved, StringComparison.Ordinal);
        Assert.Contains("proved 3 steps, which pay 1,630.00 USD", proved, StringComparison.Ordinal);
        Assert.NotEqual(0, PackedFeed.DotNet(folder, "app/TypedApp.dll", "exercise", "out").Exit); // the store knows that it was

        // The stranger has no compiled rules, no compiler, and so little memory that a prover's buffers find no room in it.
        var small = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x1000000" };
        Assert.Equal(0, PackedFeed.DotNet(folder, "app/TypedApp.dll", "write", "small").Exit);
        Assert.NotEqual(0, PackedFeed.DotNet(folder, small, "app/TypedApp.dll", "exercise", "small").Exit);
        foreach (var artifact in Directory.GetFiles(Path.Combine(folder, "app"), "*.tnart"))
        {
            File.Delete(artifact);
        }

        Assert.All(["ProvingLayer.Compiler.dll", "ProvingLayer.Language.dll"], name => Assert.False(File.Exists(Path.Combine(folder, "app", name))));
        foreach (var secret in Directory.GetFiles(Path.Combine(folder, "out"), "writer.db*"))
        {
            File.Delete(secret);
        }

        var (exit, verified) = Verify();
        Assert.True(exit == 0, verified);
        Assert.Contains("exercised at 63.7000 USD/AAPL", verified, StringComparison.Ordinal);
        Assert.Contains("was paid 1,630.00 USD", verified, StringComparison.Ordinal);
        var life = Path.Combine(folder, "out", "life.json");
        File.WriteAllText(life, File.ReadAllText(life).Replace("63.7", "63.6", StringComparison.Ordinal));
        (exit, verified) = Verify();
        Assert.Equal((1, true), (exit, verified.Contains("refused", StringComparison.Ordinal)));

        (int Exit, string Output) Verify() => PackedFeed.DotNet(folder, small, "app/TypedApp.dll", "verify", "out", "app/ApplePut.vkey");
    }
}
