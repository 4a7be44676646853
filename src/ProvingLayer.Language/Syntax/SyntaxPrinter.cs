using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Syntax;

/// <summary>
/// The stable text form of a tree: one node a line, children indented, each with the name it has in its parent. It reads the records' own
/// parameters, so no node can be forgotten.
/// </summary>
public static class SyntaxPrinter
{
    /// <summary>Prints a node and all below it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="withSpans">Whether each node shows its place as <c>line:column-line:column</c>.</param>
    /// <returns>Lines, each ended by LF.</returns>
    public static string Print(SyntaxNode node, bool withSpans = false)
    {
        var text = new StringBuilder();
        Print(text, "", node, 0, withSpans);
        return text.ToString();
    }

    private static void Print(StringBuilder text, string label, object value, int indent, bool withSpans)
    {
        text.Append(' ', indent * 2).Append(label);
        if (value is IEnumerable items and not string)
        {
            text.Length--; // the space after the label's colon
            text.Append('\n');
            foreach (var item in items)
            {
                Print(text, "", item, indent + 1, withSpans);
            }

            return;
        }

        if (Inline(value) is { } single)
        {
            text.Append(single).Append('\n');
            return;
        }

        text.Append(KindOf(value));
        var children = new List<(string Name, object Value)>();
        foreach (var (name, part) in PartsOf(value))
        {
            if (Inline(part) is { } word)
            {
                text.Append(' ').Append(name).Append('=').Append(word);
            }
            else
            {
                children.Add((name, part));
            }
        }

        if (withSpans && value is SyntaxNode node)
        {
            var (start, end) = (node.Span.StartPosition, node.Span.EndPosition);
            text.Append(FormattableString.Invariant($" @{start.Line}:{start.Column}-{end.Line}:{end.Column}"));
        }

        text.Append('\n');
        foreach (var (name, part) in children)
        {
            Print(text, name + ": ", part, indent + 1, withSpans);
        }
    }

    /// <summary>A record's parts in the order of its parameters, without places, absent parts and empty lists.</summary>
    private static IEnumerable<(string Name, object Value)> PartsOf(object value)
    {
        var type = value.GetType();
        foreach (var parameter in ConstructorOf(type).GetParameters())
        {
            var part = type.GetProperty(parameter.Name!)!.GetValue(value);
            switch (part)
            {
                case null:
                case false when value is not LiteralSyntax:
                case DeclarationHeader { Documentation: null, PublicSpan: null, Attributes.Length: 0 }:
                case SourceSpan when parameter.ParameterType == typeof(SourceSpan):
                case IEnumerable list and not string when !list.GetEnumerator().MoveNext():
                    break;
                case SourceSpan: // a place that may be absent is a word that may be absent: pub, mut, hint
                    yield return (parameter.Name!.Substring(0, parameter.Name.Length - "Span".Length), true);
                    break;
                default:
                    yield return (parameter.Name!, part);
                    break;
            }
        }
    }

    private static string? Inline(object part) => part switch
    {
        true => "yes",
        false => "no",
        NameSyntax name => name.Text,
        PathSyntax path => path.Text,
        NumberSyntax number => number.Digits.ToString(CultureInfo.InvariantCulture) + (number.Places > 0 ? $"e-{number.Places.ToString(CultureInfo.InvariantCulture)}" : ""),
        string word => Quote(word),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        Enum or int => string.Format(CultureInfo.InvariantCulture, "{0}", part),
        _ => null,
    };

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t") + "\"";

    private static string KindOf(object value)
    {
        var name = value.GetType().Name;
        return name.EndsWith("Syntax", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Syntax".Length) : name;
    }

    private static ConstructorInfo ConstructorOf(Type type) => type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
}
