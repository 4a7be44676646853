using System.Text.Json;

namespace ProvingLayer.Cli.Shell;

/// <summary>What a verb found: one record, written either for people or as JSON.</summary>
internal abstract record Report
{
    /// <summary>The exit code that follows from what was found.</summary>
    public abstract ExitCode ExitCode { get; }

    /// <summary>Writes the report for people. Results go to <see cref="TextPage.Out"/>, complaints to <see cref="TextPage.Error"/>.</summary>
    public abstract void WriteText(TextPage page);

    /// <summary>Writes the members of the report's JSON object; the frame has written its first two, <c>command</c> and <c>ok</c>.</summary>
    public abstract void WriteJson(Utf8JsonWriter json);
}

/// <summary>The verb could not do its work, for a reason the user can act on.</summary>
/// <param name="Code">Usage, or diagnostics when it is a file's content that is wrong.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Hint">What to do about it, if there is something to say.</param>
internal sealed record Problem(ExitCode Code, string Message, string? Hint = null) : Report
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => Code;

    /// <inheritdoc/>
    public override void WriteText(TextPage page)
    {
        page.Error.Line($"{page.Error.Red("error")}: {Message}");
        if (Hint is not null)
        {
            page.Error.Line($"  {Hint}");
        }
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteString("error", Message);
        if (Hint is not null)
        {
            json.WriteString("hint", Hint);
        }
    }
}
