using System.Globalization;

namespace ProvingLayer.Runtime.Bindings;

/// <summary>Texts of values with private parts. For generated code.</summary>
public static class Redaction
{
    /// <summary>What stands for a private value.</summary>
    public const string Private = "(private)";

    /// <summary><c>Exercised { payout = (private), spot = 63.7000 USD/AAPL }</c></summary>
    /// <param name="name">What it is.</param>
    /// <param name="parts">Its parts: null stands for a private value.</param>
    /// <returns>The text.</returns>
    public static string Describe(string name, params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        var texts = new List<string>();
        foreach (var (part, value) in parts)
        {
            texts.Add($"{part} = {(value is null ? Private : Convert.ToString(value, CultureInfo.InvariantCulture))}");
        }

        return texts.Count == 0 ? name : $"{name} {{ {string.Join(", ", texts)} }}";
    }
}
