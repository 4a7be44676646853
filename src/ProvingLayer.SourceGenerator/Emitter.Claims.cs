namespace ProvingLayer.SourceGenerator;

/// <content>Statements.</content>
internal static partial class Emitter
{
    private static void Claim(CodeWriter code, ClaimModel claim)
    {
        var proved = $"{Runtime}.ProvedClaim<Statement>";
        code.Summary(claim.Documentation, $"The statement {claim.Program}.");
        code.Generated();
        code.Open($"{claim.Access} sealed partial class {claim.Type} : {Runtime}.TenorClaims<{claim.Type}.Statement>");
        Binding(code, claim.Program, claim.InterfaceHash);
        code.Line($"private {claim.Type}(string? path, {Profile}? profile)");
        code.Line("    : base(Binding, path, profile)");
        code.Line("{");
        code.Line("}");
        code.Line();
        code.Summary(null, "Loads the compiled statement and generates its keys.");
        code.Line($"/// <param name=\"path\">The artifact's file; null for <c>{claim.Program}.tnart</c> beside the application, where a build puts it.</param>");
        code.Line("/// <param name=\"profile\">The profile of the keys; standard if null.</param>");
        code.Line("/// <returns>The statement, which proves claims.</returns>");
        code.Line($"/// <exception cref=\"{Runtime}.TenorException\">The file cannot be read, or was compiled from other rules than these bindings.</exception>");
        code.Line($"public static {claim.Type} Load(string? path = null, {Profile}? profile = null) => new(path, profile);");
        code.Line();
        LoadKey(code);
        var more = Proofs(claim.Arguments) is { } given ? $", {given}, {(claim.IsSigned ? "signers" : "null")}" : claim.IsSigned ? ", null, signers" : "";
        var signers = claim.IsSigned ? "global::System.Collections.Generic.IReadOnlyList<global::ProvingLayer.Runtime.Signing.ISigner> signers, " : "";
        foreach (var (method, returns, rest, call, what) in new[]
        {
            ("Execute", "Statement", "", $"Execute(arguments{more})", "Runs a claim without proving it."),
            ("ProveAsync", $"global::System.Threading.Tasks.Task<{proved}>",
                $"global::System.IProgress<global::ProvingLayer.Stark.Proving.ProvingProgress>? progress = null, global::System.Threading.CancellationToken cancellation = default",
                $"ProveAsync(arguments{more}, progress, cancellation)", "Proves a claim, away from the caller's thread."),
        })
        {
            code.Summary(null, what);
            ParameterDocs(code, claim.Arguments);
            if (claim.IsSigned)
            {
                code.Line("/// <param name=\"signers\">Who has signed the data among the arguments: each is asked for what it signs.</param>");
            }

            if (rest.Length > 0)
            {
                code.Line("/// <param name=\"progress\">Told as stages begin.</param>");
                code.Line("/// <param name=\"cancellation\">Ends the work early, by an exception.</param>");
            }

            code.Line("/// <returns>What a proof of it says, and where one is made, the proof.</returns>");
            code.Line($"/// <exception cref=\"{Runtime}.TenorException\">A check fails.</exception>");
            code.Open($"public {returns} {method}({(Parameters(claim.Arguments) + signers + rest).TrimEnd(' ', ',')})");
            WriteArguments(code, claim.Arguments);
            code.Line($"return base.{call};");
            code.Close();
            code.Line();
        }

        Errors(code, claim.Errors);
        code.Line("/// <inheritdoc/>");
        code.Line($"protected override Statement Typed({Runtime}.TenorStatement content) => Statement.Of(content);");
        code.Line();
        code.Summary(null, "What a proof says.");
        code.Open($"public sealed class Statement : {Runtime}.TypedStatement");
        StatementHead(code, "Statement", claim.Function, claim.Arguments);
        if (claim.Result is { } result)
        {
            code.Line();
            code.Summary(null, "The result.");
            code.Line($"public {result.Name} Result => Value({result.Codec}, \"result\");");
        }

        code.Close();
        code.Close();
    }
}
