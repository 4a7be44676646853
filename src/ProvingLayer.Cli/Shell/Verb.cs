using System.CommandLine;

namespace ProvingLayer.Cli.Shell;

/// <summary>One verb of the tool: its arguments, its examples, and what it does.</summary>
internal abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Command lines shown under "Examples" in the verb's help, each with what it does.</summary>
    public abstract IReadOnlyList<(string CommandLine, string Does)> Examples { get; }

    /// <summary>Does the work. What the user did wrong is a <see cref="Problem"/>, returned or thrown; any other exception is a defect.</summary>
    public abstract Report Run(ParseResult arguments, Session session, CancellationToken cancellation);
}
