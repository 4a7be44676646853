using System.Globalization;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Parsing;

/// <summary>Which characters a source text may hold at all, comments and strings included.</summary>
internal static class Characters
{
    private const int MostReports = 5;

    /// <summary>Reports characters that do not show, or that change how the text around them shows.</summary>
    /// <returns>Whether there are none.</returns>
    public static bool Check(SourceFile file, DiagnosticBag diagnostics)
    {
        var text = file.Text;
        var found = 0;
        for (var i = 0; i < text.Length && found < MostReports; i++)
        {
            var c = text[i];
            if (c is >= ' ' and < '\x7f' or '\n' or '\r' or '\t')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (CharUnicodeInfo.GetUnicodeCategory(text, i) == UnicodeCategory.Format) // tag characters, invisible
                {
                    diagnostics.Report(DiagnosticTable.ForbiddenCharacter, file.Span(i, 2), NameOf(char.ConvertToUtf32(c, text[i + 1])));
                    found++;
                }

                i++;
            }
            else if (IsForbidden(c))
            {
                diagnostics.Report(DiagnosticTable.ForbiddenCharacter, file.Span(i, 1), NameOf(c));
                found++;
            }
        }

        return found == 0;
    }

    /// <summary>A character for a message: itself if it shows, and its number.</summary>
    public static string Describe(string text) =>
        text.Length == 1 && text[0] is > ' ' and < '\x7f' ? $"'{text}'" : NameOf(char.IsSurrogatePair(text, 0) ? char.ConvertToUtf32(text, 0) : text[0]);

    // Cf (format) holds the bidirectional controls, zero-width characters and the byte order mark.
    private static bool IsForbidden(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string NameOf(int codePoint)
    {
        var number = "U+" + codePoint.ToString("X4", CultureInfo.InvariantCulture);
        return codePoint switch
        {
            0 => number + " (NUL)",
            0xFEFF => number + " (a byte order mark)",
            >= 0xD800 and <= 0xDFFF => number + " (a lone surrogate)",
            0x200B or 0x200C or 0x200D or 0x2060 => number + " (a zero-width character)",
            0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => number + " (a bidirectional control)",
            _ => number,
        };
    }
}
