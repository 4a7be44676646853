using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Auditing;

/// <summary>What an audit looks for.</summary>
public enum AuditKind
{
    /// <summary>A <c>trust_…</c>: a direction that nobody has proved.</summary>
    Trust,

    /// <summary>A <c>disclose</c>: what is made public.</summary>
    Disclosure,

    /// <summary>A receipt with a private amount or party: the one disclosure without a word.</summary>
    Receipt,

    /// <summary>A <c>by</c> on an argument that pays nothing: any key will do.</summary>
    Authority,

    /// <summary>A state in which a vault may hold value that no way out of it pays.</summary>
    StuckValue,

    /// <summary>A public argument that is neither stored nor compared: the prover may write anything there.</summary>
    FreeArgument,

    /// <summary>An argument, local or data field that nothing reads.</summary>
    Unused,
}

/// <summary>A place that a reviewer looks at. It is not wrong: it is where only people can tell.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it is.</param>
/// <param name="Message">What is to be looked at.</param>
public sealed record AuditFinding(AuditKind Kind, SourceSpan Span, string Message);
