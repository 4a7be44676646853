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

    private int _patterns;

    /// <summary>When one of several patterns matches; null if always.</summary>
    private BoundExpression? BindPatterns(
        ImmutableArray<PatternSyntax> patterns, BoundLocal subject, HashSet<bool> truths, out ImmutableArray<BoundStatement> bindings)
    {
        var lets = ImmutableArray.CreateBuilder<BoundStatement>();
        BoundExpression? any = null;
        var always = false;
        _patterns = 0;
        foreach (var pattern in patterns)
        {
            var before = lets.Count;
            var condition = BindPattern(pattern, subject, lets);
            if (patterns.Length > 1 && lets.Count > before)
            {
                Reporter.NotSupported(pattern.Span, "names bound in alternatives");
            }

            if (pattern is LiteralPatternSyntax { Literal: BooleanLiteralSyntax literal } && !truths.Add(literal.Value))
            {
                Report(DiagnosticTable.UnreachableArm, pattern.Span, "an arm above takes this value");
            }

            always |= condition is null;
            any = condition is null || any is null ? condition ?? any : new BoundLogical(pattern.Span, LogicalOperator.Or, any, condition);
        }

        bindings = lets.ToImmutable();
        return always ? null : any;
    }

    /// <summary>When a pattern matches a value, which is evaluated already; null if always. The names it binds are declared and added.</summary>
    private BoundExpression? BindPattern(PatternSyntax pattern, BoundExpression value, ImmutableArray<BoundStatement>.Builder lets)
    {
        if (++_patterns > MaxPatterns)
        {
            return _patterns == MaxPatterns + 1 ? Report(DiagnosticTable.TooManyPatterns, pattern.Span, MaxPatterns) : new BoundError(pattern.Span);
        }

        switch (pattern)
        {
            case WildcardPatternSyntax:
                return null;
            case BindingPatternSyntax binding:
                lets.Add(new BoundLet(binding.Span, Declare(binding.Name, LocalKind.Let, value.Type), value));
                return null;
            case TuplePatternSyntax tuple when value.Type is TupleType type && type.Elements.Length == tuple.Elements.Length:
                return All(tuple.Elements.Select((p, i) => BindPattern(p, new BoundTupleElement(p.Span, type.Elements[i], value, i), lets)));
            case NamePatternSyntax { HasFields: true } name when value.Type is StructType structure && NamesStruct(name, structure):
                return All(name.Fields.Select(f => BindFieldPattern(f, structure, value, lets)));
            case NamePatternSyntax { HasFields: false } constant:
                return ComparePattern(pattern, value, Bind(ConstantReference(constant.Path), value.Type));
            case LiteralPatternSyntax literal:
                return ComparePattern(pattern, value, BindLiteral(literal, value.Type));
            case SomePatternSyntax some:
                return NotSupported(some.Span, "optional values, 'some'");
            default:
                return IsError(value) ? new BoundError(pattern.Span) : Report(DiagnosticTable.PatternMismatch, pattern.Span, value.Type);
        }
    }

    private BoundExpression BindLiteral(LiteralPatternSyntax pattern, TenorType type)
    {
        var literal = Bind(pattern.Literal, type);
        return pattern.IsNegative && literal is BoundNumber number
            ? Number(pattern.Span, Arithmetic.Negate(Arithmetic.TypeOf(number)), -number.Value)
            : literal;
    }

    private BoundExpression ComparePattern(PatternSyntax pattern, BoundExpression value, BoundExpression expected)
    {
        if (IsError(value) || IsError(expected))
        {
            return new BoundError(pattern.Span);
        }

        if (IsNumber(value) && IsNumber(expected))
        {
            return Compare(value, ComparisonOperator.Equal, expected, pattern.Span, pattern.Span);
        }

        if (!value.Type.Equals(expected.Type))
        {
            return Report(DiagnosticTable.PatternMismatch, pattern.Span, value.Type);
        }

        return expected is BoundBoolean truth ? truth.Value ? value : new BoundNot(pattern.Span, value) : new BoundEquality(pattern.Span, IsNegated: false, value, expected);
    }

    private BoundExpression? BindFieldPattern(FieldPatternSyntax field, StructType structure, BoundExpression value, ImmutableArray<BoundStatement>.Builder lets)
    {
        var index = structure.IndexOf(field.Name.Text);
        return index < 0
            ? Report(DiagnosticTable.UnknownField, field.Name.Span, structure, field.Name.Text)
            : BindPattern(field.Pattern, new BoundStructElement(field.Span, structure.Fields[index].Type, value, index), lets);
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

    private static BoundExpression? All(IEnumerable<BoundExpression?> conditions)
    {
        BoundExpression? all = null;
        foreach (var condition in conditions.ToList().OfType<BoundExpression>())
        {
            all = all is null ? condition : new BoundLogical(condition.Span, LogicalOperator.And, all, condition);
        }

        return all;
    }
}
