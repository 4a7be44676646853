namespace ProvingLayer.Language.Parsing;

/// <summary>
/// What a source file may hold at most. A file within them is read in a few seconds and a few hundred megabytes, and no recursion over its
/// tree comes near the end of a stack: .NET cannot catch a stack overflow, so depth is counted before anything recurses.
/// </summary>
public static class Limits
{
    /// <summary>Bytes of a file; also its characters.</summary>
    public const int FileBytes = 4 << 20;

    /// <summary>Tokens of a file.</summary>
    public const int Tokens = 600_000;

    /// <summary>Tokens of a declaration: its parse tree is held whole, some 1.2 kB a token.</summary>
    public const int DeclarationTokens = 150_000;

    /// <summary>Different names in a file.</summary>
    public const int Names = 50_000;

    /// <summary>Characters of a name.</summary>
    public const int NameLength = 200;

    /// <summary>Digits of a number: enough for 256 bits and every unit.</summary>
    public const int NumberDigits = 100;

    /// <summary>Digits of a hexadecimal literal, and characters of a string.</summary>
    public const int LiteralLength = 4_096;

    /// <summary>How deep brackets may be nested; and, apart from them, angle brackets between two others.</summary>
    public const int Nesting = 100;

    /// <summary>How deep grammar rules may be nested: some ten a bracket.</summary>
    public const int RuleDepth = 2_000;

    /// <summary>How deep the tree of a declaration may be; a chain of n operators is n deep.</summary>
    public const int TreeDepth = 400;

    /// <summary>After so many syntax errors a file is not read on.</summary>
    public const int SyntaxErrors = 20;
}
