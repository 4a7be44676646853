using System.Collections.Immutable;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Gadgets;

public sealed partial class WideArithmetic
{
    /// <summary>left · right.</summary>
    /// <remarks>
    /// With K₁ and K₂ bits, v₁·v₂ = U₁·U₂ − s₁·U₂·2^K₁ − s₂·U₁·2^K₂ + s₁·s₂·2^(K₁+K₂). The product of words is exact
    /// (<see cref="MultiplyWords"/>); each correction is one subtraction at its offset with borrow b₁, b₂ out of the top. So the product is
    /// U − (b₁ + b₂ − s₁·s₂)·2^(K₁+K₂), and as in <see cref="Add"/> its interval leaves 0 and 1, the sign. The one product outside
    /// [−2^(K₁+K₂), 2^(K₁+K₂)), that of the least integers of both widths, is excluded by widening an operand.
    /// </remarks>
    public WideInteger Multiply(WideInteger left, WideInteger right)
    {
        var range = ReferenceEquals(left, right) ? left.Range.Square() : left.Range * right.Range;
        var (a, b) = (left.Words, right.Words);
        if (range.Words() > a.Length + b.Length)
        {
            a = Extend(left, a.Length + 1);
        }

        var words = MultiplyWords(a, b, [], [], "product");
        Cell? sign = null;
        if (left.Sign is { } first)
        {
            words = SubtractWhere(first, words, b, a.Length, out var borrow);
            sign = borrow;
        }

        if (right.Sign is { } second)
        {
            words = SubtractWhere(second, words, a, b.Length, out var borrow);
            sign = sign is { } other ? builder.Arithmetic(Combination.Sum, other, borrow, builder.Zero) : borrow;
        }

        if (!range.IsNonNegative && left.Sign is { } s1 && right.Sign is { } s2)
        {
            sign = builder.Arithmetic(new(-1, 0, 0, 1, 0), s1, s2, sign!.Value);
        }

        return Make(words, sign, range);
    }

    /// <summary>
    /// a · b + e over a.Length + b.Length words, all unsigned, e no longer than b; the lowest words must equal the expected ones, if there are any.
    /// </summary>
    /// <remarks>
    /// Schoolbook, one row a product: aᵢ·bⱼ + t + h → (high, low), where t is the accumulator's word i + j and h the high part of the row before.
    /// It is at most (2^128 − 1)² + 2·(2^128 − 1) = 2^256 − 1, so the pair always holds it and nothing is lost; the last high part of a sweep
    /// is the accumulator's new top word. After sweep i the accumulator is (a mod 2^(128·(i+1)))·b + e, its words up to i are final.
    /// </remarks>
    private ImmutableArray<Cell> MultiplyWords(ImmutableArray<Cell> a, ImmutableArray<Cell> b, ImmutableArray<Cell> e, ReadOnlySpan<Cell> expected, string name)
    {
        var accumulator = new Cell[a.Length + b.Length];
        for (var i = 0; i < accumulator.Length; i++)
        {
            accumulator[i] = i < e.Length ? e[i] : builder.ZeroWord;
        }

        for (var i = 0; i < a.Length; i++)
        {
            Cell? high = null;
            for (var j = 0; j < b.Length; j++)
            {
                var last = i == a.Length - 1;
                var lowest = i + j < expected.Length && (j == 0 || last) ? expected[i + j] : (Cell?)null;
                var highest = i + j + 1 < expected.Length && j == b.Length - 1 && last ? expected[i + j + 1] : (Cell?)null;
                (high, accumulator[i + j]) = builder.MultiplyAdd(a[i], b[j], accumulator[i + j], high, highest, lowest, name);
            }

            accumulator[i + b.Length] = high!.Value;
        }

        return [.. accumulator];
    }

    // words − condition · subtrahend · 2^(128·offset) modulo 2^(128·words.Length), and the borrow out of the top.
    private ImmutableArray<Cell> SubtractWhere(
        Cell condition, ImmutableArray<Cell> words, ImmutableArray<Cell> subtrahend, int offset, out Cell borrow)
    {
        var zero = builder.ZeroWord;
        var taken = ImmutableArray.CreateBuilder<Cell>(words.Length - offset);
        for (var i = 0; i < words.Length - offset; i++)
        {
            taken.Add(i < subtrahend.Length ? builder.Select(condition, subtrahend[i], zero) : zero);
        }

        return [.. words[..offset], .. SubtractWords(words[offset..], taken.MoveToImmutable(), out borrow)];
    }
}
