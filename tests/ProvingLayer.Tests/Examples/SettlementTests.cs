using System.Globalization;
using System.Numerics;
using System.Text;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Tests.CommandLine;
using Program = ProvingLayer.Tests.Programs.Examples;

namespace ProvingLayer.Tests.Examples;

/// <summary>Example 03, workload W1: a payoff between two accounts of a map, against whole numbers that know nothing of it; from source to verdict.</summary>
public sealed class SettlementTests
{
    private const ulong Unit = 100_000_000;

    [Fact]
    public void Every_scenario_of_the_folder_goes_as_it_says()
    {
        var files = Directory.GetFiles(Program.Scenarios(Program.Settlement), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(Program.Run(Program.Settlement, File.ReadAllBytes(file)).Errors));
    }

    /// <summary>Both balances afterwards are what they must be to the last unit: that much can be paid, one more cannot.</summary>
    [Theory]
    [InlineData(105 * Unit, 100 * Unit, 3 * Unit, 20 * Unit, 7ul)]
    [InlineData(100 * Unit, 105 * Unit, 3 * Unit, 0ul, 0ul)] // spot below strike
    [InlineData(Unit + 1, Unit, Unit - 1, 5ul, 0ul)] // 99,999,999 / 10^8: nothing
    [InlineData(Unit + 1, Unit, Unit, 5ul, 0ul)] // one smallest unit
    [InlineData(Unit + 3, Unit, Unit + (Unit / 2), 4ul, 1ul)] // 4.5, rounded down
    [InlineData(Unit + 3, Unit, Unit + (Unit / 2), 3ul, 1ul)] // one more than the writer has
    [InlineData(ulong.MaxValue, 0ul, Unit, ulong.MaxValue, 0ul)]
    [InlineData(ulong.MaxValue, 0ul, Unit, ulong.MaxValue, 1ul)] // the holder's balance would not fit
    [InlineData(ulong.MaxValue, 0ul, ulong.MaxValue, ulong.MaxValue, 0ul)] // the payoff would not fit
    [InlineData(ulong.MaxValue, 1ul, Unit, ulong.MaxValue - 1, 1ul)] // both at their most
    public void Payoff_and_both_balances_are_exact(ulong spot, ulong strike, ulong quantity, ulong writer, ulong holder)
    {
        var payoff = BigInteger.Max((BigInteger)spot - strike, 0) * quantity / Unit;
        var error = payoff > ulong.MaxValue ? "OutOfRange" : payoff > writer ? "Uncovered" : holder + payoff > ulong.MaxValue ? "OutOfRange" : null;
        var (writerAfter, holderAfter) = error is null ? (writer - payoff, holder + payoff) : (writer, holder);
        var steps = new List<string> { Step("start"), Open(7, writer), Open(1_048_575, holder), Open(3, 0), Settle(spot, strike, quantity, 1_048_575, 7, error) };
        foreach (var (account, balance) in new[] { (7, writerAfter), (1_048_575, holderAfter) })
        {
            if (balance < ulong.MaxValue)
            {
                steps.Add(Settle(balance + 1, 0, Unit, 3, account, "Uncovered"));
            }

            steps.Add(Settle(balance, 0, Unit, 3, account, null));
            steps.Add(Settle(balance, 0, Unit, account, 3, null)); // and back
        }

        Assert.Empty(Program.Run(Program.Settlement, Encoding.UTF8.GetBytes($"{{\"machine\": \"Settlement\", \"new\": {{}}, \"steps\": [{string.Join(",\n", steps)}]}}")).Errors);
    }

    [Fact]
    public void A_settlement_is_proved_and_its_statement_shows_the_spot_alone()
    {
        var run = Program.Run(Program.Settlement, File.ReadAllBytes(Path.Combine(Program.Scenarios(Program.Settlement), "settled.json")));
        var (prover, input) = Program.Steps(run, Profile.Test).Last();
        Assert.True(prover.Key.IsHiding);
        var proof = prover.Prove(input);
        Assert.Equal("settle", proof.Statement.Function.Name);
        Assert.Equal(["args.spot"], proof.Statement.Opened.Keys);
        Assert.Equal(10_500_000_000, proof.Statement.Opened["args.spot"].Number);
        Assert.True(TenorVerifier.Verify(prover.Key, proof.Statement, proof.Proof, new() { AllowTestProfile = true }).IsAccepted);
    }

    /// <summary>By the executable alone: check, test, run, build, prove, verify.</summary>
    [Fact]
    public void From_source_to_verdict_on_the_command_line()
    {
        using var folder = new TemporaryFolder();
        Tenor.Run("check", Program.Settlement).Exits(0);
        Assert.Equal(0, Tenor.Run("test", Program.Settlement, "--format", "json").Exits(0).Json.GetProperty("failed").GetInt32());
        var ran = Tenor.Run("run", Program.Settlement, "examples/03-settlement/scenarios/settled.json", "--inputs", folder["steps"], "--format", "json").Exits(0).Json;
        Assert.Equal(["start", "open", "open", "settle", "settle", "settle"], ran.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("call").GetString()));
        Tenor.Run("build", Program.Settlement, "-o", folder["out"]).Exits(0);
        var (proof, statement, key) = (folder["settle.proof"], folder["settle.json"], folder["out/Settlement.vkey"]);
        var proved = Tenor.Run("prove", folder["out/Settlement.tnart"], "--input", folder["steps/4-settle.json"], "-o", proof, "--statement", statement, "--format", "json").Exits(0).Json;
        Assert.True(proved.GetProperty("zeroKnowledge").GetBoolean());
        Assert.True(proved.GetProperty("securityBits").GetDouble() >= 100);
        Tenor.Run("verify", proof, "--key", key, "--statement", statement).Exits(0);

        var other = File.ReadAllText(statement).Replace("10500000000", "10500000001", StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllText(statement), other);
        Tenor.Run("verify", proof, "--key", key, "--statement", folder.Write("other.json", other)).Exits(4);

        // The witness of the map is an input like any other: another balance is no leaf of it.
        var input = File.ReadAllText(folder["steps/4-settle.json"]);
        var lie = input.Replace("\"100000000000\"", "\"100000000001\"", StringComparison.Ordinal);
        Assert.NotEqual(input, lie);
        var refused = Tenor.Run("prove", folder["out/Settlement.tnart"], "--input", folder.Write("lie.json", lie), "-o", folder["lie.proof"], "--statement", folder["lie.statement"]).Exits(1);
        Assert.Contains("settlement.tenor(", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["lie.proof"]));
    }

    private static string Open(int account, ulong balance) => Step("open", string.Create(CultureInfo.InvariantCulture, $"\"account\": \"{account}\", \"balance\": \"{balance}\""));

    private static string Settle(BigInteger spot, ulong strike, ulong quantity, int holder, int writer, string? reject) => Step("settle", string.Create(
        CultureInfo.InvariantCulture, $"\"spot\": \"{spot}\", \"strike\": \"{strike}\", \"quantity\": \"{quantity}\", \"holder\": \"{holder}\", \"writer\": \"{writer}\""), reject);

    private static string Step(string call, string arguments = "", string? reject = null) =>
        $"{{\"at\": \"2026-06-26T08:00:00Z\", \"call\": \"{call}\", \"args\": {{{arguments}}}{(reject is null ? "" : $", \"reject\": \"{reject}\"")}}}";
}
