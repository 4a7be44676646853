using System.Collections.Immutable;
using System.Text;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary>Finds and reads the source files a command line names.</summary>
internal static class SourceLoader
{
    /// <summary>Reads the files that a command line names. What is wrong with their bytes is reported; such a file is left out.</summary>
    /// <exception cref="ProblemException">One is not there, or cannot be read.</exception>
    public static ImmutableArray<SourceFile> Load(IEnumerable<string> named, DiagnosticBag diagnostics)
    {
        var files = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (var path in Find(named))
        {
            if (!DurableFile.TryRead(path, Limits.FileBytes + 1, out var bytes, out var error))
            {
                var length = new FileInfo(path).Length;
                if (length <= Limits.FileBytes)
                {
                    throw new ProblemException(new(ExitCode.Usage, error.ToString()));
                }

                diagnostics.Report(DiagnosticTable.FileTooLarge, new SourceFile(path, "").Span(0, 0), length, Limits.FileBytes);
            }
            else if (Utf8Error(bytes) is { } offset)
            {
                var start = new SourceFile(path, Encoding.UTF8.GetString(bytes, 0, offset));
                diagnostics.Report(DiagnosticTable.InvalidUtf8, start.Span(start.Text.Length, 0), offset);
            }
            else
            {
                files.Add(new SourceFile(path, Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes)));
            }
        }

        return files.ToImmutable();
    }

    /// <summary>The files, each once, in the order named; a folder stands for all <c>.tenor</c> files in it, by name.</summary>
    /// <exception cref="ProblemException">One is not there.</exception>
    public static ImmutableArray<string> Find(IEnumerable<string> named)
    {
        var files = new List<string>();
        foreach (var path in named)
        {
            if (Directory.Exists(path))
            {
                var inside = Directory.EnumerateFiles(path, "*.tenor", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
                if (inside.Count == 0)
                {
                    throw new ProblemException(new(ExitCode.Usage, $"there is no .tenor file in '{path}'"));
                }

                files.AddRange(inside);
            }
            else if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                throw new ProblemException(Missing(path));
            }
        }

        return [.. files.DistinctBy(Path.GetFullPath, StringComparer.Ordinal)];
    }

    /// <summary>That a file is not there, and which of its neighbours may have been meant.</summary>
    public static Problem Missing(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            return new(ExitCode.Usage, $"there is no file '{path}'", $"there is no folder '{Path.GetDirectoryName(path)}' either");
        }

        var neighbours = Directory.EnumerateFileSystemEntries(folder ?? ".").Select(entry => Path.GetFileName(entry)!);
        return new(ExitCode.Usage, $"there is no file '{path}'", Suggestion.Question(Path.GetFileName(path), neighbours));
    }

    // The first byte that belongs to no character, or null.
    private static int? Utf8Error(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return null;
    }
}
