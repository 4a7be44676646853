using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Tests.Support;

/// <summary>A circuit with inputs on which it holds.</summary>
public sealed record Sample(string Name, Circuit Circuit, CellValue[] Inputs)
{
    public Trace Trace()
    {
        var result = CircuitExecutor.Run(Circuit, Inputs);
        Assert.True(result.Succeeded, string.Join('\n', result.Failures));
        return result.Trace!;
    }

    public override string ToString() => Name;
}

/// <summary>Small circuits, one for each chip and one of all.</summary>
public static partial class SampleCircuits
{
    public static readonly Extension5 Point = new(KoalaBear.FromCanonical(3), KoalaBear.FromCanonical(141), KoalaBear.FromCanonical(59), KoalaBear.FromCanonical(26), KoalaBear.FromCanonical(535));

    public static readonly UInt128 Large = UInt128.MaxValue - 12345;

    public static IEnumerable<Sample> All() =>
        [Extension(), Witnesses(), Sums(), Products(), Selections(), Equalities(), Packings(), Bits(), Poseidon(1), Poseidon(2), Paths(1), Paths(2), Limbs(), Unpacking(), WordBytes(), Absorption(1), Absorption(2), Regrouping(), Horner(), Fold(), ExclusiveOr(), Keccak(), Sha256(), Publics(), History(), Division(), Everything()];

    public static Sample Extension()
    {
        var builder = new CircuitBuilder();
        var x = builder.Input(CellType.Value, 0);
        var y = builder.Input(CellType.Value, 1);
        var b = builder.Input(CellType.Value, 2);
        builder.MarkSource(new("sample.tenor", 3, 5, 3, 9, "x * y + 7"));
        var z = builder.MulAdd(x, y, builder.Constant(KoalaBear.FromCanonical(7)));
        builder.AssertBoolean(b, "b is boolean");
        var w = builder.Or(b, builder.Not(b));
        builder.AssertTrue(w, "excluded middle");
        builder.AssertNotZero(x, "x is not zero");
        builder.AssertZero(builder.And(b, builder.Xor(b, builder.One)), "and xor");
        builder.AssertEqual(builder.Select(b, z, y), z, "selected");
        builder.Output("z", [z]);
        var value = new Extension5(KoalaBear.FromCanonical(3), KoalaBear.FromCanonical(1), default, default, KoalaBear.FromCanonical(9));
        return new("extension", builder.Build(), [CellValue.Value(value), CellValue.Value(value * value), CellValue.Boolean(true)]);
    }

    /// <summary>A circuit without words: an input of each kind and advice.</summary>
    public static Sample Witnesses()
    {
        var builder = new CircuitBuilder(hasWords: false);
        var value = builder.Input(CellType.Value, 0);
        builder.AssertNotZero(value, "a value that has an inverse");
        builder.Public(builder.MulAdd(value, value, value), Extension5.Degree);
        builder.Public(builder.Input(CellType.Block, 1), Cells.Limbs);
        return new("witnesses", builder.Build(), [CellValue.Value(Point), CellValue.Block(Digest(7))]);
    }

    public static Sample Sums()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        var b = builder.Input(CellType.Word, 1);
        var (sum, carry) = builder.Add(a, b);
        var (difference, borrow) = builder.Subtract(b, a);
        var (chained, _) = builder.Add(sum, difference, carry);
        builder.Subtract(chained, difference, borrow);
        builder.AssertLess(b, a, "b below a");
        builder.AssertAtMost(b, b, "b at most b");
        builder.Add(b, b, sumIs: builder.ConstantWord(2 * 777777), carryIs: builder.Zero);
        builder.AssertTrue(carry, "the sum overflows");
        builder.Output("sum", [sum, carry]);
        return new("sums", builder.Build(), [CellValue.Word(Large), CellValue.Word(777777)]);
    }

    public static Sample Products()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        var b = builder.Input(CellType.Word, 1);
        var (high, low) = builder.MultiplyAdd(a, b, a, b);
        builder.MultiplyAdd(high, low, low);
        builder.MultiplyAdd(b, b, highIs: builder.ZeroWord, lowIs: builder.ConstantWord((UInt128)777777 * 777777));
        builder.Output("product", [high, low]);
        return new("products", builder.Build(), [CellValue.Word(Large), CellValue.Word(777777)]);
    }

    public static Sample Selections()
    {
        var builder = new CircuitBuilder();
        var condition = builder.Input(CellType.Value, 0);
        var a = builder.Input(CellType.Word, 1);
        var b = builder.Input(CellType.Word, 2);
        var c = builder.Input(CellType.Block, 3);
        var d = builder.Input(CellType.Block, 4);
        var word = builder.Select(condition, a, b);
        builder.AssertEqual(word, a, "the first is selected");
        var block = builder.Select(builder.Not(condition), c, d);
        builder.AssertEqual(block, d, "the second is selected");
        builder.ToWord(condition);
        return new(
            "selections", builder.Build(),
            [CellValue.Boolean(true), CellValue.Word(5), CellValue.Word(Large), CellValue.Block(Digest(1)), CellValue.Block(Digest(2))]);
    }

    public static Sample Equalities()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        var b = builder.Input(CellType.Word, 1);
        var c = builder.Input(CellType.Block, 2);
        builder.AssertZero(builder.Equal(a, b), "words differ");
        builder.AssertTrue(builder.Equal(a, a), "a word equals itself");
        builder.AssertTrue(builder.Equal(c, builder.ConstantBlock(Digest(1).AsSpan())), "blocks are equal");
        return new("equalities", builder.Build(), [CellValue.Word(Large), CellValue.Word(Large - (UInt128.One << 90)), CellValue.Block(Digest(1))]);
    }

    public static Sample Packings()
    {
        var builder = new CircuitBuilder();
        var a = builder.Input(CellType.Word, 0);
        var b = builder.Input(CellType.Word, 1);
        var packed = builder.Pack(a, b, 4);
        builder.AssertLimbs(a, 4, "a is 64 bits wide");
        var (low, high) = builder.Split(packed, 1);
        builder.Pack(low, high, 1, packed);
        builder.Pack(low, low, 7);
        builder.Output("packed", [packed]);
        return new("packings", builder.Build(), [CellValue.Word(ulong.MaxValue - 3), CellValue.Word(0x123456789abcdef)]);
    }

    public static Sample Bits()
    {
        var builder = new CircuitBuilder();
        var bits = builder.Bits(builder.Input(CellType.Value, 0), 31);
        for (var i = 0; i < 31; i++)
        {
            if (i < 24)
                builder.AssertZero(bits[i], "the bits of p − 1 below 2^24");
            else
                builder.AssertTrue(bits[i], "the bits of p − 1 from 2^24 on");
        }

        var some = builder.Bits(builder.Input(CellType.Value, 1), 4);
        builder.AssertTrue(some[3], "bit 3");
        return new("bits", builder.Build(), [CellValue.Value(-KoalaBear.One), CellValue.Value(KoalaBear.FromCanonical(12345))]);
    }

    public static Sample Poseidon(uint suite)
    {
        var builder = new CircuitBuilder(suite);
        var block = builder.Input(CellType.Block, 0);
        var word = builder.Input(CellType.Word, 1);
        var zero = builder.ConstantBlock(new KoalaBear[8]);
        var (_, capacity) = builder.Permute(word, zero);
        var (rate, _) = builder.Permute(block, capacity);
        builder.Output("digest", [builder.Compress(rate, block)]);
        return new($"poseidon{(suite == 1 ? 2 : 1)}", builder.Build(), [CellValue.Block(Digest(1)), CellValue.Word(Large)]);
    }

    public static Sample Limbs()
    {
        var builder = new CircuitBuilder();
        var block = builder.Input(CellType.Block, 0);
        var limbs = builder.Spread(block);
        builder.AssertEqual(builder.Join([.. limbs]), block, "the limbs of a block are its block");
        var turned = builder.Join([.. limbs.Skip(1), limbs[0]]);
        builder.AssertZero(builder.Equal(turned, block), "their order matters");
        builder.AssertEqual(builder.Spread(turned)[7], limbs[0], "the first is the last");
        var few = builder.Spread(builder.Input(CellType.Block, 1), 3);
        foreach (var limb in few)
            builder.AssertNotZero(limb, "three limbs");
        return new(
            "limbs", builder.Build(),
            [CellValue.Block(Digest(1)), CellValue.Block(new([.. Enumerable.Range(0, 8).Select(i => KoalaBear.FromCanonical(i < 3 ? 7u : 0))]))]);
    }

    /// <summary>Two paths over one position, 5 of 2^3, with the same siblings. Both roots are public, so that every parent has a reader.</summary>
    public static Sample Paths(uint suite)
    {
        var builder = new CircuitBuilder(suite);
        var before = builder.Input(CellType.Block, 0);
        var after = builder.Input(CellType.Block, 1);
        var position = builder.Input(CellType.Value, 2);
        for (var level = 0; level < 3; level++)
        {
            var (parent, next, sibling) = builder.MerkleStep(before, position, 3 + level, level == 2 ? builder.Zero : null);
            after = builder.MerkleStep(after, position, next, sibling);
            (before, position) = (parent, next);
        }

        builder.Public(before, Cells.Limbs);
        builder.Public(after, Cells.Limbs);
        builder.Output("roots", [before, after]);
        return new(
            $"paths of poseidon{(suite == 1 ? 2 : 1)}", builder.Build(),
            [.. new uint[] { 21, 22 }.Select(s => CellValue.Block(Digest(s))), CellValue.Value(KoalaBear.FromCanonical(5)), .. new uint[] { 31, 32, 33 }.Select(s => CellValue.Block(Digest(s)))]);
    }

    public static Sample Unpacking()
    {
        var builder = new CircuitBuilder();
        var limbs = builder.Unpack(builder.Input(CellType.Word, 0));
        foreach (var limb in limbs)
            builder.AssertNotZero(limb, "eight limbs");
        builder.Output("limbs", [.. limbs]);
        return new("unpacking", builder.Build(), [CellValue.Word(Large)]);
    }

    /// <summary>A word turned round byte by byte, twice.</summary>
    public static Sample WordBytes()
    {
        var builder = new CircuitBuilder();
        var word = builder.Input(CellType.Word, 0);
        var turned = builder.JoinBytes([.. builder.SplitBytes(word).Reverse()]);
        builder.AssertEqual(builder.JoinBytes([.. builder.SplitBytes(turned).Reverse()]), word, "twice is once");
        builder.Public(turned, Cells.Limbs);
        return new("word bytes", builder.Build(), [CellValue.Word(Large)]);
    }

    /// <summary>A sponge of two blocks that are inputs; the second is read once more.</summary>
    public static Sample Absorption(uint suite)
    {
        var builder = new CircuitBuilder(suite);
        var (_, capacity, first) = builder.Absorb(0, builder.ConstantBlock(new KoalaBear[8]));
        var (rate, _, second) = builder.Absorb(1, capacity);
        builder.Public(builder.Compress(rate, second), Cells.Limbs);
        builder.Public(first, Cells.Limbs);
        return new($"absorption by poseidon{(suite == 1 ? 2 : 1)}", builder.Build(), [CellValue.Block(Digest(41)), CellValue.Block(Digest(42))]);
    }

    public static Sample Regrouping()
    {
        var builder = new CircuitBuilder();
        foreach (var value in builder.Regroup([.. Enumerable.Range(0, 5).Select(slot => builder.Input(CellType.Block, slot))]))
            builder.Public(value, Extension5.Degree);
        return new("regrouping", builder.Build(), [.. Enumerable.Range(71, 5).Select(s => CellValue.Block(Digest((uint)s)))]);
    }

    /// <summary>A sum over six blocks, with nothing above the last.</summary>
    public static Sample Horner()
    {
        var builder = new CircuitBuilder();
        var point = builder.Input(CellType.Value, 0);
        var blocks = Enumerable.Range(1, 6).Select(slot => builder.Input(CellType.Block, slot)).ToArray();
        var zeros = builder.ConstantBlock(new KoalaBear[8]);
        var sum = builder.Horner(builder.Zero, point, [blocks[4], blocks[5], zeros, zeros]);
        builder.Public(builder.Horner(sum, point, blocks.AsSpan(0, 4)), Extension5.Degree);
        return new("horner", builder.Build(), [CellValue.Value(Point), .. Enumerable.Range(51, 6).Select(s => CellValue.Block(Digest((uint)s)))]);
    }

    /// <summary>Folds at two of the eight places.</summary>
    public static Sample Fold()
    {
        var builder = new CircuitBuilder();
        var point = builder.Input(CellType.Value, 0);
        var bits = builder.Bits(builder.Input(CellType.Value, 1), 6).AsSpan();
        var row = Enumerable.Range(2, 5).Select(slot => builder.Input(CellType.Block, slot)).ToArray();
        var (selected, folded) = builder.Fold(row, point, bits[..3]);
        builder.Public(selected, Extension5.Degree);
        builder.Public(folded, Extension5.Degree);
        (selected, folded) = builder.Fold(row, folded, bits[3..]);
        builder.AssertEqual(builder.Fold(row, point, bits[3..], selected).Selected, selected, "the place alone selects");
        builder.Public(folded, Extension5.Degree);
        return new(
            "fold", builder.Build(),
            [CellValue.Value(Point), CellValue.Value(KoalaBear.FromCanonical(53)), .. Enumerable.Range(61, 5).Select(s => CellValue.Block(Digest((uint)s)))]);
    }

    public static Sample Publics()
    {
        var builder = new CircuitBuilder();
        var value = builder.Input(CellType.Value, 0);
        builder.Public(value, 1);
        builder.Public(builder.Input(CellType.Word, 1), 4);
        builder.Public(builder.Input(CellType.Block, 2), 8);
        builder.Public(builder.Input(CellType.Value, 3), 5);
        return new(
            "publics", builder.Build(),
            [CellValue.Value(KoalaBear.FromCanonical(77)), CellValue.Word(ulong.MaxValue), CellValue.Block(Digest(1)), CellValue.Value(Extension5.X)]);
    }

    /// <summary>One step of a history.</summary>
    public static Sample History()
    {
        var builder = new CircuitBuilder();
        var before = builder.Input(CellType.Block, 0);
        builder.History(before, builder.Compress(before, before));
        return new("history", builder.Build(), [CellValue.Block(Digest(3))]);
    }

    /// <summary>(high, low) = q·d + r, r &lt; d: the quotient and remainder of a 256-bit numerator.</summary>
    public static Sample Division()
    {
        var builder = new CircuitBuilder();
        var low = builder.Input(CellType.Word, 0);
        var high = builder.Input(CellType.Word, 1);
        var divisor = builder.Input(CellType.Word, 2);
        var parts = builder.Advise(
            AdviceKind.DivRem, [low, high, divisor], [CellType.Word, CellType.Word, CellType.Word], [2, 2]);
        var (carry, _) = builder.MultiplyAdd(parts[0], divisor, parts[2], lowIs: low, name: "quotient");
        builder.MultiplyAdd(parts[1], divisor, carry, highIs: builder.ZeroWord, lowIs: high, name: "quotient");
        builder.AssertLess(parts[2], divisor, "the remainder is below the divisor");
        builder.Output("quotient", [parts[0], parts[1]]);
        builder.Output("remainder", [parts[2]]);
        return new("division", builder.Build(), [CellValue.Word(Large), CellValue.Word(123456789), CellValue.Word(987654321987654321)]);
    }

    public static Sample Everything()
    {
        var builder = new CircuitBuilder();
        builder.MarkSource(new("all.tenor", 1, 1, 1, 10, "payout"));
        var a = builder.Input(CellType.Word, 0);
        var b = builder.Input(CellType.Word, 1);
        var (high, low) = builder.MultiplyAdd(a, b);
        builder.AssertEqual(high, builder.ZeroWord, "the product fits 128 bits");
        var (sum, carry) = builder.Add(low, a);
        builder.AssertZero(carry, "the sum fits 128 bits");
        var less = builder.Less(a, b);
        var chosen = builder.Select(less, a, b);
        var same = builder.Equal(chosen, a);
        builder.MarkSource(new("all.tenor", 2, 3, 2, 12, "digest"));
        var bits = builder.Bits(same, 1);
        var packed = builder.Pack(builder.ToWord(bits[0]), builder.ZeroWord, 1);
        var digest = builder.Permute(packed, builder.ConstantBlock(Digest(3).AsSpan())).Rate;
        builder.Public(digest, 8);
        builder.Public(sum, 8);
        builder.Output("sum", [sum]);
        return new("everything", builder.Build(), [CellValue.Word(1_000_000_007), CellValue.Word(998_244_353)]);
    }

    public static Digest Digest(uint seed) =>
        new([.. Enumerable.Range(0, 8).Select(i => KoalaBear.FromCanonical((uint)(((seed * 1_000_003ul) + ((ulong)i * 77_777_777)) % KoalaBear.Modulus)))]);
}
