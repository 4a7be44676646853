using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.TestSupport;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Examples;

/// <summary>
/// Example 01: every contract on the market data pays what decimal arithmetic says that it pays, on both sides, in the interpreter, in the circuit and
/// in the constraint check.
/// </summary>
public class OptionTests
{
    private const decimal Cap = 300.00m;
    private const decimal Premium = 123.45m;
    private const int Size = 7;

    private static readonly (string Share, string Date, decimal Close)[] Closes =
    [
        ("AAPL", "2020-03-30", 63.70m), ("AAPL", "2020-06-30", 91.20m), ("AAPL", "2020-09-30", 115.81m),
        ("MSFT", "2020-03-30", 160.23m), ("MSFT", "2020-06-30", 203.50m), ("MSFT", "2020-09-30", 210.33m),
    ];

    public static TheoryData<bool, string, string, decimal, decimal> Contracts
    {
        get
        {
            var contracts = new TheoryData<bool, string, string, decimal, decimal>();
            foreach (var (share, date, close) in Closes)
            {
                foreach (var strike in new[] { 80m, 160m, 200m, 250m })
                {
                    contracts.Add(true, share, date, close, strike);
                    contracts.Add(false, share, date, close, strike);
                }
            }

            return contracts;
        }
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Payoffs_are_exact_to_the_cent_on_both_sides_and_flows_balance(bool isPut, string share, string date, decimal close, decimal strike)
    {
        var payoff = Size * Math.Max(isPut ? strike - close : close - strike, 0);
        var run = Program.Run(Program.Options, Life(isPut, share, date, close, strike, Cap, payoff > 0));
        Assert.Empty(run.Errors);
        Assert.Equal(payoff - Premium, FlowOf(run, "K.bob"));
        Assert.Equal(Premium - payoff, FlowOf(run, "K.alice"));
        Assert.Equal("Settled", run.Steps[^1].State);
        Assert.All(run.Steps[^1].Balances, balance => Assert.StartsWith("0.00", balance.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100, 20)]
    [InlineData(115.81, 35.81)]
    [InlineData(115.80, 35.80)]
    [InlineData(115.82, 35.81)]
    public void A_call_pays_up_to_its_cap_and_no_more(double cap, double perShare)
    {
        var run = Program.Run(Program.Options, Life(false, "AAPL", "2020-09-30", 115.81m, 80m, (decimal)cap, true));
        Assert.Empty(run.Errors);
        Assert.Equal((Size * (decimal)perShare) - Premium, FlowOf(run, "K.bob"));
    }

    [Fact]
    public void The_example_lists_the_closes_that_are_tested()
    {
        var lines = File.ReadAllLines(Repository.PathOf("examples", "01-european-option", "closes.csv")).Skip(1);
        Assert.Equal(Closes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Share},{c.Date},{c.Close:F2}")), lines);
    }

    [Fact]
    public void Every_scenario_of_the_folder_goes_as_it_says()
    {
        var files = Directory.GetFiles(Program.Scenarios(Program.Options), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(Program.Run(Program.Options, File.ReadAllBytes(file)).Errors));
    }

    [Theory]
    [InlineData(true, 80)]
    [InlineData(false, 160)]
    public void Sampled_steps_prove_and_verify_under_the_test_profile(bool isPut, double strike) =>
        ProveAll(Program.Run(Program.Options, Life(isPut, "AAPL", "2020-03-30", 63.70m, (decimal)strike, Cap, isPut)), Profile.Test);

    [Trait("Category", "Long")]
    [Theory]
    [MemberData(nameof(Contracts))]
    public void Every_step_of_every_contract_proves_and_verifies_at_the_standard_profile(bool isPut, string share, string date, decimal close, decimal strike) =>
        ProveAll(Program.Run(Program.Options, Life(isPut, share, date, close, strike, Cap, isPut ? strike > close : close > strike)), Profile.Standard);

    [SharedDataFact("actus/optns.json")]
    public void Settlements_agree_with_the_published_test_cases_of_options_on_the_same_closes()
    {
        var compared = 0;
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("actus/optns.json")));
        foreach (var test in document.RootElement.EnumerateObject().Select(property => property.Value))
        {
            var terms = test.GetProperty("terms");
            var type = Text(terms, "optionType");
            var share = terms.GetProperty("contractStructure")[0].GetProperty("object").TryGetProperty("marketObjectCode", out var code) ? code.GetString() : null;
            if (Text(terms, "optionExerciseType") != "E" || type is not ("C" or "P") || share is not ("AAPL" or "MSFT") || Text(terms, "contractRole") != "BUY")
            {
                continue;
            }

            var date = Text(terms, "maturityDate")![..10];
            if (Closes.All(c => c.Share != share || c.Date != date))
            {
                continue;
            }

            var close = Closes.First(c => c.Share == share && c.Date == date).Close;
            var strike = decimal.Parse(Text(terms, "optionStrike1")!.Trim(), CultureInfo.InvariantCulture);
            var expected = test.GetProperty("results").EnumerateArray()
                .Where(e => e.GetProperty("eventType").GetString() is "STD" or "XD").Sum(e => e.GetProperty("payoff").GetDecimal());
            var run = Program.Run(Program.Options, Life(type == "P", share, date, close, strike, 400m, expected > 0));
            Assert.Empty(run.Errors);
            Assert.Equal(Size * expected, FlowOf(run, "K.bob") + Premium);
            compared++;
        }

        Assert.True(compared > 0, "no published case could be compared");
    }

    private static string? Text(JsonElement terms, string name) => terms.TryGetProperty(name, out var value) ? value.GetString() : null;

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

        Assert.True(count >= 3);
    }

    private static decimal FlowOf(ScenarioRun run, string party) =>
        (decimal)run.Flows.Where(flow => run.NameOf(flow.Party) == party).Aggregate(BigInteger.Zero, (sum, flow) => sum + flow.Amount) / 100;

    private static byte[] Life(bool isPut, string share, string date, decimal close, decimal strike, decimal cap, bool pays)
    {
        var name = (share == "AAPL" ? "Apple" : "Microsoft") + (isPut ? "Put" : "Call");
        var closed = DateTime.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:01Z";
        var terms = string.Create(CultureInfo.InvariantCulture,
            $"\"writer\": \"K.alice\", \"holder\": \"K.bob\", \"strike\": \"{strike:F2}\", \"size\": \"{Size} {share}\", \"expiry\": \"{date}T00:00:00Z\"");
        terms += isPut ? "" : string.Create(CultureInfo.InvariantCulture, $", \"cap\": \"{cap:F2}\"");
        var exercise = string.Create(CultureInfo.InvariantCulture, $"{{\"at\": \"{date}T00:00:00Z\", \"call\": \"exercise\", \"args\": {{\"spot\": \"{close:F2}\"}}");
        return Encoding.UTF8.GetBytes(
            $"{{\"machine\": \"{name}\", \"new\": {{{terms}}}, \"steps\": [" +
            string.Create(CultureInfo.InvariantCulture, $"{{\"at\": \"2020-01-02T00:00:00Z\", \"call\": \"open\", \"args\": {{\"premium\": \"{Premium:F2} USD\"}}, \"by\": [\"K.alice\", \"K.bob\"]}}, ") +
            (pays ? $"{exercise}}}, " : $"{exercise}, \"reject\": \"NotInTheMoney\"}}, {{\"at\": \"{closed}\", \"call\": \"expire\"}}, ") +
            $"{{\"at\": \"{closed}\", \"call\": \"settle\"}}]}}");
    }
}
