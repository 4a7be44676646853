using System.Globalization;
using System.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Examples;

/// <summary>Example 02: balances sum to what is disclosed, and each is covered; to the last unit.</summary>
public class SolvencyTests
{
    [Fact]
    public void Every_scenario_of_the_folder_goes_as_it_says()
    {
        var files = Directory.GetFiles(Program.Scenarios(Program.Solvency), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(Program.Run(Program.Solvency, File.ReadAllBytes(file)).Errors));
    }

    [Theory]
    [InlineData("1000.00", "0.5", null)]
    [InlineData("1000.00", "0.499999999999999999", "Uncovered")]
    [InlineData("1000.01", "0.5", "Uncovered")]
    [InlineData("0.01", "0.000005", null)]
    [InlineData("0.01", "0.000004999999999999", "Uncovered")]
    [InlineData("0", "0", null)]
    public void Cover_is_exact_to_the_last_unit(string owed, string held, string? reject)
    {
        var run = Program.Run(Program.Solvency, Scenario([(owed, held)], "2500.00", "1.25", reject));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void The_disclosed_total_is_the_sum_and_is_proved()
    {
        var accounts = Enumerable.Range(1, 16).Select(i => (Owed: 1000.01m * i, Held: 10m * i)).ToArray();
        var run = Program.Run(Program.Solvency, Scenario([.. accounts.Select(a => (Text(a.Owed), Text(a.Held)))], "2500.00", "1.25", null));
        Assert.Empty(run.Errors);
        var (prover, input) = Assert.Single(Program.Steps(run, Profile.Test));
        var proof = prover.Prove(input);
        Assert.Equal(accounts.Sum(a => a.Owed) * 100, (decimal)proof.Statement.Opened["result"].Number);
        Assert.True(TenorVerifier.Verify(prover.Key, proof.Statement, proof.Proof, new() { AllowTestProfile = true }).IsAccepted);
        Assert.Equal(["args.price", "args.ratio", "result"], proof.Statement.Opened.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0.00", "1.25")]
    [InlineData("-1.00", "1.25")]
    [InlineData("2500.00", "0.9999")]
    [InlineData("2500.00", "-2")]
    public void Terms_without_sense_are_refused(string price, string ratio) =>
        Assert.Empty(Program.Run(Program.Solvency, Scenario([("0", "0")], price, ratio, "BadTerms")).Errors);

    [Fact]
    public void A_total_beyond_the_range_is_refused_and_does_not_wrap()
    {
        // 2^128 − 1 cents, twice.
        const string most = "3402823669209384634633746074317682114.55";
        Assert.Empty(Program.Run(Program.Solvency, Scenario([(most, "340282366920938463463.374607431768211455")], "9000000000000000000.00", "1", null)).Errors);
        Assert.Empty(Program.Run(Program.Solvency, Scenario([(most, "340282366920938463463.374607431768211455"), (most, "340282366920938463463.374607431768211455")], "9000000000000000000.00", "1", "OutOfRange")).Errors);
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Scenario((string Owed, string Held)[] accounts, string price, string ratio, string? reject)
    {
        var all = accounts.Concat(Enumerable.Repeat(("0", "0"), 16 - accounts.Length)).Select(a => $"{{\"owed\": \"{a.Item1} USD\", \"held\": \"{a.Item2} ETH\"}}");
        return Encoding.UTF8.GetBytes(
            $"{{\"statement\": \"Solvency\", \"args\": {{\"price\": \"{price}\", \"ratio\": \"{ratio}\", \"accounts\": [{string.Join(", ", all)}]}}{(reject is null ? "" : $", \"reject\": \"{reject}\"")}}}");
    }
}
