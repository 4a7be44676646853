using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Signing;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor keygen</c>: a new signing key.</summary>
internal sealed class KeygenCommand : Verb
{
    private readonly Option<string> output = new("--output", "-o") { Description = "The secret's file, which must not be there yet. Its key is written beside it, NAME.tpub.", HelpName = "NAME.tkey", Required = true };

    private readonly Option<int> signatures = new("--signatures")
    {
        Description = "How many signatures the key can make, rounded up to a power of two. No key makes more than 2^20.",
        HelpName = "N",
        DefaultValueFactory = _ => 1 << SigningKey.DefaultLogCapacity,
    };

    /// <summary>The verb.</summary>
    public KeygenCommand()
        : base("keygen", "Draw a signing key (.tkey, secret) and write the key it is known by (.tpub), for data fields and arguments of type 'key'.")
    {
        Add(output);
        signatures.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1 << SignatureScheme.Height)
            {
                result.AddError("--signatures is at least 1 and at most 1,048,576");
            }
        });
        Add(signatures);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor keygen -o alice.tkey", "writes alice.tkey and alice.tpub: a key for 1,024 signatures"),
        ("tenor keygen -o desk.tkey --signatures 100000", "a key for 131,072"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        var path = arguments.GetRequiredValue(output);
        session.Progress.Show("growing the key");
        try
        {
            using var key = SigningKey.Create(path, BitWidth(arguments.GetRequiredValue(signatures)));
            var publicPath = Path.ChangeExtension(path, ".tpub");
            DurableFile.Write(publicPath, Encoding.UTF8.GetBytes($"{key.Key}\n"));
            return new KeygenReport(path, publicPath, key.Key.ToString(), key.Remaining);
        }
        catch (TenorException refused)
        {
            return new Problem(ExitCode.Usage, refused.Error.ToString());
        }
    }

    private static int BitWidth(int count) => 32 - int.LeadingZeroCount(count - 1);

    private sealed record KeygenReport(string Secret, string Public, string Key, int Signatures) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line(Key);
            page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"  {Secret}  secret: {Signatures:N0} signatures; never copy it back from a backup, for an index that signs twice gives the key away"));
            page.Out.Line($"  {Public}");
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("key", Key);
            json.WriteString("secret", Secret);
            json.WriteString("public", Public);
            json.WriteNumber("signatures", Signatures);
        }
    }
}
