using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Scenarios;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;

namespace ProvingLayer.Compiler.Tests.Examples;

/// <summary>The payment on Bitcoin: block 170 beside its circuit, and what is no payment.</summary>
public class PaymentTests
{
    private const string Example = "09-bitcoin-payment";

    private static readonly Language.Bound.BoundProgram payment = Compilation.Check(
        [new SourceFile("payment.tenor", File.ReadAllText(Repository.PathOf("examples", Example, "payment.tenor")))]);

    public static TheoryData<string> Tests => [.. payment.Tests.Select(t => t.Title)];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Tests_of_the_payment_hold(string title)
    {
        Assert.Empty(payment.Diagnostics);
        var result = Assert.Single(TestRunner.Run(payment, t => t.Title == title, new CircuitCheck(), new DiagnosticBag()));
        Assert.True(result.IsPassed, result.Failure?.ToString());
    }

    [Fact]
    public void Block_170_is_accepted_by_interpreter_and_circuit()
    {
        var run = Run(text => text);
        Assert.Empty(run.Errors);
        Assert.True(Assert.Single(run.Steps).Result.IsAccepted);
    }

    [Theory]
    [InlineData("283e9e70\"", "283e9e71\"", "NotMined")] // the last byte of the nonce
    [InlineData("cad7b148a6909a5cb2e0ead", "cad7b148a6909a5cb2e0eae", "NotInBlock")] // a byte of the second output
    [InlineData("\"payee\": \"0x04", "\"payee\": \"0x05", "OtherPayee")]
    [InlineData("\"10 BTC\"", "\"10.00000001 BTC\"", "TooLittle")]
    public void C17_What_is_no_such_payment_is_refused_by_name(string old, string changed, string error)
    {
        var run = Run(text => text.Replace(old, changed, StringComparison.Ordinal));
        Assert.Contains(error, Assert.Single(run.Errors).Message, StringComparison.Ordinal);
    }

    private static ScenarioRun Run(Func<string, string> change)
    {
        var text = File.ReadAllText(Repository.PathOf("examples", Example, "scenarios", "block-170.json"));
        return Scenario.Run(payment, System.Text.Encoding.UTF8.GetBytes(change(text)), SaltSource.Fixed(), new CircuitCheck());
    }
}
