using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Gadgets;

public sealed partial class WideArithmetic
{
    /// <summary>
    /// An integer from outside: <see cref="WordIntervals.InputWords"/> word cells, least significant first, a negative one in two's complement.
    /// </summary>
    /// <remarks>
    /// Input rows range-check each word, so unsigned words are an integer of [0, 2^(128·k)). For a signed one the sign is bit 128·k − 1, the carry
    /// of adding 2^127 to the top word. <see cref="Narrow"/> then cuts down to the range, so nothing else can enter.
    /// </remarks>
    public WideInteger FromInput(ImmutableArray<Cell> words, Interval range, string name)
    {
        if (words.Length != range.InputWords())
        {
            throw new InvalidOperationException($"compiler bug: {words.Length} input words for {range}");
        }

        var bits = WordIntervals.WordBits * words.Length;
        if (range.IsNonNegative)
        {
            return Narrow(Make(words, null, Interval.Unsigned(bits)), range, name);
        }

        var sign = builder.Add(words[^1], ConstantWord(BigInteger.One << (WordIntervals.WordBits - 1)), null).Carry;
        return Narrow(Make(words, sign, Interval.Signed(bits)), range, name);
    }

    /// <summary>
    /// The same integer, with the constraint that it lies in the range. Costs nothing where its own interval says so already.
    /// </summary>
    /// <remarks>
    /// An integer is not negative when its sign is 0 (v ≥ low: v − low is not). An unsigned integer is at most 2^(128·j) − 1 when its words from
    /// j on are zero, and at most any other bound when the bound less it does not borrow. With both bounds to check and low ≠ 0,
    /// these two are asked of the exact difference v − low and of high − low.
    /// </remarks>
    public WideInteger Narrow(WideInteger value, Interval range, string name)
    {
        if (value.Range.Intersect(range) is not { } result)
        {
            // No integer of the interval is in the range: a constraint that always fails, and any integer of the range to go on with.
            builder.AssertZero(builder.One, name);
            return Constant(range.Low);
        }

        var (below, above) = (value.Range.Low < range.Low, value.Range.High > range.High);
        if (below && (above || value.Sign is not null) && !range.Low.IsZero)
        {
            var offset = AssertNonNegative(Subtract(value, Constant(range.Low)), name);
            AssertAtMost(offset, range.High - range.Low, name);
        }
        else if (below && value.Sign is null)
        {
            LessWords(value.Words, ExtendConstant(range.Low, value.Words.Length), builder.Zero, name);
        }
        else if (below || value.Sign is null)
        {
            AssertAtMost(AssertNonNegative(value, name), range.High, name);
        }
        else if (above)
        {
            AssertNonNegative(Subtract(Constant(range.High), value), name);
        }

        return Make(value.Words, value.Sign, result);
    }

    private WideInteger AssertNonNegative(WideInteger value, string name)
    {
        if (value.Sign is not { } negative)
        {
            return value;
        }

        builder.AssertZero(negative, name);
        return Make(value.Words, null, value.Range with { Low = 0 });
    }

    // Of an integer that is not negative.
    private void AssertAtMost(WideInteger value, BigInteger bound, string name)
    {
        if (value.Range.High <= bound)
        {
            return;
        }

        var bits = (bound + 1).GetBitLength() - 1;
        if ((bound + 1).IsPowerOfTwo && bits % WordIntervals.WordBits == 0)
        {
            for (var i = (int)(bits / WordIntervals.WordBits); i < value.Words.Length; i++)
            {
                builder.AssertEqual(value.Words[i], builder.ZeroWord, name);
            }
        }
        else
        {
            LessWords(ExtendConstant(bound, value.Words.Length), value.Words, builder.Zero, name);
        }
    }

    private ImmutableArray<Cell> ExtendConstant(BigInteger value, int k) => Extend(Constant(value), k);
}
