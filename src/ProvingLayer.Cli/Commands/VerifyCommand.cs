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
    private const int LargestProof = 64 * 1024 * 1024;

    private readonly Argument<string> proof = new("PROOF") { Description = "The proof's file." };
    private readonly Option<string> key = new("--key") { Description = "The verifying key, from someone you trust, or built by yourself from the source.", HelpName = "NAME.vkey", Required = true };
    private readonly Option<string> statement = new("--statement") { Description = "What is claimed. Its digests are computed again, not trusted.", HelpName = "STATEMENT.json", Required = true };

    /// <summary>The verb.</summary>
    public VerifyCommand()
        : base("verify", "Verify a proof. It needs the proof, the key and the statement, and neither source nor ledger.")
    {
        Add(proof);
        Add(key);
        Add(statement);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor verify exercise.proof --key out/ApplePut.vkey --statement exercise.json", "exits with 0 if the proof shows the statement, with 4 if not"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        var (keyPath, statementPath) = (arguments.GetRequiredValue(key), arguments.GetRequiredValue(statement));
        var proofBytes = InputFile.Bytes(arguments.GetRequiredValue(proof), LargestProof);
        var keyBytes = InputFile.Bytes(keyPath, TenorKey.MaxFileSize);
        var statementBytes = InputFile.Bytes(statementPath, TenorHistory.MaxFileSize);
        if (!TenorKey.TryRead(keyBytes, keyPath, out var read, out var error))
        {
            return new VerifyReport(null, new(Misfit.Key, error.ToString()), default);
        }

        if (TenorHistory.IsHistory(statementBytes))
        {
            return VerifyHistory(read, statementBytes, statementPath, proofBytes, session);
        }

        if (!TenorStatement.TryParse(statementBytes, read.Abi, statementPath, out var claimed, out error))
        {
            return new VerifyReport(null, new(error.Kind == TenorErrorKind.Mismatch ? Misfit.Key : Misfit.Statement, error.ToString()), default);
        }

        session.Progress.Show("verifying");
        var watch = Stopwatch.StartNew();
        var verification = TenorVerifier.Verify(read, claimed, proofBytes);
        return new VerifyReport(claimed, verification, watch.Elapsed, read.IsHiding);
    }

    private static VerifyReport VerifyHistory(TenorKey key, byte[] statement, string path, byte[] proof, Session session)
    {
        if (!TenorHistory.TryParse(statement, key.Abi, path, out var claimed, out var error))
        {
            return new(null, new(error.Kind == TenorErrorKind.Mismatch ? Misfit.Key : Misfit.Statement, error.ToString()), default);
        }

        session.Progress.Show("verifying");
        var watch = Stopwatch.StartNew();
        var verification = TenorVerifier.Verify(key, claimed, proof);
        return new(null, verification, watch.Elapsed, key.IsHiding, claimed);
    }

    private sealed record VerifyReport(TenorStatement? Statement, TenorVerification Verification, TimeSpan Elapsed, bool IsHiding = false, TenorHistory? History = null) : Report
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
