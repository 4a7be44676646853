using System.Numerics;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Lowering;

public class RoundingTests
{
    private static readonly IrFailure outOfRange = IrFailure.Of(FailureKind.Range, "OutOfRange", "");
    private static readonly IrFailure inexact = IrFailure.Of(FailureKind.Inexact, "NotExact", "");

    public static TheoryData<Rounding> Words => [.. Enum.GetValues<Rounding>().Where(r => r != Rounding.None)];

    [Theory]
    [MemberData(nameof(Words))]
    public void C5_rounding_of_a_quotient_agrees_with_BigInteger(Rounding rounding)
    {
        var function = Quotient(rounding, 6);
        var random = new Random(5);
        foreach (var (n, d) in Pairs(random, 12_000))
            Check(function, n, d, new Rational(n, d) * new Rational(BigInteger.Pow(10, 6)), rounding);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void C5_rounding_of_decimal_places_agrees_with_BigInteger(Rounding rounding)
    {
        var function = Places(rounding);
        var random = new Random(6);
        foreach (var (n, _) in Pairs(random, 12_000))
            Check(function, n, 1, new Rational(n, 10_000), rounding);
        for (var n = -30_000; n <= 30_000; n += 7)
            Check(function, n, 1, new Rational(n, 10_000), rounding);
    }

    [Fact]
    public void C5_every_word_differs_from_every_other_on_some_number()
    {
        var signatures = new HashSet<string>();
        foreach (var rounding in Enum.GetValues<Rounding>().Where(r => r is not (Rounding.None or Rounding.Exactly)))
        {
            var function = Quotient(rounding, 0);
            signatures.Add(string.Join(' ', Enumerable.Range(-9, 19).Select(n => Run(function, n, 4).Output("result"))));
        }

        Assert.Equal(7, signatures.Count);
    }

    [Fact]
    public void C7_a_result_one_past_the_range_fails_by_name_and_the_last_one_inside_does_not()
    {
        var function = Quotient(Rounding.Floor, 0);
        var largest = (BigInteger.One << 127) - 1;
        Assert.Equal(largest, Run(function, largest * 3, 3).Output("result").Number);
        Assert.Equal("OutOfRange", Run(function, (largest + 1) * 3, 3).Failure!.Name);
        Assert.Equal(-largest - 1, Run(function, (-largest - 1) * 3, 3).Output("result").Number);
        Assert.Equal("OutOfRange", Run(function, ((-largest - 1) * 3) - 1, 3).Failure!.Name);
    }

    private static IEnumerable<(BigInteger N, BigInteger D)> Pairs(Random random, int count)
    {
        BigInteger[] edges = [0, 1, 2, 3, (BigInteger.One << 64) - 1, BigInteger.One << 64, (BigInteger.One << 127) - 1];
        foreach (var n in edges)
        {
            foreach (var d in edges.Where(d => d.Sign > 0))
            {
                yield return (n, d);
                yield return (-n, d);
            }
        }

        for (var i = 0; i < count; i++)
        {
            var d = BigInteger.Max(1, RandomInputs.Of(Interval.Unsigned(100), random));
            var n = RandomInputs.Of(Interval.Signed(150), random);

            // Ties and their neighbours come up often, though random numbers never hit them.
            yield return random.Next(3) == 0 ? ((n / (2 * d) * 2 * d) + d + random.Next(-1, 2), 2 * d) : (n, d);
        }
    }

    private static void Check(IrFunction function, BigInteger n, BigInteger d, Rational scaled, Rounding rounding)
    {
        var expected = DirectEvaluation.Round(scaled, rounding);
        var failure = expected is null ? "NotExact" : Interval.Signed(128).Contains(expected.Value) ? null : "OutOfRange";
        var actual = Run(function, n, d);
        Assert.True(failure == actual.Failure?.Name, $"{n} / {d}: {failure} against {actual.Failure}");
        if (failure is null)
            Assert.True(expected == actual.Output("result").Number, $"{n} / {d}: {expected} against {actual.Output("result")}");
    }

    private static RunResult Run(IrFunction function, BigInteger n, BigInteger d) => Interpreter.Run(function, [Scalar.Of(n), Scalar.Of(d)]);

    private static IrFunction Quotient(Rounding rounding, int places) => Build(rounding, NumberType.FixedPoint(places, Unit.None), (n, d) => new(n, d, 0));

    private static IrFunction Places(Rounding rounding) => Build(rounding, NumberType.FixedPoint(2, Unit.None), (n, _) => new(n, null, 6));

    private static IrFunction Build(Rounding rounding, NumberType target, Func<IrValue, IrValue, NumberValue> number)
    {
        var builder = new FoldingBuilder();
        var n = builder.Input(new("n", IrInputRole.PrivateArgument, IrType.Integer(Interval.Signed(200)), ScalarLayout.Quantity, ScalarFormat.Integer));
        var d = builder.Input(new("d", IrInputRole.PrivateArgument, IrType.Integer(new(1, BigInteger.One << 160)), ScalarLayout.Quantity, ScalarFormat.Integer));
        var stored = new Arithmetic(builder).Store(number(n, d), target, rounding, outOfRange, inexact);
        return builder.Build("rounding", IrFunctionKind.Expression, 0, [], [new("result", IrOutputRole.Result, stored.Numerator, ScalarLayout.Signed(128), ScalarFormat.Integer)]);
    }
}
