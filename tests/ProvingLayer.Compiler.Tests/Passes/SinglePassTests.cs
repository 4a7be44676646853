using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Passes;

/// <summary>Each pass by itself, text in and text out; and what goes in means what comes out, on all values of small inputs.</summary>
public class SinglePassTests
{
    [Theory]
    [InlineData("fold", "a = input 0..9; b = 2; c = 3; d = mul b c; e = add a d; output e", "v0 = input 0..9; v1 = 2; v2 = 3; v3 = 6; v4 = add v0 v3; output v4")]
    [InlineData("fold", "a = input 0..9; z = 0; b = add a z; output b", "v0 = input 0..9; v1 = 0; output v0")]
    [InlineData("fold", "a = input 0..9; o = 1; b = mul a o; output b", "v0 = input 0..9; v1 = 1; output v0")]
    [InlineData("fold", "a = input 0..9; t = 20; l = less a t; x = select l a t; output x", "v0 = input 0..9; v1 = 20; v2 = true; output v0")]
    [InlineData("fold", "a = input 0..9; n = narrow a 0..20; output n", "v0 = input 0..9; output v0")]
    [InlineData("fold", "c = input bool; n = not c; m = not n; output m", "v0 = input bool; v1 = not v0; output v0")]
    [InlineData("fold", "a = input 0..9; t = true; require t Never; output a", "v0 = input 0..9; v1 = true; output v0")]
    [InlineData("fold", "a = input 0..9; f = false; require f Always; output a", "v0 = input 0..9; v1 = false; require v1 Always; output v0")]
    [InlineData("fold", "a = input 0..9; n = narrow a 3..5; output n", "v0 = input 0..9; v1 = narrow v0 3..5 OutOfRange; output v1")]
    [InlineData("share", "a = input 0..9; b = input 0..9; c = add a b; d = add b a; e = mul c d; output e", "v0 = input 0..9; v1 = input 0..9; v2 = add v0 v1; v3 = mul v2 v2; output v3")]
    [InlineData("share", "a = input 0..9; b = input 0..9; c = sub a b; d = sub b a; output c; output d", "v0 = input 0..9; v1 = input 0..9; v2 = sub v0 v1; v3 = sub v1 v0; output v2; output v3")]
    [InlineData("share", "a = input 0..9; n = narrow a 0..5 First; m = narrow a 0..5 Second; output m", "v0 = input 0..9; v1 = narrow v0 0..5 First; output v1")]
    [InlineData("share", "a = input 0..9; n = narrow a 0..5 First; m = narrow a 0..4 Second; output m", "v0 = input 0..9; v1 = narrow v0 0..5 First; v2 = narrow v0 0..4 Second; output v2")]
    [InlineData("share", "a = input 0..9; b = input 1..9; q r = divrem a b; s t = divrem a b; output q; output t", "v0 = input 0..9; v1 = input 1..9; v2 v3 = divrem v0 v1; output v2; output v3")]
    [InlineData("sweep", "a = input 0..9; b = input 0..9; c = add a b; d = mul a a; output d", "v0 = input 0..9; v1 = input 0..9; v2 = mul v0 v0; output v2")]
    [InlineData("sweep", "a = input 0..9; b = 5; l = less a b; require l Small; c = mul a a", "v0 = input 0..9; v1 = 5; v2 = less v0 v1; require v2 Small")]
    [InlineData("sweep", "a = input 0..9; n = narrow a 0..5; c = mul n n", "v0 = input 0..9; v1 = narrow v0 0..5 OutOfRange")]
    public void Pass_makes_of_one_text_another(string pass, string before, string after)
    {
        var function = IrText.Read(before.Replace("; ", "\n", StringComparison.Ordinal));
        var passed = Pass.RunAll(function, [Pass.Pipeline.Single(p => p.Name == pass)]);
        Assert.Equal(after.Replace("; ", "\n", StringComparison.Ordinal), IrText.Print(passed));
        foreach (var inputs in Inputs(function.Inputs.Length))
        {
            var given = function.Inputs.Select((input, i) => input.Type.Kind == ScalarKind.Boolean ? Scalar.Of(inputs[i] % 2 == 1) : Scalar.Of(inputs[i])).ToArray();
            var (expected, actual) = (Interpreter.Run(function, given), Interpreter.Run(passed, given));
            Assert.Equal(expected.Failure?.Failure.Name, actual.Failure?.Failure.Name);
            Assert.True(expected.Outputs.SequenceEqual(actual.Outputs), string.Join(" ", inputs));
        }
    }

    [Fact]
    public void Every_pass_has_its_texts()
    {
        var tested = typeof(SinglePassTests).GetMethod(nameof(Pass_makes_of_one_text_another))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(d => (string)d.GetData(null!).Single()[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Pass.Pipeline.Select(p => p.Name.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<int[]> Inputs(int count) => count switch
    {
        0 => [[]],
        1 => Enumerable.Range(0, 11).Select(a => new[] { a }),
        _ => Enumerable.Range(0, 11).SelectMany(a => Enumerable.Range(0, 11).Select(b => new[] { a, b })),
    };
}
