using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Signing;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor sign</c>: a party's signature into the inputs of a step.</summary>
internal sealed class SignCommand : Verb
{
    private readonly Argument<string> secret = new("KEY") { Description = "The signing key, NAME.tkey." };
    private readonly Argument<string> artifact = new("ARTIFACT") { Description = "The compiled program, NAME.tnart." };
    private readonly Option<string> key = new("--key") { Description = "The program's verifying key: a signature is for the program of one key.", HelpName = "NAME.vkey", Required = true };
    private readonly Option<string> input = new("--input") { Description = "The step's inputs. They are run: a step that fails is not signed.", HelpName = "INPUT.json", Required = true };
    private readonly Option<string> output = new("--output", "-o") { Description = "The signed inputs' file; may be the same.", HelpName = "OUT.json", Required = true };

    /// <summary>The verb.</summary>
    public SignCommand()
        : base("sign", "Sign a step, or data in it: shows it, and puts the signature of a party after 'by', or of who answers for a signed<T>, into its inputs.")
    {
        Add(secret);
        Add(artifact);
        Add(key);
        Add(input);
        Add(output);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor sign alice.tkey out/ApplePut.tnart --key out/ApplePut.vkey --input steps/1-open.json -o steps/1-open.json", "signs as the writer of the option"),
        ("tenor sign feed.tkey out/EtherPut.tnart --key out/EtherPut.vkey --input steps/2-exercise.json -o steps/2-exercise.json", "signs the quote that the holder brings; the holder signs the step after it"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        var program = InputFile.Artifact(arguments.GetRequiredValue(artifact));
        var (keyPath, inputPath) = (arguments.GetRequiredValue(key), arguments.GetRequiredValue(input));
        if (!TenorKey.TryRead(InputFile.Bytes(keyPath, TenorKey.MaxFileSize), keyPath, out var programKey, out var error)
            || !WitnessInput.TryParse(InputFile.Bytes(inputPath, WitnessInput.MaxFileSize), program.Abi, inputPath, null, out var step, out error))
        {
            return new Problem(ExitCode.Diagnostics, error.ToString());
        }

        if (programKey.Name != program.Name)
        {
            return new Problem(ExitCode.Diagnostics, $"{keyPath}: this is a key of {programKey.Name}, and the program is {program.Name}");
        }

        session.Progress.Show("running the step");
        if (!Authorization.TryRequests(program, programKey.ProgramId, step, out var requests, out error))
        {
            return new Problem(ExitCode.Diagnostics, error.ToString(), "nothing was signed: the step fails whoever signs it");
        }

        session.Progress.Show("opening the key");
        if (!SigningKey.TryOpen(arguments.GetRequiredValue(secret), out var signer, out error))
        {
            return new Problem(ExitCode.Diagnostics, error.ToString());
        }

        using (signer)
        {
            var own = requests.Where(r => r.Party == signer.Key).ToImmutableArray();
            if (own.IsEmpty)
            {
                return new Problem(ExitCode.Diagnostics, $"{step.Function.Name} does not ask {signer.Key} to sign", requests.IsEmpty ? "it asks nobody" : $"{(requests[0].IsOfData ? "data in it is not signed yet, and then it may hold: " : "")}it asks {string.Join(", ", requests.Select(r => r.Party))}");
            }

            try
            {
                foreach (var request in own)
                {
                    step = step.WithSignature(request, signer.Sign(request.Message));
                }
            }
            catch (TenorException refused)
            {
                return new Problem(ExitCode.Diagnostics, refused.Error.ToString());
            }

            var path = arguments.GetRequiredValue(output);
            DurableFile.Write(path, step.ToJson());
            return new SignReport(step, own, signer.Remaining, path);
        }
    }

    private sealed record SignReport(WitnessInput Step, ImmutableArray<SignatureRequest> Signed, int Remaining, string File) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line($"{page.Out.Green("signed")} {(Signed[0].IsOfData ? "data of " : "")}{Step.Program}.{Step.Function.Name} as {Signed[0].Party}");
            foreach (var argument in Arguments())
            {
                page.Out.Line($"  {argument.Name}  {argument.Type.Format.Print(Step[argument.Name])}");
            }

            page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"  {File}  the key has {Remaining:N0} signatures left"));
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("program", Step.Program);
            json.WriteString("transition", Step.Function.Name);
            json.WriteString("party", Signed[0].Party.ToString());
            json.WriteString("message", $"0x{Signed[0].Message}");
            json.WriteStartObject("arguments");
            foreach (var argument in Arguments())
            {
                json.WriteString(argument.Name, argument.Type.Format.Write(Step[argument.Name]));
            }

            json.WriteEndObject();
            json.WriteNumber("remaining", Remaining);
            json.WriteString("output", File);
        }

        private IEnumerable<AbiInput> Arguments() => Step.Function.Inputs.Where(i => i.Role is AbiInputRole.PublicArgument or AbiInputRole.PrivateArgument);
    }
}
