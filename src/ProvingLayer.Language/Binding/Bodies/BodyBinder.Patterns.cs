using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Patterns on values.</content>
internal sealed partial class BodyBinder
{
    private const int MaxPatterns = 256;

    private const string MutableNeedsType = "'let mut' stores its value, and nothing here says as what";

    private int _patterns;
    private LocalKind _bound = LocalKind.Let; // what names become

    /// <summary>When one of several patterns matches; null if always.</summary>
    private BoundExpression? BindPatterns(
        ImmutableArray<PatternSyntax> patterns, BoundExpression subject, out ImmutableArray<PatternForm> forms, out ImmutableArray<BoundStatement> bindings)
    {
        var lets = ImmutableArray.CreateBuilder<BoundStatement>();
        var taken = ImmutableArray.CreateBuilder<PatternForm>();
        var alternatives = new List<(PatternSyntax Pattern, BoundExpression? Condition, List<BoundLet> Lets)>();
        _patterns = 0;
        foreach (var pattern in patterns)
        {
            var own = patterns.Length == 1 ? lets : ImmutableArray.CreateBuilder<BoundStatement>();
            if (patterns.Length > 1)
            {
                Push();
            }

            var condition = BindPattern(pattern, subject, own, out var form);
            if (patterns.Length > 1)
            {
                Pop();
            }

            taken.Add(form);
            alternatives.Add((pattern, condition, [.. own.Cast<BoundLet>()]));
        }

        if (patterns.Length > 1)
        {
            BindAlternatives(alternatives, lets);
        }

        bindings = lets.ToImmutable();
        forms = taken.ToImmutable();
        BoundExpression? any = null;
        foreach (var (pattern, condition, _) in alternatives)
        {
            any = condition is null || any is null ? condition ?? any : new BoundLogical(pattern.Span, LogicalOperator.Or, any, condition);
        }

        return alternatives.Exists(a => a.Condition is null) ? null : any;
    }

    /// <summary>The names that all alternatives bind, each with the value of the first alternative that matches.</summary>
    private void BindAlternatives(
        List<(PatternSyntax Pattern, BoundExpression? Condition, List<BoundLet> Lets)> alternatives, ImmutableArray<BoundStatement>.Builder lets)
    {
        foreach (var name in alternatives.SelectMany(a => a.Lets).Select(l => l.Local).GroupBy(l => l.Name, StringComparer.Ordinal).Select(n => n.First()))
        {
            var type = name.Type;
            var same = alternatives.ConvertAll(a => a.Lets.Find(l => l.Local.Name == name.Name)); // twice in one is reported already
            if (same.FindIndex(l => l is null) is >= 0 and var missing)
            {
                Report(DiagnosticTable.AlternativeNames, alternatives[missing].Pattern.Span, name.Name);
                type = ErrorType.Instance;
            }
            else if (same.Find(l => !l!.Local.Type.Equals(name.Type)) is { } other)
            {
                Report(DiagnosticTable.ArmTypes, other.Local.Span, name.Type, other.Local.Type);
                type = ErrorType.Instance;
            }

            var value = same[same.Count - 1]?.Value;
            for (var i = type is ErrorType ? -1 : same.Count - 2; i >= 0; i--)
            {
                value = alternatives[i].Condition is { } condition ? new BoundConditional(name.Span, type, condition, same[i]!.Value, value!) : same[i]!.Value;
            }

            lets.Add(new BoundLet(name.Span, Declare(new(name.Span, name.Name), LocalKind.Let, type), type is ErrorType ? new BoundError(name.Span) : value!));
        }
    }

    /// <summary>When a pattern matches a value, which is evaluated already; null if always. The names it binds are declared and added.</summary>
    private BoundExpression? BindPattern(PatternSyntax pattern, BoundExpression value, ImmutableArray<BoundStatement>.Builder lets, out PatternForm form)
    {
        form = PatternForm.Any;
        if (++_patterns > MaxPatterns)
        {
            return _patterns == MaxPatterns + 1 ? Report(DiagnosticTable.TooManyPatterns, pattern.Span, MaxPatterns) : new BoundError(pattern.Span);
        }

        switch (pattern)
        {
            case WildcardPatternSyntax:
                return null;
            case BindingPatternSyntax binding:
                if (_bound == LocalKind.Mutable && !IsError(value) && !IsStorable(value.Type))
                {
                    DeclareNames(binding);
                    Report(DiagnosticTable.TypeUnknown, binding.Span, MutableNeedsType);
                    return null;
                }

                lets.Add(new BoundLet(binding.Span, Declare(binding.Name, _bound, value.Type), value));
                return null;
            case TuplePatternSyntax tuple when value.Type is TupleType type && type.Elements.Length == tuple.Elements.Length:
                return BindParts(
                    0, type.Elements.Length, [.. tuple.Elements.Select((p, i) => (i, p, new BoundTupleElement(p.Span, type.Elements[i], value, i)))], lets, out form);
            case NamePatternSyntax name when VariantOf(name, value.Type) is { } variant:
                return BindVariantPattern(name, value, (EnumType)value.Type, variant, lets, out form);
            case SomePatternSyntax some when value.Type is OptionType option:
                var inside = BindParts(1, 1, [(0, some.Inner, new BoundPayload(some.Span, option.Element, value, 1, 0))], lets, out form);
                return All([new BoundIsVariant(some.Span, value, 1), inside]);
            case LiteralPatternSyntax { Literal: NoneLiteralSyntax } when value.Type is OptionType:
                form = new CaseForm(0, []);
                return new BoundIsVariant(pattern.Span, value, 0);
            case NamePatternSyntax { HasFields: true } name when value.Type is StructType structure && NamesStruct(name, structure):
                return BindFieldPatterns(
                    name, 0, structure, structure.Fields, (f, i) => new BoundStructElement(f.Span, structure.Fields[i].Type, value, i), lets, out form);
            case NamePatternSyntax { HasFields: false } constant:
                return ComparePattern(pattern, value, Bind(ConstantReference(constant.Path), value.Type), out form);
            case LiteralPatternSyntax literal:
                return ComparePattern(pattern, value, BindLiteral(literal, value.Type), out form);
            default:
                return IsError(value) ? new BoundError(pattern.Span) : Report(DiagnosticTable.PatternMismatch, pattern.Span, value.Type);
        }
    }

    /// <summary>Which variant of what is matched a pattern names: by itself, or after the enum's name.</summary>
    private int? VariantOf(NamePatternSyntax pattern, TenorType type)
    {
        if (type is not EnumType choice || choice.IndexOf(pattern.Path.Last.Text) is not (>= 0 and var index))
        {
            return null;
        }

        var parts = pattern.Path.Parts;
        return parts.Length == 1 || (EnumOf(new(parts[0].Span, parts.RemoveAt(parts.Length - 1)), type) is { } owner && owner.Equals(type)) ? index : null;
    }

    private BoundExpression? BindVariantPattern(
        NamePatternSyntax pattern, BoundExpression value, EnumType choice, int index, ImmutableArray<BoundStatement>.Builder lets, out PatternForm form)
    {
        var fields = choice.Cases[index].Fields;
        var inside = BindFieldPatterns(pattern, index, choice, fields, (f, i) => new BoundPayload(f.Span, fields[i].Type, value, index, i), lets, out form);
        return All([new BoundIsVariant(pattern.Span, value, index), inside]);
    }

    private BoundExpression? BindFieldPatterns(
        NamePatternSyntax pattern,
        int number,
        TenorType owner,
        ImmutableArray<StructField> fields,
        Func<FieldPatternSyntax, int, BoundExpression> part,
        ImmutableArray<BoundStatement>.Builder lets,
        out PatternForm form)
    {
        var (known, failed, seen) = (new List<(int, PatternSyntax, BoundExpression)>(), false, new HashSet<int>());
        foreach (var field in pattern.Fields)
        {
            var index = fields.IndexOf(fields.FirstOrDefault(f => f.Name == field.Name.Text)!);
            if (index < 0)
            {
                Report(DiagnosticTable.UnknownField, field.Name.Span, owner is EnumType choice ? $"{owner}.{choice.Cases[number].Name}" : owner, field.Name.Text);
            }
            else if (!seen.Add(index))
            {
                Report(DiagnosticTable.RepeatedField, field.Name.Span, field.Name.Text);
            }
            else
            {
                known.Add((index, field.Pattern, part(field, index)));
                continue;
            }

            failed = true;
        }

        var condition = BindParts(number, fields.Length, known, lets, out form);
        return failed ? new BoundError(pattern.Span) : condition;
    }

    /// <summary>Patterns on parts of a value, each part evaluated already; the others may be anything.</summary>
    private BoundExpression? BindParts(
        int number, int count, List<(int Index, PatternSyntax Pattern, BoundExpression Value)> parts, ImmutableArray<BoundStatement>.Builder lets, out PatternForm form)
    {
        var forms = Enumerable.Repeat(PatternForm.Any, count).ToArray();
        var conditions = new List<BoundExpression?>();
        foreach (var (index, pattern, value) in parts)
        {
            conditions.Add(BindPattern(pattern, value.Type is ErrorType ? new BoundError(value.Span) : value, lets, out forms[index]));
        }

        form = new CaseForm(number, [.. forms]);
        return All(conditions);
    }

    private BoundExpression BindLiteral(LiteralPatternSyntax pattern, TenorType type)
    {
        var literal = Bind(pattern.Literal, type);
        return pattern.IsNegative && literal is BoundNumber number
            ? Number(pattern.Span, Arithmetic.Negate(Arithmetic.TypeOf(number)), -number.Value)
            : literal;
    }

    private BoundExpression ComparePattern(PatternSyntax pattern, BoundExpression value, BoundExpression expected, out PatternForm form)
    {
        form = PatternForm.Any;
        if (IsError(value) || IsError(expected))
        {
            return new BoundError(pattern.Span);
        }

        // What is not known now is told from nothing else.
        form = new ValueForm(expected switch
        {
            BoundDigest digest => string.Join(" ", digest.Words),
            BoundBytes bytes => bytes.Digits,
            _ => Folding.ValueOf(expected) is { } known ? known : new object(),
        });
        if (IsNumber(value) && IsNumber(expected))
        {
            return Compare(value, ComparisonOperator.Equal, expected, pattern.Span, pattern.Span);
        }

        if (!value.Type.Equals(expected.Type))
        {
            form = PatternForm.Any;
            return Report(DiagnosticTable.PatternMismatch, pattern.Span, value.Type);
        }

        if (expected is BoundBoolean truth)
        {
            form = new CaseForm(truth.Value ? 1 : 0, []);
            return truth.Value ? value : new BoundNot(pattern.Span, value);
        }

        // A constant tuple, struct or optional value has parts, but counts as one value: the others need an arm anyway.
        return new BoundEquality(pattern.Span, IsNegated: false, value, expected);
    }

    private bool NamesStruct(NamePatternSyntax pattern, StructType structure)
    {
        if (context.Resolve(pattern.Path) is not { } found)
        {
            return false;
        }

        // Type arguments are not written in patterns: the struct's own are meant.
        return found is Declaration declaration && (structure.QualifiedName == declaration.QualifiedName
            || structure.QualifiedName.StartsWith(declaration.QualifiedName + "<", StringComparison.Ordinal));
    }

    private static ExpressionSyntax ConstantReference(PathSyntax path)
    {
        ExpressionSyntax expression = new NameExpressionSyntax(path.Parts[0].Span, path.Parts[0]);
        foreach (var part in path.Parts.Skip(1))
        {
            expression = new MemberExpressionSyntax(expression.Span.To(part.Span), expression, part);
        }

        return expression;
    }

    /// <summary>All conditions, one after the other; null if there is none.</summary>
    private static BoundExpression? All(IEnumerable<BoundExpression?> conditions)
    {
        BoundExpression? all = null;
        foreach (var condition in conditions.OfType<BoundExpression>())
        {
            all = all is null ? condition : new BoundLogical(condition.Span, LogicalOperator.And, all, condition);
        }

        return all;
    }
}
