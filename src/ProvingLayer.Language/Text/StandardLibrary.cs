using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace ProvingLayer.Language.Text;

/// <summary>The modules that begin with <c>std</c>: written in Tenor, part of this assembly, and read where a program uses them.</summary>
public static class StandardLibrary
{
    /// <summary>What the names of its modules begin with.</summary>
    public const string Prefix = "std.";

    private static readonly Assembly s_assembly = typeof(StandardLibrary).Assembly;
    private static readonly ConcurrentDictionary<string, SourceFile?> s_files = new(StringComparer.Ordinal);

    /// <summary>The names of its modules, in alphabetical order.</summary>
    public static IEnumerable<string> Modules => s_assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(n => n.Substring(0, n.LastIndexOf('.')))
        .OrderBy(n => n, StringComparer.Ordinal);

    /// <summary>A module's text; null if it has no such module.</summary>
    /// <param name="module">The module's name: <c>std.oracle</c>.</param>
    /// <returns>The file, whose path is <c>std/oracle.tenor</c> wherever the program lies.</returns>
    public static SourceFile? Find(string module) => module.StartsWith(Prefix, StringComparison.Ordinal) ? s_files.GetOrAdd(module, Read) : null;

    /// <summary>Whether a file that calls itself so is the library's own.</summary>
    internal static bool Owns(string module, SourceFile file) => Find(module) is { } own && own.Text == file.Text;

    private static SourceFile? Read(string module)
    {
        using var stream = s_assembly.GetManifestResourceStream($"{module}.tenor");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new($"{module.Replace('.', '/')}.tenor", reader.ReadToEnd());
    }
}
