using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Constraints.Tests.Artifacts;

/// <summary>The ABI's scalars as text and limbs.</summary>
public sealed class AbiTests
{
    private static readonly AbiScalar Price = new(Interval.Signed(128), ScalarLayout.Signed(128), new(FormatKind.Number, 4, "USD/AAPL"));

    [Theory]
    [InlineData("80.00", 800_000)]
    [InlineData("-0.0001", -1)]
    [InlineData("1_000.5", 10_005_000)]
    [InlineData("63.70 USD/AAPL", 637_000)]
    [InlineData("0", 0)]
    public void Numbers_are_read_with_their_places(string text, int expected)
    {
        Assert.True(Price.TryParse(text, out var value, out var error), error);
        Assert.Equal(expected, value.Number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1__0")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("1e5")]
    [InlineData("1.00001")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1.0.0")]
    [InlineData("+1")]
    [InlineData("1 USD")]
    [InlineData("１")]
    [InlineData("1000000000000000000000000000000000000000")]
    public void Malformed_numbers_are_refused(string text) => Assert.False(Price.TryParse(text, out _, out var error) || error.Length == 0);

    [Fact]
    public void Text_and_limbs_lead_back_to_the_value()
    {
        var random = new Random(3);
        AbiScalar[] types =
        [
            Price,
            new(Interval.Unsigned(8), ScalarLayout.Unsigned(8), ScalarFormat.Integer),
            new(Interval.Signed(64), ScalarLayout.Signed(64), ScalarFormat.Integer),
            new(new(0, 253402300799), ScalarLayout.Time, ScalarFormat.Time),
            new(new(0, 253402300799), ScalarLayout.Time, ScalarFormat.Duration),
            new(Interval.Unsigned(128), ScalarLayout.Quantity, new(FormatKind.Number, 18, "ETH")),
        ];
        foreach (var type in types)
        {
            foreach (var number in Gadgets.GadgetCircuit.Samples(type.Interval, random).Concat(Gadgets.GadgetCircuit.Samples(type.Interval, random)))
            {
                var value = Scalar.Of(number);
                Assert.True(type.TryParse(type.Format.Write(value), out var read, out var error), error);
                Assert.Equal(value, read);
                var limbs = new KoalaBear[type.Layout.Limbs];
                type.Layout.Write(value, limbs);
                Assert.True(type.TryReadLimbs(limbs, out read));
                Assert.Equal(value, read);
            }
        }
    }

    /// <summary>What is written as bytes has as many as its greatest value: with fewer there would be values without a text.</summary>
    [Theory]
    [InlineData(0, 24, 3, true)]
    [InlineData(0, 24, 4, true)]
    [InlineData(0, 24, 2, false)]
    [InlineData(-1, 24, 3, false)]
    [InlineData(0, 256, 32, true)]
    [InlineData(0, 256, 31, false)]
    public void P8_Scalars_are_written_as_all_their_bytes(int low, int bits, int bytes, bool accepted)
    {
        var scalar = new AbiScalar(new(low, (BigInteger.One << bits) - 1), ScalarLayout.Unsigned(bits), ScalarFormat.Bytes(bytes));
        var sample = Sample();
        var function = sample.Functions[0];
        var abi = sample with { Functions = [function with { Inputs = [.. function.Inputs.Select(i => i.Name == "args.spot" ? i with { Type = scalar } : i)] }] };
        Assert.Equal(accepted, ReadWhole(Bytes(abi)) is not null);
    }

    [Fact]
    public void P8_Limbs_that_are_no_value_of_the_type_are_refused()
    {
        var small = new AbiScalar(new(0, 100), ScalarLayout.Unsigned(16), ScalarFormat.Integer);
        Assert.False(small.TryReadLimbs([KoalaBear.FromCanonical(101)], out _));
        Assert.False(small.TryReadLimbs([KoalaBear.FromCanonical(1 << 16)], out _));
        Assert.False(small.TryReadLimbs([], out _));
        var boolean = new AbiScalar(default, ScalarLayout.Boolean, ScalarFormat.Boolean);
        Assert.False(boolean.TryReadLimbs([KoalaBear.FromCanonical(2)], out _));
        Assert.False(boolean.TryReadLimbs([-KoalaBear.One], out _));
    }

    [Fact]
    public void P8_S3_Every_mutation_of_a_binary_abi_is_refused_or_is_itself_canonical()
    {
        var bytes = Bytes(Sample());
        Assert.Equal(bytes, Bytes(ReadWhole(bytes)!));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(ReadWhole(bytes[..length]));
        }

        Assert.Null(ReadWhole([.. bytes, 0]));
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var change in new byte[] { 1, 2, 0x40, 0x80, 0xff })
            {
                var mutated = (byte[])bytes.Clone();
                mutated[i] ^= change;
                if (ReadWhole(mutated) is { } accepted)
                {
                    Assert.Equal(mutated, Bytes(accepted));
                }
            }
        }
    }

    [Fact]
    public void S3_A_count_greater_than_the_file_is_refused_before_anything_is_allocated()
    {
        var bytes = Bytes(Sample());
        for (var i = 0; i + 4 <= bytes.Length; i++)
        {
            var mutated = (byte[])bytes.Clone();
            mutated.AsSpan(i, 4).Fill(0xff);
            mutated[i + 3] = 0x7f;
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (ReadWhole(mutated) is { } accepted)
            {
                Assert.Equal(mutated, Bytes(accepted));
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Fact]
    public void Json_is_the_same_in_every_culture()
    {
        var expected = AbiJson.Write(Sample());
        Assert.Equal((byte)'\n', expected[^1]);
        Assert.DoesNotContain((byte)'\r', expected);
        foreach (var culture in new[] { "tr-TR", "de-DE", "ar-SA" })
        {
            Thread.CurrentThread.CurrentCulture = new(culture);
            Assert.Equal(expected, AbiJson.Write(Sample()));
        }
    }

    private static Abi Sample() => new("Sample<A, B>", true, ["init", "Open"],
    [
        new(
            "open",
            [
                new("args.spot", AbiInputRole.PublicArgument, Price, 0, 1),
                new("salt", AbiInputRole.Salt, new(default, ScalarLayout.Digest, ScalarFormat.Digest), 1, 1),
                new("flag", AbiInputRole.PrivateArgument, new(default, ScalarLayout.Boolean, ScalarFormat.Boolean), 2, 1),
            ],
            [new("argumentsDigest", new(default, ScalarLayout.Digest, ScalarFormat.Digest))],
            [
                new("argumentsDigest", DomainTag.Arguments,
                [
                    new("args.spot", Price.Layout, null),
                    new("flag", ScalarLayout.Unsigned(64), Scalar.Of(new BigInteger(1000))),
                    new("flag", ScalarLayout.Boolean, Scalar.Of(true)),
                    new("flag", ScalarLayout.Tag, Scalar.Of(new BigInteger(2))),
                    new("flag", ScalarLayout.Digest, Scalar.Of(Digests.OfName("x"))),
                ]),
            ],
            [new("result", AbiOutputRole.Result, Price, true)],
            [new("m.USD", 2, AbiDirection.In)],
            [new("Fixed", 1, ["spot"])]),
    ]);

    private static byte[] Bytes(Abi abi)
    {
        var writer = new CanonicalWriter();
        AbiBinary.Write(writer, abi);
        return writer.ToArray();
    }

    private static Abi? ReadWhole(byte[] bytes)
    {
        var reader = new CanonicalReader(bytes);
        var abi = AbiBinary.Read(ref reader);
        reader.Finish();
        return reader.Failed ? null : abi;
    }

    /// <summary>What a scalar may hold is written: bytes that need more digits than they have places, or a sign, have no form.</summary>
    [Theory]
    [InlineData(24, 0, 3, true)]
    [InlineData(16, 0, 3, true)]
    [InlineData(32, 0, 3, false)]
    [InlineData(24, 0, 2, false)]
    [InlineData(24, -1, 3, false)]
    public void C6_Bytes_are_read_where_all_of_them_can_be_written(int bits, int low, int places, bool isRead)
    {
        var layout = low < 0 ? ScalarLayout.Signed(32) : ScalarLayout.Unsigned(bits);
        var type = new AbiScalar(new(low, (BigInteger.One << bits) - 1), layout, ScalarFormat.Bytes(places));
        var abi = new Abi("p", true, [], [new("f", [new("a", AbiInputRole.PrivateArgument, type, 0, 1)], [], [], [], [], [])]);
        var reader = new CanonicalReader(Bytes(abi));
        AbiBinary.Read(ref reader);
        reader.Finish();
        Assert.Equal(isRead ? null : FormatFault.Content, reader.Error?.Fault);
    }

    [Fact]
    public void Steps_with_maps_are_read_where_their_scalars_stand_and_nowhere_else()
    {
        var shape = new MapShape(1, [ScalarLayout.Boolean], 1, [ScalarLayout.Unsigned(16)]);
        var number = new AbiScalar(Interval.Unsigned(16), ScalarLayout.Unsigned(16), ScalarFormat.Integer);
        var (digest, key) = (new AbiScalar(default, ScalarLayout.Digest, ScalarFormat.Digest), new AbiScalar(default, ScalarLayout.Boolean, ScalarFormat.Boolean));
        AbiOutput Output(int i, AbiScalar type) => new($"maps.{i}", AbiOutputRole.Map, type, false);
        var function = new AbiFunction(
            "f",
            [new("value", AbiInputRole.MapValue, number, 0, 1), new("sibling", AbiInputRole.MapSibling, digest, 1, 1)],
            [],
            [],
            [Output(0, digest), Output(1, key), Output(2, digest), Output(3, number), Output(4, digest)],
            [],
            []);
        var open = new AbiMapStep(AbiMapStepKind.Open, "m", shape, 0, 0, 0);
        var put = new AbiMapStep(AbiMapStepKind.Put, "m", shape, 0, 0, 2);
        Assert.Null(Read(open, put));
        AbiMapStep[][] wrong =
        [
            [put], [put, open], [open, put with { Map = "n" }], [open, put with { Opening = 1 }], [open, put with { Output = 3 }], [open, put with { Output = int.MaxValue }],
            [open with { Opening = 1 }, put], [open with { Input = 1 }, put], [open with { Output = 1 }, put], [open with { Kind = AbiMapStepKind.OpenEmpty }, put],
            [open with { Shape = new(1, [ScalarLayout.Boolean], 1, [ScalarLayout.Unsigned(32)]) }], [open with { Shape = new(2, [ScalarLayout.Boolean], 1, [ScalarLayout.Unsigned(16)]) }],
            [open, put with { Kind = AbiMapStepKind.Remove }], [open, put with { Input = 1 }],
        ];
        Assert.All(wrong, steps => Assert.Equal(FormatFault.Content, Read(steps)?.Fault));

        FormatError? Read(params AbiMapStep[] steps)
        {
            var writer = new CanonicalWriter();
            AbiBinary.Write(writer, new("p", true, [], [function with { MapSteps = [.. steps] }]));
            var reader = new CanonicalReader(writer.Written);
            var abi = AbiBinary.Read(ref reader);
            reader.Finish();
            if (reader.Error is null)
                Assert.Equal(steps.Select(s => s.ToString()), abi.Functions[0].MapSteps.Select(s => s.ToString()));
            return reader.Error;
        }
    }
}
