using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Recursion.Formats;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Formats;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor inspect</c>: what a file of ours holds.</summary>
internal sealed class InspectCommand : Verb
{
    private const string Authority = "who pays in has signed the step: its program, instance, transition, arguments and the record before it";

    private readonly Argument<string> file = new("FILE") { Description = "An artifact, a verifying key, a key set, a proof, a statement or inputs." };

    /// <summary>The verb.</summary>
    public InspectCommand()
        : base("inspect", "Show what an artifact, a verifying key, a proof, a statement or inputs hold.") => Add(file);

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor inspect out/ApplePut.vkey", "shows the program id, each transition's key and what its statement covers"),
        ("tenor inspect exercise.proof", "shows what can be said of a proof without its key"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(file);
        var bytes = InputFile.Bytes(path, TenorArtifact.MaxFileSize);
        if (bytes.AsSpan().StartsWith("TNAR"u8))
        {
            return TenorArtifact.TryRead(bytes, path, out var artifact, out var error) ? OfArtifact(path, bytes.Length, artifact) : Broken(error);
        }

        if (bytes.AsSpan().StartsWith(TenorKey.Magic))
        {
            return TenorKey.TryRead(bytes, path, out var key, out var error) ? OfKey(path, bytes.Length, key) : Broken(error);
        }

        if (bytes.AsSpan().StartsWith(KeySetFormat.Magic))
        {
            return TenorKeySet.TryRead(bytes, path, out var set, out var error) ? new InspectReport(path, "key set", bytes.Length, [.. KeysCommand.Lines(set)]) : Broken(error);
        }

        if (bytes.AsSpan().StartsWith(ProofFormat.Magic))
        {
            return ProofFormat.TryRead(bytes, out var proof, out var error)
                ? new InspectReport(path, "proof", bytes.Length,
                    [("instances", proof.Instances.Instances.ToString("N0", CultureInfo.InvariantCulture)), ("privacy", PrivacyText.Full(proof.IsHiding)), ("needs", "its key and its statement, to be verified")])
                : Broken(new(TenorErrorKind.Format, $"this is no proof that can be read: {error}", path));
        }

        return OfJson(path, bytes);
    }

    private static Problem Broken(TenorError error) => new(ExitCode.Diagnostics, error.ToString());

    private static InspectReport OfArtifact(string path, int length, TenorArtifact artifact)
    {
        var rows = ImmutableArray.CreateBuilder<(string, string)>();
        rows.Add((artifact.Abi.IsMachine ? "machine" : "statement", artifact.Name));
        rows.Add(("compiler", artifact.CompilerVersion));
        for (var i = 0; i < artifact.Circuits.Length; i++)
        {
            var circuit = artifact.Circuits[i];
            rows.Add((artifact.Abi.Functions[i].Name, string.Create(CultureInfo.InvariantCulture,
                $"{circuit.Tables.Where(table => !table.Chip.IsShared).Sum(table => table.UsedRows):N0} rows in {circuit.Tables.Length} tables ({string.Join(", ", circuit.Tables.Select(table => table.Chip.Name))}), {artifact.Abi.Functions[i].Inputs.Length} inputs, {circuit.PublicCount} public values")));
        }

        AddSurface(rows, artifact.Abi);
        return new(path, "artifact", length, rows.ToImmutable());
    }

    private static InspectReport OfKey(string path, int length, TenorKey key)
    {
        var rows = ImmutableArray.CreateBuilder<(string, string)>();
        rows.Add((key.Abi.IsMachine ? "machine" : "statement", key.Name));
        rows.Add(("program id", $"0x{key.ProgramId}"));
        rows.Add(("profile", key.Profile.IsForTests ? $"{key.Profile.Name}: for tests, proves nothing" : key.Profile.Name));
        rows.Add(("privacy", PrivacyText.Full(key.IsHiding)));
        for (var i = 0; i < key.Functions.Length; i++)
        {
            rows.Add((key.Abi.Functions[i].Name, $"key 0x{key.Functions[i].Digest}, {SecurityText.Full(key.Functions[i].SecurityAt(0))}"));
        }

        if (key.History is { } history)
        {
            rows.Add(("histories", string.Create(CultureInfo.InvariantCulture,
                $"key 0x{history.Digest}, up to {1 << history.MaxLogInstances:N0} steps of each transition in a proof, at least {SecurityText.Full(history.SecurityAt(history.MaxLogInstances))}")));
        }

        AddSurface(rows, key.Abi);
        return new(path, "verifying key", length, rows.ToImmutable());
    }

    // What a statement discloses: its public arguments, receipts, events and result.
    private static void AddSurface(ImmutableArray<(string, string)>.Builder rows, Abi abi)
    {
        foreach (var function in abi.Functions)
        {
            var disclosed = function.Inputs.Where(input => input.Role == AbiInputRole.PublicArgument).Select(input => input.Name)
                .Concat(function.Receipts.Select((receipt, i) => string.Create(CultureInfo.InvariantCulture, $"receipt {i} ({DirectionText(receipt.Direction)}, {receipt.Asset})")))
                .Concat(function.Events.Select(e => $"event {e.Name}"))
                .Concat(function.Outputs.Where(output => output.Role == AbiOutputRole.Result).Select(output => output.Name)).ToList();
            rows.Add(($"{function.Name} discloses", disclosed.Count == 0 ? "nothing but its public fields" : string.Join(", ", disclosed)));
        }

        if (abi.Functions.Any(function => function.Receipts.Any(receipt => receipt.Direction == AbiDirection.In)))
        {
            rows.Add(("authority", Authority));
        }
    }

    private static string DirectionText(AbiDirection direction) => direction switch
    {
        AbiDirection.In => "paid in",
        AbiDirection.Out => "paid out",
        AbiDirection.Mint => "minted",
        AbiDirection.Burn => "burned",
        _ => "none",
    };

    private static Report OfJson(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object && (document.RootElement.TryGetProperty("aggregate", out _) || document.RootElement.TryGetProperty("inclusion", out _)))
            {
                var rows = ImmutableArray.CreateBuilder<(string, string)>();
                Flatten("", document.RootElement, rows);
                rows.Add(("note", "not checked here: 'tenor verify' does, with the key set and the proof"));
                return new InspectReport(path, document.RootElement.TryGetProperty("aggregate", out _) ? "statement of an aggregate" : "inclusion", bytes.Length, rows.ToImmutable());
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("program", out _)
                && (document.RootElement.TryGetProperty("function", out _) || document.RootElement.TryGetProperty("history", out _)))
            {
                var isHistory = document.RootElement.TryGetProperty("history", out _);
                var isStatement = isHistory || document.RootElement.TryGetProperty("public", out _);
                var rows = ImmutableArray.CreateBuilder<(string, string)>();
                Flatten("", document.RootElement, rows);
                rows.Add(("note", isStatement ? "not checked here: 'tenor verify' does, with the key and the proof" : "private values and salts: keep this file to yourself"));
                return new InspectReport(path, isHistory ? "statement of a history" : isStatement ? "statement" : "inputs", bytes.Length, rows.ToImmutable());
            }
        }
        catch (JsonException)
        {
            // Then it is none of our files, as is said below.
        }

        return new Problem(ExitCode.Diagnostics, $"{path}: this is no artifact, verifying key, proof, statement or inputs");
    }

    private static void Flatten(string path, JsonElement element, ImmutableArray<(string, string)>.Builder rows)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                Flatten(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, rows);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            for (var i = 0; i < element.GetArrayLength(); i++)
            {
                Flatten(string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), element[i], rows);
            }
        }
        else
        {
            rows.Add((path, element.ToString()));
        }
    }

    private sealed record InspectReport(string File, string Kind, int Bytes, ImmutableArray<(string Name, string Value)> Rows) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line($"{page.Out.Bold(File)}: {Kind}, {Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes");
            var width = Rows.Max(row => row.Name.Length);
            foreach (var (name, value) in Rows)
            {
                page.Out.Line($"  {page.Out.Cyan(name.PadRight(width))}  {value}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("file", File);
            json.WriteString("kind", Kind);
            json.WriteNumber("bytes", Bytes);
            json.WriteBoolean("zeroKnowledge", false);
            json.WriteStartObject("content");
            foreach (var (name, value) in Rows)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }
    }
}
