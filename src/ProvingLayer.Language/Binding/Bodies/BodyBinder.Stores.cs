using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Where values are stored: units, places, directions and ranges are checked here.</content>
internal sealed partial class BodyBinder
{
    /// <summary>A value in a place of a type, at most by the implicit conversions.</summary>
    private BoundExpression Store(BoundExpression value, TenorType target, SourceSpan span)
    {
        if (IsError(value) || target is ErrorType)
        {
            return value is BoundError ? value : new BoundError(span);
        }

        if (value.Type.Equals(target))
        {
            return value;
        }

        switch (target)
        {
            case NumberType number when IsNumber(value):
                return CheckUnit(value, number, span) && CheckDirection(value, number, span) ? Store(value, number, Rounding.None, span) : new BoundError(span);
            case ProofType { Claim.Members: var members } when value.Type is ProofType { Claim: var claim } && members.Any(m => m.QualifiedName == claim.QualifiedName):
                return value; // it says the same, in the same scalars
            case OptionType option when value.Type is OptionType from:
                return StoreOption(value, from, option, span);
            case OptionType option:
                var inside = Store(value, option.Element, span);
                return IsError(inside) ? inside : new BoundVariant(span, option, 1, [inside], [0]);
            case ArrayType array when value.Type is ArrayType from && from.Length == array.Length:
                return StoreParts(value, target, from.Length, (v, i) => new BoundArrayElement(span, from.Element, v, Whole(span, i)), _ => array.Element, span);
            case TupleType tuple when value.Type is TupleType from && from.Elements.Length == tuple.Elements.Length:
                return StoreParts(value, target, tuple.Elements.Length, (v, i) => new BoundTupleElement(span, from.Elements[i], v, i), i => tuple.Elements[i], span);
            default:
                return value.Type is TupleType { Elements.IsEmpty: true }
                    ? Report(DiagnosticTable.NoValue, span, target)
                    : Mismatch(span, target, value.Type);
        }
    }

    private BoundExpression StoreParts(
        BoundExpression value, TenorType target, int count, Func<BoundExpression, int, BoundExpression> part, Func<int, TenorType> type, SourceSpan span)
    {
        var local = value as BoundLocal is { Local.Kind: not LocalKind.Mutable } known ? known.Local : Hidden("let", value.Type, span);
        var parts = ImmutableArray.CreateBuilder<BoundExpression>(count);
        for (var i = 0; i < count; i++)
        {
            var stored = Store(part(new BoundLocal(span, local), i), type(i), span);
            if (IsError(stored))
            {
                return stored;
            }

            parts.Add(stored);
        }

        BoundExpression rebuilt = target is ArrayType array ? new BoundArray(span, array, parts.ToImmutable()) : new BoundTuple(span, (TupleType)target, parts.ToImmutable());
        return value is BoundLocal same && ReferenceEquals(same.Local, local) ? rebuilt : new BoundBlock(span, [new BoundLet(span, local, value)], rebuilt);
    }

    /// <summary>A number in a place: unit and direction are checked. Without a rounding word, nothing may be lost.</summary>
    private BoundExpression Store(BoundExpression value, NumberType target, Rounding rounding, SourceSpan span)
    {
        var exact = Arithmetic.TypeOf(value);
        if (rounding == Rounding.None && target.PlacesAreKnown && !exact.PlacesAreDeferred)
        {
            if (exact.Places is not { } places)
            {
                return Report(DiagnosticTable.QuotientLost, span, target);
            }

            if (places > target.Places)
            {
                return Report(
                    DiagnosticTable.PlacesLost,
                    span,
                    value.Type is NumberType stored ? stored : exact with { Places = null },
                    Context.Count(places, "place"),
                    target,
                    Context.Count(target.Places, "place"),
                    Context.Count(places - target.Places, "place"));
            }
        }

        if (Folding.ValueOf(value) is { } constant && target.PlacesAreKnown)
        {
            return StoreConstant(constant, target, rounding, span);
        }

        // What is lossless needs no word: with it, lowering would divide for nothing.
        var lossless = exact.Places is { } known && known <= target.Places && target.PlacesAreKnown && !exact.PlacesAreDeferred;
        return value.Type is NumberType from && SameRange(from, target) ? Retype(value, target) : new BoundStore(span, value, target, lossless ? Rounding.None : rounding);
    }

    private BoundExpression StoreConstant(Rational value, NumberType target, Rounding rounding, SourceSpan span)
    {
        var scaled = value * new Rational(BigInteger.Pow(10, target.Places));
        if (rounding == Rounding.Exactly && !scaled.IsInteger)
        {
            return Report(DiagnosticTable.ConstantRange, span, value, target, target.MinValue, target.MaxValue);
        }

        var rounded = Folding.Round(scaled, rounding);
        return rounded < target.Min || rounded > target.Max
            ? Report(DiagnosticTable.ConstantRange, span, value, target, target.MinValue, target.MaxValue)
            : new BoundNumber(span, target, new(rounded, BigInteger.Pow(10, target.Places)));
    }

    private static bool SameRange(NumberType a, NumberType b) => a.Kind == b.Kind && a.Places == b.Places && a.Min >= b.Min && a.Max <= b.Max;

    // Only the direction, or the name of the range, changes: nothing happens at run time.
    private static BoundStore Retype(BoundExpression value, NumberType target) => new(value.Span, value, target, Rounding.None);

    /// <summary>Reports a unit that is not the target's: a bare literal takes a <c>dec</c>'s, 0 takes any.</summary>
    private bool CheckUnit(BoundExpression value, NumberType target, SourceSpan span)
    {
        var exact = Arithmetic.TypeOf(value);
        if (exact.IsTime != target.IsTime)
        {
            Mismatch(span, target, exact.IsTime ? NumberType.Time : value.Type);
            return false;
        }

        if (exact.Unit.Equals(target.Unit) || IsZero(value) || (exact.IsBare && target.Kind == NumberKind.FixedPoint))
        {
            return true;
        }

        var hint = exact.IsBare && target.Unit.Asset is { } asset ? $"; write the asset after the number: '{span.Text} {asset.Name}', or multiply by '{asset.Name}.unit'"
            : exact.IsBare && target.Kind == NumberKind.Duration ? $"; say which: '{span.Text} seconds', '{span.Text} days'"
            : "";
        Report(DiagnosticTable.UnitMismatch, span, exact.Unit.Describe(), target.Unit.Describe(), hint.Length > 160 ? "" : hint);
        return false;
    }

    private bool CheckDirection(BoundExpression value, NumberType target, SourceSpan span)
    {
        var from = Arithmetic.TypeOf(value).Direction;
        if (Arithmetic.Converts(from, target.Direction))
        {
            return true;
        }

        var reason = target.Direction switch
        {
            Direction.Exact => "it is rounded, and a bare type is exact",
            Direction.Lo => "it may be above the exact result",
            _ => "it may be below the exact result",
        };
        Report(DiagnosticTable.DirectionLost, span, from.ToString().ToLowerInvariant(), target, reason);
        return false;
    }

    private static bool IsZero(BoundExpression value) => value is BoundNumber { Value.Sign: 0 };

    private static BoundNumber Whole(SourceSpan span, BigInteger value) => new(span, ExactType.Of(new Rational(value), Unit.None), new(value));
}
