using System.Numerics;
using CsCheck;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Tests.Circuits;

/// <summary>Random circuits against integers: execution equals the model, the checker accepts, key generation may proceed.</summary>
public class RandomCircuits
{
    private static readonly BigInteger Bound = BigInteger.One << 128;

    private static readonly UInt128[] Edges =
        [0, 1, 0xffff, 0x10000, UInt128.MaxValue, UInt128.MaxValue - 1, UInt128.One << 127];

    private static readonly Gen<UInt128> Word = Gen.OneOf(
        Gen.ULong.Select(low => (UInt128)low),
        Gen.Select(Gen.ULong, Gen.ULong).Select((high, low) => new UInt128(high, low)),
        Gen.Int[0, 6].Select(i => Edges[i]));

    private static readonly Gen<(UInt128[] Inputs, int[] Script)> Programs =
        Gen.Select(Word.Array[1, 4], Gen.Int[0, int.MaxValue - 1].Array[1, 40]);

    [Fact]
    public void Random_circuits_compute_what_integers_say() => Programs.Sample(p => Run(p.Inputs, p.Script), iter: 250);

    [Fact]
    [Trait("Category", "Long")]
    public void Random_circuits_compute_what_integers_say_at_length() => Programs.Sample(p => Run(p.Inputs, p.Script), iter: 3000);

    private static void Run(UInt128[] inputs, int[] script)
    {
        var builder = new CircuitBuilder();
        var words = new List<(Cell Cell, BigInteger Value)>();
        var booleans = new List<(Cell Cell, bool Value)> { (builder.Zero, false), (builder.One, true) };
        for (var i = 0; i < inputs.Length; i++)
            words.Add((builder.Input(CellType.Word, i), inputs[i]));
        foreach (var step in script)
            Step(builder, words, booleans, step);
        builder.Output("words", [.. words.Select(w => w.Cell)]);
        builder.Output("booleans", [.. booleans.Select(b => b.Cell)]);
        var circuit = builder.Build();

        var result = CircuitExecutor.Run(circuit, [.. inputs.Select(CellValue.Word)]);
        Assert.True(result.Succeeded, string.Join('\n', result.Failures));
        Assert.Equal(words.Select(w => w.Value), result.Outputs[0].Values.Select(v => (BigInteger)v.ToUInt128()));
        Assert.Equal(booleans.Select(b => CellValue.Boolean(b.Value)), result.Outputs[1].Values);
        var report = ConstraintChecker.Check(circuit, result.Trace!);
        Assert.True(report.Holds, report.ToString());
        Assert.Empty(CircuitRules.Check(circuit));
        Assert.True(CircuitFormat.TryRead(CircuitFormat.ToBytes(circuit), out var again, out _));
        Assert.Equal(circuit.ToText(), again.ToText());
    }

    private static void Step(CircuitBuilder builder, List<(Cell Cell, BigInteger Value)> words, List<(Cell Cell, bool Value)> booleans, int step)
    {
        var random = new Random(step);
        var (a, b, e, f) = (Pick(words), Pick(words), Pick(words), Pick(words));
        var (c, d) = (Pick(booleans), Pick(booleans));
        switch (random.Next(12))
        {
            case 0:
                var sum = a.Value + b.Value + (c.Value ? 1 : 0);
                var added = builder.Add(a.Cell, b.Cell, c.Cell);
                words.Add((added.Sum, sum % Bound));
                booleans.Add((added.Carry, sum >= Bound));
                break;
            case 1:
                var difference = a.Value - b.Value - (c.Value ? 1 : 0);
                var subtracted = builder.Subtract(a.Cell, b.Cell, c.Cell);
                words.Add((subtracted.Difference, (difference + Bound) % Bound));
                booleans.Add((subtracted.Borrow, difference < 0));
                break;
            case 2:
                var product = (a.Value * b.Value) + e.Value + f.Value;
                var (high, low) = builder.MultiplyAdd(a.Cell, b.Cell, e.Cell, f.Cell);
                words.Add((high, product / Bound));
                words.Add((low, product % Bound));
                break;
            case 3:
                words.Add((builder.Select(c.Cell, a.Cell, b.Cell), c.Value ? a.Value : b.Value));
                break;
            case 4:
                booleans.Add((builder.Equal(a.Cell, b.Cell), a.Value == b.Value));
                break;
            case 5:
                var limbs = random.Next(1, 8);
                var (lower, upper) = builder.Split(a.Cell, limbs);
                words.Add((lower, a.Value % (BigInteger.One << (16 * limbs))));
                words.Add((upper, a.Value >> (16 * limbs)));
                words.Add((builder.Pack(lower, upper, limbs), a.Value));
                break;
            case 6:
                booleans.Add((builder.And(c.Cell, d.Cell), c.Value && d.Value));
                booleans.Add((builder.Or(c.Cell, d.Cell), c.Value || d.Value));
                booleans.Add((builder.Xor(c.Cell, d.Cell), c.Value ^ d.Value));
                booleans.Add((builder.AndNot(c.Cell, d.Cell), c.Value && !d.Value));
                booleans.Add((builder.Not(c.Cell), !c.Value));
                break;
            case 7:
                words.Add((builder.ToWord(c.Cell), c.Value ? 1 : 0));
                booleans.Add((builder.Bits(c.Cell, 1)[0], c.Value));
                break;
            case 8:
                var parts = builder.Advise(AdviceKind.DivRem, [a.Cell, b.Cell, e.Cell], [CellType.Word, CellType.Word, CellType.Word], [2, 2]);
                var numerator = a.Value + (b.Value << 128);
                var quotient = e.Value.IsZero ? 0 : BigInteger.DivRem(numerator, e.Value).Quotient;
                words.Add((parts[0], quotient % Bound));
                words.Add((parts[1], quotient >> 128));
                words.Add((parts[2], e.Value.IsZero ? a.Value : numerator % e.Value));
                break;
            case 9:
                var bits = random.Next(128);
                var shifted = builder.Advise(AdviceKind.ShiftRight, [a.Cell], [CellType.Word, CellType.Word], [bits]);
                words.Add((shifted[0], a.Value >> bits));
                words.Add((shifted[1], a.Value % (BigInteger.One << bits)));
                break;
            case 10:
                words.Add((builder.ConstantWord((UInt128)a.Value), a.Value));
                builder.AssertEqual(a.Cell, words[^1].Cell, "a constant of its value");
                break;
            default:
                booleans.Add((builder.Select(c.Cell, d.Cell, builder.Zero), c.Value && d.Value));
                builder.AssertAtMost(a.Cell, builder.ConstantWord(UInt128.MaxValue), "at most the greatest");
                break;
        }

        (Cell Cell, TValue Value) Pick<TValue>(List<(Cell Cell, TValue Value)> list) => list[random.Next(list.Count)];
    }
}
