using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// What a caller of a machine or statement depends on, as a text and its digest: names, types with all that encodings are made of, states and edges,
/// and no body. Bindings carry the digest they were generated for, artifacts and keys that of their source: so a stale one is known when it is loaded.
/// </summary>
public static class ProgramInterface
{
    /// <summary>The interface as a text: a line for each thing.</summary>
    /// <param name="target">The machine or statement.</param>
    /// <returns>The text; lines end in LF.</returns>
    public static string TextOf(BuildTarget target)
    {
        var text = new StringBuilder();
        if (target.Machine is { Symbol: var machine })
        {
            Line(text, "machine", machine.QualifiedName);
            machine.Data.ToList().ForEach(f => Line(text, "data", Field(f) + (f.IsFixed ? " fixed" : "")));
            foreach (var state in machine.States)
            {
                Line(text, state.IsFinal ? "final state" : "state", state.Name);
                state.Fields.ToList().ForEach(f => Line(text, "  field", Field(f)));
            }

            foreach (var transition in machine.Transitions)
            {
                Line(text, "transition", $"{transition.Name}: {Names(transition.Sources)} -> {Names(transition.Targets)}{(transition.SignerCount == 0 ? "" : FormattableString.Invariant($" by {transition.SignerCount}"))}");
                transition.Parameters.ToList().ForEach(p => Line(text, "  argument", Parameter(p)));
            }

            foreach (var e in machine.Events)
            {
                Line(text, "event", e.QualifiedName);
                e.Fields.ToList().ForEach(f => Line(text, "  field", Field(f)));
            }
        }
        else
        {
            var statement = target.Statement!;
            Line(text, "statement", statement.QualifiedName);
            statement.Parameters.ToList().ForEach(p => Line(text, "  argument", Parameter(p)));
            Line(text, "  result", TypeOf(statement.ResultType));
        }

        return text.ToString();
    }

    /// <summary>The SHA-256 digest of the interface's text.</summary>
    /// <param name="target">The machine or statement.</param>
    /// <returns>64 hexadecimal digits, lower case.</returns>
    public static string HashOf(BuildTarget target) => HashOf(TextOf(target));

    /// <summary>The SHA-256 digest of all that a type's encoding and meaning are made of: modules, units, places, ranges, fields.</summary>
    /// <param name="type">The type.</param>
    /// <returns>64 hexadecimal digits, lower case.</returns>
    public static string HashOf(TenorType type) => HashOf(TypeOf(type));

    private static string HashOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#if NET
        var digest = SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        var digest = sha.ComputeHash(bytes);
#endif
        return string.Concat(digest.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static void Line(StringBuilder text, string kind, string content) => text.Append(kind).Append(' ').Append(content).Append('\n');

    private static string Names(IEnumerable<StateSymbol> states) => string.Join(" | ", states.Select(s => s.Name));

    private static string Field(FieldSymbol field) => $"{field.Name}: {TypeOf(field.Type)}{(field.IsPublic ? " pub" : "")}";

    private static string Parameter(LocalSymbol parameter) => $"{parameter.Name}: {TypeOf(parameter.Type)}{(parameter.IsPublic ? " pub" : "")}";

    // Unlike the types' own names: with modules, ranges, the fields of structs and the variants of enums.
    private static string TypeOf(TenorType type) => type switch
    {
        NumberType n => FormattableString.Invariant($"{n.Kind}{(n.IsWide ? "256" : "")}({n.Places}, {UnitOf(n.Unit)}, {n.Min}..={n.Max})"),
        VaultType v => $"vault({TypeOf(v.Balance)})",
        MapType m => FormattableString.Invariant($"map({TypeOf(m.KeyType)}, {TypeOf(m.Value)}, {m.Levels})"),
        StructType s => $"{s.QualifiedName}{{{string.Join(", ", s.Fields.Select(f => $"{f.Name}: {TypeOf(f.Type)}"))}}}",
        TupleType t => $"({string.Join(", ", t.Elements.Select(TypeOf))})",
        EnumType e => $"{e.QualifiedName}[{string.Join(" | ", e.Cases.Select(c => $"{c.Name}{{{string.Join(", ", c.Fields.Select(f => $"{f.Name}: {TypeOf(f.Type)}"))}}}"))}]",
        OptionType o => $"{TypeOf(o.Element)}?",
        ArrayType a => FormattableString.Invariant($"[{TypeOf(a.Element)}; {a.Length}]"),
        SignedType s => $"signed({TypeOf(s.Element)})",
        DigestType { Kind: DigestKind.Root } => type.Identity,
        ProofType p => $"proof({p.Claim.QualifiedName}{(p.Claim.IsSet ? $"[{string.Join(" | ", p.Claim.Members.Select(m => m.QualifiedName))}]" : "")}({string.Join(", ", p.Claim.Inputs.Select(i => $"{i.Name}: {TypeOf(i.Type)}"))}) -> {TypeOf(p.Claim.ResultType)}{string.Concat(p.Room.Select(r => FormattableString.Invariant($", {r}")))})",
        _ => type.Name,
    };

    private static string UnitOf(Unit unit) =>
        unit.IsNone ? "1" : string.Join("*", unit.Powers.Select(p => FormattableString.Invariant($"{p.Atom.QualifiedName}^{p.Power}{Decimals(p.Atom)}")));

    private static string Decimals(UnitAtom atom) => atom is AssetSymbol { Decimals: { } decimals } ? FormattableString.Invariant($"/{decimals}") : "";
}
