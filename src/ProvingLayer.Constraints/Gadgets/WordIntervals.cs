using System.Numerics;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Gadgets;

/// <summary>Intervals seen as words: how many an integer of an interval takes.</summary>
public static class WordIntervals
{
    /// <summary>Bits in one word cell.</summary>
    public const int WordBits = 128;

    /// <summary>
    /// The number of word cells an integer may take: 1,024 bits. The language stops at 512; scaling to a target's decimal places may go past that.
    /// </summary>
    public const int MaximumWords = 8;

    /// <summary>
    /// The least k ≥ 1 with −2^(128·k) ≤ Low and High &lt; 2^(128·k): the words that hold every member, beside a sign.
    /// </summary>
    public static int Words(this Interval interval)
    {
        // A negative v takes the bits of −1 − v, its complement: so −2^(128·k) still takes k words.
        var low = interval.Low.Sign < 0 ? -1 - interval.Low : interval.Low;
        var high = interval.High.Sign < 0 ? -1 - interval.High : interval.High;
        var bits = Math.Max(low.GetBitLength(), high.GetBitLength());
        return (int)Math.Max(1, (bits + WordBits - 1) / WordBits);
    }

    /// <summary>The word cells an input of this interval takes: those of its two's complement form if it has negative members.</summary>
    public static int InputWords(this Interval interval)
    {
        var k = interval.Words();
        return interval.IsNonNegative || Interval.Signed(WordBits * k).Contains(interval) ? k : k + 1;
    }

    /// <summary>The least interval with all squares of members, none of which is negative.</summary>
    internal static Interval Square(this Interval interval)
    {
        var product = interval * interval;
        return interval.Contains(BigInteger.Zero) ? product with { Low = 0 } : product;
    }
}
