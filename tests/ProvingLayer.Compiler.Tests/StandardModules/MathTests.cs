using System.Numerics;

namespace ProvingLayer.Compiler.Tests.StandardModules;

/// <summary>The errors that the functions of <c>std.math</c>, <c>std.stats</c> and <c>std.bs</c> promise, against references of 60 digits.</summary>
public class MathTests
{
    private const int Samples = 400;
    private static readonly BigInteger unit = BigInteger.Pow(10, 18);
    private static readonly HighPrecision half = HighPrecision.Of(5, 19);

    /// <summary>The greatest error of a unit with 18 places that is allowed beside rounding: 10^-26 of the result.</summary>
    private static HighPrecision Relative(HighPrecision x) => HighPrecision.Abs(x) * HighPrecision.Of(1, 26);

    [Fact]
    public void Exponentials() =>
        Measure("math", "Exp", Between(-45 * unit, 45 * unit), 18, x => HighPrecision.Exp(x), (_, exact) => half + Relative(exact));

    [Fact]
    public void Exponentials_with_30_places() => Measure(
        "math", "Exp30", Between(-43 * BigInteger.Pow(10, 30), 18 * BigInteger.Pow(10, 30)), 30, x => HighPrecision.Exp(x), (_, exact) => HighPrecision.Of(1, 30) + Relative(exact));

    [Fact]
    public void Logarithms() => Measure("math", "Ln", OfAnyLength(), 18, x => HighPrecision.Ln(x), (_, _) => half + HighPrecision.Of(1, 26));

    [Fact]
    public void Logarithms_with_30_places()
    {
        var function = new LibraryFunction("math", "Ln30");
        foreach (var x in OfAnyLength())
            AssertWithin(HighPrecision.Of(1, 26), HighPrecision.Ln(HighPrecision.Of(x, 18)), function.Run(x), 30, x);
    }

    [Fact]
    public void Roots()
    {
        var (near, down, up) = (new LibraryFunction("math", "Sqrt"), new LibraryFunction("math", "SqrtFloor"), new LibraryFunction("math", "SqrtCeil"));
        foreach (var x in OfAnyLength().Append(0).Append((BigInteger.One << 127) - 1))
        {
            var floor = HighPrecision.Sqrt(HighPrecision.Of(x, 18)).Units / BigInteger.Pow(10, 42);
            var isExact = floor * floor == x * unit;
            Assert.Equal(floor, down.Run(x)![0]);
            Assert.Equal(isExact ? floor : floor + 1, up.Run(x)![0]);
            Assert.InRange(near.Run(x)![0], floor, floor + 1);
        }

        Assert.All([BigInteger.Zero, 1, 2, unit, (BigInteger.One << 127) - 1], x => Assert.Null(up.Difference(x)));
    }

    [Fact]
    public void Powers()
    {
        var function = new LibraryFunction("math", "Pow");
        var random = new Random(3);
        var count = 0;
        foreach (var x in OfAnyLength())
        {
            var y = new BigInteger((random.NextDouble() - 0.5) * 80 * Math.Pow(10, random.Next(-3, 1)) * 1e15) * 1000 + random.Next(1000);
            var log = HighPrecision.Of(y, 18) * HighPrecision.Ln(HighPrecision.Of(x, 18));
            if (log > HighPrecision.Of(4499, 2))
                continue;
            var exact = HighPrecision.Exp(log);
            AssertWithin(half + (Relative(exact) * (HighPrecision.Abs(HighPrecision.Of(y, 18)) + HighPrecision.Of(1, 0))), exact, function.Run(x, y), 18, x);
            count++;
        }

        Assert.True(count > Samples / 3);
        Assert.All([(2 * unit, 10 * unit), (unit / 3, 5 * unit), (2 * unit, 100 * unit)], p => Assert.Null(function.Difference(p.Item1, p.Item2)));
    }

    [Fact]
    public void Normal_distribution()
    {
        var inputs = Between(-10 * unit, 10 * unit).Append(0).Append(95 * unit / 10).Append((95 * unit / 10) + 1).ToList();
        Measure("stats", "Cdf", inputs, 18, x => HighPrecision.Cdf(x), (_, _) => HighPrecision.Of(6, 19));
        Measure("stats", "Pdf", inputs, 18, x => HighPrecision.Pdf(x), (_, _) => HighPrecision.Of(6, 19));
    }

    /// <summary>Options over the domain that the module names; the greatest error is a part of spot and strike.</summary>
    [Fact]
    public void Options()
    {
        var (call, put, delta, vega) = (new LibraryFunction("bs", "Call"), new LibraryFunction("bs", "Put"), new LibraryFunction("bs", "Delta"), new LibraryFunction("bs", "Vega"));
        var random = new Random(7);
        for (var i = 0; i < 120; i++)
        {
            var s = Decimal(Math.Pow(10, (random.NextDouble() * 8) - 2));
            var k = s * Decimal(Math.Exp((random.NextDouble() - 0.5) * 2 * Math.Log(20))) / unit;
            var r = Decimal((random.NextDouble() * 0.25) - 0.05);
            var v = Decimal(0.01 * Math.Exp(random.NextDouble() * Math.Log(300)));
            var t = Decimal(Math.Exp(random.NextDouble() * Math.Log(30 * 365)) / 365);
            var (spot, strike, rate, volatility, years) = (High(s), High(k), High(r), High(v), High(t));
            var deviation = volatility * HighPrecision.Sqrt(years);
            var d1 = (HighPrecision.Ln(spot / strike) + ((rate + (volatility * volatility / HighPrecision.Of(2, 0))) * years)) / deviation;
            var (n1, n2) = (Cdf(d1), Cdf(d1 - deviation));
            var worth = strike * HighPrecision.Exp(-(rate * years));
            var price = (spot * n1) - (worth * n2);
            var allowed = (spot + strike) * HighPrecision.Of(1, 15);
            AssertWithin(allowed, price, call.Run(s, k, r, v, t), 18, s, k, r, v, t);
            AssertWithin(allowed, price - spot + worth, put.Run(s, k, r, v, t), 18, s, k, r, v, t);
            AssertWithin(HighPrecision.Of(1, 14), n1, delta.Run(s, k, r, v, t), 18, s, k, r, v, t);
            AssertWithin(allowed * HighPrecision.Of(10, 0), spot * HighPrecision.Pdf(Clamp(d1)) * HighPrecision.Sqrt(years), vega.Run(s, k, r, v, t), 18, s, k, r, v, t);
        }

        var half = unit / 2;
        Assert.All([call, put, delta, vega], f => Assert.Null(f.Difference(42 * unit, 40 * unit, unit / 10, unit / 5, half)));

        static BigInteger Decimal(double x) => new(x * 1e18);
        static HighPrecision High(BigInteger x) => HighPrecision.Of(x, 18);
        static HighPrecision Cdf(HighPrecision x) => HighPrecision.Cdf(Clamp(x));
        static HighPrecision Clamp(HighPrecision x) => x > HighPrecision.Of(11, 0) ? HighPrecision.Of(11, 0) : x < HighPrecision.Of(-11, 0) ? HighPrecision.Of(-11, 0) : x;
    }

    private static void Measure(
        string file, string name, IEnumerable<BigInteger> inputs, int places, Func<HighPrecision, HighPrecision> reference, Func<HighPrecision, HighPrecision, HighPrecision> allowed)
    {
        var function = new LibraryFunction(file, name);
        var all = inputs.ToList();
        foreach (var x in all)
        {
            var given = HighPrecision.Of(x, places);
            var exact = reference(given);
            AssertWithin(allowed(given, exact), exact, function.Run(x), places, x);
        }

        Assert.All(all.Take(4).Append(all[^1]), x => Assert.Null(function.Difference(x)));
    }

    internal static void AssertWithin(HighPrecision allowed, HighPrecision exact, BigInteger[]? found, int places, params object[] arguments)
    {
        Assert.True(found is [_], $"({string.Join(", ", arguments)}) fails");
        var error = HighPrecision.Abs(HighPrecision.Of(found![0], places) - exact);
        Assert.True(error <= allowed, $"({string.Join(", ", arguments)}) is {HighPrecision.Of(found[0], places)}, exactly {exact}, off by {error} of {allowed}");
    }

    private static List<BigInteger> Between(BigInteger low, BigInteger high)
    {
        var random = new Random(1);
        return [low, high, 0, 1, -1, .. Enumerable.Range(0, Samples).Select(_ => low + (Below((high - low + 1) >> random.Next(0, 3), random)))];
    }

    // From the least unit to the greatest decimal, of every length alike; around powers of two too.
    private static IEnumerable<BigInteger> OfAnyLength()
    {
        var random = new Random(2);
        for (var bits = 1; bits < 127; bits++)
        {
            yield return BigInteger.One << bits;
            yield return (BigInteger.One << bits) - 1;
            yield return (BigInteger.One << bits) + Below(BigInteger.One << bits, random);
        }

        yield return unit;
        yield return unit + 1;
        yield return unit - 1;
    }

    private static BigInteger Below(BigInteger bound, Random random)
    {
        var bytes = new byte[bound.GetByteCount() + 8];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % bound;
    }
}
