using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProvingLayer.Cli.Shell;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Cli.Commands;

/// <summary><c>tenor params</c>: the parameters a profile makes the verifier enforce, and the security that follows from them.</summary>
internal sealed class ParamsCommand : Verb
{
    // The level of a proof follows from its own shape and is printed when it is verified. Here stands a shape larger than most, so that a profile can be
    // judged before there is a key: 3,000 batched terms, 2,000 constraints of degree 3, 64 fractions a row.
    private const int Terms = 3_000;
    private const int Constraints = 2_000;
    private const int FractionsPerRow = 64;
    private const int MessageWidth = 10;

    private static readonly ImmutableArray<int> LogHeights = [12, 15, 18, 21];

    private readonly Argument<string> profile = new("PROFILE")
    {
        Description = "The profile's name; all of them without it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The verb.</summary>
    public ParamsCommand()
        : base("params", "Print what the verifier enforces: parameters and proven security of each profile. The text is TOML.") => Add(profile);

    /// <inheritdoc/>
    public override IReadOnlyList<(string CommandLine, string Does)> Examples =>
    [
        ("tenor params standard", "prints the profile that 'tenor build' uses unless told otherwise"),
        ("tenor params --format json", "prints all profiles"),
    ];

    /// <inheritdoc/>
    public override Report Run(ParseResult arguments, Session session, CancellationToken cancellation)
    {
        if (arguments.GetValue(profile) is not { } name)
        {
            return new ParamsReport(Profile.All);
        }

        return Profile.FromName(name) is { } found
            ? new ParamsReport([found])
            : new Problem(ExitCode.Usage, $"there is no profile '{name}'", $"there are {string.Join(", ", Profile.All.Select(p => p.Name))}");
    }

    private static SecurityLevel LevelAt(Profile profile, int logHeight)
    {
        var arities = ImmutableArray.CreateBuilder<int>();
        for (var rest = logHeight - profile.Parameters.LogFinalLength; rest > 0; rest -= profile.Parameters.LogArity)
        {
            arities.Add(Math.Min(rest, profile.Parameters.LogArity));
        }

        var shape = new SoundnessShape(logHeight + profile.Parameters.LogBlowup, Terms, Constraints, Degree: 3, PointsPerColumn: 2, FractionsPerRow * Math.ScaleB(1.0, logHeight), MessageWidth, arities.ToImmutable());
        return SecurityLevel.Of(profile.Parameters, shape, profile.Regime);
    }

    private sealed record ParamsReport(ImmutableArray<Profile> Profiles) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            foreach (var profile in Profiles)
            {
                var parameters = profile.Parameters;
                page.Out.Line($"[profile.{profile.Name}]");
                Line("id", profile.Id, "in keys and proofs");
                Line("rate", string.Create(CultureInfo.InvariantCulture, $"\"1/{1 << parameters.LogBlowup}\""), "of each codeword");
                Line("fold_arity", 1 << parameters.LogArity, "at most, each round");
                Line("final_coefficients", 1 << parameters.LogFinalLength, "sent in full");
                Line("queries", parameters.Queries, "");
                Line("hiding_queries", profile.HidingQueries, "of zero-knowledge proofs, at a rate 17/16 as high");
                Line("query_grinding_bits", parameters.QueryGrindingBits, "");
                Line("batch_grinding_bits", parameters.BatchGrindingBits, "");
                Line("fold_grinding_bits", parameters.FoldGrindingBits, "");
                Line("minimum_bits", profile.MinimumBits, profile.IsForTests ? "for tests only: 'tenor verify' refuses it" : "proven; the verifier refuses a proof below it");
                page.Out.Line();
                page.Out.Line($"[profile.{profile.Name}.security]  # proven bits at {Terms:N0} batched terms, {Constraints:N0} constraints, by height of the tallest table");
                foreach (var logHeight in LogHeights)
                {
                    var level = LevelAt(profile, logHeight);
                    Line($"rows_2_{logHeight}", level.Bits.ToString("F1", CultureInfo.InvariantCulture), Regime(level));
                }

                page.Out.Line();
            }

            void Line(string name, object value, string comment) =>
                page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{name} = {value}") + (comment.Length > 0 ? page.Out.Dim($"  # {comment}") : ""));
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("profiles");
            foreach (var profile in Profiles)
            {
                var parameters = profile.Parameters;
                json.WriteStartObject();
                json.WriteString("name", profile.Name);
                json.WriteNumber("id", profile.Id);
                json.WriteNumber("rateInverse", 1 << parameters.LogBlowup);
                json.WriteNumber("foldArity", 1 << parameters.LogArity);
                json.WriteNumber("finalCoefficients", 1 << parameters.LogFinalLength);
                json.WriteNumber("queries", parameters.Queries);
                json.WriteNumber("hidingQueries", profile.HidingQueries);
                json.WriteNumber("queryGrindingBits", parameters.QueryGrindingBits);
                json.WriteNumber("batchGrindingBits", parameters.BatchGrindingBits);
                json.WriteNumber("foldGrindingBits", parameters.FoldGrindingBits);
                json.WriteNumber("minimumBits", profile.MinimumBits);
                json.WriteBoolean("forTests", profile.IsForTests);
                json.WriteStartArray("security");
                foreach (var logHeight in LogHeights)
                {
                    var level = LevelAt(profile, logHeight);
                    json.WriteStartObject();
                    json.WriteNumber("logHeight", logHeight);
                    json.WriteNumber("bits", Math.Round(level.Bits, 1));
                    json.WriteString("regime", Regime(level));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static string Regime(SecurityLevel level) => SecurityText.Regime(level);
}
