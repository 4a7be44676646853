using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Compiler.Tests.Examples;

namespace ProvingLayer.Compiler.Tests.Testing;

/// <summary>A failure tells the arms, turns and calls that led to it, and only those that were taken.</summary>
public class FailurePathTests
{
    private const string Program = """
        error TooMuch;
        asset USD { decimals: 2 }
        enum Side { Long, Short { fee: qty<USD> } }

        fn pay(q: qty<USD>, most: qty<USD>) -> qty<USD> {
            require q <= most else TooMuch;
            most - q
        }

        machine M {
            data { owner: key, mut left: qty<USD> = 5.00 USD }
            state Live
            invariant some_left: match self { Live => if left > 3.00 USD { left != 4.00 USD } else { left < 2.00 USD } };
            transition start : init -> Live { become Live; }
            transition go(parts: [qty<USD>; 3], side: Side, really: bool, who: key) : Live -> Live {
                for i in 0..3 {
                    if really || parts[i] > 100 USD {
                        match side {
                            Long => { left = pay(parts[i], left); }
                            Short { fee } => { require fee == 0 implies parts[i] / fee > 0 else TooMuch; }
                        }
                    } else {
                        require who == owner else TooMuch;
                    }
                }
                stay;
            }
        }

        """;

    [Theory]
    [InlineData("m.go(parts: [1.00 USD, 2.00 USD, 2.01 USD], side: Side.Long, really: true, who: K.a);", """
        TooMuch: q 2.01 USD > most 2.00 USD
        16 Turn for i in 0..3, at 2
        17 If if really || parts[i] > 100 USD
        19 Match arm Long
        19 Call pay(…)
        """)]
    [InlineData("m.go(parts: [1.00 USD, 0, 0], side: Side.Short { fee: 0 }, really: true, who: K.a);", """
        DivisionByZero: fee is 0
        16 Turn for i in 0..3, at 0
        17 If if really || parts[i] > 100 USD
        20 Match arm Short { fee }
        20 If if fee == 0
        """)]
    [InlineData("m.go(parts: [1.00 USD, 0, 0], side: Side.Long, really: false, who: K.b);", """
        TooMuch: who KEY-b != owner KEY-a
        16 Turn for i in 0..3, at 0
        17 If else of if really || parts[i] > 100 USD
        """)]
    [InlineData("m.go(parts: [1.00 USD, 0, 0], side: Side.Long, really: true, who: K.b);", """
        InvariantBroken: invariant some_left: left 4.00 USD == 4 USD
        13 Match arm Live
        13 If if left > 3.00 USD
        """)]
    [InlineData("m.go(parts: [1.00 USD, 1.00 USD, 0], side: Side.Long, really: true, who: K.b);", """
        InvariantBroken: invariant some_left: left 3.00 USD >= 2 USD
        13 Match arm Live
        13 If else of if left > 3.00 USD
        """)]
    [InlineData("require pay(1.00 USD, 0) == 0 else TooMuch;", "TooMuch: q 1.00 USD > most 0.00 USD\n31 Call pay(…)")]
    public void The_way_to_a_check(string statement, string expected)
    {
        var failure = Fail($"{Program}test \"t\" {{\nlet m = M.new(owner: K.a); m.start();\n{statement}\n}}");
        var cause = failure.Cause!;
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', [$"{cause.Name}: {Short(cause.Message)}", .. cause.Path.Select(Line)]));
        Assert.Empty(failure.Path);
    }

    [Fact]
    public void Arms_and_turns_of_a_test_are_told_too()
    {
        var failure = Fail($"{Program}test \"t\" {{\nlet m = M.new(owner: K.a); m.start();\nfor n in 3..5 {{\nif n == 4 {{\nmatch m.left == 5.00 USD {{ false => {{ }} true => {{ assert m.left == 6.00 USD; }} }} }} }} }}");
        Assert.Equal(["31 Turn for n in 3..5, at 4", "32 If if n == 4", "33 Match arm true"], failure.Path.Select(Line));
    }

    /// <summary>Where a check stands says nothing of what it is: passes share and fold as before.</summary>
    [Fact]
    public void Frames_are_no_part_of_a_failure()
    {
        var plain = IrFailure.Of(FailureKind.Assert, "A", "a");
        Assert.Equal(plain, plain with { Frame = new(null, FrameKind.Turn, "i = 1", IrMark.None) });
    }

    private static string Line(FailureFrame frame) => $"{frame.Mark.Line} {frame.Kind} {frame.Text}";

    private static string Short(string message) => message
        .Replace($"0x{Constraints.Encoding.Digests.OfTestKey("a")}", "KEY-a", StringComparison.Ordinal)
        .Replace($"0x{Constraints.Encoding.Digests.OfTestKey("b")}", "KEY-b", StringComparison.Ordinal);

    private static TestFailure Fail(string text)
    {
        var result = Assert.Single(TestRunner.Run(Programs.Bind(text), null, new CircuitCheck(), new()));
        return result.Failure ?? throw new InvalidOperationException("nothing failed");
    }
}
