namespace ProvingLayer.SourceGenerator;

/// <content>Sets of statements: a class that a proof of each of them becomes.</content>
internal static partial class Emitter
{
    private static void Set(CodeWriter code, SetModel set)
    {
        code.Summary(null, $"A proof of one of the statements of the set {set.Type}. What takes it shows of none which it was.");
        code.Generated();
        code.Open($"{set.Access} sealed class {set.Type} : {Runtime}.ProvedOfSet");
        code.Line($"private {set.Type}({Runtime}.TenorInnerProof content)");
        code.Line("    : base(content)");
        code.Line("{");
        code.Line("}");
        foreach (var statement in set.Statements)
        {
            var proved = $"{Runtime}.ProvedClaim<{statement}.Statement>";
            code.Line();
            code.Summary(null, $"A proof of {statement.Substring(statement.LastIndexOf('.') + 1)}.");
            code.Line("/// <param name=\"proof\">The proof.</param>");
            code.Line("/// <returns>The same, as one of the set.</returns>");
            code.Line($"public static {set.Type} Of({proved} proof) => new({Runtime}.TenorInnerProof.Of(proof));");
            code.Line();
            code.Summary(null, $"A proof of {statement.Substring(statement.LastIndexOf('.') + 1)}.");
            code.Line("/// <param name=\"proof\">The proof.</param>");
            code.Line($"public static implicit operator {set.Type}({proved} proof) => Of(proof);");
        }

        code.Close();
    }
}
