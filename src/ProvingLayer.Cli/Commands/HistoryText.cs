using System.Globalization;
using ProvingLayer.Runtime;

namespace ProvingLayer.Cli.Commands;

/// <summary>A history's statement for people.</summary>
internal static class HistoryText
{
    /// <summary>How many steps it has.</summary>
    public static string Count(TenorHistory history) => history.Steps.Length == 1 ? "1 step" : string.Create(CultureInfo.InvariantCulture, $"{history.Steps.Length:N0} steps");

    /// <summary>Its fields, then a line for each step with the values it opens.</summary>
    public static IEnumerable<(string Name, string Text)> Of(TenorHistory history)
    {
        yield return ("programId", $"0x{history.ProgramId}");
        yield return ("preRoot", $"0x{history.PreRoot}");
        yield return ("postRoot", $"0x{history.PostRoot}");
        yield return ("preLog", $"0x{history.PreLog}");
        yield return ("postLog", $"0x{history.PostLog}");
        yield return ("notBefore", history.TextOf(history.NotBefore));
        yield return ("notAfter", history.TextOf(history.NotAfter));
        for (var i = 0; i < history.Steps.Length; i++)
        {
            var step = history.Steps[i];
            var values = string.Join(", ", step.OpenedTexts().Select(value => $"{value.Path} {value.Text}"));
            yield return (string.Create(CultureInfo.InvariantCulture, $"step {i}"), values.Length == 0 ? step.Function.Name : $"{step.Function.Name}: {values}");
        }
    }
}
