using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.CommandLine;

/// <summary>The examples built, one contract run and one of its steps proved, by the executable, once for all tests that look at the files.</summary>
public sealed class ProvedExample : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ProvedExample()
    {
        Built = Tenor.Run("build", Program.Options, Program.Solvency, "-o", folder["out"], "--format", "json").Exits(0);
        Ran = Tenor.Run("run", Program.Options, "examples/01-european-option/scenarios/apple-put-80-2020-03-30.json", "--key", Key, "--inputs", folder["steps"], "--format", "json").Exits(0);
        Proved = Tenor.Run("prove", Artifact, "--input", Input, "-o", Proof, "--statement", Statement, "--format", "json").Exits(0);
    }

    internal Outcome Built { get; }

    internal Outcome Ran { get; }

    internal Outcome Proved { get; }

    public string Artifact => this["out/ApplePut.tnart"];

    public string Key => this["out/ApplePut.vkey"];

    public string OtherKey => this["out/AppleCall.vkey"];

    public string Input => this["steps/2-exercise.json"];

    public string Proof => this["exercise.proof"];

    public string Statement => this["exercise.json"];

    public string this[string name] => folder[name];

    /// <summary>A file beside the others, in a folder of its own, so that a test may change it.</summary>
    public string Changed(string name, byte[] content)
    {
        var path = folder[Path.Combine(Guid.NewGuid().ToString("N"), name)];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => folder.Dispose();
}
