using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor run</c>: a scenario in the interpreter.</summary>
internal sealed class RunCommand : Verb
{
    private const int LargestScenario = 16 * 1024 * 1024;

    // One argument, because a parser cannot know where a list of files ends and the scenario begins: it is the last.
    private readonly Argument<string[]> files = new("FILE SCENARIO.json")
    {
        Description = "Source files or folders, then the scenario: a machine, its terms and its steps; or a statement and its arguments.",
        Arity = new ArgumentArity(2, 1_000),
    };

    private readonly Option<string> inputs = new("--inputs")
    {
        Description = "A folder to which each step's inputs are written, for 'tenor prove'. They hold private values and salts.",
        HelpName = "DIR",
    };

    private readonly Option<string> key = new("--key")
    {
        Description = "The program's verifying key. With --inputs, the signatures of steps with 'by' are for the program of this key.",
        HelpName = "NAME.vkey",
    };

    private readonly Option<bool> unsigned = new("--unsigned") { Description = "Take every signature as given. The inputs that are written are complete when 'tenor sign' has signed them." };

    /// <summary>The verb.</summary>
    public RunCommand()
        : base("run", "Run a scenario: prints states, balances, flows and events.")
    {
        Add(files);
        Add(inputs);
        Add(key);
        Add(unsigned);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor run option.tenor scenarios/apple-put-80-2020-03-30.json", "runs the life of one contract"),
        ("tenor run option.tenor scenarios/apple-put-80-2020-03-30.json --key out/ApplePut.vkey --inputs steps", "also writes steps/1-open.json and so on, which 'tenor prove' takes"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var named = arguments.GetRequiredValue(files);
        var path = named[^1];
        var text = InputFile.Bytes(path, LargestScenario);
        session.Progress.Show("checking");
        var loaded = LoadedProgram.Load(named[..^1]);
        if (loaded.HasErrors)
        {
            return new DiagnosticReport(loaded.Diagnostics);
        }

        session.Progress.Show("running");
        var programKey = arguments.GetValue(key) is { } keyPath ? KeyOf(keyPath) : null;
        var run = Scenario.Run(loaded.Program, text, SaltSource.Random(), programId: programKey?.ProgramId ?? default, isUnsigned: arguments.GetValue(unsigned), proofs: (string named, IrInnerProof asked, out string? fault) =>
        {
            // What the proof is of is compiled, and its key generated, when the first is named.
            var isRead = TenorInnerProof.TryLoad(PathFrom(path, named), [.. asked.Programs.Select(program => InnerKeys.Standard.Of(program).Abi)], out var proof, out var unread);
            fault = unread?.ToString();
            return isRead ? new(proof!.Said().ToDictionary(said => $"{asked.Name}.{said.Key}", said => said.Value, StringComparer.Ordinal), proof.Proof.ToArray()) : null;
        });
        var folder = arguments.GetValue(inputs);
        if (folder is not null && !arguments.GetValue(unsigned) && run.Steps.FirstOrDefault(step => step.Function.Signatures.Any(s => !s.IsOfData)) is { } signed && programKey?.Name != signed.Program.Name)
        {
            return new Problem(
                ExitCode.Usage,
                programKey is null ? $"{signed.Function.Name} is signed, and no signature is good without its program" : $"the key is one of {programKey.Name}, and the scenario runs {signed.Program.Name}",
                $"name the key that it will be proved under: --key {signed.Program.Name}.vkey; or write inputs for others to sign: --unsigned");
        }

        var written = folder is not null ? WriteInputs(run, path, folder) : [];
        return new RunReport(path, run, written);
    }

    private static TenorKey KeyOf(string path) => TenorKey.TryRead(InputFile.Bytes(path, TenorKey.MaxFileSize), path, out var read, out var error)
        ? read
        : throw new ProblemException(new(ExitCode.Diagnostics, error.ToString()));

    // Only the accepted steps: a step that fails has no proof.
    private static List<string> WriteInputs(ScenarioRun run, string scenario, string folder)
    {
        var written = new List<string>();
        foreach (var step in run.Steps.Where(step => step.Result.IsAccepted && step.Inputs is not null))
        {
            var abi = CircuitEmitter.Emit(step.Program).Abi;
            var proofs = abi.Find(step.Function.Name)!.InnerProofs.ToDictionary(asked => asked.Name, asked => ProofOf(PathFrom(scenario, step.Proofs[asked.Name]), asked), StringComparer.Ordinal);
            var input = WitnessInput.Of(abi, step.Function.Name, step.Inputs!, proofs);
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{written.Count + 1}-{step.Function.Name}.json"));
            DurableFile.Write(path, input.ToJson(folder));
            written.Add(path);
        }

        return written;
    }

    private static TenorInnerProof ProofOf(string path, AbiInnerProof asked) => TenorInnerProof.TryLoad(path, asked, out var proof, out var error)
        ? proof
        : throw new ProblemException(new(ExitCode.Diagnostics, error.ToString()));

    // A scenario names files as seen from its own folder.
    private static string PathFrom(string scenario, string named) => Path.Combine(Path.GetDirectoryName(scenario) ?? "", named);

    private sealed record RunReport(string File, ScenarioRun Run, List<string> Written) : Report
    {
        public override ExitCode ExitCode => Run.Errors.IsEmpty ? ExitCode.Ok : ExitCode.Diagnostics;

        public override void WriteText(TextPage page)
        {
            foreach (var step in Run.Steps)
            {
                WriteStep(page.Out, step);
            }

            if (!Run.Flows.IsEmpty)
            {
                page.Out.Line();
                page.Out.Line(page.Out.Bold("received less paid"));
                foreach (var flow in Run.Flows)
                {
                    page.Out.Line($"  {Run.NameOf(flow.Party)}  {Amount(flow)}");
                }
            }

            foreach (var path in Written)
            {
                page.Out.Line($"wrote {path}");
            }

            foreach (var error in Run.Errors)
            {
                page.Error.Line($"{page.Error.Red("error")}: {File}: {error}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("steps");
            foreach (var step in Run.Steps)
            {
                WriteStep(json, step);
            }

            json.WriteEndArray();
            json.WriteStartArray("flows");
            foreach (var flow in Run.Flows)
            {
                json.WriteStartObject();
                json.WriteString("party", Run.NameOf(flow.Party));
                json.WriteString("asset", flow.Asset);
                json.WriteString("amount", ScalarFormat.Decimal(flow.Amount, flow.Decimals, ""));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("inputs");
            foreach (var path in Written)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            json.WriteStartArray("errors");
            foreach (var error in Run.Errors)
            {
                json.WriteStartObject();
                json.WriteString("path", error.Path);
                json.WriteString("message", error.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private string WhoOf(StepReceipt receipt) => receipt.IsIssue
            ? receipt.Amount.Sign < 0 ? "burned" : "minted"
            : $"{Run.NameOf(receipt.Party)} {(receipt.Amount.Sign < 0 ? "pays" : "receives")}";

        private static string Amount(PartyFlow flow) => Amount(flow.Amount, flow.Decimals, flow.Asset);

        private static string Amount(System.Numerics.BigInteger amount, int decimals, string asset) =>
            $"{ScalarFormat.Decimal(amount, decimals, ",")} {asset[(asset.LastIndexOf('.') + 1)..]}";

        private void WriteStep(TextStream page, ScenarioStep step)
        {
            var name = page.Bold(step.Function.Name);
            if (step.Result.Failure is { } failure)
            {
                page.Line($"{name}  {(step.Expected == failure.Name ? page.Yellow("rejected, as expected") : page.Red("rejected"))}: {failure}");
                FailurePath.Write(failure.Path, "    ", page);
                return;
            }

            var balances = string.Join(", ", step.Balances.Select(balance => $"{balance.Vault} {balance.Text}"));
            page.Line($"{name}  {page.Green("accepted")}{(step.State is null ? "" : $", now {step.State}")}{(balances.Length > 0 ? $"; {balances}" : "")}");
            foreach (var receipt in step.Receipts)
            {
                page.Line($"    {WhoOf(receipt)} {Amount(System.Numerics.BigInteger.Abs(receipt.Amount), receipt.Decimals, receipt.Asset)}");
            }

            foreach (var e in step.Events)
            {
                page.Line($"    event {e.Name} {{ {string.Join(", ", e.Fields.Select(field => $"{field.Path}: {field.Format.Print(field.Value)}"))} }}");
            }

            foreach (var output in step.Function.Outputs.Select((output, i) => (output, value: step.Result.Outputs[i])).Where(pair => pair.output.Role == Compiler.Ir.IrOutputRole.Result))
            {
                page.Line($"    {output.output.Name}: {output.output.Format.Print(output.value)}");
            }
        }

        private void WriteStep(Utf8JsonWriter json, ScenarioStep step)
        {
            json.WriteStartObject();
            json.WriteString("call", step.Function.Name);
            json.WriteBoolean("accepted", step.Result.IsAccepted);
            json.WriteString("expected", step.Expected);
            if (step.Result.Failure is { } failure)
            {
                json.WriteString("failure", failure.Name);
                json.WriteString("message", failure.ToString());
                FailurePath.Write(failure.Path, "path", json);
            }

            json.WriteString("state", step.State);
            json.WriteStartObject("balances");
            foreach (var balance in step.Balances)
            {
                json.WriteString(balance.Vault, balance.Text);
            }

            json.WriteEndObject();
            json.WriteStartArray("receipts");
            foreach (var receipt in step.Receipts)
            {
                json.WriteStartObject();
                json.WriteString("party", receipt.IsIssue ? null : Run.NameOf(receipt.Party));
                json.WriteString("asset", receipt.Asset);
                json.WriteString("amount", ScalarFormat.Decimal(receipt.Amount, receipt.Decimals, ""));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("events");
            foreach (var e in step.Events)
            {
                json.WriteStartObject();
                json.WriteString("event", e.Name);
                foreach (var (field, value, format) in e.Fields)
                {
                    json.WriteString(field, format.Write(value));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("public");
            for (var i = 0; i < step.Result.Publics.Length; i++)
            {
                json.WriteString(step.Function.Publics[i].Name, step.Result.Publics[i].ToString());
            }

            json.WriteEndObject();
            json.WriteStartObject("result");
            for (var i = 0; i < step.Result.Outputs.Length; i++)
            {
                if (step.Function.Outputs[i].Role == Compiler.Ir.IrOutputRole.Result)
                {
                    json.WriteString(step.Function.Outputs[i].Name, step.Function.Outputs[i].Format.Write(step.Result.Outputs[i]));
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
