using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.TestSupport;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Examples;

/// <summary>
/// Every published test case of options: premium and settlement on the side that the case takes, calls through example 01 with the fixing as an argument, puts through
/// example 08 with the fixing signed. The data lies beside the checkout; where it does not, the tests say so and are skipped.
/// </summary>
public class ActusOptionTests
{
    private const string File = "actus/optns.json";
    private const int Cases = 11;

    private static readonly Lazy<BoundProgram> signedPut = new(() =>
    {
        var program = Binder.Bind(
        [
            new SourceFile("put.tenor", System.IO.File.ReadAllText(Repository.PathOf("examples", "08-signed-put", "put.tenor"))),
            new SourceFile("shares.tenor", "module shares; asset AAPL { decimals: 0 } asset MSFT { decimals: 0 } asset DOLLAR { decimals: 2 }"),
        ]);
        Assert.Empty(program.Diagnostics);
        return program;
    });

    [SharedDataFact(File)]
    public void C17_Every_published_option_pays_what_is_published()
    {
        var all = All();
        Assert.Equal(Cases, all.Count);
        foreach (var option in all)
        {
            var run = Run(option);
            Assert.True(run.Errors.IsEmpty, $"{option.Name}: {string.Join(", ", run.Errors)}");
            Assert.Equal(option.Payoff, FlowOf(run, option.IsBuyer ? "K.bob" : "K.alice"));
            Assert.Equal("Settled", run.Steps[^1].State);
        }
    }

    /// <summary>A call in the money, a put in the money, and a put that expires: each kind of life is proved.</summary>
    [SharedDataFact(File)]
    public void Steps_of_sampled_cases_prove_and_verify_under_the_test_profile()
    {
        foreach (var option in All().Where(o => o.Name is "option02" or "option16" or "option22"))
            ProveAll(Run(option), Profile.Test);
    }

    [Trait("Category", "Long")]
    [SharedDataFact(File)]
    public void Every_step_of_cases_proves_and_verifies_at_the_standard_profile()
    {
        foreach (var option in All().Take(LongRun.Of(int.MaxValue, 3)))
            ProveAll(Run(option), Profile.Standard);
    }

    private static void ProveAll(ScenarioRun run, Profile profile)
    {
        Assert.Empty(run.Errors);
        var count = 0;
        foreach (var (prover, input) in Program.Steps(run, profile))
        {
            var proof = prover.Prove(input);
            var verification = TenorVerifier.Verify(prover.Key, proof.Statement, proof.Proof, new() { AllowTestProfile = true });
            Assert.True(verification.IsAccepted, $"{input.Function.Name}: {verification.Message}");
            count++;
        }

        Assert.Equal(3, count);
    }

    private static ScenarioRun Run(Option option) =>
        Scenario.Run(option.IsPut ? signedPut.Value : Program.Program(Program.Options), Encoding.UTF8.GetBytes(option.Life()), SaltSource.Fixed(), new CircuitCheck());

    private static decimal FlowOf(ScenarioRun run, string party) =>
        (decimal)run.Flows.Where(flow => run.NameOf(flow.Party) == party).Aggregate(BigInteger.Zero, (sum, flow) => sum + flow.Amount) / 100;

    private static List<Option> All()
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(SharedData.PathOf(File)));
        return [.. document.RootElement.EnumerateObject().Select(p => Read(p.Name, p.Value))];
    }

    private static Option Read(string name, JsonElement test)
    {
        var terms = test.GetProperty("terms");
        Assert.Equal("E", Text(terms, "optionExerciseType"));
        var (maturity, strike) = (Text(terms, "maturityDate"), Number(terms, "optionStrike1"));
        var isPut = Text(terms, "optionType") == "P";
        var share = terms.GetProperty("contractStructure")[0].GetProperty("object").GetProperty("marketObjectCode").GetString()!;
        var results = test.GetProperty("results").EnumerateArray().Select(e => (Type: Text(e, "eventType"), Date: Text(e, "eventDate"), Payoff: e.GetProperty("payoff").GetDecimal())).ToList();

        // A case that begins after its exercise says what the exercise came to, and has no premium among its events.
        var spot = terms.TryGetProperty("exerciseAmount", out _)
            ? strike + (isPut ? -Number(terms, "exerciseAmount") : Number(terms, "exerciseAmount"))
            : test.GetProperty("dataObserved").GetProperty(share).GetProperty("data").EnumerateArray().Where(d => Text(d, "timestamp") == maturity).Select(d => Number(d, "value")).Single();
        var premium = results.Any(r => r.Type == "PRD") ? Number(terms, "priceAtPurchaseDate") : 0;
        return new(
            name, Text(terms, "contractRole") == "BUY", isPut, share, Text(terms, "purchaseDate"), maturity, results.Single(r => r.Type == "STD").Date, strike, spot, premium,
            results.Sum(r => r.Payoff));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement element, string name) => decimal.Parse(Text(element, name).Trim(), CultureInfo.InvariantCulture);

    private sealed record Option(
        string Name, bool IsBuyer, bool IsPut, string Share, string Bought, string Maturity, string Settled, decimal Strike, decimal Spot, decimal Premium, decimal Payoff)
    {
        private bool Pays => IsPut ? Spot < Strike : Spot > Strike;

        public string Life() => string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "machine": "{{(IsPut ? $"EuropeanPut<{Share}, DOLLAR>" : Share == "AAPL" ? "AppleCall" : "MicrosoftCall")}}",
              "new": { "writer": "K.alice", "holder": "K.bob", "strike": "{{Strike:F2}}", "size": "1 {{Share}}", "expiry": "{{Maturity}}Z", {{(IsPut ? "\"oracle\": \"K.feed\"" : "\"cap\": \"500.00\"")}} },
              "steps": [
                { "at": "{{Bought}}Z", "call": "open", "args": { "premium": "{{Premium:F2}} {{(IsPut ? "DOLLAR" : "USD")}}" }, "by": ["K.alice", "K.bob"] },
                { "at": "{{Maturity}}Z", "call": "exercise", {{(Pays ? "" : "\"reject\": \"NotInTheMoney\", ")}}{{Fixing()}} },
                {{(Pays ? "" : $"{{ \"at\": \"{Later}Z\", \"call\": \"expire\" }},")}}
                { "at": "{{(Pays ? Settled : Later)}}Z", "call": "settle" }
              ]
            }
            """);

        // An option that is not exercised is dead when its window is over.
        private string Later => DateTime.Parse(Maturity, CultureInfo.InvariantCulture).AddDays(3).AddSeconds(1).ToString("s", CultureInfo.InvariantCulture);

        private string Fixing() => IsPut
            ? string.Create(CultureInfo.InvariantCulture, $"\"by\": [\"K.bob\"], \"args\": {{ \"fix\": {{ \"by\": \"K.feed\", \"value\": {{ \"price\": \"{Spot:F2}\", \"time\": \"{Maturity}Z\" }} }} }}")
            : string.Create(CultureInfo.InvariantCulture, $"\"args\": {{ \"spot\": \"{Spot:F2}\" }}");
    }
}
