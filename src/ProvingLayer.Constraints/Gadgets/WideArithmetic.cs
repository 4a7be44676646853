using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Gadgets;

/// <summary>
/// The schedules of exact integer arithmetic: how integers of several words become rows of the word chips. Each method
/// keeps the invariants of <see cref="WideInteger"/>; its comment says why no sum wraps and why the result is the only one
/// the rows accept. Intervals are computed here from the operands' own, so that a result is never narrower than its rows.
/// </summary>
/// <param name="builder">The circuit the rows go to.</param>
public sealed partial class WideArithmetic(CircuitBuilder builder)
{
    private static readonly BigInteger WordModulus = BigInteger.One << WordIntervals.WordBits;

    /// <summary>The integer as constant cells; equal words share a cell.</summary>
    public WideInteger Constant(BigInteger value)
    {
        var range = Interval.Of(value);
        var words = ImmutableArray.CreateBuilder<Cell>(range.Words());
        for (var i = 0; i < range.Words(); i++)
        {
            words.Add(ConstantWord(value >> (WordIntervals.WordBits * i)));
        }

        return Make(words.MoveToImmutable(), value.Sign < 0 ? builder.One : null, range);
    }

    /// <summary>1 for a true boolean, 0 for a false one. The select row asserts the boolean.</summary>
    public WideInteger FromBoolean(Cell condition) =>
        Make([builder.ToWord(condition)], null, new(0, 1));

    /// <summary>left + right.</summary>
    /// <remarks>
    /// With K = 128·k bits for both, the carry chain gives U₁ + U₂ = U + c·2^K in the integers (each add row is exact), so the sum is
    /// U − (s₁ + s₂ − c)·2^K. The sum lies in [−2^K, 2^K), which <see cref="Make"/> checks of its interval, and U in [0, 2^K); so
    /// s₁ + s₂ − c is −1 &lt; s &lt; 2, hence 0 or 1, and equal to the sign. With both operands unsigned, or a result that cannot
    /// be negative, the same argument gives s = 0 and no row is spent on it.
    /// </remarks>
    public WideInteger Add(WideInteger left, WideInteger right)
    {
        var range = left.Range + right.Range;
        var k = Math.Max(range.Words(), Math.Max(left.Words.Length, right.Words.Length));
        var sum = AddWords(Extend(left, k), Extend(right, k), out var carry);
        return Make(sum, range.IsNonNegative ? null : Combine(SumLess, left.Sign, right.Sign, carry), range);
    }

    /// <summary>left − right.</summary>
    /// <remarks>
    /// As <see cref="Add"/>: the borrow chain gives U₁ − U₂ = U − b·2^K, the difference is U − (b + s₁ − s₂)·2^K, and its interval
    /// within [−2^K, 2^K) leaves 0 and 1 for b + s₁ − s₂. For unsigned operands the borrow itself is the sign: one row a word.
    /// </remarks>
    public WideInteger Subtract(WideInteger left, WideInteger right)
    {
        var range = left.Range - right.Range;
        var k = Math.Max(range.Words(), Math.Max(left.Words.Length, right.Words.Length));
        var difference = SubtractWords(Extend(left, k), Extend(right, k), out var borrow);
        return Make(difference, range.IsNonNegative ? null : Combine(SumLess, borrow, left.Sign, right.Sign), range);
    }

    /// <summary>A boolean value: 1 when left &lt; right, else 0.</summary>
    /// <remarks>
    /// The borrow b of U₁ − U₂ over a common width is [U₁ &lt; U₂], determined by the compare rows. Equal signs: the answer is b, because
    /// both values are their words less the same s·2^K. Different signs: the answer is s₁.
    /// </remarks>
    public Cell Less(WideInteger left, WideInteger right)
    {
        if (left.Range.High < right.Range.Low)
        {
            return builder.One;
        }

        if (left.Range.Low >= right.Range.High)
        {
            return builder.Zero;
        }

        var k = Math.Max(left.Words.Length, right.Words.Length);
        var borrow = LessWords(Extend(left, k), Extend(right, k));
        return (left.Sign, right.Sign) switch
        {
            (null, null) => borrow,
            ({ } negative, null) => builder.Or(negative, borrow),
            (null, { } negative) => builder.AndNot(borrow, negative),
            // b·(1 − x) + s₁·(1 − s₂) with x = s₁ ⊕ s₂
            ({ } first, { } second) => builder.Arithmetic(
                new(-1, 1, 0, 1, 0), borrow, builder.Xor(first, second), builder.AndNot(first, second)),
        };
    }

    /// <summary>A boolean value: 1 when the integers are equal, else 0.</summary>
    /// <remarks>Over a common width both words and sign are determined by the value, so equality is equality of each.</remarks>
    public Cell Equal(WideInteger left, WideInteger right)
    {
        if (left.Range.High < right.Range.Low || right.Range.High < left.Range.Low)
        {
            return builder.Zero;
        }

        var k = Math.Max(left.Words.Length, right.Words.Length);
        var (a, b) = (Extend(left, k), Extend(right, k));
        Cell? equal = null;
        for (var i = 0; i < k; i++)
        {
            if (a[i] != b[i])
            {
                equal = And(equal, builder.Equal(a[i], b[i]));
            }
        }

        switch (left.Sign, right.Sign)
        {
            case (null, null):
                break;
            case ({ } negative, null):
                equal = And(equal, builder.Not(negative));
                break;
            case (null, { } negative):
                equal = And(equal, builder.Not(negative));
                break;
            case ({ } first, { } second) when first != second:
                equal = And(equal, builder.Not(builder.Xor(first, second)));
                break;
        }

        return equal ?? builder.One;
    }

    /// <summary>whenTrue where the condition is 1, else whenFalse.</summary>
    /// <remarks>Word by word over a common width; the select row asserts the condition boolean, so the result is one of the two.</remarks>
    public WideInteger Select(Cell condition, WideInteger whenTrue, WideInteger whenFalse)
    {
        var k = Math.Max(whenTrue.Words.Length, whenFalse.Words.Length);
        var (a, b) = (Extend(whenTrue, k), Extend(whenFalse, k));
        var words = ImmutableArray.CreateBuilder<Cell>(k);
        for (var i = 0; i < k; i++)
        {
            words.Add(a[i] == b[i] ? a[i] : builder.Select(condition, a[i], b[i]));
        }

        var sign = (whenTrue.Sign, whenFalse.Sign) switch
        {
            (null, null) => (Cell?)null,
            ({ } negative, null) => builder.And(condition, negative),
            (null, { } negative) => builder.AndNot(negative, condition),
            ({ } first, { } second) => first == second ? first : builder.Select(condition, first, second),
        };
        return Make(words.MoveToImmutable(), sign, whenTrue.Range.Union(whenFalse.Range));
    }

    /// <summary>
    /// The words of v mod 2^bits: an unsigned integer as it is, a negative one in two's complement. The integer's range must fit
    /// one of the two forms.
    /// </summary>
    /// <remarks>
    /// Above the sign bit a negative integer's words hold ones only; adding 2^bits to the word that holds bit `bits` carries out of
    /// that word and leaves zeros there, because the word's bits from that one on are all ones.
    /// </remarks>
    public ImmutableArray<Cell> ToWords(WideInteger value, int bits)
    {
        if (!Interval.Unsigned(bits).Contains(value.Range) && !Interval.Signed(bits).Contains(value.Range))
        {
            throw new InvalidOperationException($"compiler bug: {value.Range} does not fit {bits} bits");
        }

        var count = (bits + WordIntervals.WordBits - 1) / WordIntervals.WordBits;
        var words = Extend(value, count)[..count];
        var rest = bits % WordIntervals.WordBits;
        if (rest != 0 && value.Sign is { } negative)
        {
            var clear = builder.Select(negative, ConstantWord(BigInteger.One << rest), builder.ZeroWord);
            words = words.SetItem(count - 1, builder.Add(words[count - 1], clear, null).Sum);
        }

        return words;
    }

    // The one place that makes an integer: the interval decides words and sign. Dropped words and a dropped sign are those that
    // the interval determines (invariants of WideInteger), so nothing is lost and nothing needs a row.
    private static WideInteger Make(ImmutableArray<Cell> words, Cell? sign, Interval range)
    {
        var k = range.Words();
        if (k > WordIntervals.MaximumWords || k > words.Length || (!range.IsNonNegative && sign is null))
        {
            throw new InvalidOperationException($"compiler bug: {words.Length} words cannot hold {range}");
        }

        return new(words[..k], !range.IsNonNegative ? sign : null, range);
    }

    // The words over a greater width: zeros above an unsigned integer, 2^128 − 1 above a negative one, which is v mod 2^(128·k) again.
    private ImmutableArray<Cell> Extend(WideInteger value, int k)
    {
        if (k <= value.Words.Length)
        {
            return value.Words;
        }

        var fill = value.Sign is { } negative
            ? value.Range.High.Sign < 0 ? ConstantWord(-1) : builder.Select(negative, ConstantWord(-1), builder.ZeroWord)
            : builder.ZeroWord;
        return [.. value.Words, .. Enumerable.Repeat(fill, k - value.Words.Length)];
    }

    private ImmutableArray<Cell> AddWords(ImmutableArray<Cell> left, ImmutableArray<Cell> right, out Cell carry)
    {
        var sum = ImmutableArray.CreateBuilder<Cell>(left.Length);
        Cell? running = null;
        for (var i = 0; i < left.Length; i++)
        {
            (var word, running) = builder.Add(left[i], right[i], running);
            sum.Add(word);
        }

        carry = running!.Value;
        return sum.MoveToImmutable();
    }

    private ImmutableArray<Cell> SubtractWords(ImmutableArray<Cell> left, ImmutableArray<Cell> right, out Cell borrow)
    {
        var difference = ImmutableArray.CreateBuilder<Cell>(left.Length);
        Cell? running = null;
        for (var i = 0; i < left.Length; i++)
        {
            (var word, running) = builder.Subtract(left[i], right[i], running);
            difference.Add(word);
        }

        borrow = running!.Value;
        return difference.MoveToImmutable();
    }

    // [left < right]; asserted to be the expected boolean if there is one.
    private Cell LessWords(ImmutableArray<Cell> left, ImmutableArray<Cell> right, Cell? expected = null, string name = "less")
    {
        Cell? running = null;
        for (var i = 0; i < left.Length; i++)
        {
            (_, running) = builder.Subtract(left[i], right[i], running, borrowIs: i == left.Length - 1 ? expected : null, name: name);
        }

        return running!.Value;
    }

    private Cell ConstantWord(BigInteger value)
    {
        var word = value % WordModulus;
        return builder.ConstantWord((UInt128)(word.Sign < 0 ? word + WordModulus : word));
    }

    private static Combination SumLess { get; } = new(0, 1, 1, -1, 0);

    // A combination of signs, where an absent one is zero.
    private Cell Combine(Combination combination, Cell? a, Cell? b, Cell? c) =>
        builder.Arithmetic(combination, a ?? builder.Zero, b ?? builder.Zero, c ?? builder.Zero);

    private Cell And(Cell? left, Cell right) => left is { } first ? builder.And(first, right) : right;
}
