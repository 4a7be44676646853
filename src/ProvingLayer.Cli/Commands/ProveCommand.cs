using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor prove</c>: an artifact and inputs to a proof and its statement.</summary>
internal sealed class ProveCommand : Verb
{
    /// <summary>What to do about inputs that a check refuses.</summary>
    internal const string Unsatisfied =
        "the inputs do not satisfy the program, so there is nothing to prove; their values may be private and are not shown: 'tenor run' shows those of a scenario";

    private readonly Argument<string> artifact = new("ARTIFACT") { Description = "The compiled program, NAME.tnart." };
    private readonly Option<string> transition = new("--transition") { Description = "The transition; by default the one that the inputs name.", HelpName = "NAME" };
    private readonly Option<string> input = new("--input") { Description = "The inputs, as 'tenor run --inputs' writes them. Private: they go into no other file.", HelpName = "INPUT.json", Required = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "The proof's file.", HelpName = "PROOF", Required = true };
    private readonly Option<string> statement = new("--statement") { Description = "The statement's file: what the proof says.", HelpName = "OUT.json", Required = true };
    private readonly Option<bool> transparent = new("--transparent") { Description = "Prove under the program's transparent key (NAME.transparent.vkey): faster and smaller, but the proof may reveal the inputs." };
    private readonly Option<string> profile = BuildCommand.ProfileOption();

    /// <summary>The verb.</summary>
    public ProveCommand()
        : base("prove", "Prove one step of a machine, or a statement.")
    {
        Add(artifact);
        Add(transition);
        Add(input);
        Add(output);
        Add(statement);
        Add(transparent);
        Add(profile);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor prove out/ApplePut.tnart --input steps/2-exercise.json -o exercise.proof --statement exercise.json", "proves the step that the inputs describe"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        var program = InputFile.Artifact(arguments.GetRequiredValue(artifact));
        var path = arguments.GetRequiredValue(input);
        var bytes = InputFile.Bytes(path, WitnessInput.MaxFileSize);
        if (!WitnessInput.TryParse(bytes, program.Abi, path, arguments.GetValue(transition), out var witness, out var error))
        {
            return new Problem(ExitCode.Diagnostics, error.ToString());
        }

        session.Progress.Show("generating keys");
        var prover = KeyGeneration.Of(program, program.HasPrivateInputs && !arguments.GetValue(transparent), Profile.FromName(arguments.GetRequiredValue(profile))!, cancellation);
        var watch = Stopwatch.StartNew();
        if (!prover.TryProve(witness, out var proof, out error, new ProvingLine(session.Progress, witness.Function.Name), cancellation))
        {
            return new Problem(ExitCode.Diagnostics, error.ToString(), Unsatisfied);
        }

        watch.Stop();
        DurableFile.Write(arguments.GetRequiredValue(output), proof.Proof);
        DurableFile.Write(arguments.GetRequiredValue(statement), proof.Statement.ToJson());
        var index = program.Abi.Functions.IndexOf(witness.Function);
        return new ProveReport(proof, prover.Key.IsHiding, CircuitSize.Of(program.Circuits[index], prover.Key.Functions[index]), prover.Key.Functions[index].SecurityAt(0), watch.Elapsed,
            arguments.GetRequiredValue(output), arguments.GetRequiredValue(statement));
    }

    private sealed record ProveReport(TenorProof Proof, bool IsHiding, CircuitSize Size, SecurityLevel Security, TimeSpan Elapsed, string ProofFile, string StatementFile) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line($"{page.Out.Green("proved")} {Proof.Statement.Program}.{Proof.Statement.Function.Name} in {Elapsed.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture)} s, {SecurityText.Full(Security)}");
            page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"  {ProofFile}  {Proof.Proof.Length:N0} bytes, {PrivacyText.Short(IsHiding)}"));
            page.Out.Line($"  {StatementFile}");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("program", Proof.Statement.Program);
            json.WriteString("transition", Proof.Statement.Function.Name);
            json.WriteString("proof", ProofFile);
            json.WriteString("statement", StatementFile);
            json.WriteNumber("rows", Size.Rows);
            json.WriteNumber("cells", Size.Cells);
            json.WriteNumber("milliseconds", Math.Round(Elapsed.TotalMilliseconds, 1));
            json.WriteNumber("proofBytes", Proof.Proof.Length);
            json.WriteNumber("securityBits", Math.Round(Security.Bits, 1));
            json.WriteString("regime", SecurityText.Regime(Security));
            json.WriteBoolean("zeroKnowledge", IsHiding);
        }
    }
}
