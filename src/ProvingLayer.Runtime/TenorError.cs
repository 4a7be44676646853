namespace ProvingLayer.Runtime;

/// <summary>Which kind of thing is wrong.</summary>
public enum TenorErrorKind
{
    /// <summary>The file cannot be read or written: it is not there, access is denied, or it is larger than such a file may be.</summary>
    File,

    /// <summary>The bytes are not what they should be: another kind of file, another version, cut short, or not canonical.</summary>
    Format,

    /// <summary>The JSON text is malformed, or a value in it is missing, unknown, repeated or out of range.</summary>
    Json,

    /// <summary>The inputs do not fit the program: no such transition, or a check of the program fails on them.</summary>
    Execution,

    /// <summary>Key, artifact and statement do not belong together.</summary>
    Mismatch,

    /// <summary>The proof was not accepted.</summary>
    Proof,
}

/// <summary>Something a user of this library can act on.</summary>
/// <param name="Kind">Which kind of thing is wrong.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="File">The file it is about, if there is one.</param>
/// <param name="Line">Line in that file, from 1; 0 when it has none.</param>
/// <param name="Column">Column in that line in bytes, from 1; 0 when it has none.</param>
public sealed record TenorError(TenorErrorKind Kind, string Message, string? File = null, int Line = 0, int Column = 0)
{
    /// <summary>The name of the check that failed, as the rules declare it, such as <c>examples.option.TooEarly</c>; null where no check did.</summary>
    public string? Failure { get; init; }

    /// <summary>The error as one line: <c>file(line,column): message</c>.</summary>
    /// <returns>That line.</returns>
    public override string ToString() =>
        File is null ? Message : Line > 0 ? FormattableString.Invariant($"{File}({Line},{Column}): {Message}") : $"{File}: {Message}";
}

/// <summary>Thrown by the members that do not begin with <c>Try</c>, carrying what the others return.</summary>
public sealed class TenorException : Exception
{
    /// <summary>An exception that carries an error.</summary>
    /// <param name="error">The error.</param>
    public TenorException(TenorError error)
        : base(error.ToString()) => Error = error;

    /// <summary>What is wrong.</summary>
    public TenorError Error { get; }
}
