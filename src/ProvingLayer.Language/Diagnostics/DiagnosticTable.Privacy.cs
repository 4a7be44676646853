namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 6: privacy.</content>
public static partial class DiagnosticTable
{
    /// <summary>Private data in an event.</summary>
    public static DiagnosticDescriptor PrivateInEvent { get; } = Error(
        "TNR6001",
        "Private data in an event",
        "private data reaches the event field '{0}': say disclose(…)",
        """
        Events are public. What is derived from data, fields or arguments that are not 'pub' becomes public only through disclose(e).
        """);

    /// <summary>Private data in a public field.</summary>
    public static DiagnosticDescriptor PrivateInPublicField { get; } = Error(
        "TNR6002",
        "Private data in a public field",
        "private data reaches the pub field '{0}': say disclose(…)",
        """
        'pub' fields are opened to everyone. What is derived from private data is stored in them only through disclose(e).
        """);

    /// <summary>Private data in a result.</summary>
    public static DiagnosticDescriptor PrivateInResult { get; } = Error(
        "TNR6003",
        "Private data in a result",
        "private data reaches the result: say disclose(…)",
        """
        A statement's result is public. What is derived from arguments that are not 'pub' is returned only through disclose(e).
        """);

    /// <summary>A private condition shows.</summary>
    public static DiagnosticDescriptor PrivateCondition { get; } = Error(
        "TNR6004",
        "A private condition shows",
        "whether this happens shows private data: {0}",
        """
        Under a condition that depends on private data, an event, a write to a pub field or vault, or a different next state would tell
        which way the condition went. Write disclose(condition) if that is meant, or do the same in all arms.
        """);
}
