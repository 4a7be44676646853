using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Gadgets;

public sealed partial class WideArithmetic
{
    /// <summary>
    /// The floor of dividend / divisor and the remainder in [0, divisor), for a divisor whose interval begins at 1 or above: the
    /// only way to round.
    /// </summary>
    /// <remarks>
    /// The words of quotient (kq) and remainder (kd) are advice, range-checked by the rows that write them. Checked are
    /// (1) r &lt; d, by a chained compare, which also excludes d = 0, and (2) word by word, with M = 2^(128·(kq + kd)),
    /// <code>Uq·d + r − s·d·2^(128·kq) ≡ n  (mod M),   s the dividend's sign.</code>
    /// Why this pins both. Let q = Uq − s·2^(128·kq), so the left side is L = q·d + r, computed without loss: Uq·d + r ≤
    /// (2^(128·kq) − 1)·d + d − 1 &lt; M, and the subtraction is made modulo M. The intervals give −M ≤ n &lt; M: n ≥ 0 is below (q + 1)·d of its
    /// greatest quotient and least divisor, n &lt; 0 not below q·d of its least ones. If s = 0, then 0 ≤ L &lt; M and 0 ≤ n &lt; M. If s = 1, then
    /// q ≤ −1, so L ≤ −d + r &lt; 0 and L ≥ −2^(128·kq)·d &gt; −M, and −M ≤ n &lt; 0. Either way both lie in one interval of length M, so the
    /// congruence is an equality: n = q·d + r with 0 ≤ r &lt; d, and floor and remainder are unique. The quotient's sign is the
    /// dividend's own (the floor of a negative over a positive is negative): it needs no advice. (q − 1, r + d) fails (1).
    /// </remarks>
    public (WideInteger Quotient, WideInteger Remainder) Divide(WideInteger dividend, WideInteger divisor, string name)
    {
        if (divisor.Range.Low.Sign <= 0)
        {
            throw new InvalidOperationException($"compiler bug: a divisor in {divisor.Range}");
        }

        var quotientRange = dividend.Range.FloorDivide(divisor.Range);
        var remainderRange = new Interval(0, divisor.Range.High - 1);
        if (dividend.Range.IsNonNegative)
        {
            remainderRange = remainderRange with { High = BigInteger.Min(remainderRange.High, dividend.Range.High) }; // n = q·d + r with q ≥ 0
        }

        var (kn, kd) = (dividend.Words.Length, divisor.Words.Length);
        var kq = quotientRange.Words();
        if (quotientRange is { IsSingle: true, Low.IsZero: true } && dividend.Range.IsNonNegative)
        {
            return (Constant(0), new(dividend.Words, null, dividend.Range));
        }

        if (kn > kq + kd)
        {
            throw new InvalidOperationException($"compiler bug: {dividend.Range} / {divisor.Range} has {kn} words");
        }

        var (q, r) = Advise(dividend, divisor, kq);

        // (1)
        LessWords(r, divisor.Words, builder.One, name + ": remainder below divisor");

        // (2)
        var equation = name + ": quotient times divisor plus remainder";
        var expected = Extend(dividend, kq + kd);
        if (dividend.Sign is { } negative)
        {
            var product = MultiplyWords(q, divisor.Words, r, expected[..kq].AsSpan(), equation);
            Cell? borrow = null;
            for (var i = 0; i < kd; i++)
            {
                var taken = builder.Select(negative, divisor.Words[i], builder.ZeroWord);
                (_, borrow) = builder.Subtract(product[kq + i], taken, borrow, differenceIs: expected[kq + i], name: equation);
            }
        }
        else
        {
            MultiplyWords(q, divisor.Words, r, expected.AsSpan(), equation);
        }

        return (Make(q, dividend.Sign, quotientRange), Make(r, null, remainderRange));
    }

    private (ImmutableArray<Cell> Quotient, ImmutableArray<Cell> Remainder) Advise(WideInteger dividend, WideInteger divisor, int kq)
    {
        var (kn, kd) = (dividend.Words.Length, divisor.Words.Length);
        ImmutableArray<Cell> operands = [.. dividend.Words, .. divisor.Words, dividend.Sign ?? builder.Zero];
        var advice = builder.Advise(AdviceKind.FloorDivRem, operands.AsSpan(), [.. Enumerable.Repeat(CellType.Word, kq + kd)], [kn, kq]);
        return (advice[..kq], advice[kq..]);
    }
}
