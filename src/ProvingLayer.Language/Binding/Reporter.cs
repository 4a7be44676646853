using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding;

/// <summary>
/// Reports each mistake once: a generic body is bound by itself and again for every instance, and says the same of the same place.
/// </summary>
internal sealed class Reporter(DiagnosticBag first)
{
    private readonly HashSet<(string Code, SourceSpan Span)> _seen = [];

    /// <summary>Where diagnostics go.</summary>
    public DiagnosticBag Bag { get; set; } = first;

    /// <summary>The instance that is bound, for a remark; null while no instance is.</summary>
    public string? Instance { get; set; }

    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, params object[] arguments) => Report(new(descriptor, span, [.. arguments], []));

    public void Report(Diagnostic diagnostic)
    {
        if (_seen.Add((diagnostic.Code, diagnostic.Span)))
        {
            Bag.Add(Instance is null ? diagnostic : diagnostic.WithNote($"in {Instance}"));
        }
    }

    /// <summary>Whether there is time to look for a similar name: only for the first few messages.</summary>
    public bool MaySuggest => Bag.Count < 50;

    /// <summary>Says that a part of the language is parsed and not bound yet.</summary>
    public void NotSupported(SourceSpan span, string feature) => Report(DiagnosticTable.NotSupported, span, feature);
}
