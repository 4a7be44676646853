using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Runtime;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor verify</c>: whether a proof shows a statement. It needs key, statement and proof, and nothing else.</summary>
internal sealed class VerifyCommand : Verb
{
    public const int LargestProof = 64 * 1024 * 1024;

    private readonly Argument<string> proof = new("PROOF") { Description = "The proof's file." };
    private readonly Option<string> key = new("--key") { Description = "The verifying key, from someone you trust, or built by yourself from the source.", HelpName = "NAME.vkey" };
    private readonly Option<string> statement = new("--statement") { Description = "What is claimed. Its digests are computed again, not trusted.", HelpName = "STATEMENT.json", Required = true };

    private readonly Option<string> keys = new("--keys") { Description = "Of an aggregate: the key set, from someone you trust, or made by yourself from the keys.", HelpName = "SET.tkeys" };
    private readonly Option<string> leaf = new("--leaf") { Description = "Of an aggregate: a statement that is in it, as --inclusion shows, of the program of --key.", HelpName = "STATEMENT.json" };
    private readonly Option<string> inclusion = new("--inclusion") { Description = "Where the leaf's statement stands in the aggregate.", HelpName = "INCLUSION.json" };

    /// <summary>The verb.</summary>
    public VerifyCommand()
        : base("verify", "Verify a proof. It needs the proof, the key and the statement, and neither source nor ledger.")
    {
        Add(proof);
        Add(key);
        Add(statement);
        Add(keys);
        Add(leaf);
        Add(inclusion);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor verify exercise.proof --key out/ApplePut.vkey --statement exercise.json", "exits with 0 if the proof shows the statement, with 4 if not"),
        ("tenor verify all.proof --keys venues.tkeys --statement all.json --leaf a.json --inclusion a.inclusion.json --key out/Solvency.vkey", "verifies an aggregate, and that it is about a.json among others"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        if (arguments.GetValue(keys) is { } setPath)
            return VerifyAggregate(arguments, setPath, session);
        if (arguments.GetValue(key) is null)
            return new Problem(ExitCode.Usage, "a proof is verified with its key", "name it with --key NAME.vkey; of an aggregate, the key set with --keys SET.tkeys");
        var (keyPath, statementPath) = (arguments.GetRequiredValue(key), arguments.GetRequiredValue(statement));
        var proofBytes = InputFile.Bytes(arguments.GetRequiredValue(proof), LargestProof);
        var keyBytes = InputFile.Bytes(keyPath, TenorKey.MaxFileSize);
        var statementBytes = InputFile.Bytes(statementPath, TenorHistory.MaxFileSize);
        if (!TenorKey.TryRead(keyBytes, keyPath, out var read, out var error))
        {
            return new VerifyReport(null, new(Misfit.Key, error.ToString()), default);
        }

        if (!Claim.TryParse(statementBytes, read, statementPath, out var claim, out error))
        {
            return new VerifyReport(null, new(error.Kind == TenorErrorKind.Mismatch ? Misfit.Key : Misfit.Statement, error.ToString()), default);
        }

        session.Progress.Show("verifying");
        var watch = Stopwatch.StartNew();
        var verification = claim.Verify(read, proofBytes);
        return new VerifyReport(claim.Statement, verification, watch.Elapsed, read.IsHiding, claim.History);
    }

    /// <summary>What an aggregate says, line by line.</summary>
    public static IEnumerable<(string Name, string Text)> Lines(TenorAggregate aggregate)
    {
        yield return ("vkRoot", $"0x{aggregate.Statement.VkRoot}");
        yield return ("root", $"0x{aggregate.Statement.Root}");
        if (aggregate.Statement.History is { } history)
        {
            yield return ("from", $"0x{history.From}");
            yield return ("to", $"0x{history.To}");
            yield return ("steps", history.Steps.ToString(CultureInfo.InvariantCulture));
        }
    }

    private Report VerifyAggregate(ParseResult arguments, string setPath, Session session)
    {
        var statementPath = arguments.GetRequiredValue(statement);
        var proofBytes = InputFile.Bytes(arguments.GetRequiredValue(proof), LargestProof);
        if (!TenorKeySet.TryRead(InputFile.Bytes(setPath, TenorKeySet.MaxFileSize), setPath, out var set, out var error))
            return new VerifyReport(null, new(Misfit.Key, error.ToString()), default);
        if (!TenorAggregate.TryParse(InputFile.Bytes(statementPath, TenorAggregate.MaxFileSize), statementPath, out var aggregate, out error))
            return new VerifyReport(null, new(Misfit.Statement, error.ToString()), default);
        session.Progress.Show("verifying");
        var watch = Stopwatch.StartNew();
        var verification = TenorVerifier.Verify(set, aggregate, proofBytes);
        watch.Stop();
        if (verification.IsAccepted && arguments.GetValue(leaf) is { } leafPath)
        {
            if (arguments.GetValue(key) is not { } keyPath || arguments.GetValue(inclusion) is not { } pathPath)
                return new Problem(ExitCode.Usage, "a leaf is shown with its program's key and its inclusion", "name them with --key NAME.vkey and --inclusion NAME.inclusion.json");
            var included = Included(set, aggregate, leafPath, InputFile.Key(keyPath), pathPath);
            if (!included.IsAccepted)
                verification = included;
        }

        return new VerifyReport(null, verification, watch.Elapsed, set.IsHiding(aggregate), Aggregate: aggregate);
    }

    private static TenorVerification Included(TenorKeySet set, TenorAggregate aggregate, string leafPath, TenorKey program, string inclusionPath)
    {
        if (!TenorInclusion.TryParse(InputFile.Bytes(inclusionPath, TenorInclusion.MaxFileSize), inclusionPath, out var path, out var error))
            return new(Misfit.Statement, error.ToString());
        return Claim.TryParse(InputFile.Bytes(leafPath, TenorHistory.MaxFileSize), program, leafPath, out var claim, out error)
            ? claim.VerifyInclusion(set, aggregate, program, path)
            : new(Misfit.Statement, error.ToString());
    }

    private sealed record VerifyReport(TenorStatement? Statement, TenorVerification Verification, TimeSpan Elapsed, bool IsHiding = false, TenorHistory? History = null, TenorAggregate? Aggregate = null) : Report
    {
        public override ExitCode ExitCode => Verification.IsAccepted ? ExitCode.Ok : ExitCode.Rejected;

        public override void WriteText(TextPage page)
        {
            if (!Verification.IsAccepted)
            {
                page.Error.Line($"{page.Error.Red("rejected")}: the {Name(Verification.Misfit)} does not fit");
                page.Error.Line($"  {Verification.Message}");
                return;
            }

            if (Aggregate is not null)
            {
                page.Out.Line($"{page.Out.Green("verified")} {(Aggregate.Statement.History is null ? "a set" : "a chain")} of proofs in {Elapsed.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)} ms, {SecurityText.Full(Verification.Security!)}, {PrivacyText.Word(IsHiding)}");
                foreach (var (name, text) in Lines(Aggregate))
                {
                    page.Out.Line($"  {name,-16} {text}");
                }

                return;
            }

            var what = History is null ? $"{Statement!.Program}.{Statement.Function.Name}" : $"{HistoryText.Count(History)} of {History.Abi.Name}";
            page.Out.Line($"{page.Out.Green("verified")} {what} in {Elapsed.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)} ms, {SecurityText.Full(Verification.Security!)}, {PrivacyText.Word(IsHiding)}");
            if (History is not null)
            {
                foreach (var (name, text) in HistoryText.Of(History))
                {
                    page.Out.Line($"  {name,-16} {text}");
                }

                return;
            }

            foreach (var field in Statement!.Function.Publics)
            {
                page.Out.Line($"  {field.Name,-16} {Statement.TextOf(field.Name)}");
            }

            foreach (var (path, text) in Statement.OpenedTexts())
            {
                page.Out.Line($"  {path,-16} {text}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteBoolean("accepted", Verification.IsAccepted);
            json.WriteString("misfit", Verification.IsAccepted ? null : Name(Verification.Misfit));
            json.WriteString("message", Verification.Message);
            json.WriteString("error", Verification.Error.ToString());
            if (Statement is not null)
            {
                json.WriteString("program", Statement.Program);
                json.WriteString("transition", Statement.Function.Name);
            }

            if (History is not null)
            {
                json.WriteString("program", History.Abi.Name);
                json.WriteNumber("steps", History.Steps.Length);
            }

            if (Aggregate is not null)
            {
                json.WriteString("vkRoot", $"0x{Aggregate.Statement.VkRoot}");
                json.WriteString("root", $"0x{Aggregate.Statement.Root}");
            }

            if (Verification.Security is { } security)
            {
                json.WriteNumber("securityBits", Math.Round(security.Bits, 1));
                json.WriteString("regime", SecurityText.Regime(security));
                json.WriteNumber("milliseconds", Math.Round(Elapsed.TotalMilliseconds, 1));
            }

            json.WriteBoolean("zeroKnowledge", Verification.IsAccepted && IsHiding);
        }

        private static string Name(Misfit misfit) => misfit switch
        {
            Misfit.Key => "key",
            Misfit.Statement => "statement",
            _ => "proof",
        };
    }
}
