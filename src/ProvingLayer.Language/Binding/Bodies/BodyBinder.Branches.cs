using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Blocks, <c>if</c>, and <c>match</c>. For their effect alone they are bound with the target <c>()</c>.</content>
internal sealed partial class BodyBinder
{
    private BoundBlock BindBlock(BlockSyntax syntax, TenorType? target)
    {
        Push();
        _values += IsEffect(target) ? 0 : 1;
        var statements = ImmutableArray.CreateBuilder<BoundStatement>();
        foreach (var statement in syntax.Statements)
        {
            BindStatement(statement, statements);
        }

        var value = BindBlockValue(syntax, target, statements);
        _values -= IsEffect(target) ? 0 : 1;
        Pop();
        return new BoundBlock(syntax.Span, statements.ToImmutable(), value);
    }

    private BoundExpression? BindBlockValue(BlockSyntax syntax, TenorType? target, ImmutableArray<BoundStatement>.Builder statements)
    {
        switch (syntax.Value)
        {
            case null:
                return target is null or ErrorType or TupleType { Elements.IsEmpty: true } ? null : Report(DiagnosticTable.NoValue, EndOf(syntax.Span), target);
            case IfExpressionSyntax or MatchExpressionSyntax or BlockSyntax when IsEffect(target):
                statements.Add(new BoundEffect(syntax.Value.Span, Bind(syntax.Value, target)));
                return null;
            case CallExpressionSyntax call when IsEffect(target) && BindTestCall(call) is { } step:
                statements.Add(step);
                return null;
            default:
                return target is null ? Bind(syntax.Value)
                    : IsEffect(target) && syntax.Value is not TupleExpressionSyntax ? BindUnused(syntax.Value, statements)
                    : BindStored(syntax.Value, target);
        }
    }

    private static bool IsEffect(TenorType? target) => target is TupleType { Elements.IsEmpty: true };

    private static SourceSpan EndOf(SourceSpan span) => new(span.File, Math.Max(span.Start, span.End - 1), Math.Min(1, span.Length));

    /// <summary>An expression for its effect alone: a call of a function that returns nothing, a proof that is verified or a statement that is run; any other, reported.</summary>
    private BoundError? BindUnused(ExpressionSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        var bound = Bind(syntax);
        if (bound is BoundVerify or BoundProve or BoundProveHistory || (bound is BoundInvoke && IsEffect(bound.Type)))
        {
            into.Add(new BoundEffect(syntax.Span, bound));
            return null;
        }

        return IsError(bound) ? new BoundError(syntax.Span) : Report(DiagnosticTable.UnusedValue, syntax.Span);
    }

    private BoundExpression BindIf(IfExpressionSyntax syntax, TenorType? target)
    {
        var condition = BindCondition(syntax.Condition);
        if (syntax.Else is null && target is null)
        {
            // A name for the value of an 'if' without 'else': there is none when the condition does not hold.
            return Report(DiagnosticTable.NoValue, syntax.Span, "an 'else'");
        }

        if (syntax.Else is null && !IsEffect(target) && target is not ErrorType)
        {
            return Report(DiagnosticTable.NoValue, syntax.Span, target!);
        }

        var then = Bind(syntax.Then, target);
        var otherwise = syntax.Else is null ? new BoundBlock(EndOf(syntax.Span), ImmutableArray<BoundStatement>.Empty, null) : Bind(syntax.Else, target);
        if (Unify([then, otherwise], target, syntax.Span) is not { } type || IsError(condition))
        {
            return new BoundError(syntax.Span);
        }

        return condition is BoundBoolean constant && Folding.IsConstant(then) && Folding.IsConstant(otherwise)
            ? constant.Value ? then : otherwise
            : new BoundConditional(syntax.Span, type, condition, then, otherwise);
    }

    /// <summary>The type of several arms; null, and reported, if they have none in common.</summary>
    private TenorType? Unify(IReadOnlyList<BoundExpression> arms, TenorType? target, SourceSpan span)
    {
        if (arms.Any(IsError))
        {
            return null;
        }

        if (target is not null and not ErrorType)
        {
            return target;
        }

        var type = arms[0].Type;
        for (var i = 1; i < arms.Count; i++)
        {
            if (type.Equals(arms[i].Type))
            {
                continue;
            }

            if (type is not (NumberType or ExactType) || !IsNumber(arms[i]))
            {
                Report(DiagnosticTable.ArmTypes, span, type, arms[i].Type);
                return null;
            }

            var (a, b) = (type is NumberType stored ? ExactType.Of(stored) : (ExactType)type, Arithmetic.TypeOf(arms[i]));
            if (a.IsTime != b.IsTime || (!a.Unit.Equals(b.Unit) && !IsZeroType(a) && !IsZeroType(b)))
            {
                Report(DiagnosticTable.ArmTypes, span, type, arms[i].Type);
                return null;
            }

            type = Arithmetic.Either(a, b, IsZeroType(a) ? b.Unit : a.Unit);
        }

        return type;
    }

    private static bool IsZeroType(ExactType type) => type is { Min.Sign: 0, Max.Sign: 0 };

    private static SourceSpan PatternsOf(MatchArmSyntax arm) => arm.Patterns[0].Span.To(arm.Patterns[arm.Patterns.Length - 1].Span);

    private BoundExpression BindMatch(MatchExpressionSyntax syntax, TenorType? target)
    {
        if (syntax.Subject is NameExpressionSyntax { Name.Text: "self" })
        {
            return SelfIsKnown(syntax.Subject.Span) ? BindStateMatch(syntax, target) : new BoundError(syntax.Span);
        }

        var subject = Bind(syntax.Subject);
        if (IsError(subject))
        {
            return subject;
        }

        if (syntax.Arms.Sum(a => a.Patterns.Length) > MaxPatterns)
        {
            return Report(DiagnosticTable.TooManyPatterns, syntax.Subject.Span, MaxPatterns);
        }

        var local = Hidden("match", subject.Type, syntax.Subject.Span);
        var read = new BoundLocal(syntax.Subject.Span, local);
        var (arms, rows, coverage) = (new List<(BoundExpression? Condition, BoundExpression Value)>(), new List<PatternForm>(), new PatternCoverage());
        foreach (var arm in syntax.Arms)
        {
            Push();
            var condition = BindPatterns(arm.Patterns, read, out var forms, out var bindings);
            if (condition is null || !IsError(condition))
            {
                AddForms(arm, forms, rows, coverage, subject.Type);
            }
            var value = Bind(arm.Value, target);
            value = target is null || IsError(value) ? value : Store(value, target, arm.Value.Span);
            value = bindings.IsEmpty || IsError(value) ? value : new BoundBlock(arm.Span, bindings, value);
            Pop();
            arms.Add((condition, value));
        }

        if (arms.Any(a => a.Condition is not null && IsError(a.Condition)))
        {
            return new BoundError(syntax.Span);
        }

        if (coverage.Missing(rows, subject.Type) is { } missing)
        {
            return Report(DiagnosticTable.NotExhaustive, syntax.Subject.Span, missing == "_" ? "every value: add '_'" : $"'{missing}'");
        }

        if (coverage.IsTooLarge)
        {
            return Report(DiagnosticTable.TooManyPatterns, syntax.Subject.Span, MaxPatterns);
        }

        if (Unify([.. arms.Select(a => a.Value)], target, syntax.Span) is not { } type)
        {
            return new BoundError(syntax.Span);
        }

        // All values have an arm, so the last one's condition holds where no other's does.
        var last = arms.FindIndex(a => a.Condition is null) is >= 0 and var always ? always : arms.Count - 1;
        var result = arms[last].Value;
        for (var i = last - 1; i >= 0; i--)
        {
            result = new BoundConditional(syntax.Span, type, arms[i].Condition!, arms[i].Value, result)
            {
                Patterns = (PatternsOf(syntax.Arms[i]), i == last - 1 ? PatternsOf(syntax.Arms[last]) : null),
            };
        }

        var let = new BoundLet(syntax.Subject.Span, local, subject);
        return IsEffect(target)
            ? new BoundBlock(syntax.Span, [let, new BoundEffect(syntax.Span, result)], null)
            : new BoundBlock(syntax.Span, [let], result);
    }

    private void AddForms(MatchArmSyntax arm, ImmutableArray<PatternForm> forms, List<PatternForm> rows, PatternCoverage coverage, TenorType type)
    {
        for (var i = 0; i < forms.Length; i++)
        {
            if (!coverage.IsUseful(rows, forms[i], type))
            {
                var span = forms.Length == 1 ? arm.Span : arm.Patterns[i].Span;
                Report(DiagnosticTable.UnreachableArm, span, rows.Contains(PatternForm.Any) ? "the arms above cover everything" : "the arms above take all of it");
            }

            rows.Add(forms[i]);
        }
    }

    private BoundExpression BindStateMatch(MatchExpressionSyntax syntax, TenorType? target)
    {
        var (before, rest) = (_states, _states.ToList());
        var (arms, failed) = (ImmutableArray.CreateBuilder<BoundStateArm>(), false);
        foreach (var arm in syntax.Arms)
        {
            Push();
            var lets = ImmutableArray.CreateBuilder<BoundStatement>();
            var states = BindStatePatterns(arm, rest, lets);
            _states = states;
            var value = Bind(arm.Value, target);
            value = target is null || IsError(value) ? value : Store(value, target, arm.Value.Span);
            value = lets.Count == 0 || IsError(value) ? value : new BoundBlock(arm.Span, lets.ToImmutable(), value);
            _states = before;
            Pop();
            failed |= states.IsEmpty || IsError(value);
            arms.Add(new(arm.Span, states, value));
        }

        if (rest.Count > 0)
        {
            failed = true;
            if (!arms.Any(a => a.States.IsEmpty)) // else a wrong name is what is missing
            {
                Report(DiagnosticTable.NotExhaustive, syntax.Subject.Span, string.Join(", ", rest.Select(s => s.Name)));
            }
        }

        return failed || arms.Count == 0 || Unify([.. arms.Select(a => a.Value)], target, syntax.Span) is not { } type
            ? new BoundError(syntax.Span)
            : new BoundStateMatch(syntax.Span, type, arms.ToImmutable());
    }

    private ImmutableArray<StateSymbol> BindStatePatterns(MatchArmSyntax arm, List<StateSymbol> rest, ImmutableArray<BoundStatement>.Builder lets)
    {
        var states = new SortedDictionary<int, StateSymbol>();
        foreach (var pattern in arm.Patterns)
        {
            switch (pattern)
            {
                case WildcardPatternSyntax when rest.Count == 0:
                    Report(DiagnosticTable.UnreachableArm, pattern.Span, "the arms above cover every state");
                    break;
                case WildcardPatternSyntax:
                    rest.ForEach(s => states.Add(s.Tag, s));
                    rest.Clear();
                    break;
                case NamePatternSyntax name when StateOf(name.Path, machine!.Symbol) is { } state:
                    if (!rest.Remove(state))
                    {
                        Report(DiagnosticTable.UnreachableArm, pattern.Span, _states.Contains(state) ? $"an arm above takes {state}" : $"the machine is not in {state} here");
                        break;
                    }

                    states.Add(state.Tag, state);
                    BindStateFields(name, state, arm.Patterns.Length == 1, lets);
                    break;
                case NamePatternSyntax:
                    break; // reported
                default:
                    Report(DiagnosticTable.PatternMismatch, pattern.Span, "'self': name a state, or '_'");
                    break;
            }
        }

        return [.. states.Values];
    }

    private void BindStateFields(NamePatternSyntax pattern, StateSymbol state, bool isAlone, ImmutableArray<BoundStatement>.Builder lets)
    {
        foreach (var field in pattern.Fields)
        {
            if (state.Fields.FirstOrDefault(f => f.Name == field.Name.Text) is not { } symbol)
            {
                Report(DiagnosticTable.UnknownField, field.Name.Span, $"state {state}", field.Name.Text);
            }
            else if (field.Pattern is not WildcardPatternSyntax && !isAlone)
            {
                Report(DiagnosticTable.StateFieldsUnknown, field.Span, field.Name.Text, state.Name);
            }
            else if (field.Pattern is BindingPatternSyntax binding)
            {
                DeclareAlias(binding.Name, symbol.Type is ErrorType ? new BoundError(field.Span) : new BoundStateField(field.Span, state, symbol));
            }
            else if (field.Pattern is not WildcardPatternSyntax)
            {
                // A state has one arm, so the pattern must take all that its field can hold.
                _patterns = 0;
                var value = symbol.Type is ErrorType ? (BoundExpression)new BoundError(field.Span) : new BoundStateField(field.Span, state, symbol);
                if (BindPattern(field.Pattern, value, lets, out _) is { } condition && !IsError(condition))
                {
                    Report(DiagnosticTable.PatternMismatch, field.Pattern.Span, $"every {symbol.Type}: a state has one arm; match on the field inside it");
                }
            }
        }
    }
}
