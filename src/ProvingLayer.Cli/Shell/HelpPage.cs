using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ProvingLayer.Cli.Shell;

/// <summary>The usual help, with the verb's examples and, for the tool itself, the exit codes below it.</summary>
internal sealed class HelpPage(HelpAction inner) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var result = inner.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb verb)
        {
            output.WriteLine("Examples:");
            foreach (var (commandLine, does) in verb.Examples)
            {
                output.WriteLine($"  {commandLine}");
                output.WriteLine($"      {does}");
            }
        }
        else
        {
            output.WriteLine("Exit codes:");
            output.WriteLine("  0  done    1  diagnostics    2  usage    3  internal error    4  proof rejected");
            output.WriteLine();
            output.WriteLine("'tenor VERB --help' shows a verb's arguments and examples.");
        }

        return result;
    }
}
