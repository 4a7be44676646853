using System.Collections.Immutable;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Diagnostics;

/// <summary>Collects diagnostics while a stage runs.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _found = [];

    /// <summary>How many there are.</summary>
    public int Count => _found.Count;

    /// <summary>Whether one of them is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a diagnostic.</summary>
    /// <param name="descriptor">Its row.</param>
    /// <param name="span">Its place.</param>
    /// <param name="arguments">What the message is filled with.</param>
    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params object[] arguments) =>
        Add(new(descriptor, span, [.. arguments], []));

    /// <summary>Adds a diagnostic.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    public void Add(Diagnostic diagnostic)
    {
        _found.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    /// <summary>Adds diagnostics.</summary>
    /// <param name="diagnostics">The diagnostics.</param>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>All diagnostics: by file, then place, then code; those alike in all three in the order they were found, exact repetitions once.</summary>
    /// <returns>The diagnostics.</returns>
    public ImmutableArray<Diagnostic> ToSorted()
    {
        var seen = new HashSet<(SourceSpan, string, string)>();
        return
        [
            .. _found.Where(d => seen.Add((d.Span, d.Code, d.Message)))
                .OrderBy(d => d.Span.File.Path, StringComparer.Ordinal)
                .ThenBy(d => d.Span.Start)
                .ThenBy(d => d.Code, StringComparer.Ordinal),
        ];
    }
}
