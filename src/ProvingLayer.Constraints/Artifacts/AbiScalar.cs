using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>The type of a scalar.</summary>
/// <param name="Interval">Where an integer lies; {0} for the other kinds.</param>
/// <param name="Layout">Its limbs where it is hashed or public.</param>
/// <param name="Format">How it is written.</param>
public sealed record AbiScalar(Interval Interval, ScalarLayout Layout, ScalarFormat Format)
{
    /// <summary>What it is.</summary>
    public ScalarKind Kind => Layout.Kind;

    /// <summary>
    /// Reads what <see cref="ScalarFormat.Write"/> wrote. Numbers are decimals with at most the format's places, maybe <c>_</c> between digits
    /// and the unit behind; times are RFC 3339 with <c>Z</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value, a member of this type.</param>
    /// <param name="error">What is wrong, empty if nothing is.</param>
    public bool TryParse(string text, out Scalar value, out string error)
    {
        value = default;
        error = "";
        switch (Format.Kind)
        {
            case FormatKind.Boolean:
                value = Scalar.Of(text == "true");
                error = text is "true" or "false" ? "" : "neither true nor false";
                return error.Length == 0;
            case FormatKind.Digest:
                if (!TryParseDigest(text, out var digest))
                {
                    error = "not 0x and 64 hexadecimal digits of eight little-endian words below 2130706433";
                    return false;
                }

                value = Scalar.Of(digest);
                return true;
            case FormatKind.Bytes:
                if (text.Length != 2 + (2 * Format.Places) || !text.StartsWith("0x", StringComparison.Ordinal) || !text.AsSpan(2).ContainsOnlyHexDigits())
                {
                    error = $"not 0x and {2 * Format.Places} hexadecimal digits";
                    return false;
                }

                value = ScalarFormat.OfBytes(Convert.FromHexString(text.AsSpan(2)));
                break;
            case FormatKind.Time when text.Contains('T', StringComparison.Ordinal):
                if (!DateTimeOffset.TryParseExact(
                    text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    error = "not a time such as 2026-06-26T08:00:00Z";
                    return false;
                }

                value = Scalar.Of(time.ToUnixTimeSeconds());
                break;
            default:
                if (!TryParseNumber(text, out var number))
                {
                    error = Format.Places == 0 ? "not a whole number" : $"not a number with at most {Format.Places} decimal places";
                    return false;
                }

                value = Scalar.Of(number);
                break;
        }

        if (!Interval.Contains(value.Number))
        {
            error = $"not in {Format.Write(Scalar.Of(Interval.Low))} … {Format.Write(Scalar.Of(Interval.High))}";
            return false;
        }

        return true;
    }

    /// <summary>Reads a value from its limbs; false when they are not the limbs of a member of this type.</summary>
    public bool TryReadLimbs(ReadOnlySpan<KoalaBear> limbs, out Scalar value) =>
        Layout.TryRead(limbs, out value) && (Kind != ScalarKind.Integer || Interval.Contains(value.Number));

    /// <summary>Reads a digest: 0x and 64 hexadecimal digits of eight little-endian words in canonical form.</summary>
    public static bool TryParseDigest(string text, out Digest digest)
    {
        digest = default;
        const int characters = 2 + (2 * sizeof(uint) * Digest.Length);
        if (text.Length != characters || !text.StartsWith("0x", StringComparison.Ordinal) || !text.AsSpan(2).ContainsOnlyHexDigits())
            return false;
        var bytes = Convert.FromHexString(text.AsSpan(2));
        Span<KoalaBear> elements = stackalloc KoalaBear[Digest.Length];
        for (var i = 0; i < Digest.Length; i++)
        {
            if (!KoalaBear.TryFromCanonical(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint))), out elements[i]))
                return false;
        }

        digest = new(elements);
        return true;
    }

    private bool TryParseNumber(string text, out BigInteger number)
    {
        const int longest = 1_000;
        number = default;
        var digits = text.AsSpan();
        if (Format.Unit is { Length: > 0 } unit && digits.EndsWith(" " + unit, StringComparison.Ordinal))
            digits = digits[..^(unit.Length + 1)];
        var negative = digits.StartsWith("-", StringComparison.Ordinal);
        digits = negative ? digits[1..] : digits;
        if (digits.Length is 0 or > longest || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1]))
            return false;
        var point = digits.IndexOf('.');
        var places = 0;
        var plain = new System.Text.StringBuilder(digits.Length);
        for (var i = 0; i < digits.Length; i++)
        {
            if (i == point || (digits[i] == '_' && char.IsAsciiDigit(digits[i - 1]) && char.IsAsciiDigit(digits[i + 1])))
                continue;
            if (!char.IsAsciiDigit(digits[i]))
                return false;
            places += point >= 0 && i > point ? 1 : 0;
            plain.Append(digits[i]);
        }

        if (places > Format.Places)
            return false;
        number = BigInteger.Parse(plain.ToString(), NumberStyles.None, CultureInfo.InvariantCulture) * BigInteger.Pow(10, Format.Places - places);
        number = negative ? -number : number;
        return true;
    }
}

file static class HexText
{
    public static bool ContainsOnlyHexDigits(this ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigitLower(character) && !char.IsAsciiDigit(character))
                return false;
        }

        return true;
    }
}
