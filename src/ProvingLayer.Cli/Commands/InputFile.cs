using ProvingLayer.Cli.Shell;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary>Reads the files that a command line names. One that is not there is a usage error that suggests its neighbour.</summary>
internal static class InputFile
{
    /// <summary>A file's bytes.</summary>
    /// <exception cref="ProblemException">It cannot be read.</exception>
    public static byte[] Bytes(string path, int limit)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new ProblemException(SourceLoader.Missing(path));
        }

        return DurableFile.TryRead(path, limit, out var bytes, out var error) ? bytes : throw new ProblemException(new(ExitCode.Usage, error.ToString()));
    }

    /// <summary>A compiled program.</summary>
    /// <exception cref="ProblemException">It cannot be read, or is none.</exception>
    public static TenorArtifact Artifact(string path) =>
        TenorArtifact.TryRead(Bytes(path, TenorArtifact.MaxFileSize), path, out var artifact, out var error)
            ? artifact
            : throw new ProblemException(new(ExitCode.Diagnostics, error.ToString()));

    /// <summary>A program's verifying key.</summary>
    /// <exception cref="ProblemException">It cannot be read, or is none.</exception>
    public static TenorKey Key(string path) =>
        TenorKey.TryRead(Bytes(path, TenorKey.MaxFileSize), path, out var key, out var error) ? key : throw new ProblemException(new(ExitCode.Diagnostics, error.ToString()));
}
