using System.Reflection;
using System.Text;

namespace ProvingLayer.Language.Diagnostics;

/// <summary>How grave a diagnostic is.</summary>
public enum Severity
{
    /// <summary>A remark that stops nothing.</summary>
    Info,

    /// <summary>A lint: <c>@allow(CODE)</c> silences it.</summary>
    Warning,

    /// <summary>The program is not accepted.</summary>
    Error,
}

/// <summary>One row of the table of diagnostics.</summary>
/// <param name="Code"><c>TNRdddd</c>; never reused, even when a row is retired.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Format">The message, a composite format.</param>
/// <param name="Explanation">Why it is so and how to put it right: the page of <c>tenor explain</c>.</param>
public sealed record DiagnosticDescriptor(string Code, Severity Severity, string Title, string Format, string Explanation)
{
    private static readonly Assembly s_assembly = typeof(DiagnosticDescriptor).Assembly;

    /// <summary>
    /// A small program that shows the diagnostic: <c>grammar/samples/rejected/CODE.tenor</c>, which the tests compile and this assembly carries.
    /// Null for what a source text alone cannot show (files, run time).
    /// </summary>
    public string? Sample
    {
        get
        {
            using var stream = s_assembly.GetManifestResourceStream($"{Code}.tenor");
            if (stream is null)
            {
                return null;
            }

            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }
}
