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
        No token of the language contains this character. It is left out, and what follows is read on.
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

    /// <summary>A name with letters that names do not have.</summary>
    public static DiagnosticDescriptor ForeignName { get; } = Error(
        "TNR0014",
        "A name with letters that names do not have",
        "'{0}' cannot be a name: names are made of a-z, A-Z, 0-9 and _, and begin with a letter",
        """
        Letters of other scripts look alike too easily for a text that moves money, so names are ASCII; and they begin with a letter, because
        a capital refers to a declaration and a small letter to a value. Comments and strings may hold any letters.
        """);

    // ---- limits ----

    /// <summary>Nested too deeply.</summary>
    public static DiagnosticDescriptor NestedTooDeeply { get; } = Error(
        "TNR0020",
        "Nested too deeply",
        "nested more than {0} deep",
        """
        Brackets may be nested 100 deep, and the tree of an expression may be 400 deep; a chain of n operators is n deep, and so is an else-if
        chain. The limit keeps every later stage within its stack. Name parts of the expression with let, or split the function.
        """);

    /// <summary>A literal is too long.</summary>
    public static DiagnosticDescriptor LiteralTooLong { get; } = Error(
        "TNR0021",
        "A literal is too long",
        "the literal has {0} characters; the limit is {1}",
        """
        A number may have 100 digits (256 bits have 78), a string or a hexadecimal literal 4,096 characters.
        """);

    /// <summary>A name is too long.</summary>
    public static DiagnosticDescriptor NameTooLong { get; } = Error(
        "TNR0022",
        "A name is too long",
        "the name has {0} characters; the limit is {1}",
        """
        A name may have 200 characters. Whoever reads the rule has to be able to read its names; shorten it.
        """);

    /// <summary>Too many tokens in one file.</summary>
    public static DiagnosticDescriptor TooManyTokens { get; } = Error(
        "TNR0023",
        "Too many tokens in one file",
        "the file has more than {0} tokens",
        """
        A file may hold 600,000 tokens (words, numbers and punctuation), so that reading one ends in bounded time. Split it into modules.
        """);

    /// <summary>Too many names in one file.</summary>
    public static DiagnosticDescriptor TooManyNames { get; } = Error(
        "TNR0024",
        "Too many names in one file",
        "the file has more than {0} different names",
        """
        A file may hold 50,000 different names. Split it into modules.
        """);

    /// <summary>A declaration is too long.</summary>
    public static DiagnosticDescriptor DeclarationTooLong { get; } = Error(
        "TNR0025",
        "A declaration is too long",
        "the declaration has more than {0} tokens",
        """
        One declaration may have 150,000 tokens, so that reading it fits into memory. Split the machine, statement or constant into several.
        """);

    // ---- grammar ----

    /// <summary>Something is missing.</summary>
    public static DiagnosticDescriptor MissingToken { get; } = Error(
        "TNR0030",
        "Something is missing",
        "expected {0} {1}",
        """
        The text stops making sense at this place, and would make sense with the token named here inserted. The place shown is the end of the
        token before it; what the rest of the file says is checked as if the token were there.
        """);

    /// <summary>Something does not belong here.</summary>
    public static DiagnosticDescriptor UnexpectedToken { get; } = Error(
        "TNR0031",
        "Something does not belong here",
        "unexpected {0}; expected {1}",
        """
        The text makes no sense from this token on, and no single token inserted or left out would mend it. The statement, member or declaration
        around it was skipped, and the rest of the file was checked without it.
        """);

    /// <summary>Something is too much.</summary>
    public static DiagnosticDescriptor SuperfluousToken { get; } = Error(
        "TNR0032",
        "Something is too much",
        "unexpected {0} {1}",
        """
        The text would make sense without this token; the rest of the file is checked as if it were not there.
        """);

    /// <summary>A reserved word as a name.</summary>
    public static DiagnosticDescriptor ReservedName { get; } = Error(
        "TNR0033",
        "A reserved word as a name",
        "'{0}' is a word of the language and cannot be a name",
        """
        The words of the language cannot be names of declarations, fields, parameters or variables. Choose another name; a trailing letter or
        underscore is enough.
        """);

    /// <summary>The file ends too early.</summary>
    public static DiagnosticDescriptor UnexpectedEnd { get; } = Error(
        "TNR0034",
        "The file ends too early",
        "the file ends inside {0}",
        """
        A declaration begun here is not finished at the end of the file. Mostly a closing brace is missing.
        """);

    /// <summary>'module' or 'use' after a declaration.</summary>
    public static DiagnosticDescriptor MisplacedPrologue { get; } = Error(
        "TNR0035",
        "'module' or 'use' after a declaration",
        "'{0}' stands before all declarations",
        """
        A file begins with its module line, if it has one, then all its use lines, then the declarations.
        """);

    // ---- what the grammar cannot say ----

    /// <summary>'hint' outside the standard library.</summary>
    public static DiagnosticDescriptor HintOutsideStandardLibrary { get; } = Error(
        "TNR0040",
        "'hint' outside the standard library",
        "'hint fn' is for the standard library alone",
        """
        A hint function returns advice, a value that nothing constrains. Outside the modules std.… every value is constrained by what computes it.
        """);

    /// <summary>'mut' outside data.</summary>
    public static DiagnosticDescriptor MutableNotInData { get; } = Error(
        "TNR0041",
        "'mut' outside data",
        "only a field of 'data' can be 'mut'",
        """
        Fields of structs, events, states and variants are values: they are given once and do not change. Only a machine's data does.
        """);

    /// <summary>A default outside data.</summary>
    public static DiagnosticDescriptor DefaultNotInData { get; } = Error(
        "TNR0042",
        "A default outside data",
        "only a field of 'data' can have a default value",
        """
        A default stands in for what the machine's new does not name. Struct, event, state and variant values name every field.
        """);

    /// <summary>'pub' where nothing is public or private.</summary>
    public static DiagnosticDescriptor PublicNotHere { get; } = Error(
        "TNR0043",
        "'pub' where nothing is public or private",
        "'pub' cannot stand before {0}",
        """
        pub opens a top-level declaration to other modules, or an argument, data field or state field to the verifier. Fields of structs, events
        and variants have the visibility of the value they are part of; tests and properties are never used from elsewhere.
        """);

    /// <summary>A number in a unit.</summary>
    public static DiagnosticDescriptor UnitNumber { get; } = Error(
        "TNR0044",
        "A number in a unit",
        "the only number in a unit is 1",
        """
        A unit is built from assets and measures with * and /; 1/ETH is the only use of a number. A factor belongs into the value.
        """);

    /// <summary>The left of an assignment.</summary>
    public static DiagnosticDescriptor NotAPlace { get; } = Error(
        "TNR0045",
        "The left of an assignment",
        "only a variable, a field or an element can be assigned",
        """
        Left of =, += and -= stands a name, perhaps with fields (.x) and indices ([i]). To compare, write ==.
        """);

    /// <summary>'by' after something that is no call.</summary>
    public static DiagnosticDescriptor AuthorityNotHere { get; } = Error(
        "TNR0046",
        "'by' after something that is no call",
        "'by' follows a call of a transition",
        """
        by names who signs a step. In tests it follows the call that makes the step: p.open(premium: 1 USD) by K.alice; nothing else is signed.
        """);

    /// <summary>A pattern that looks like a call.</summary>
    public static DiagnosticDescriptor CallPattern { get; } = Error(
        "TNR0047",
        "A pattern that looks like a call",
        "only 'some' takes a pattern in parentheses; fields stand in braces",
        """
        some(p) matches a value that is there. Structs, states and variants are matched by their fields in braces: Exercised { payout }.
        """);

    /// <summary>A range on a parameter.</summary>
    public static DiagnosticDescriptor RangeNotHere { get; } = Error(
        "TNR0048",
        "A range on a parameter",
        "only a property's parameter has a range",
        """
        in gives the range from which a property draws its inputs. Elsewhere, put the range into the type (type Ltv = dec<4> in 0..=1;) or
        check it with require.
        """);

    /// <summary>An empty statement.</summary>
    public static DiagnosticDescriptor EmptyStatement { get; } = Error(
        "TNR0049",
        "An empty statement",
        "there is no statement before this ';'",
        """
        A ';' ends a statement, and here there is none. After the brace that ends an if, match, for, reject or block, no ';' is needed.
        """);

    /// <summary>'..=' without an end.</summary>
    public static DiagnosticDescriptor RangeWithoutEnd { get; } = Error(
        "TNR0050",
        "'..=' without an end",
        "'..=' needs an upper end",
        """
        a..=b includes b, so there must be one. A range without upper end is written a.. with two points.
        """);

    /// <summary>A tuple element that cannot be.</summary>
    public static DiagnosticDescriptor BadElement { get; } = Error(
        "TNR0051",
        "A tuple element that cannot be",
        "'{0}' is not the number of a tuple's element",
        """
        The elements of a tuple are t.0, t.1 and so on, written without leading zeros and underscores, up to t.255.
        """);
}
