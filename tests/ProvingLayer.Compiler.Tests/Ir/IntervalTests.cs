using System.Numerics;
using CsCheck;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Tests.Ir;

public class IntervalTests
{
    private static readonly Gen<(Interval Interval, BigInteger Value)> member =
        from a in Gen.Long[-1_000, 1_000]
        from length in Gen.Long[0, 500]
        from offset in Gen.Long[0, 500]
        select (new Interval(a, a + length), new BigInteger(a + Math.Min(offset, length)));

    [Fact]
    public void Sums_differences_and_products_of_members_are_members() => Gen.Select(member, member).Sample((x, y) =>
        (x.Interval + y.Interval).Contains(x.Value + y.Value)
        && (x.Interval - y.Interval).Contains(x.Value - y.Value)
        && (x.Interval * y.Interval).Contains(x.Value * y.Value)
        && x.Interval.Union(y.Interval).Contains(x.Value)
        && (x.Interval.Contains(y.Value) == (x.Interval.Intersect(Interval.Of(y.Value)) is not null)));

    [Fact]
    public void Quotients_of_members_are_members_and_no_end_is_loose() => Gen.Select(member, member).Sample((x, y) =>
    {
        var divisor = new Interval(BigInteger.Max(1, BigInteger.Abs(y.Interval.Low)), BigInteger.Max(1, BigInteger.Abs(y.Interval.Low)) + 7);
        var quotients = x.Interval.FloorDivide(divisor);
        var all = from n in (BigInteger[])[x.Interval.Low, x.Interval.High, x.Value]
                  from d in (BigInteger[])[divisor.Low, divisor.High]
                  select Interval.FloorDivide(n, d);
        return all.All(quotients.Contains) && all.Contains(quotients.Low) && all.Contains(quotients.High);
    });

    [Theory]
    [InlineData(-7, 2, -4)]
    [InlineData(7, 2, 3)]
    [InlineData(-8, 2, -4)]
    [InlineData(0, 5, 0)]
    [InlineData(-1, 5, -1)]
    public void Division_is_toward_minus_infinity(int n, int d, int q) => Assert.Equal(q, Interval.FloorDivide(n, d));

    [Fact]
    public void A_divisor_that_may_be_zero_is_a_compiler_bug() =>
        Assert.Throws<InvalidOperationException>(() => new Interval(0, 9).FloorDivide(new(0, 3)));
}
