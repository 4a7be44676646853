using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Runtime.Values;

/// <summary>Decimal numbers as text and as <see cref="decimal"/>, exactly or not at all.</summary>
internal static class DecimalText
{
    /// <summary>Reads what <see cref="Print"/> or a JSON file writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, ScalarFormat format, ScalarLayout layout, out BigInteger number)
    {
        number = default;
        if (text is null || !new AbiScalar(layout.Interval, layout, format).TryParse(text.Replace(",", "", StringComparison.Ordinal), out var value, out _))
        {
            return false;
        }

        number = value.Number;
        return true;
    }

    /// <summary>With thousands separated by commas, and the unit: the same in every culture.</summary>
    public static string Print(BigInteger number, ScalarFormat format) => format.Print(Scalar.Of(number));

    /// <summary>value · 10^places, which must be whole.</summary>
    /// <exception cref="ArgumentException">It has more decimal places.</exception>
    public static BigInteger Scale(decimal value, int places)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xff;
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        var scaled = BigInteger.DivRem(magnitude * BigInteger.Pow(10, places), BigInteger.Pow(10, scale), out var rest);
        return rest.IsZero ? (bits[3] < 0 ? -scaled : scaled) : throw new ArgumentException($"the value has more than {places} decimal places", nameof(value));
    }

    /// <summary>number / 10^places.</summary>
    /// <exception cref="OverflowException">A <see cref="decimal"/> cannot hold it.</exception>
    public static decimal Unscale(BigInteger number, int places)
    {
        for (; places > 0 && (number % 10).IsZero; places--)
        {
            number /= 10;
        }

        var magnitude = BigInteger.Abs(number);
        if (places > 28 || magnitude.GetBitLength() > 96)
        {
            throw new OverflowException("the number has more digits than a decimal");
        }

        return new((int)(uint)(magnitude & uint.MaxValue), (int)(uint)((magnitude >> 32) & uint.MaxValue), (int)(uint)(magnitude >> 64), number.Sign < 0, (byte)places);
    }
}
