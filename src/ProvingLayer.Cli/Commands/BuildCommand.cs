using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor build</c>: source files to artifacts and keys.</summary>
internal sealed class BuildCommand : Verb
{
    private readonly Argument<string[]> files = LoadedProgram.FilesArgument();
    private readonly Option<string[]> machine = CompiledProgram.MachineOption();
    private readonly Option<string> profile = ProfileOption();

    private readonly Option<string> output = new("--output", "-o")
    {
        Description = "The folder that the files are written to; made if it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<string[]> references = new("--reference")
    {
        Description = "A source file that the others use, and of which nothing is made here.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> manifest = new("--manifest") { Description = "A file to list the written files in, one a line, once all are there.", HelpName = "FILE" };

    /// <summary>The verb.</summary>
    public BuildCommand()
        : base("build", "Compile source files: for each machine or statement its circuits (.tnart), its ABI (.abi.json), its cost (.cost.json) and its verifying key (.vkey); with private inputs that one is hiding, and its transparent sister lies beside it (.transparent.vkey).")
    {
        Add(files);
        Add(output);
        Add(machine);
        Add(profile);
        Add(references);
        Add(manifest);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor build examples/01-european-option/option.tenor -o out", "writes out/ApplePut.tnart, out/ApplePut.abi.json, out/ApplePut.vkey and so on"),
        ("tenor build option.tenor -o out --machine \"EuropeanPut<AAPL, USD>\"", "builds one instance of a generic machine"),
    ];

    /// <summary>The option <c>--profile</c>.</summary>
    public static Option<string> ProfileOption()
    {
        var option = new Option<string>("--profile")
        {
            Description = "The security profile of the key; 'tenor params' prints them.",
            HelpName = string.Join('|', Profile.All.Select(p => p.Name)),
            DefaultValueFactory = _ => Profile.Standard.Name,
        };
        option.AcceptOnlyFromAmong([.. Profile.All.Select(p => p.Name)]);
        return option;
    }

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var compiled = CompiledProgram.Load(arguments.GetRequiredValue(files), arguments.GetValue(references) ?? [], arguments.GetValue(machine) ?? [], session);
        if (compiled.HasErrors)
        {
            return new DiagnosticReport(compiled.Diagnostics);
        }

        var folder = arguments.GetRequiredValue(output);
        var chosen = Profile.FromName(arguments.GetRequiredValue(profile))!;
        var built = ImmutableArray.CreateBuilder<BuiltProgram>();
        var emitted = compiled.Emit(session).ToList();
        var over = emitted.SelectMany(CompiledProgram.OverBudget).ToImmutableArray();
        if (!over.IsEmpty)
        {
            return new DiagnosticReport(over);
        }

        foreach (var program in emitted)
        {
            cancellation.ThrowIfCancellationRequested();
            var artifact = TenorArtifact.Of(program.ToArtifact());
            session.Progress.Show($"generating the keys of {artifact.Name}");
            var key = KeyGeneration.Of(artifact, artifact.HasPrivateInputs, chosen, cancellation).Key;
            var sister = key.IsHiding ? KeyGeneration.Of(artifact, false, chosen, cancellation).Key : null;
            built.Add(BuiltProgram.Write(artifact, key, sister, folder));
        }

        if (arguments.GetValue(manifest) is { } list)
        {
            DurableFile.Write(list, Encoding.UTF8.GetBytes(string.Concat(built.SelectMany(b => b.Files).Select(f => f.Path + "\n"))));
        }

        return new BuildReport(built.ToImmutable(), compiled.Diagnostics);
    }

    private sealed record BuiltFunction(string Name, CircuitSize Size, SecurityLevel Security);

    private sealed record BuiltProgram(string Name, string ProgramId, ImmutableArray<BuiltFunction> Functions, ImmutableArray<(string Path, int Bytes)> Files)
    {
        public static BuiltProgram Write(TenorArtifact artifact, TenorKey key, TenorKey? sister, string folder)
        {
            var files = ImmutableArray.CreateBuilder<(string Path, int Bytes)>();
            List<(string Extension, byte[] Bytes)> contents = [(".tnart", artifact.ToBytes()), (".abi.json", AbiJson.Write(artifact.Abi)), (".vkey", key.ToBytes()), (".cost.json", CostJson.FileOf(artifact.Circuits.Select((circuit, i) => FunctionCost.Of(artifact.Name, artifact.Abi.Functions[i].Name, CircuitCost.Of(circuit)))))];
            if (sister is not null)
            {
                contents.Add((".transparent.vkey", sister.ToBytes()));
            }

            foreach (var (extension, bytes) in contents)
            {
                var path = Path.Combine(folder, artifact.Name + extension);
                if (!IsThere(path, bytes))
                {
                    DurableFile.Write(path, bytes);
                }

                files.Add((path, bytes.Length));
            }

            var functions = artifact.Abi.Functions.Select((function, i) =>
                new BuiltFunction(function.Name, CircuitSize.Of(artifact.Circuits[i], key.Functions[i]), key.Functions[i].SecurityAt(0)));
            return new(artifact.Name, $"0x{key.ProgramId}", [.. functions], files.ToImmutable());
        }

        // A file that is as it should be keeps its time: what depends on it is not made again.
        private static bool IsThere(string path, byte[] bytes) =>
            File.Exists(path) && new FileInfo(path).Length == bytes.Length && DurableFile.TryRead(path, bytes.Length, out var content, out _) && content.AsSpan().SequenceEqual(bytes);
    }

    private sealed record BuildReport(ImmutableArray<BuiltProgram> Programs, ImmutableArray<Diagnostic> Diagnostics) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            DiagnosticList.Write(Diagnostics, page.Error);
            foreach (var program in Programs)
            {
                page.Out.Line($"{page.Out.Bold(program.Name)}  {page.Out.Dim($"program {program.ProgramId}")}");
                foreach (var function in program.Functions)
                {
                    page.Out.Line(string.Create(CultureInfo.InvariantCulture,
                        $"  {function.Name,-14} {function.Size.Rows,8:N0} rows {function.Size.Cells,11:N0} cells  {SecurityText.Full(function.Security)}"));
                }

                foreach (var (path, bytes) in program.Files)
                {
                    page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"  {path}  {bytes:N0} bytes"));
                }
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("programs");
            foreach (var program in Programs)
            {
                json.WriteStartObject();
                json.WriteString("name", program.Name);
                json.WriteString("programId", program.ProgramId);
                json.WriteStartArray("transitions");
                foreach (var function in program.Functions)
                {
                    json.WriteStartObject();
                    json.WriteString("name", function.Name);
                    json.WriteNumber("rows", function.Size.Rows);
                    json.WriteNumber("cells", function.Size.Cells);
                    json.WriteNumber("securityBits", Math.Round(function.Security.Bits, 1));
                    json.WriteString("regime", SecurityText.Regime(function.Security));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteStartArray("files");
                foreach (var (path, _) in program.Files)
                {
                    json.WriteStringValue(path);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            DiagnosticList.WriteJson(Diagnostics, json);
        }
    }
}
