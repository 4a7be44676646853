using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>What a scalar is.</summary>
public enum AbiKind : byte
{
    /// <summary>An integer of an interval.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Eight field elements.</summary>
    Digest,
}

/// <summary>How a scalar is written.</summary>
public enum AbiFormat : byte
{
    /// <summary>A decimal number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>RFC 3339 with <c>Z</c>; the integer counts seconds from 1970.</summary>
    Time,

    /// <summary>Whole seconds.</summary>
    Duration,

    /// <summary><c>0x</c> and 64 hexadecimal digits.</summary>
    Digest,
}

/// <summary>A concrete scalar: an integer, a boolean (0 or 1) or a digest.</summary>
public readonly record struct AbiValue
{
    private AbiValue(AbiKind kind, BigInteger number, Digest digest) => (Kind, Number, Digest) = (kind, number, digest);

    /// <summary>What it is.</summary>
    public AbiKind Kind { get; }

    /// <summary>The integer; 0 or 1 of a boolean; 0 of a digest.</summary>
    public BigInteger Number { get; }

    /// <summary>The digest; zero for the other kinds.</summary>
    public Digest Digest { get; }

    /// <summary>An integer.</summary>
    public static AbiValue Of(BigInteger value) => new(AbiKind.Integer, value, default);

    /// <summary>A boolean.</summary>
    public static AbiValue Of(bool value) => new(AbiKind.Boolean, value ? BigInteger.One : BigInteger.Zero, default);

    /// <summary>A digest.</summary>
    public static AbiValue Of(Digest value) => new(AbiKind.Digest, default, value);
}

/// <summary>The type of a scalar.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lower">An integer's least value; 0 for the other kinds.</param>
/// <param name="Upper">An integer's greatest value; 0 for the other kinds.</param>
/// <param name="Limbs">Elements where it is hashed or public, 1 … 8: an integer's 16-bit limbs, one, or a digest's eight.</param>
/// <param name="IsSigned">Whether its limbs are two's complement.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Places">Decimal places of a number: the integer n stands for n / 10^places.</param>
/// <param name="Unit">A number's unit, such as <c>USD/AAPL</c>; empty for none.</param>
public sealed record AbiScalar(
    AbiKind Kind, BigInteger Lower, BigInteger Upper, int Limbs, bool IsSigned, AbiFormat Format, int Places, string Unit)
{
    private const int LimbBits = 16;
    private const long LastSecond = 253402300799;

    /// <summary>Writes a value as text that <see cref="TryParse"/> reads back to the same value.</summary>
    public string Write(AbiValue value)
    {
        switch (Format)
        {
            case AbiFormat.Boolean:
                return value.Number.IsZero ? "false" : "true";
            case AbiFormat.Digest:
                return "0x" + value.Digest;
            case AbiFormat.Time when value.Number.Sign >= 0 && value.Number <= LastSecond:
                return DateTimeOffset.FromUnixTimeSeconds((long)value.Number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            default:
                var digits = BigInteger.Abs(value.Number).ToString(CultureInfo.InvariantCulture).PadLeft(Places + 1, '0');
                return (value.Number.Sign < 0 ? "-" : "") + digits[..^Places] + (Places > 0 ? "." + digits[^Places..] : "");
        }
    }

    /// <summary>
    /// Reads a value. Numbers are decimals with at most the type's places, <c>_</c> between digits, and maybe the unit behind;
    /// times are RFC 3339 with <c>Z</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value, of this type's range.</param>
    /// <param name="error">What is wrong, empty if nothing is.</param>
    public bool TryParse(string text, out AbiValue value, out string error)
    {
        value = default;
        error = "";
        switch (Format)
        {
            case AbiFormat.Boolean:
                value = AbiValue.Of(text == "true");
                error = text is "true" or "false" ? "" : "neither true nor false";
                return error.Length == 0;
            case AbiFormat.Digest:
                if (!TryParseDigest(text, out var digest))
                {
                    error = "not 0x and 64 hexadecimal digits of eight little-endian words below 2130706433";
                    return false;
                }

                value = AbiValue.Of(digest);
                return true;
            case AbiFormat.Time:
                if (!DateTimeOffset.TryParseExact(
                    text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    error = "not a time such as 2026-06-26T08:00:00Z";
                    return false;
                }

                value = AbiValue.Of(time.ToUnixTimeSeconds());
                break;
            default:
                if (!TryParseNumber(text, out var number))
                {
                    error = Places == 0 ? "not a whole number" : $"not a number with at most {Places} decimal places";
                    return false;
                }

                value = AbiValue.Of(number);
                break;
        }

        if (value.Number < Lower || value.Number > Upper)
        {
            error = $"not in {Write(AbiValue.Of(Lower))} … {Write(AbiValue.Of(Upper))}";
            return false;
        }

        return true;
    }

    /// <summary>Writes a value's limbs, as they are hashed and public.</summary>
    /// <param name="value">A value of this type.</param>
    /// <param name="limbs">Exactly <see cref="Limbs"/> elements.</param>
    public void WriteLimbs(AbiValue value, Span<KoalaBear> limbs)
    {
        if (Kind == AbiKind.Digest)
        {
            value.Digest.AsSpan().CopyTo(limbs);
            return;
        }

        var rest = value.Number.Sign < 0 ? value.Number + (BigInteger.One << (Limbs * LimbBits)) : value.Number;
        for (var i = 0; i < Limbs; i++)
        {
            limbs[i] = KoalaBear.FromCanonical((uint)(rest & 0xffff));
            rest >>= LimbBits;
        }
    }

    /// <summary>Reads a value from limbs; false when they are not limbs of a value of this type.</summary>
    public bool TryReadLimbs(ReadOnlySpan<KoalaBear> limbs, out AbiValue value)
    {
        value = default;
        if (limbs.Length != Limbs)
            return false;
        if (Kind == AbiKind.Digest)
        {
            value = AbiValue.Of(new Digest(limbs));
            return true;
        }

        var number = BigInteger.Zero;
        for (var i = Limbs - 1; i >= 0; i--)
        {
            if (limbs[i].Canonical >> LimbBits != 0)
                return false;
            number = (number << LimbBits) + limbs[i].Canonical;
        }

        if (Kind == AbiKind.Boolean)
        {
            value = AbiValue.Of(number.IsOne);
            return number <= BigInteger.One;
        }

        if (IsSigned && limbs[^1].Canonical >> (LimbBits - 1) != 0)
            number -= BigInteger.One << (Limbs * LimbBits);
        value = AbiValue.Of(number);
        return number >= Lower && number <= Upper;
    }

    private static bool TryParseDigest(string text, out Digest digest)
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
        if (Unit.Length > 0 && digits.EndsWith(" " + Unit, StringComparison.Ordinal))
            digits = digits[..^(Unit.Length + 1)];
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

        if (places > Places)
            return false;
        number = BigInteger.Parse(plain.ToString(), NumberStyles.None, CultureInfo.InvariantCulture) * BigInteger.Pow(10, Places - places);
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
