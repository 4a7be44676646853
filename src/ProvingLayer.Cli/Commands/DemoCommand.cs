using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Demo;
using ProvingLayer.Cli.Shell;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor demo</c>: the whole way, from the option example's source to proofs that verify and forgeries that do not.</summary>
internal sealed class DemoCommand : Verb
{
    /// <summary>The verb.</summary>
    public DemoCommand()
        : base("demo", "Compile the option example, run contracts on real market data, prove every step, verify each proof, and try to deceive the verifier.")
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor demo", "takes some seconds; needs no files"),
        ("tenor demo --format json", "the same, to be read by a program"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var demonstration = new OptionDemonstration(session, cancellation);
        demonstration.Run();
        return new DemoReport(demonstration, watch.Elapsed);
    }

    private sealed record DemoReport(OptionDemonstration Demonstration, TimeSpan Elapsed) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            var output = page.Out;
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"{Demonstration.Ran.Count} contracts run on market data, {Demonstration.Ran.Count(contract => contract.IsInTheMoney)} in the money: every payoff is max(K - S, 0) or max(S - K, 0) to the cent, and flows balance."));
            output.Line();
            var table = new TextTable(("step", false), ("rows", true), ("cells", true), ("prove, ms", true), ("verify, ms", true), ("proof, bytes", true), ("security, bits", true));
            foreach (var step in Demonstration.Steps)
            {
                table.Add(
                    $"{step.Contract}: {step.Transition}",
                    Number(step.Size.Rows),
                    Number(step.Size.Cells),
                    step.Proving.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture),
                    step.Verifying.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
                    Number(step.ProofBytes),
                    string.Create(CultureInfo.InvariantCulture, $"{step.Security.Bits:F1} ({SecurityText.Regime(step.Security)})"));
            }

            table.Write(output);
            output.Line();
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"Proving is timed once, verifying as the median of {OptionDemonstration.Verifications} runs; the first verification of all took {Demonstration.Steps[0].FirstVerifying.TotalMilliseconds:F1} ms, for it compiles the verifier's code."));
            output.Line();
            output.Line($"{Demonstration.Steps.Count} proofs, each {output.Green("verified")} from its bytes with key and statement alone. Refused, as they must be:");
            foreach (var refusal in Demonstration.Refusals)
            {
                output.Line($"  {output.Red("refused")}  {refusal.What}: the {refusal.Verification.Misfit.ToString().ToLowerInvariant()} does not fit");
                output.Line(output.Dim($"           {refusal.Verification.Message}"));
            }

            output.Line();
            output.Line($"The proofs are {PrivacyText.Short(Demonstration.IsHiding)}. Done in {Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s.");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteNumber("contracts", Demonstration.Ran.Count);
            json.WriteNumber("inTheMoney", Demonstration.Ran.Count(contract => contract.IsInTheMoney));
            json.WriteStartArray("steps");
            foreach (var step in Demonstration.Steps)
            {
                json.WriteStartObject();
                json.WriteString("machine", step.Contract.Machine);
                json.WriteString("contract", step.Contract.ToString());
                json.WriteString("transition", step.Transition);
                json.WriteNumber("rows", step.Size.Rows);
                json.WriteNumber("cells", step.Size.Cells);
                json.WriteNumber("provingMilliseconds", Math.Round(step.Proving.TotalMilliseconds, 1));
                json.WriteNumber("verifyingMilliseconds", Math.Round(step.Verifying.TotalMilliseconds, 2));
                json.WriteNumber("firstVerifyingMilliseconds", Math.Round(step.FirstVerifying.TotalMilliseconds, 2));
                json.WriteNumber("proofBytes", step.ProofBytes);
                json.WriteNumber("securityBits", Math.Round(step.Security.Bits, 1));
                json.WriteString("regime", SecurityText.Regime(step.Security));
                json.WriteBoolean("verified", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("refusals");
            foreach (var refusal in Demonstration.Refusals)
            {
                json.WriteStartObject();
                json.WriteString("what", refusal.What);
                json.WriteString("misfit", refusal.Verification.Misfit.ToString().ToLowerInvariant());
                json.WriteString("message", refusal.Verification.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("zeroKnowledge", Demonstration.IsHiding);
            json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 2));
        }

        private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }
}
