using System.Collections.Immutable;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <summary>What a pattern takes, without names and places: for the question whether a match leaves something out.</summary>
internal abstract record PatternForm
{
    /// <summary>Everything of its type.</summary>
    public static PatternForm Any { get; } = new AnyForm();
}

/// <summary>Everything.</summary>
internal sealed record AnyForm : PatternForm;

/// <summary>One case of a type that has a fixed number of them: a variant, a truth value; the one case of a tuple or struct.</summary>
/// <param name="Case">Which.</param>
/// <param name="Parts">What its parts must be.</param>
internal sealed record CaseForm(int Case, ImmutableArray<PatternForm> Parts) : PatternForm;

/// <summary>One value of a type that has too many to count them.</summary>
/// <param name="Value">Equal values are equal objects.</param>
internal sealed record ValueForm(object Value) : PatternForm;

/// <summary>
/// Coverage of values by rows of patterns, column by column: a row of a match has one column, and the parts of a case become columns of their own.
/// After L. Maranget, Warnings for pattern matching, 2007. The work is counted, since the worst case is exponential.
/// </summary>
internal sealed class PatternCoverage
{
    private const int MaxSteps = 200_000;

    private int _steps;

    /// <summary>Whether the question was too large to answer; then every answer is that all is well.</summary>
    public bool IsTooLarge => _steps > MaxSteps;

    /// <summary>A value that no row takes, as a pattern; null if there is none.</summary>
    public string? Missing(IReadOnlyList<PatternForm> rows, TenorType type) => Missing([.. rows.Select(r => ImmutableList.Create(r))], [type])?[0];

    /// <summary>Whether a pattern takes a value that no row before it takes.</summary>
    public bool IsUseful(IReadOnlyList<PatternForm> rows, PatternForm form, TenorType type) =>
        IsUseful([.. rows.Select(r => ImmutableList.Create(r))], [form], [type]);

    private ImmutableList<string>? Missing(List<ImmutableList<PatternForm>> rows, ImmutableList<TenorType> types)
    {
        if (++_steps > MaxSteps)
        {
            return null;
        }

        if (types.IsEmpty)
        {
            return rows.Count == 0 ? [] : null;
        }

        var (first, rest) = (types[0], types.RemoveAt(0));
        var cases = CasesOf(first);
        if (cases.IsDefault || (cases.Length > 1 && rows.TrueForAll(r => r[0] is not CaseForm)))
        {
            var others = Missing([.. rows.Where(r => r[0] is AnyForm).Select(r => r.RemoveAt(0))], rest);
            return others?.Insert(0, "_");
        }

        for (var i = 0; i < cases.Length; i++)
        {
            var parts = cases[i].Fields;
            if (Missing(Of(rows, i, parts.Length), rest.InsertRange(0, parts.Select(p => p.Type))) is { } missing)
            {
                return missing.RemoveRange(0, parts.Length).Insert(0, Text(first, cases[i], missing.GetRange(0, parts.Length)));
            }
        }

        return null;
    }

    private bool IsUseful(List<ImmutableList<PatternForm>> rows, ImmutableList<PatternForm> asked, ImmutableList<TenorType> types)
    {
        if (types.IsEmpty || ++_steps > MaxSteps)
        {
            return rows.Count == 0 || IsTooLarge;
        }

        var (first, rest) = (types[0], types.RemoveAt(0));
        var cases = CasesOf(first);
        switch (asked[0])
        {
            case CaseForm form:
                return IsUseful(
                    Of(rows, form.Case, form.Parts.Length), asked.RemoveAt(0).InsertRange(0, form.Parts), rest.InsertRange(0, cases[form.Case].Fields.Select(p => p.Type)));
            case ValueForm form:
                return IsUseful([.. rows.Where(r => r[0] is AnyForm || r[0].Equals(form)).Select(r => r.RemoveAt(0))], asked.RemoveAt(0), rest);
        }

        if (cases.IsDefault || (cases.Length > 1 && rows.TrueForAll(r => r[0] is not CaseForm)))
        {
            return IsUseful([.. rows.Where(r => r[0] is AnyForm).Select(r => r.RemoveAt(0))], asked.RemoveAt(0), rest);
        }

        for (var i = 0; i < cases.Length; i++)
        {
            var parts = cases[i].Fields;
            if (IsUseful(Of(rows, i, parts.Length), asked.RemoveAt(0).InsertRange(0, parts.Select(_ => PatternForm.Any)), rest.InsertRange(0, parts.Select(p => p.Type))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The rows that take values of a case, the case's parts as columns.</summary>
    private static List<ImmutableList<PatternForm>> Of(List<ImmutableList<PatternForm>> rows, int number, int parts) =>
    [
        .. rows.Where(r => r[0] is AnyForm || (r[0] is CaseForm form && form.Case == number))
            .Select(r => r.RemoveAt(0).InsertRange(0, r[0] is CaseForm form ? form.Parts : Enumerable.Repeat(PatternForm.Any, parts))),
    ];

    private static ImmutableArray<EnumVariant> CasesOf(TenorType type) => type switch
    {
        BooleanType => [new("false", []), new("true", [])],
        ChoiceType choice => choice.Variants,
        TupleType tuple => [new("", [.. tuple.Elements.Select(e => new StructField("", e))])],
        StructType structure => [new(structure.Name, structure.Fields)],
        _ => default,
    };

    private static string Text(TenorType type, EnumVariant variant, ImmutableList<string> parts) => type switch
    {
        TupleType => $"({string.Join(", ", parts)})",
        OptionType when parts.Count == 1 => $"some({parts[0]})",
        _ when parts.TrueForAll(p => p == "_") => variant.Name,
        _ => $"{variant.Name} {{ {string.Join(", ", variant.Fields.Zip(parts, (f, p) => (f.Name, Text: p)).Where(f => f.Text != "_").Select(f => $"{f.Name}: {f.Text}"))} }}",
    };
}
