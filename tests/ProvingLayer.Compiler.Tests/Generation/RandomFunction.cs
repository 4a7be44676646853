using System.Numerics;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Generation;

/// <summary>
/// Random functions of the Core IR, written as they come: constants among the operands, values that nobody reads, everything twice. What
/// passes have to keep the meaning of. Integers stay below 240 bits.
/// </summary>
internal static class RandomFunction
{
    private const int LargestBits = 240;

    public static IrFunction Of(int seed)
    {
        var random = new Random(seed);
        var builder = new IrBuilder();
        var values = new List<IrValue>();
        for (var i = 0; i < 3; i++)
        {
            Interval interval = random.Next(3) switch { 0 => Interval.Unsigned(16), 1 => Interval.Signed(128), _ => new(-3, 3) };
            values.Add(builder.Input(new($"n{i}", IrInputRole.PrivateArgument, IrType.Integer(interval), ScalarLayout.Signed(128), ScalarFormat.Integer)));
        }

        values.Add(builder.Input(new("b", IrInputRole.PrivateArgument, IrType.Boolean, ScalarLayout.Boolean, ScalarFormat.Boolean)));
        values.Add(builder.Input(new("h", IrInputRole.PrivateArgument, IrType.Digest, ScalarLayout.Digest, ScalarFormat.Digest)));
        values.Add(builder.Constant(false));
        for (var i = 0; i < 60; i++)
            Add();
        var outputs = new List<IrOutput>();
        for (var i = 0; i < 8; i++)
        {
            var value = values[random.Next(values.Count)];
            if (LayoutOf(value) is { } layout)
                outputs.Add(new($"o{i}", IrOutputRole.Result, value, layout, ScalarFormat.Integer));
        }

        return builder.Build($"random{seed}", IrFunctionKind.Expression, 0, [], outputs);

        void Add()
        {
            builder.Mark = new("random", 1, random.Next(1, 80), 1, 81, "");
            switch (random.Next(14))
            {
                case 0:
                    values.Add(builder.Constant(random.Next(4) switch { 0 => BigInteger.Zero, 1 => BigInteger.One, 2 => random.Next(-9, 9), _ => BigInteger.One << random.Next(100) }));
                    break;
                case 1:
                    Small(builder.Add(Number(), Number()));
                    break;
                case 2:
                    Small(builder.Subtract(Number(), Number()));
                    break;
                case 3:
                case 4:
                    var (l, r) = (Number(), Number());
                    if (builder.IntervalOf(l).MagnitudeBits + builder.IntervalOf(r).MagnitudeBits <= LargestBits)
                        values.Add(builder.Multiply(l, r));
                    break;
                case 5:
                    values.Add(builder.Less(Number(), Number()));
                    break;
                case 6:
                    var kind = (ScalarKind)random.Next(3);
                    values.Add(builder.Equal(Any(kind), Any(kind)));
                    break;
                case 7:
                    values.Add(random.Next(2) == 0 ? builder.And(Truth(), Truth()) : builder.Or(Truth(), Truth()));
                    break;
                case 8:
                    values.Add(builder.Not(Truth()));
                    break;
                case 9:
                    var chosen = (ScalarKind)random.Next(3);
                    values.Add(builder.Select(Truth(), Any(chosen), Any(chosen)));
                    break;
                case 10:
                    var (quotient, remainder) = builder.DivRem(Number(), Divisor());
                    values.Add(quotient);
                    values.Add(remainder);
                    break;
                case 11:
                    var narrowed = Number();
                    var interval = builder.IntervalOf(narrowed);
                    var low = random.Next(2) == 0 ? interval.Low : BigInteger.Min(0, interval.High);
                    values.Add(builder.Narrow(narrowed, new(low, BigInteger.Max(low, interval.High - random.Next(3))), Failure(narrowed)));
                    break;
                case 12:
                    // A requirement that holds often, so that not every run ends here.
                    builder.Require(builder.Or(Truth(), builder.Or(Truth(), Truth())), Failure(Number()));
                    break;
                default:
                    var parts = Enumerable.Range(0, random.Next(4)).Select(_ => values[random.Next(values.Count)])
                        .Where(v => LayoutOf(v) is not null)
                        .Select(v => new IrPart(v, LayoutOf(v)!.Value)).ToArray();
                    values.Add(builder.Hash(DomainTag.Result, parts));
                    break;
            }
        }

        void Small(IrValue value)
        {
            if (builder.IntervalOf(value).MagnitudeBits <= LargestBits)
                values.Add(value);
        }

        IrValue Any(ScalarKind kind)
        {
            var candidates = values.Where(v => builder.TypeOf(v).Kind == kind).ToList();
            return candidates[random.Next(candidates.Count)];
        }

        IrValue Number() => Any(ScalarKind.Integer);

        IrValue Truth() => Any(ScalarKind.Boolean);

        IrValue Divisor()
        {
            var positive = values.Where(v => builder.TypeOf(v).Kind == ScalarKind.Integer && builder.IntervalOf(v).Low.Sign > 0).ToList();
            return positive.Count > 0 ? positive[random.Next(positive.Count)] : builder.Constant(random.Next(1, 100));
        }

        IrFailure Failure(IrValue printed) => new(
            FailureKind.Require,
            $"random.E{random.Next(100)}",
            [new MessagePart("it is "), new MessagePart("", printed, null, ScalarFormat.Integer)]);

        ScalarLayout? LayoutOf(IrValue value) => builder.TypeOf(value) switch
        {
            { Kind: ScalarKind.Boolean } => ScalarLayout.Boolean,
            { Kind: ScalarKind.Digest } => ScalarLayout.Digest,
            var type when ScalarLayout.Signed(128).Interval.Contains(type.Interval) => ScalarLayout.Signed(128),
            var type when ScalarLayout.Unsigned(128).Interval.Contains(type.Interval) => ScalarLayout.Unsigned(128),
            _ => null,
        };
    }

    /// <summary>Inputs of such a function.</summary>
    public static Scalar[] Inputs(IrFunction function, Random random) =>
    [
        .. function.Inputs.Select(i => i.Type.Kind switch
        {
            ScalarKind.Integer => Scalar.Of(RandomInputs.Of(i.Type.Interval, random)),
            ScalarKind.Boolean => Scalar.Of(random.Next(2) == 0),
            _ => Scalar.Of(Digests.OfTestKey(random.Next(2) == 0 ? "alice" : "bob")),
        }),
    ];
}
