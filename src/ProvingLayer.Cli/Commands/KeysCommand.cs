using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Runtime;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor keys</c>: which proofs may become one.</summary>
internal sealed class KeysCommand : Verb
{
    private readonly Argument<string[]> keys = new("KEY") { Description = "Verifying keys of the programs, NAME.vkey.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> output = new("--output", "-o") { Description = "The key set's file.", HelpName = "SET.tkeys", Required = true };
    private readonly Option<string[]> like = new("--for") { Description = "Admit proofs like these instead of each transition once: needed for histories, whose keys allow many sizes.", HelpName = "PROOF", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };

    /// <summary>The verb.</summary>
    public KeysCommand()
        : base("keys", "Make a key set: the circuits that verify proofs of some programs, and each other, under one root.")
    {
        Add(keys);
        Add(output);
        Add(like);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor keys out/Solvency.vkey out/Index.vkey -o venues.tkeys", "admits proofs of both programs; the same keys give the same set"),
        ("tenor keys out/Settlement.vkey --for day.1.proof -o days.tkeys", "admits histories of as many steps as day.1.proof"),
        ("tenor inspect venues.tkeys", "shows the root and each circuit"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        session.Progress.Show("reading");
        var programs = arguments.GetRequiredValue(keys).Select(InputFile.Key).ToList();
        var proofs = (arguments.GetValue(like) ?? []).Select(path => InputFile.Bytes(path, VerifyCommand.LargestProof)).ToList();
        session.Progress.Show("making circuits");
        var watch = Stopwatch.StartNew();
        try
        {
            var made = proofs.Count > 0 ? TenorKeySet.BuildFor(programs, proofs, cancellation) : TenorKeySet.Build(programs, cancellation);
            var path = arguments.GetRequiredValue(output);
            made.Keys.Save(path);
            return new KeysReport(made.Keys, path, watch.Elapsed);
        }
        catch (TenorException e)
        {
            return new Problem(ExitCode.Diagnostics, e.Error.ToString());
        }
    }

    /// <summary>What a key set holds, line by line.</summary>
    public static IEnumerable<(string Name, string Text)> Lines(TenorKeySet set)
    {
        yield return ("root", $"0x{set.Root}");
        yield return ("profile", set.Profile.Name);
        yield return ("security", SecurityText.Full(set.Set.KeyOf(set.Set.Members[0]).SecurityAt(0)));
        for (var i = 0; i < set.Set.Members.Length; i++)
        {
            var member = set.Set.Members[i];
            var text = member.Leaf is { } leaf ? $"{NameOf(member)} of key 0x{leaf.Key.Digest}, instances {leaf.Instances}, {PrivacyText.Short(leaf.Key.IsHiding)}"
                : member.IsSeal ? $"{NameOf(member)}, {PrivacyText.Short(isHiding: true)}" : NameOf(member);
            yield return (string.Create(CultureInfo.InvariantCulture, $"circuit {i}"), text);
        }
    }

    private static string NameOf(Recursion.KeySetMember member) => member.Role == Recursion.KeyRole.ChainSeal ? "chain seal" : member.Role.ToString().ToLowerInvariant();

    private sealed record KeysReport(TenorKeySet Set, string Path, TimeSpan Elapsed) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{page.Out.Green("made")} {Path}: {Set.Set.Members.Length} circuits in {Elapsed.TotalSeconds:F1} s"));
            foreach (var (name, text) in Lines(Set))
            {
                page.Out.Line($"  {name,-10} {text}");
            }
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteString("file", Path);
            json.WriteString("root", $"0x{Set.Root}");
            json.WriteString("profile", Set.Profile.Name);
            json.WriteStartArray("circuits");
            foreach (var member in Set.Set.Members)
            {
                json.WriteStartObject();
                json.WriteString("role", NameOf(member));
                json.WriteString("leaf", member.Leaf is { } leaf ? $"0x{leaf.Key.Digest}" : null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
