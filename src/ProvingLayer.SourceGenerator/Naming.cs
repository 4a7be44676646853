using System.Text;

namespace ProvingLayer.SourceGenerator;

/// <summary>Names of Tenor as names of C#.</summary>
internal static class Naming
{
    private static readonly HashSet<string> s_words = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for "
        + "foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed "
        + "short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' '),
        StringComparer.Ordinal);

    /// <summary><c>last_price</c> → <c>LastPrice</c>; what no name may hold becomes <c>_</c>.</summary>
    public static string Pascal(string name)
    {
        var result = new StringBuilder();
        var upper = true;
        foreach (var c in name)
        {
            if (c == '_')
            {
                upper = true;
                continue;
            }

            var isLetter = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            result.Append(!isLetter ? '_' : upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return result.Length == 0 || char.IsDigit(result[0]) ? "_" + result : result.ToString();
    }

    /// <summary><c>last_price</c> → <c>lastPrice</c>, with <c>@</c> before a word of C#.</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return s_words.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary><c>examples.option</c> → <c>Examples.Option</c>.</summary>
    public static string Namespace(string module) => module.Length == 0 ? "Rules" : string.Join(".", module.Split('.').Select(Pascal));
}

/// <summary>Gives names that are used once: a later one that is taken gets a number.</summary>
internal sealed class NameScope(params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    public string Take(string name)
    {
        var free = name;
        for (var i = 2; !_taken.Add(free); i++)
        {
            free = FormattableString.Invariant($"{name}{i}");
        }

        return free;
    }
}
