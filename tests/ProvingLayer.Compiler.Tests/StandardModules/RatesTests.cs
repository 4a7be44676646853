using System.Numerics;

namespace ProvingLayer.Compiler.Tests.StandardModules;

/// <summary>The errors that the functions of <c>std.rates</c> and <c>std.calendar</c> promise, against references of 60 digits.</summary>
public class RatesTests
{
    private const int Samples = 80;
    private static readonly BigInteger unit = BigInteger.Pow(10, 18);
    private static readonly HighPrecision one = HighPrecision.Of(1, 0);
    private static readonly HighPrecision last = HighPrecision.Of(1, 18);
    private static readonly HighPrecision half = HighPrecision.Of(5, 19);

    /// <summary>Rates from −10 % to 100 %, up to 40 years, also of no and of very short times.</summary>
    private static IEnumerable<(BigInteger Rate, BigInteger Years)> Terms()
    {
        var random = new Random(11);
        yield return (0, 0);
        yield return (unit / 20, 1);
        for (var i = 0; i < Samples; i++)
            yield return (Decimal((random.NextDouble() * 1.1) - 0.1), Decimal(40 * Math.Pow(random.NextDouble(), random.Next(1, 8))));
    }

    [Fact]
    public void Simple_and_continuous_interest()
    {
        var (simple, growth, discount, continuous) = (new LibraryFunction("rates", "Simple"), new LibraryFunction("rates", "Growth"), new LibraryFunction("rates", "Discount"), new LibraryFunction("rates", "Continuous"));
        foreach (var (r, t) in Terms())
        {
            var (rate, years) = (High(r), High(t));
            MathTests.AssertWithin(half, one + (rate * years), simple.Run(r, t), 18, r, t);
            var (grown, worth) = (HighPrecision.Exp(rate * years), HighPrecision.Exp(-(rate * years)));
            MathTests.AssertWithin(half + (grown * HighPrecision.Of(51, 20)), grown, growth.Run(r, t), 18, r, t);
            MathTests.AssertWithin(half + (worth * HighPrecision.Of(51, 20)), worth, discount.Run(r, t), 18, r, t);
            if (t.IsZero)
                continue;
            var end = one + rate + one;
            MathTests.AssertWithin(last + (last / years), HighPrecision.Ln(end) / years, continuous.Run(r + (2 * unit), t), 18, r, t);
        }
    }

    [Fact]
    public void Compound_interest_and_annuities()
    {
        var (compounded, annuity) = (new LibraryFunction("rates", "Compounded"), new LibraryFunction("rates", "Annuity"));
        foreach (var (r, t) in Terms())
        {
            foreach (var times in new[] { 1, 2, 12, 365 })
            {
                var (n, years) = (HighPrecision.Of(times, 0), High(t));
                var exact = HighPrecision.Exp(n * years * HighPrecision.Ln(one + (High(r) / n)));
                MathTests.AssertWithin(half + (exact * n * (years + one) * last), exact, compounded.Run(r, times, t), 18, r, times, t);
            }

            if (r.Sign < 0)
                continue;
            var (sum, factor) = (HighPrecision.Of(0, 0), one);
            for (var i = 0; i < 10; i++)
                sum += factor /= one + High(r);
            MathTests.AssertWithin(HighPrecision.Of(5, 0) * last, sum, annuity.Run(r), 18, r);
        }
    }

    [Fact]
    public void Day_counts_are_rounded_once()
    {
        var random = new Random(12);
        LibraryFunction Function(string name) => new("calendar", name);
        var (act360, act365, actAct, thirty, thirtyE) = (Function("Act360"), Function("Act365"), Function("ActAct"), Function("Thirty360"), Function("Thirty360e"));
        for (var i = 0; i < Samples; i++)
        {
            var a = DateTime.UnixEpoch.AddDays(random.Next(0, 60_000));
            var b = a.AddDays(random.Next(0, i % 2 == 0 ? 700 : 30_000));
            BigInteger[] arguments = [a.Year, a.Month, a.Day, b.Year, b.Month, b.Day];
            var days = (b - a).Days;
            Exact(act360, days, 360);
            Exact(act365, days, 365);
            var (before, between, after) = a.Year == b.Year ? (0, 0, days) : ((new DateTime(a.Year + 1, 1, 1) - a).Days, b.Year - a.Year - 1, b.DayOfYear - 1);
            MathTests.AssertWithin(
                half, Quotient(before, DateTime.IsLeapYear(a.Year) ? 366 : 365) + HighPrecision.Of(between, 0) + Quotient(after, DateTime.IsLeapYear(b.Year) ? 366 : 365), actAct.Run(arguments), 18, a, b);
            var first = Math.Min(a.Day, 30);
            var months = (360 * (b.Year - a.Year)) + (30 * (b.Month - a.Month));
            if (months + b.Day >= first && months + Math.Min(b.Day, 30) >= first)
            {
                Exact(thirty, months + (first == 30 ? Math.Min(b.Day, 30) : b.Day) - first, 360);
                Exact(thirtyE, months + Math.Min(b.Day, 30) - first, 360);
            }

            void Exact(LibraryFunction function, int count, int basis) => MathTests.AssertWithin(half, Quotient(count, basis), function.Run(arguments), 18, a, b);
        }

        static HighPrecision Quotient(int count, int basis) => HighPrecision.Of(count, 0) / HighPrecision.Of(basis, 0);
    }

    private static BigInteger Decimal(double x) => new(x * 1e18);

    private static HighPrecision High(BigInteger x) => HighPrecision.Of(x, 18);
}
