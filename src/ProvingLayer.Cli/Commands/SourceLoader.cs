using System.Collections.Immutable;
using ProvingLayer.Cli.Shell;

namespace ProvingLayer.Cli.Commands;

/// <summary>Finds the source files a command line names.</summary>
internal static class SourceLoader
{
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
}
