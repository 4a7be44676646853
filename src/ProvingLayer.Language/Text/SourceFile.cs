using System.Globalization;
using System.Text;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;

namespace ProvingLayer.Language.Text;

/// <summary>A source text and the path it came from. The path is for messages and module lookup; nothing here reads it.</summary>
public sealed class SourceFile
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private LineMap? _lines;

    /// <summary>A source file held in memory.</summary>
    /// <param name="path">Where it came from; shown in messages with '/' between the parts.</param>
    /// <param name="text">Its text; a byte order mark at its start is dropped.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text;
    }

    /// <summary>Where the text came from.</summary>
    public string Path { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>The lines of the text.</summary>
    public LineMap Lines => _lines ??= new(Text);

    /// <summary>Reads the bytes of a file as strict UTF-8, within <see cref="Limits.FileBytes"/>.</summary>
    /// <param name="path">Where they came from.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="diagnostics">Where it is reported if they are no source text.</param>
    /// <returns>The file, or null if they are no source text.</returns>
    public static SourceFile? Load(string path, byte[] bytes, DiagnosticBag diagnostics)
    {
        if (bytes.Length > Limits.FileBytes)
        {
            diagnostics.Report(DiagnosticTable.FileTooLarge, new SourceFile(path, "").Span(0, 0), bytes.Length, Limits.FileBytes);
            return null;
        }

        try
        {
            return new(path, s_strict.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            var shown = new SourceFile(path, Encoding.UTF8.GetString(bytes));
            var before = s_strict.GetString(bytes, 0, e.Index);
            var at = before.Length - (before.Length > 0 && before[0] == '\uFEFF' ? 1 : 0);
            diagnostics.Report(DiagnosticTable.InvalidUtf8, shown.Span(at, 1), "0x" + bytes[e.Index].ToString("X2", CultureInfo.InvariantCulture));
            return null;
        }
    }

    /// <summary>A part of this file.</summary>
    /// <param name="start">The offset of its first character.</param>
    /// <param name="length">How many characters.</param>
    /// <returns>The span, cut off at the text's end.</returns>
    public SourceSpan Span(int start, int length)
    {
        var from = Math.Max(0, Math.Min(start, Text.Length));
        return new(this, from, Math.Max(0, Math.Min(length, Text.Length - from)));
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
