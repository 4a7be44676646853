using System.Collections.Immutable;
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

/// <summary><c>tenor history</c>: many steps of a machine to one proof and its statement.</summary>
internal sealed class HistoryCommand : Verb
{
    private readonly Argument<string> artifact = new("ARTIFACT") { Description = "The compiled machine, NAME.tnart." };
    private readonly Argument<string[]> inputs = new("INPUT") { Description = "The steps' inputs in order, as 'tenor run --inputs' writes them; or the folder that they stand in.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> output = new("--output", "-o") { Description = "The proof's file. A history that is cut gives several: NAME.1.proof, NAME.2.proof, …", HelpName = "PROOF", Required = true };
    private readonly Option<string> statement = new("--statement") { Description = "The statement's file, numbered as the proof's.", HelpName = "OUT.json", Required = true };
    private readonly Option<int?> memory = new("--memory") { Description = "MiB that proving may hold; a longer history is cut into segments. By default half of the machine's memory.", HelpName = "MIB" };
    private readonly Option<string?> room = new("--room") { Description = "How many steps of each transition the proof has room for, as a program that verifies it asks with '@steps': open=1,add=4. By default as little as the steps need.", HelpName = "COUNTS" };
    private readonly Option<bool> transparent = new("--transparent") { Description = "Prove under the program's transparent key (NAME.transparent.vkey): faster and smaller, but the proof may reveal the inputs." };
    private readonly Option<string> profile = BuildCommand.ProfileOption();

    /// <summary>The verb.</summary>
    public HistoryCommand()
        : base("history", "Prove many steps of a machine as one proof, whose key does not depend on their number.")
    {
        Add(artifact);
        Add(inputs);
        Add(output);
        Add(statement);
        Add(memory);
        Add(room);
        Add(transparent);
        Add(profile);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor history out/ApplePut.tnart steps/ -o life.proof --statement life.json", "proves all steps whose inputs stand in steps/, in the order of their names' numbers"),
        ("tenor verify life.proof --key out/ApplePut.vkey --statement life.json", "verifies them"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        var program = InputFile.Artifact(arguments.GetRequiredValue(artifact));
        if (!program.Abi.IsMachine)
            return new Problem(ExitCode.Diagnostics, $"{program.Name} is a statement, and only machines have histories", "prove it with 'tenor prove'");
        var steps = new List<WitnessInput>();
        foreach (var path in arguments.GetRequiredValue(inputs).SelectMany(FilesOf))
        {
            if (!WitnessInput.TryParse(InputFile.Bytes(path, WitnessInput.MaxFileSize), program.Abi, path, null, out var witness, out var error))
                return new Problem(ExitCode.Diagnostics, error.ToString());
            steps.Add(witness);
        }

        if (arguments.GetValue(memory) is <= 0)
            return new Problem(ExitCode.Usage, "--memory is a number of MiB above 0");
        var counts = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var part in arguments.GetValue(room)?.Split(',') ?? [])
        {
            if (part.Split('=') is not [var name, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || !counts.TryAdd(name, count))
                return new Problem(ExitCode.Usage, "--room is a list of transitions and numbers, each once: open=1,add=4");
        }

        session.Progress.Show("generating keys");
        var prover = KeyGeneration.Of(program, program.HasPrivateInputs && !arguments.GetValue(transparent), Profile.FromName(arguments.GetRequiredValue(profile))!, cancellation);
        var options = arguments.GetValue(memory) is { } mebibytes ? new HistoryOptions { MemoryBudget = (long)mebibytes << 20 } : new();
        options = counts.Count > 0 ? options with { Room = counts.ToImmutable() } : options;
        var watch = Stopwatch.StartNew();
        var segments = new List<TenorHistoryProof>();
        var files = new List<(string Proof, string Statement)>();
        try
        {
            // Each segment is written when it is proved: what a later one costs, or a step of it that fails, takes none of the earlier ones away.
            foreach (var segment in prover.ProveHistory(steps, options, new ProvingLine(session.Progress, $"{program.Name}, {steps.Count} steps"), cancellation))
            {
                segments.Add(segment);
                var number = segment.Statement.Steps.Length == steps.Count ? (int?)null : segments.Count;
                files.Add((Numbered(arguments.GetRequiredValue(output), number), Numbered(arguments.GetRequiredValue(statement), number)));
                DurableFile.Write(files[^1].Proof, segment.Proof);
                DurableFile.Write(files[^1].Statement, segment.Statement.ToJson());
            }
        }
        catch (TenorException e)
        {
            var kept = files.Count == 0 ? "" : $"; written before that: {string.Join(", ", files.Select(file => file.Proof))}";
            return new Problem(ExitCode.Diagnostics, e.Error.ToString(), ProveCommand.Unsatisfied + kept);
        }

        watch.Stop();
        return new HistoryReport(program.Name, segments, files, prover.Key.IsHiding, prover.Key.History!.SecurityAt(prover.Key.History.MaxLogInstances), watch.Elapsed);
    }

    /// <summary>A file, or the JSON files of a folder: by the number that their names begin with, then by name.</summary>
    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.json").OrderBy(NumberOf).ThenBy(file => file, StringComparer.Ordinal)
        : [path];

    private static long NumberOf(string file)
    {
        var digits = string.Concat(Path.GetFileName(file).TakeWhile(char.IsAsciiDigit));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
    }

    private static string Numbered(string path, int? number) => number is null
        ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? "", string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(path)}.{number}{Path.GetExtension(path)}"));

    private sealed record HistoryReport(
        string Program, List<TenorHistoryProof> Segments, List<(string Proof, string Statement)> Files, bool IsHiding, SecurityLevel Security, TimeSpan Elapsed) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            var steps = Segments.Sum(segment => segment.Statement.Steps.Length);
            page.Out.Line($"{page.Out.Green("proved")} {steps} {(steps == 1 ? "step" : "steps")} of {Program} in {Elapsed.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture)} s, at least {SecurityText.Full(Security)}");
            for (var i = 0; i < Segments.Count; i++)
            {
                page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"  {Files[i].Proof}  {Segments[i].Statement.Steps.Length} steps, {Segments[i].Proof.Length:N0} bytes, {PrivacyText.Short(IsHiding)}"));
                page.Out.Line($"  {Files[i].Statement}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("program", Program);
            json.WriteNumber("steps", Segments.Sum(segment => segment.Statement.Steps.Length));
            json.WriteStartArray("segments");
            for (var i = 0; i < Segments.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("proof", Files[i].Proof);
                json.WriteString("statement", Files[i].Statement);
                json.WriteNumber("steps", Segments[i].Statement.Steps.Length);
                json.WriteNumber("proofBytes", Segments[i].Proof.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("milliseconds", Math.Round(Elapsed.TotalMilliseconds, 1));
            json.WriteNumber("securityBits", Math.Round(Security.Bits, 1));
            json.WriteString("regime", SecurityText.Regime(Security));
            json.WriteBoolean("zeroKnowledge", IsHiding);
        }
    }
}
