using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor aggregate</c>: many proofs, from many sources, to one.</summary>
internal sealed class AggregateCommand : Verb
{
    private readonly Argument<string[]> proofs = new("PROOF") { Description = "The proofs in their order. The statement of NAME.proof is NAME.json beside it.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> set = new("--keys") { Description = "The key set, as 'tenor keys' makes it.", HelpName = "SET.tkeys", Required = true };
    private readonly Option<string[]> keys = new("--key") { Description = "The verifying key of each program that a statement is of.", HelpName = "NAME.vkey", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "The proof's file. Finished parts stand in OUT.parts until it is there: the same command goes on where it was stopped.", HelpName = "OUT", Required = true };
    private readonly Option<string> statement = new("--statement") { Description = "The aggregate's statement.", HelpName = "OUT.json", Required = true };
    private readonly Option<bool> hide = new("--hide") { Description = "Prove the whole once more with a hiding key: the proof shows its statement and nothing of what its parts know. It goes into no other aggregate." };
    private readonly Option<string> inclusion = new("--prove-inclusion") { Description = "Write for each proof NAME.inclusion.json: that its statement is in the aggregate.", HelpName = "FOLDER" };

    /// <summary>The verb.</summary>
    public AggregateCommand()
        : base("aggregate", "Make many proofs one, of constant size and constant time to verify. Consecutive histories become one history.")
    {
        Add(proofs);
        Add(set);
        Add(keys);
        Add(output);
        Add(statement);
        Add(hide);
        Add(inclusion);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor aggregate a.proof b.proof --keys venues.tkeys --key out/Solvency.vkey -o all.proof --statement all.json", "verifies a.proof and b.proof inside a proof of both"),
        ("tenor aggregate a.proof b.proof --keys venues.tkeys --key out/Solvency.vkey --hide -o all.proof --statement all.json", "makes a proof that hides what the two know"),
        ("tenor verify all.proof --keys venues.tkeys --statement all.json", "verifies them"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        var setPath = arguments.GetRequiredValue(set);
        if (!TenorKeySet.TryRead(InputFile.Bytes(setPath, TenorKeySet.MaxFileSize), setPath, out var keySet, out var error))
            return new Problem(ExitCode.Diagnostics, error.ToString());
        var programs = arguments.GetRequiredValue(keys).Select(InputFile.Key).ToList();
        var paths = arguments.GetRequiredValue(proofs);
        var leaves = new List<TenorLeaf>();
        foreach (var path in paths)
        {
            var proof = InputFile.Bytes(path, VerifyCommand.LargestProof);
            var beside = Path.ChangeExtension(path, ".json");
            if (!TryLeaf(InputFile.Bytes(beside, TenorHistory.MaxFileSize), beside, programs, proof, out var leaf, out error))
                return new Problem(ExitCode.Diagnostics, error.ToString());
            leaves.Add(leaf);
        }

        var output = arguments.GetRequiredValue(this.output);
        var watch = Stopwatch.StartNew();
        TenorAggregateProof made;
        var parts = new PartsFolder($"{output}.parts");
        try
        {
            var aggregator = new TenorAggregator(keySet);
            made = aggregator.Aggregate(leaves, parts, new Line(session.Progress), cancellation);
            if (arguments.GetValue(hide))
            {
                session.Progress.Show("sealing");
                made = aggregator.Seal(made, cancellation);
            }
        }
        catch (TenorException e)
        {
            return new Problem(ExitCode.Diagnostics, e.Error.ToString());
        }

        watch.Stop();
        DurableFile.Write(output, made.Proof);
        DurableFile.Write(arguments.GetRequiredValue(statement), made.Aggregate.ToJson());
        if (arguments.GetValue(inclusion) is { } folder)
        {
            for (var i = 0; i < paths.Length; i++)
                DurableFile.Write(Path.Combine(folder, Path.GetFileNameWithoutExtension(paths[i]) + ".inclusion.json"), TenorInclusion.ToJson(made.PathOf(i)));
        }

        parts.Clear();
        return new AggregateReport(made, output, watch.Elapsed);
    }

    /// <summary>A proof with its statement, of a transition or of a history, of one of these programs.</summary>
    private static bool TryLeaf(
        byte[] statement, string path, List<TenorKey> programs, byte[] proof,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TenorLeaf? leaf, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out TenorError? error)
    {
        (leaf, error) = (null, null);
        foreach (var program in programs)
        {
            if (Claim.TryParse(statement, program, path, out var claim, out error) && claim.TryOpen(out error))
                leaf = claim.AsLeaf(proof);
            if (leaf is not null || error!.Kind != TenorErrorKind.Mismatch)
                return leaf is not null;
        }

        error ??= new(TenorErrorKind.Mismatch, "the statement is of none of the programs whose keys are given", path);
        return false;
    }

    private sealed class Line(ProgressLine line) : IProgress<AggregationProgress>
    {
        public void Report(AggregationProgress value) => line.Show(string.Create(CultureInfo.InvariantCulture, $"aggregating: {value.Done} of {value.Total} proofs"));
    }

    /// <summary>Finished parts as pairs of files in a folder.</summary>
    private sealed class PartsFolder(string folder) : IAggregationParts
    {
        public (TenorAggregate Aggregate, byte[] Proof)? Find(int first, int count) =>
            File.Exists(Name(first, count, "json"))
            && DurableFile.TryRead(Name(first, count, "json"), TenorAggregate.MaxFileSize, out var statement, out _)
            && TenorAggregate.TryParse(statement, null, out var aggregate, out _)
            && DurableFile.TryRead(Name(first, count, "proof"), VerifyCommand.LargestProof, out var proof, out _)
                ? (aggregate, proof)
                : null;

        public void Keep(int first, int count, TenorAggregate aggregate, byte[] proof)
        {
            DurableFile.Write(Name(first, count, "proof"), proof);
            DurableFile.Write(Name(first, count, "json"), aggregate.ToJson()); // last: what names a part is there only with its proof
        }

        public void Clear()
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        private string Name(int first, int count, string extension) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{first}-{count}.{extension}"));
    }

    private sealed record AggregateReport(TenorAggregateProof Made, string Path, TimeSpan Elapsed) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{page.Out.Green("aggregated")} {Made.Leaves.Length} {(Made.Leaves.Length == 1 ? "proof" : "proofs")} in {Elapsed.TotalSeconds:F2} s"));
            page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"  {Path}  {Made.Proof.Length:N0} bytes, {PrivacyText.Short(Made.Keys.IsHiding(Made.Aggregate))}"));
            foreach (var (name, text) in VerifyCommand.Lines(Made.Aggregate))
                page.Out.Line($"  {name,-16} {text}");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("proof", Path);
            json.WriteNumber("proofBytes", Made.Proof.Length);
            json.WriteNumber("leaves", Made.Leaves.Length);
            json.WriteString("root", $"0x{Made.Aggregate.Statement.Root}");
            json.WriteBoolean("zeroKnowledge", Made.Keys.IsHiding(Made.Aggregate));
            json.WriteNumber("milliseconds", Math.Round(Elapsed.TotalMilliseconds, 1));
        }
    }
}
