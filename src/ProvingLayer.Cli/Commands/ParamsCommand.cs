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

    // At the heights that the verifier does not refuse: the profile of recursion is for the tables of its circuits.
    private static IEnumerable<(int LogHeight, SecurityLevel Level)> LevelsOf(Profile profile, bool isHiding) => LogHeights
        .Select(logHeight => (logHeight, LevelAt(profile.ParametersOf(isHiding, logHeight), profile.Regime, logHeight)))
        .Where(found => found.Item2.Bits >= profile.MinimumBits);

    // The words of hiding proofs have a degree bound a sixteenth above the height, so that their domains are as long, from 2^13 rows on.
    private static SecurityLevel LevelAt(ProofParameters parameters, DecodingRegime regime, int logHeight)
    {
        var arities = ImmutableArray.CreateBuilder<int>();
        for (var rest = logHeight - parameters.LogFinalLength; rest > 0; rest -= parameters.LogArity)
        {
            arities.Add(Math.Min(rest, parameters.LogArity));
        }

        var shape = new SoundnessShape(logHeight + parameters.LogBlowup, Terms, Constraints, Degree: 9, PointsPerColumn: 2, FractionsPerRow * Math.ScaleB(1.0, logHeight), MessageWidth, arities.ToImmutable());
        return SecurityLevel.Of(parameters, shape, regime);
    }

    private static string Rate(ProofParameters parameters)
    {
        var common = int.TrailingZeroCount(parameters.FinalLength); // a power of two, as the length of the word is
        return string.Create(CultureInfo.InvariantCulture, $"{parameters.FinalLength >> common}/{1 << (parameters.LogFinalDomain - common)}");
    }

    private sealed record ParamsReport(ImmutableArray<Profile> Profiles) : Report
    {
        public override ExitCode ExitCode => ExitCode.Ok;

        public override void WriteText(TextPage page)
        {
            foreach (var profile in Profiles)
            {
                page.Out.Line($"[profile.{profile.Name}]");
                Line("id", profile.Id, "in keys and proofs");
                Line("minimum_bits", profile.MinimumBits, profile.IsForTests ? "for tests only: 'tenor verify' refuses it" : "proven; the verifier refuses a proof below it");
                page.Out.Line();
                foreach (var isHiding in (ReadOnlySpan<bool>)[true, false])
                {
                    var parameters = profile.ParametersOf(isHiding);
                    var section = $"profile.{profile.Name}.{PrivacyText.Word(isHiding)}";
                    page.Out.Line($"[{section}]" + page.Out.Dim(isHiding ? "  # proofs of programs with private inputs" : "  # all others, and with --transparent"));
                    Line("rate", $"\"{Rate(parameters)}\"", "degree bound of each codeword, by its length");
                    Line("fold_arity", 1 << parameters.LogArity, "at most, each round");
                    Line("final_coefficients", parameters.FinalLength, "sent in full");
                    Line("queries", parameters.Queries, "");
                    if (profile.SavedQueries > 0)
                        Line("queries_low", parameters.Queries - profile.SavedQueries, $"where no table has more than 2^{Profile.LogLowHeight} rows");
                    Line("query_grinding_bits", parameters.QueryGrindingBits, "");
                    Line("batch_grinding_bits", parameters.BatchGrindingBits, "");
                    Line("fold_grinding_bits", parameters.FoldGrindingBits, "");
                    if (parameters.Blinding is { } blinding)
                    {
                        Line("blinding_coefficients", blinding.ColumnCoefficients, "random, of each column: as many values of it as a proof can determine");
                        Line("chunk_coefficients", blinding.ChunkCoefficients, "random, between two chunks of a quotient");
                        Line("quotient_mask_columns", blinding.QuotientMaskColumns, "random in full, beside each quotient");
                        Line("codeword_columns", blinding.CodewordColumns, "random in full, in the batch");
                        Line("salt_elements", blinding.SaltElements, "random, in each leaf");
                        Line("mask_columns", blinding.MaskColumns, "of each table whose terminal is sent");
                    }

                    page.Out.Line();
                    page.Out.Line($"[{section}.security]  # proven bits at {Terms:N0} batched terms, {Constraints:N0} constraints, by height of the tallest table");
                    foreach (var (logHeight, level) in LevelsOf(profile, isHiding))
                    {
                        Line($"rows_2_{logHeight}", level.Bits.ToString("F1", CultureInfo.InvariantCulture), Regime(level));
                    }

                    page.Out.Line();
                }
            }

            void Line(string name, object value, string comment) =>
                page.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{name} = {value}") + (comment.Length > 0 ? page.Out.Dim($"  # {comment}") : ""));
        }

        public override void WriteJson(Utf8JsonWriter json)
        {
            json.WriteStartArray("profiles");
            foreach (var profile in Profiles)
            {
                json.WriteStartObject();
                json.WriteString("name", profile.Name);
                json.WriteNumber("id", profile.Id);
                json.WriteNumber("minimumBits", profile.MinimumBits);
                json.WriteBoolean("forTests", profile.IsForTests);
                foreach (var isHiding in (ReadOnlySpan<bool>)[true, false])
                {
                    json.WriteStartObject(PrivacyText.Word(isHiding));
                    Write(json, profile, isHiding);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private static void Write(Utf8JsonWriter json, Profile profile, bool isHiding)
        {
            var parameters = profile.ParametersOf(isHiding);
            json.WriteString("rate", Rate(parameters));
            json.WriteNumber("foldArity", 1 << parameters.LogArity);
            json.WriteNumber("finalCoefficients", parameters.FinalLength);
            json.WriteNumber("queries", parameters.Queries);
            json.WriteNumber("queriesOfLowTables", parameters.Queries - profile.SavedQueries);
            json.WriteNumber("queryGrindingBits", parameters.QueryGrindingBits);
            json.WriteNumber("batchGrindingBits", parameters.BatchGrindingBits);
            json.WriteNumber("foldGrindingBits", parameters.FoldGrindingBits);
            if (parameters.Blinding is { } blinding)
            {
                json.WriteNumber("blindingCoefficients", blinding.ColumnCoefficients);
                json.WriteNumber("chunkCoefficients", blinding.ChunkCoefficients);
                json.WriteNumber("codewordColumns", blinding.CodewordColumns);
                json.WriteNumber("saltElements", blinding.SaltElements);
                json.WriteNumber("maskColumns", blinding.MaskColumns);
            }

            json.WriteStartArray("security");
            foreach (var (logHeight, level) in LevelsOf(profile, isHiding))
            {
                json.WriteStartObject();
                json.WriteNumber("logHeight", logHeight);
                json.WriteNumber("bits", Math.Round(level.Bits, 1));
                json.WriteString("regime", Regime(level));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static string Regime(SecurityLevel level) => SecurityText.Regime(level);
}
