using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Compiler.Tests.Testing;

namespace ProvingLayer.Compiler.Tests.Scenarios;

public class ScenarioTests
{
    private static readonly Language.Bound.BoundProgram till = Programs.Bind(TestRunnerTests.Till);

    // What a scenario names is bound as it is read, into the tables of the program that all threads share.
    [Fact]
    public void Several_threads_read_values_and_machines_of_one_program() => Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
    {
        var bag = new Language.Diagnostics.DiagnosticBag();
        Assert.NotNull(i % 2 == 0 ? till.ReadValue("K.ann", Language.Types.DigestType.Key, bag) : till.Instantiate("Till", bag));
        Assert.Empty(bag.ToSorted());
    });

    [Fact]
    public void A_machine_lives_as_told_and_reports_states_balances_receipts_events_and_flows()
    {
        var run = Run("""
            {"machine": "Till", "new": {"owner": "K.ann"}, "steps": [
              {"at": "2026-01-01T00:00:00Z", "call": "begin"},
              {"at": "2026-01-01T00:00:00Z", "until": "2026-01-01T01:00:00Z", "call": "pay", "args": {"who": "K.bob", "amount": "1_00.00 EUR", "slot": "1"}, "by": ["K.bob"]},
              {"at": "2026-01-02T00:00:00Z", "call": "close", "reject": "WrongState"}]}
            """);
        Assert.Empty(run.Errors);
        Assert.Equal(["Open", "Busy", "Busy"], run.Steps.Select(s => s.State));
        Assert.Equal("box 100.00 EUR, vip 0.30 EUR", string.Join(", ", run.Steps[1].Balances.Select(b => $"{b.Vault} {b.Text}")));
        Assert.Equal([-30, -10_000], run.Steps[1].Receipts.Select(r => (int)r.Amount));
        Assert.Equal("Paid", Assert.Single(run.Steps[1].Events).Name);
        var flow = Assert.Single(run.Flows);
        Assert.Equal(("K.bob", "till.EUR", -10_030), (run.NameOf(flow.Party), flow.Asset, (int)flow.Amount));
        Assert.Null(run.Steps[2].Inputs);
    }

    [Fact]
    public void The_witness_of_a_step_has_every_input_but_the_programs_digest()
    {
        var run = Run("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "begin"}]}""");
        var step = Assert.Single(run.Steps);
        Assert.Equal(
            step.Function.Inputs.Select(i => i.Name).Where(n => n != "programId").Order(StringComparer.Ordinal),
            step.Inputs!.Keys);
    }

    [Fact]
    public void Salts_drawn_at_random_change_every_root()
    {
        const string text = """{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "begin"}]}""";
        var first = Scenario.Run(till, System.Text.Encoding.UTF8.GetBytes(text), SaltSource.Random()).Steps[0].Result;
        var second = Scenario.Run(till, System.Text.Encoding.UTF8.GetBytes(text), SaltSource.Random()).Steps[0].Result;
        Assert.NotEqual(first.Public("preRoot"), second.Public("preRoot"));
        Assert.NotEqual(first.Public("postRoot"), second.Public("postRoot"));
    }

    [Theory]
    [InlineData("""{""", "not JSON: ")]
    [InlineData("""{"machine": "Till", "machine": "Till"}""", "not JSON: ")]
    [InlineData("""[]""", "an object is expected")]
    [InlineData("""{"machine": "Nil", "new": {}, "steps": []}""", "machine: ")]
    [InlineData("""{"machine": "Till", "steps": []}""", "new: missing")]
    [InlineData("""{"machine": "Till", "new": {}, "steps": []}""", "new.owner: missing")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann", "colour": "red"}, "steps": []}""", "new.colour: unknown; expected are owner, visits, last")]
    [InlineData("""{"machine": "Till", "new": {"owner": 7}, "steps": []}""", "new.owner: a string is expected, with the value written as in the language")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann", "last": ["0 EUR"]}, "steps": []}""", "new.last: an array of 3 is expected")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann", "last": ["0 EUR", "1 XAU", "0 EUR"]}, "steps": []}""", "new.last[1]: ")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann", "visits": "256"}, "steps": []}""", "new.visits: ")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}}""", "steps: an array is expected")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"call": "begin"}]}""", "steps[0].at: missing")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "noon", "call": "begin"}]}""", "steps[0].at: ")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "start"}]}""", "steps[0].call: Till has no transition start; it has begin, pay, spend, close")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "pay"}]}""", "steps[0].args: missing")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "pay", "args": {"who": "K.bob", "amount": "0.001 EUR", "slot": "1"}}]}""", "steps[0].args.amount: ")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "begin", "reject": "TooFew"}]}""", "steps[0].reject: expected TooFew, and nothing failed")]
    [InlineData("""{"machine": "Till", "new": {"owner": "K.ann"}, "steps": [{"at": "2026-01-01T00:00:00Z", "call": "close"}]}""", "steps[0]: : WrongState: close starts from Open, and Till is in init")]
    public void An_error_names_its_place(string json, string message)
    {
        var error = Assert.Single(Run(json).Errors).ToString();
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.True(error.Length > message.Length || !message.EndsWith(": ", StringComparison.Ordinal));
    }

    private static ScenarioRun Run(string json) => Scenario.Run(till, System.Text.Encoding.UTF8.GetBytes(json), SaltSource.Fixed());
}
