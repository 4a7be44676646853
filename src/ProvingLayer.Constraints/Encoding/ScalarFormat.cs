using System.Globalization;
using System.Numerics;

namespace ProvingLayer.Constraints.Encoding;

/// <summary>How a scalar is written for people and in JSON.</summary>
public enum FormatKind
{
    /// <summary>A number with decimal places, maybe none, and maybe a unit.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>RFC 3339 with <c>Z</c>.</summary>
    Time,

    /// <summary>Whole seconds.</summary>
    Duration,

    /// <summary><c>0x</c> and 64 hexadecimal digits.</summary>
    Digest,

    /// <summary>As many bytes as the format has places: <c>0x</c> and two hexadecimal digits each.</summary>
    Bytes,
}

/// <summary>How a scalar is read and printed. An integer n of a <see cref="FormatKind.Number"/> stands for n / 10^Places.</summary>
/// <param name="Kind">Which form.</param>
/// <param name="Places">Decimal places; of <see cref="FormatKind.Bytes"/> their number.</param>
/// <param name="Unit">The unit that stands behind it, such as <c>USD</c> or <c>USD/AAPL</c>; null or empty for none.</param>
public readonly record struct ScalarFormat(FormatKind Kind, int Places = 0, string? Unit = null)
{
    private const long LastSecond = 253402300799;

    /// <summary>A whole number.</summary>
    public static ScalarFormat Integer { get; } = new(FormatKind.Number);

    /// <summary>A boolean.</summary>
    public static ScalarFormat Boolean { get; } = new(FormatKind.Boolean);

    /// <summary>A point in time.</summary>
    public static ScalarFormat Time { get; } = new(FormatKind.Time);

    /// <summary>A duration.</summary>
    public static ScalarFormat Duration { get; } = new(FormatKind.Duration);

    /// <summary>A digest.</summary>
    public static ScalarFormat Digest { get; } = new(FormatKind.Digest);

    /// <summary>So many bytes.</summary>
    public static ScalarFormat Bytes(int length) => new(FormatKind.Bytes, length);

    /// <summary>Bytes as a scalar: an integer whose lowest byte is the first.</summary>
    public static Scalar OfBytes(ReadOnlySpan<byte> bytes) => Scalar.Of(new BigInteger(bytes, isUnsigned: true));

    /// <summary>The bytes of a scalar.</summary>
    /// <param name="value">What <see cref="OfBytes"/> made.</param>
    /// <param name="bytes">Where to: as many as there were.</param>
    /// <exception cref="OverflowException">It is no scalar of so many bytes.</exception>
    public static void WriteBytes(Scalar value, Span<byte> bytes)
    {
        bytes.Clear();
        if (!value.Number.TryWriteBytes(bytes, out _, isUnsigned: true))
            throw new OverflowException("a scalar of more bytes");
    }

    /// <summary>Prints for people: thousands separated, with the unit.</summary>
    public string Print(Scalar value) => Kind switch
    {
        FormatKind.Number when value.Kind == ScalarKind.Integer => WithUnit(Decimal(value.Number, Places, ",")),
        FormatKind.Duration when value.Kind == ScalarKind.Integer => PrintDuration(value.Number),
        _ => Write(value),
    };

    /// <summary>Prints a rational n / (d·10^Places) for people; one that has no short decimal form is cut after six places, with a ~ before it.</summary>
    public string Print(BigInteger numerator, BigInteger denominator)
    {
        const int shown = 6;
        if (denominator.IsOne)
            return Print(Scalar.Of(numerator));
        if (denominator.IsZero)
            return WithUnit($"{Decimal(numerator, Places, ",")} / 0");
        var places = Math.Max(Places, shown);
        var quotient = BigInteger.DivRem(numerator * BigInteger.Pow(10, places - Places), denominator, out var remainder);
        return (remainder.IsZero ? "" : "~") + WithUnit(Trimmed(Decimal(quotient, places, ",")));
    }

    /// <summary>Writes for machines: no separators, no unit; the same text reads back to the same value.</summary>
    public string Write(Scalar value) => value.Kind switch
    {
        ScalarKind.Boolean => value.IsTrue ? "true" : "false",
        ScalarKind.Digest => value.ToString(),
        _ when Kind == FormatKind.Time && value.Number.Sign >= 0 && value.Number <= LastSecond =>
            DateTimeOffset.FromUnixTimeSeconds((long)value.Number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ when Kind == FormatKind.Bytes && value.Number.Sign >= 0 && value.Number.GetBitLength() <= 8 * Places => Hexadecimal(value),
        _ => Decimal(value.Number, Kind == FormatKind.Bytes ? 0 : Places, ""),
    };

    /// <summary>n / 10^places as a decimal with exactly that many places.</summary>
    public static string Decimal(BigInteger number, int places, string thousands)
    {
        var digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var whole = digits[..^places];
        if (thousands.Length > 0)
        {
            for (var i = whole.Length - 3; i > 0; i -= 3)
                whole = whole.Insert(i, thousands);
        }

        return (number.Sign < 0 ? "-" : "") + whole + (places > 0 ? "." + digits[^places..] : "");
    }

    private string Hexadecimal(Scalar value)
    {
        var bytes = new byte[Places];
        WriteBytes(value, bytes);
        return $"0x{Convert.ToHexStringLower(bytes)}";
    }

    private static string PrintDuration(BigInteger seconds)
    {
        foreach (var (length, name) in (ReadOnlySpan<(int, string)>)[(604800, "weeks"), (86400, "days"), (3600, "hours"), (60, "minutes")])
        {
            if (!seconds.IsZero && (seconds % length).IsZero)
                return $"{(seconds / length).ToString(CultureInfo.InvariantCulture)} {name}";
        }

        return $"{seconds.ToString(CultureInfo.InvariantCulture)} seconds";
    }

    private static string Trimmed(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private string WithUnit(string number) => string.IsNullOrEmpty(Unit) ? number : $"{number} {Unit}";
}
