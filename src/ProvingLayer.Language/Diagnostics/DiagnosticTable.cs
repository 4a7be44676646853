using System.Collections.Immutable;
using System.Reflection;

namespace ProvingLayer.Language.Diagnostics;

/// <summary>
/// Every diagnostic there is, one row each, in files by area: 0 syntax, 1 names, 2 types and match, 3 numbers, units and rounding,
/// 4 machines, time and authority, 5 value, 6 privacy, 7 verify, circuit and cost, 8 project and build, 9 run time and tests.
/// </summary>
public static partial class DiagnosticTable
{
    private static ImmutableArray<DiagnosticDescriptor> s_all;

    /// <summary>All rows, by code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => s_all.IsDefault ? s_all = Collect() : s_all;

    /// <summary>The row of a code.</summary>
    /// <param name="code"><c>TNRdddd</c>.</param>
    /// <returns>The row, or null if there is none.</returns>
    public static DiagnosticDescriptor? Find(string code) => All.FirstOrDefault(d => d.Code == code);

    private static DiagnosticDescriptor Error(string code, string title, string format, string explanation) =>
        new(code, Severity.Error, title, format, explanation);

    private static DiagnosticDescriptor Lint(string code, string title, string format, string explanation) =>
        new(code, Severity.Warning, title, format, explanation);

    private static ImmutableArray<DiagnosticDescriptor> Collect() =>
    [
        .. typeof(DiagnosticTable).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.PropertyType == typeof(DiagnosticDescriptor))
            .Select(p => (DiagnosticDescriptor)p.GetValue(null)!)
            .OrderBy(d => d.Code, StringComparer.Ordinal),
    ];
}
