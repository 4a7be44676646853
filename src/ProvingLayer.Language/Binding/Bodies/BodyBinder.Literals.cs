using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Literals.</content>
internal sealed partial class BodyBinder
{
    private const uint Modulus = 2_130_706_433; // 2^31 − 2^24 + 1

    private const string DigestForm = "64 hexadecimal digits: 8 little-endian words below 2,130,706,433";

    /// <summary>What stands after a number, and what one of it is, in units of <see cref="Unit.Seconds"/> or none.</summary>
    private static readonly Dictionary<string, (Rational Value, Unit Unit)> s_literalUnits = new(StringComparer.Ordinal)
    {
        ["bps"] = (new(1, 10_000), Unit.None),
        ["pct"] = (new(1, 100), Unit.None),
        ["seconds"] = (new(1), Unit.Seconds),
        ["minutes"] = (new(60), Unit.Seconds),
        ["hours"] = (new(3_600), Unit.Seconds),
        ["days"] = (new(86_400), Unit.Seconds),
        ["weeks"] = (new(604_800), Unit.Seconds),
    };

    private BoundExpression BindNumber(NumberLiteralSyntax syntax)
    {
        var number = syntax.Number;
        if (number.Places > 200 || ExactType.BitLength(number.Digits) > 512)
        {
            return Report(DiagnosticTable.TooManyBits, syntax.Span, "literal", Math.Max(ExactType.BitLength(number.Digits), number.Places * 4));
        }

        var value = new Rational(number.Digits, BigInteger.Pow(10, number.Places));
        if (syntax.Unit is not { } unit)
        {
            return new BoundNumber(syntax.Span, ExactType.Of(value, Unit.None) with { IsBare = true }, value);
        }

        if (s_literalUnits.TryGetValue(unit.Text, out var known))
        {
            value *= known.Value;
            return new BoundNumber(syntax.Span, ExactType.Of(value, known.Unit), value);
        }

        switch (context.FindBare(unit.Text))
        {
            case AssetArgument argument:
                return AmountOf(syntax, value, argument.Asset);
            case Declaration { Syntax: AssetDeclarationSyntax } declaration:
                return AmountOf(syntax, value, Compilation.Asset(declaration));
            case UnitArgument argument:
                return new BoundNumber(syntax.Span, ExactType.Of(value, argument.Unit), value);
            case Declaration { Syntax: MeasureDeclarationSyntax } declaration when Compilation.Measure(declaration) is { } measure:
                return new BoundNumber(syntax.Span, ExactType.Of(value, measure), value);
            default:
                return context.File.Missing.Contains(unit.Text) ? new BoundError(syntax.Span) : Report(DiagnosticTable.UnknownUnit, unit.Span, unit.Text);
        }
    }

    private BoundExpression AmountOf(NumberLiteralSyntax syntax, Rational value, AssetSymbol asset)
    {
        if (asset.Decimals is { } decimals && syntax.Number.Places > decimals)
        {
            return Report(DiagnosticTable.LiteralPlaces, syntax.Span, asset.Name, Context.Count(decimals, "decimal place"), syntax.Number.Places);
        }

        return new BoundNumber(syntax.Span, ExactType.Of(value, Unit.Of(asset)), value);
    }

    private BoundExpression BindOpaque(HexLiteralSyntax syntax, TenorType? target)
    {
        switch (target)
        {
            case BytesType bytes:
                return BytesOf(syntax, bytes);
            case DigestType digest:
                return DigestOf(syntax, digest);
            case ErrorType:
                return new BoundError(syntax.Span);
            case null:
                return Report(DiagnosticTable.TypeUnknown, syntax.Span, "a literal 0x… is a 'hash', a 'key', an 'address' or a 'bytes<N>', and nothing here says which");
            default:
                return Mismatch(syntax.Span, target, "an opaque literal");
        }
    }

    private BoundExpression BytesOf(HexLiteralSyntax syntax, BytesType type)
    {
        if (syntax.Digits.Length != 2 * type.Length)
        {
            return Report(
                DiagnosticTable.OpaqueLiteral, syntax.Span, type, FormattableString.Invariant($"{2 * type.Length} hexadecimal digits"), FormattableString.Invariant($"it has {syntax.Digits.Length}"));
        }

        var bytes = ImmutableArray.CreateBuilder<byte>(type.Length);
        for (var i = 0; i < type.Length; i++)
        {
            bytes.Add((byte)((HexDigit(syntax.Digits[2 * i]) << 4) | HexDigit(syntax.Digits[(2 * i) + 1])));
        }

        return new BoundBytes(syntax.Span, type, bytes.ToImmutable());
    }

    private BoundExpression DigestOf(HexLiteralSyntax syntax, DigestType type)
    {
        if (syntax.Digits.Length != 64)
        {
            return Report(DiagnosticTable.OpaqueLiteral, syntax.Span, type, DigestForm, FormattableString.Invariant($"it has {syntax.Digits.Length}"));
        }

        var words = ImmutableArray.CreateBuilder<uint>(8);
        for (var i = 0; i < 8; i++)
        {
            var word = 0u;
            for (var j = 3; j >= 0; j--)
            {
                word = (word << 8) | (HexDigit(syntax.Digits[(8 * i) + (2 * j)]) << 4) | HexDigit(syntax.Digits[(8 * i) + (2 * j) + 1]);
            }

            if (word >= Modulus)
            {
                return Report(DiagnosticTable.OpaqueLiteral, syntax.Span, type, DigestForm, FormattableString.Invariant($"word {i} is {word}"));
            }

            words.Add(word);
        }

        return new BoundDigest(syntax.Span, type, words.ToImmutable());
    }

    private static uint HexDigit(char digit) => (uint)(digit <= '9' ? digit - '0' : digit - 'a' + 10);

    /// <summary><c>time("…")</c></summary>
    private BoundExpression BindTime(CallExpressionSyntax syntax)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not { Name: null, Value: StringLiteralSyntax text })
        {
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, "time", "1 text", "something else");
        }

        return ReadTime(text.Value) is { } seconds
            ? new BoundNumber(syntax.Span, NumberType.Time, new(seconds))
            : Report(DiagnosticTable.TimeLiteral, text.Span, text.Value.Length > 60 ? text.Value.Substring(0, 60) : text.Value);
    }

    /// <summary>RFC 3339 in whole seconds, as seconds since 1970.</summary>
    internal static long? ReadTime(string text)
    {
        // yyyy-MM-ddTHH:mm:ss and Z or ±HH:mm
        if (text.Length is not (20 or 25) || (text.Length == 20) != (text[19] == 'Z'))
        {
            return null;
        }

        var offset = TimeSpan.Zero;
        if (text.Length == 25)
        {
            var negative = text[19] == '-';
            if ((!negative && text[19] != '+') || text[22] != ':' || Digits(text, 20, 2) is not (>= 0 and < 24 and var hours) || Digits(text, 23, 2) is not (>= 0 and < 60 and var minutes))
            {
                return null;
            }

            offset = new TimeSpan(hours, minutes, 0);
            offset = negative ? -offset : offset;
        }

        if (!DateTime.TryParseExact(
            text.Substring(0, 19), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            return null;
        }

        var seconds = ((parsed.Ticks - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks) / TimeSpan.TicksPerSecond) - (long)offset.TotalSeconds;
        return seconds is >= 0 and <= NumberType.LastSecond ? seconds : null;
    }

    private static int Digits(string text, int start, int length)
    {
        var value = 0;
        for (var i = start; i < start + length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return -1;
            }

            value = (10 * value) + (text[i] - '0');
        }

        return value;
    }

    /// <summary>An end of a refinement's range; null, and reported, if it is none.</summary>
    public Rational? BindBoundary(ExpressionSyntax syntax, NumberType type)
    {
        var bound = Bind(syntax);
        if (IsError(bound))
        {
            return null;
        }

        if (!IsNumber(bound))
        {
            Mismatch(syntax.Span, "a number", bound.Type);
            return null;
        }

        if (!CheckUnit(bound, type, syntax.Span))
        {
            return null;
        }

        if (Folding.ValueOf(bound) is not { } value)
        {
            if (!context.Generics.IsSymbolic)
            {
                Report(DiagnosticTable.NotConstant, syntax.Span, "the end of a range");
            }

            return null;
        }

        return value;
    }

    /// <summary>An array's length; null, and reported, if it is none.</summary>
    /// <param name="syntax">The expression.</param>
    /// <param name="what">What it is for.</param>
    public int? BindLength(ExpressionSyntax syntax, string what = "an array's length")
    {
        var bound = Bind(syntax);
        if (IsError(bound))
        {
            return null;
        }

        if (!IsNumber(bound) || Folding.ValueOf(bound) is not { } value)
        {
            Report(DiagnosticTable.NotConstant, syntax.Span, what);
            return null;
        }

        if (!value.IsInteger || value.Numerator < 1 || value.Numerator > 1 << 20 || !Arithmetic.TypeOf(bound).Unit.IsNone)
        {
            Report(DiagnosticTable.ArrayLength, syntax.Span, value, 1);
            return null;
        }

        return (int)value.Numerator;
    }
}
