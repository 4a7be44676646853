using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Tuples, arrays, structs, and the bodies of <c>become</c> and <c>emit</c>.</content>
internal sealed partial class BodyBinder
{
    private BoundExpression BindTuple(TupleExpressionSyntax syntax, TenorType? target)
    {
        var places = target is TupleType tuple && tuple.Elements.Length == syntax.Elements.Length ? tuple.Elements : default;
        var elements = ImmutableArray.CreateBuilder<BoundExpression>(syntax.Elements.Length);
        for (var i = 0; i < syntax.Elements.Length; i++)
        {
            elements.Add(places.IsDefault ? Bind(syntax.Elements[i]) : BindStored(syntax.Elements[i], places[i]));
        }

        return elements.Any(IsError)
            ? new BoundError(syntax.Span)
            : new BoundTuple(syntax.Span, new(elements.Select(e => e.Type).ToImmutableArray()), elements.ToImmutable());
    }

    private BoundExpression BindArray(ArrayExpressionSyntax syntax, TenorType? target)
    {
        if (target is ArrayType array)
        {
            if (array.Length != syntax.Elements.Length)
            {
                return Mismatch(syntax.Span, array, Context.Count(syntax.Elements.Length, "element"));
            }

            var stored = syntax.Elements.Select(e => BindStored(e, array.Element)).ToImmutableArray();
            return stored.Any(IsError) ? new BoundError(syntax.Span) : new BoundArray(syntax.Span, array, stored);
        }

        var elements = syntax.Elements.Select(e => Bind(e)).ToImmutableArray();
        if (elements.Any(IsError))
        {
            return new BoundError(syntax.Span);
        }

        if (elements.IsEmpty || !IsStorable(elements[0].Type) || elements.FirstOrDefault(e => !e.Type.Equals(elements[0].Type)) is not null)
        {
            return elements.Length > 0 && elements.All(e => IsStorable(e.Type))
                ? Mismatch(syntax.Span, $"elements of one type, {elements[0].Type}", elements.First(e => !e.Type.Equals(elements[0].Type)).Type)
                : Report(DiagnosticTable.TypeUnknown, syntax.Span, "the elements of an array are stored, and nothing here says as what");
        }

        var type = new ArrayType(elements[0].Type, elements.Length);
        return context.FitsLimits(type, syntax.Span, "this array") ? new BoundArray(syntax.Span, type, elements) : new BoundError(syntax.Span);
    }

    private BoundExpression BindRepeat(RepeatExpressionSyntax syntax, TenorType? target)
    {
        var element = target is ArrayType array ? BindStored(syntax.Element, array.Element) : Bind(syntax.Element);
        var length = BindLength(syntax.Length);
        if (IsError(element) || length is not { } count)
        {
            return new BoundError(syntax.Span);
        }

        if (!IsStorable(element.Type))
        {
            return Report(DiagnosticTable.TypeUnknown, syntax.Element.Span, "the elements of an array are stored, and nothing here says as what");
        }

        var type = new ArrayType(element.Type, count);
        return context.FitsLimits(type, syntax.Span, "this array") ? new BoundRepeat(syntax.Span, type, element) : new BoundError(syntax.Span);
    }

    private BoundExpression BindStruct(StructExpressionSyntax syntax, TenorType? target)
    {
        if (BindVariantBody(syntax, target) is { } variant)
        {
            return variant;
        }

        var type = context.BindAnyType(new NamedTypeSyntax(syntax.Path.Span, syntax.Path, syntax.Arguments, null));
        switch (type)
        {
            case StructType structure:
                var fields = structure.Fields.Select((f, i) => new FieldSymbol(f.Name, i, f.Type, false, false, null, null, syntax.Path.Span)).ToImmutableArray();
                return BindBody(syntax.Body, fields, structure.Name, structure, syntax.Span) is { } body
                    ? new BoundStruct(syntax.Span, structure, body.Values, body.Order)
                    : new BoundError(syntax.Span);
            case ErrorType:
                BindOnlyForMistakes(syntax.Body);
                return new BoundError(syntax.Span);
            default:
                return Mismatch(syntax.Path.Span, "a struct", type);
        }
    }

    /// <summary>Values for all fields, by name; null, and reported, if one is wrong.</summary>
    /// <param name="syntax">The braces.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="owner">What has the fields, for messages.</param>
    /// <param name="structure">The struct that <c>..e</c> may be of; null where it may not stand.</param>
    /// <param name="span">The place of a value that is missing.</param>
    private (ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order)? BindBody(
        StructBodySyntax? syntax, ImmutableArray<FieldSymbol> fields, string owner, StructType? structure, SourceSpan span)
    {
        var given = syntax?.Fields ?? ImmutableArray<FieldValueSyntax>.Empty;
        var bound = BindNamed(given.Select(f => (f.Name, (ExpressionSyntax?)f.Value)), fields, owner);
        var givenFields = new HashSet<int>(bound.Order);
        var missing = fields.Where(f => !givenFields.Contains(f.Ordinal));
        if (syntax?.Rest is { } rest)
        {
            if (structure is null)
            {
                Reporter.NotSupported(rest.Span, "'..' outside a struct");
                return null;
            }

            var source = BindStored(rest, structure);
            if (IsError(source) || bound.Failed)
            {
                return null;
            }

            var all = (Values: bound.Values.ToBuilder(), Order: bound.Order.ToBuilder());
            foreach (var field in missing)
            {
                all.Values.Add(ElementOf(source, field.Ordinal) ?? new BoundStructElement(rest.Span, field.Type, source, field.Ordinal));
                all.Order.Add(field.Ordinal);
            }

            return (all.Values.ToImmutable(), all.Order.ToImmutable());
        }

        var first = missing.Take(6).Select(f => f.Name).ToList();
        if (first.Count > 0)
        {
            Report(DiagnosticTable.MissingField, span, owner, string.Join(", ", first.Take(5)) + (first.Count > 5 ? ", …" : ""));
            return null;
        }

        return bound.Failed ? null : (bound.Values, bound.Order);
    }

    /// <summary>Values by name, stored in their fields, in the order they are written.</summary>
    private (ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order, bool Failed) BindNamed(
        IEnumerable<(NameSyntax Name, ExpressionSyntax? Value)> given, ImmutableArray<FieldSymbol> fields, string owner)
    {
        var (values, order, failed) = (ImmutableArray.CreateBuilder<BoundExpression>(), ImmutableArray.CreateBuilder<int>(), false);
        var (rows, seen) = (given.ToList(), new HashSet<FieldSymbol>());
        var known = rows.Count > 4 ? fields.ToDictionary(f => f.Name, StringComparer.Ordinal) : null; // not for a few of many fields
        foreach (var (name, value) in rows)
        {
            var field = known is null ? fields.FirstOrDefault(f => f.Name == name.Text) : known.TryGetValue(name.Text, out var found) ? found : null;
            var isFirst = field is not null && seen.Add(field);
            if (!isFirst && name.Text.Length > 0)
            {
                Report(field is null ? DiagnosticTable.UnknownField : DiagnosticTable.RepeatedField, name.Span, field is null ? [owner, name.Text] : [name.Text]);
            }

            var bound = value is null ? new BoundError(name.Span) : BindStored(value, field?.Type ?? ErrorType.Instance);
            if (!isFirst)
            {
                failed = true;
                continue;
            }

            failed |= IsError(bound);
            values.Add(bound);
            order.Add(field!.Ordinal);
        }

        return (values.ToImmutable(), order.ToImmutable(), failed);
    }

    /// <summary>Binds values of something unknown, for what is wrong inside them.</summary>
    private void BindOnlyForMistakes(StructBodySyntax? body)
    {
        foreach (var field in body?.Fields ?? ImmutableArray<FieldValueSyntax>.Empty)
        {
            Bind(field.Value, ErrorType.Instance);
        }
    }

    /// <summary>Whether a type has a size: an exact number has none.</summary>
    private static bool IsStorable(TenorType type) => type switch
    {
        ExactType or MachineType or ProofType => false,
        TupleType tuple => tuple.Elements.All(IsStorable),
        _ => true,
    };
}
