namespace ProvingLayer.Cli.Shell;

/// <summary>How the user wants results.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object on standard output.</summary>
    Json,
}

/// <summary>What a verb needs besides its arguments.</summary>
/// <param name="Format">How results are written.</param>
/// <param name="Page">Where they are written.</param>
/// <param name="Progress">Tells the user, on standard error only, what is being done.</param>
internal sealed record Session(OutputFormat Format, TextPage Page, ProgressLine Progress);

/// <summary>One line on standard error that says what is being done; on a terminal it is overwritten, elsewhere nothing is shown.</summary>
internal sealed class ProgressLine(TextStream error, bool visible)
{
    private int shown;

    /// <summary>Replaces what the line says.</summary>
    public void Show(string text)
    {
        if (!visible)
        {
            return;
        }

        var fitting = error.Width is { } width && text.Length >= width ? text[..Math.Max(width - 1, 0)] : text;
        error.Write("\r" + error.Dim(fitting) + new string(' ', Math.Max(shown - fitting.Length, 0)));
        error.Writer.Flush();
        shown = fitting.Length;
    }

    /// <summary>Removes the line, before anything else is written.</summary>
    public void Clear()
    {
        if (shown > 0)
        {
            error.Write("\r" + new string(' ', shown) + "\r");
            error.Writer.Flush();
            shown = 0;
        }
    }
}
