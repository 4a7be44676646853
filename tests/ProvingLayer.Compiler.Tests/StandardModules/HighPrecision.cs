using System.Numerics;

namespace ProvingLayer.Compiler.Tests.StandardModules;

/// <summary>Numbers with 60 decimal places: what the library's functions are measured against. Written for being right, not for speed.</summary>
internal readonly record struct HighPrecision(BigInteger Units) : IComparable<HighPrecision>
{
    private const int Places = 60;
    private const int SquareHalvings = 12;
    private static readonly BigInteger one = BigInteger.Pow(10, Places);

    /// <summary>1 / √(2π), from π by Machin's formula.</summary>
    private static readonly HighPrecision bell = Of(1, 0) / Sqrt(Of(8, 0) * ((Of(4, 0) * InverseTangent(5)) - InverseTangent(239)));

    /// <summary>n / 10^places.</summary>
    public static HighPrecision Of(BigInteger n, int places) => new(n * BigInteger.Pow(10, Places - places));

    public static HighPrecision operator +(HighPrecision l, HighPrecision r) => new(l.Units + r.Units);

    public static HighPrecision operator -(HighPrecision l, HighPrecision r) => new(l.Units - r.Units);

    public static HighPrecision operator -(HighPrecision x) => new(-x.Units);

    public static HighPrecision operator *(HighPrecision l, HighPrecision r) => new(l.Units * r.Units / one);

    public static HighPrecision operator /(HighPrecision l, HighPrecision r) => new(l.Units * one / r.Units);

    public static bool operator <(HighPrecision l, HighPrecision r) => l.Units < r.Units;

    public static bool operator >(HighPrecision l, HighPrecision r) => l.Units > r.Units;

    public static bool operator <=(HighPrecision l, HighPrecision r) => l.Units <= r.Units;

    public static bool operator >=(HighPrecision l, HighPrecision r) => l.Units >= r.Units;

    public static HighPrecision Abs(HighPrecision x) => new(BigInteger.Abs(x.Units));

    /// <summary>e^x: the series at x / 2^12, squared twelve times.</summary>
    public static HighPrecision Exp(HighPrecision x)
    {
        // More places inside, for each squaring doubles the error.
        var guard = BigInteger.Pow(10, 20);
        var scale = one * guard;
        var small = (x.Units * guard) >> SquareHalvings;
        var (sum, term) = (scale, scale);
        for (var n = 1; !term.IsZero; n++)
        {
            term = term * small / scale / n;
            sum += term;
        }

        for (var i = 0; i < SquareHalvings; i++)
            sum = sum * sum / scale;
        return new(sum / guard);
    }

    /// <summary>ln x by Halley's steps towards the y of which e^y is x: each triples the digits.</summary>
    public static HighPrecision Ln(HighPrecision x)
    {
        var y = Of(new BigInteger(Math.Log((double)x.Units) * 1e12) - new BigInteger(Places * Math.Log(10) * 1e12), 12);
        for (var i = 0; i < 3; i++)
        {
            var e = Exp(y);
            y += Of(2, 0) * ((x - e) / (x + e));
        }

        return y;
    }

    /// <summary>√x, rounded down.</summary>
    public static HighPrecision Sqrt(HighPrecision x)
    {
        if (x.Units.IsZero)
            return x;
        var n = x.Units * one;
        var root = BigInteger.One << ((int)(n.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (n / root)) >> 1;
            if (next >= root)
                return new(root);
            root = next;
        }
    }

    /// <summary>The density of the normal distribution.</summary>
    public static HighPrecision Pdf(HighPrecision x) => bell * Exp(-(x * x) / Of(2, 0));

    /// <summary>The normal distribution: ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + …), all terms of one sign.</summary>
    public static HighPrecision Cdf(HighPrecision x)
    {
        var (sum, term, square) = (x, x, x * x);
        for (var n = 3; !term.Units.IsZero && n < 5_000; n += 2)
        {
            term = term * square / Of(n, 0);
            sum += term;
        }

        return Of(5, 1) + (Pdf(x) * sum);
    }

    public int CompareTo(HighPrecision other) => Units.CompareTo(other.Units);

    /// <inheritdoc/>
    public override string ToString() => Constraints.Encoding.ScalarFormat.Decimal(Units, Places, "");

    // arctan 1/n
    private static HighPrecision InverseTangent(int n)
    {
        var (sum, power) = (BigInteger.Zero, one / n);
        for (var k = 1; !power.IsZero; k += 2)
        {
            sum += k % 4 == 1 ? power / k : -(power / k);
            power /= n * n;
        }

        return new(sum);
    }
}
