namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 0: files, tokens, grammar and the limits on them.</content>
public static partial class DiagnosticTable
{
    // ---- files ----

    /// <summary>The file is not UTF-8.</summary>
    public static DiagnosticDescriptor InvalidUtf8 { get; } = Error(
        "TNR0001",
        "The file is not UTF-8",
        "the file is not valid UTF-8: byte {0} does not belong to any character",
        """
        Tenor files are UTF-8. The bytes from here on are no character in it: the file was written in another encoding, cut in the middle of
        a character, or is no text at all. A surrogate written as three bytes is not UTF-8 either. Save the file as UTF-8.
        """);

    /// <summary>The file is too large.</summary>
    public static DiagnosticDescriptor FileTooLarge { get; } = Error(
        "TNR0002",
        "The file is too large",
        "the file has {0} bytes; the limit is {1}",
        """
        A source file may have 4 MB (4,194,304 bytes), so that reading one ends in bounded time. Split it into modules, one file each.
        """);

    /// <summary>A character that may not stand in source.</summary>
    public static DiagnosticDescriptor ForbiddenCharacter { get; } = Error(
        "TNR0003",
        "A character that may not stand in source",
        "{0} may not stand in a source file: it is not visible, or changes how the text around it is shown",
        """
        NUL and the other control characters (all but tab and the line ends), bidirectional controls, zero-width characters, lone surrogates
        and a byte order mark inside the file are refused everywhere, comments and strings included: with them a text can read one way on the
        screen and another way to the compiler. Remove the character. A byte order mark at the very start is accepted and ignored.
        """);

    // ---- tokens ----

    /// <summary>A character that begins no token.</summary>
    public static DiagnosticDescriptor UnexpectedCharacter { get; } = Error(
        "TNR0010",
        "A character that belongs to no token",
        "unexpected character {0}",
        """
        No token of the language contains this character. Letters of names are a-z, A-Z, 0-9 and _, and a name begins with a letter; text in
        other letters belongs into comments and strings.
        """);

    /// <summary>A string without its end.</summary>
    public static DiagnosticDescriptor UnterminatedString { get; } = Error(
        "TNR0011",
        "A string without its end",
        "the string is not closed on its line",
        """
        A string begins and ends with " on one line. To write a " inside it, write \".
        """);

    /// <summary>A comment without its end.</summary>
    public static DiagnosticDescriptor UnterminatedComment { get; } = Error(
        "TNR0012",
        "A comment without its end",
        "the comment is not closed",
        """
        A comment that begins with /* ends at the next */. Comments do not nest.
        """);

    /// <summary>An unknown escape in a string.</summary>
    public static DiagnosticDescriptor UnknownEscape { get; } = Error(
        "TNR0013",
        "An unknown escape",
        "unknown escape '{0}'; known are \\\\ \\\" \\n \\t",
        """
        After a backslash a string may hold \, ", n (a new line) or t (a tab), nothing else.
        """);
}
