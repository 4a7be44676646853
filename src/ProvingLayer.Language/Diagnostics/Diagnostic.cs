using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Diagnostics;

/// <summary>Something said about a place in a source text.</summary>
/// <param name="Descriptor">Its row in the table.</param>
/// <param name="Span">The place.</param>
/// <param name="Arguments">What the row's message is filled with.</param>
/// <param name="Notes">Further remarks, each perhaps with a place of its own.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, SourceSpan Span, ImmutableArray<object> Arguments, ImmutableArray<DiagnosticNote> Notes)
{
    /// <summary>The row's code.</summary>
    public string Code => Descriptor.Code;

    /// <summary>The row's severity.</summary>
    public Severity Severity => Descriptor.Severity;

    /// <summary>The message in full, without place and code.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Descriptor.Format, [.. Arguments]);

    /// <summary>The diagnostic with one more remark.</summary>
    /// <param name="text">The remark.</param>
    /// <param name="span">The place it is about, if any.</param>
    /// <returns>The new diagnostic.</returns>
    public Diagnostic WithNote(string text, SourceSpan? span = null) => this with { Notes = Notes.Add(new(span, text)) };

    /// <summary>The canonical form, with the path as it stands.</summary>
    /// <returns>That text.</returns>
    public override string ToString() => DiagnosticFormatter.Plain.Canonical(this);
}

/// <summary>A remark that goes with a diagnostic.</summary>
/// <param name="Span">The place it is about, if any.</param>
/// <param name="Text">The remark.</param>
public sealed record DiagnosticNote(SourceSpan? Span, string Text);
