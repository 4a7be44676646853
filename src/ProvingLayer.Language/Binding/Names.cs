using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Language.Binding;

/// <summary>The rules on names that do not depend on where they stand.</summary>
internal static class Names
{
    private static readonly HashSet<string> s_reserved = new(
        new[]
        {
            "self", "now", "init", "min", "max", "abs", "some", "time", "flow", "prove", "K",
        }.Concat(ErrorSymbol.BuiltIns.Select(e => e.Name)),
        StringComparer.Ordinal);

    /// <summary>Whether the language uses a name itself.</summary>
    public static bool IsReserved(string name) => s_reserved.Contains(name);

    /// <summary>Checks a declared name's first letter, and that the language does not use it itself.</summary>
    /// <param name="name">The name.</param>
    /// <param name="capital">Whether it begins with a capital.</param>
    /// <param name="what">What is declared, in the plural, with a capital: for the message.</param>
    /// <param name="reporter">Where what is wrong is reported.</param>
    /// <param name="isBare">Whether it is read by itself, not after a point: only then it could be taken for a name of the language.</param>
    public static void Check(NameSyntax name, bool capital, string what, Reporter reporter, bool isBare = true)
    {
        if (name.Text.Length == 0)
        {
            return;
        }

        if (name.IsCapital != capital)
        {
            reporter.Report(DiagnosticTable.WrongCapital, name.Span, what, capital ? "capital" : "small", name.Text);
        }
        else if (isBare && IsReserved(name.Text))
        {
            reporter.Report(DiagnosticTable.BuiltInName, name.Span, name.Text);
        }
    }

    /// <summary>The known name nearest to an unknown one, as a remark for a message; empty if none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        var (best, distance) = ("", (name.Length / 3) + 1);
        foreach (var candidate in known.OrderBy(k => k, StringComparer.Ordinal).Take(2_000))
        {
            if (Math.Abs(candidate.Length - name.Length) < distance && candidate != name)
            {
                var found = Distance(name, candidate);
                (best, distance) = found < distance ? (candidate, found) : (best, distance);
            }
        }

        return best.Length == 0 ? "" : $"; did you mean '{best}'?";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
