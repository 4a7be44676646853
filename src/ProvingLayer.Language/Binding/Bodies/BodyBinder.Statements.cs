using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Statements that may stand in several kinds of body.</content>
internal sealed partial class BodyBinder
{
    private const int MaxTurns = 1 << 16;

    private int _turns = 1;

    private void BindStatement(StatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        switch (syntax)
        {
            case LetStatementSyntax let:
                BindLet(let, into);
                break;
            case RequireStatementSyntax require:
                BindRequire(require, into);
                break;
            case AssertStatementSyntax assert when IsPure:
                NotHere(assert.Span, "assert");
                break;
            case AssertStatementSyntax assert:
                var asserted = BindCondition(assert.Condition);
                if (!IsError(asserted))
                {
                    into.Add(new BoundRequire(assert.Span, asserted, ErrorSymbol.AssertionFailed));
                }

                break;
            case AssignmentStatementSyntax assignment:
                BindAssignment(assignment, into);
                break;
            case ForStatementSyntax loop:
                BindFor(loop, into);
                break;
            case MoveStatementSyntax move when kind == BodyKind.Transition:
                BindMove(move, into);
                break;
            case MoveStatementSyntax move:
                NotHere(move.Span, "move");
                break;
            case BecomeStatementSyntax become when kind == BodyKind.Transition:
                BindBecome(become, into);
                break;
            case BecomeStatementSyntax become:
                NotHere(become.Span, "become");
                break;
            case StayStatementSyntax stay when kind == BodyKind.Transition:
                BindStay(stay, into);
                break;
            case StayStatementSyntax stay:
                NotHere(stay.Span, "stay");
                break;
            case EmitStatementSyntax emit when kind == BodyKind.Transition:
                BindEmit(emit, into);
                break;
            case EmitStatementSyntax emit:
                NotHere(emit.Span, "emit");
                break;
            case AtStatementSyntax at when kind == BodyKind.Test:
                var time = BindStored(at.Time, NumberType.Time);
                if (!IsError(time))
                {
                    into.Add(new BoundAt(at.Span, time));
                }

                break;
            case AtStatementSyntax at:
                NotHere(at.Span, "at");
                break;
            case RejectStatementSyntax reject when kind == BodyKind.Test:
                BindReject(reject, into);
                break;
            case RejectStatementSyntax reject:
                NotHere(reject.Span, "reject");
                break;
            case ExpressionStatementSyntax expression:
                BindExpressionStatement(expression, into);
                break;
        }
    }

    /// <summary>Whether the body only computes: nothing in it may be required.</summary>
    private bool IsPure => kind is BodyKind.Invariant or BodyKind.Ensures or BodyKind.Constant;

    private void NotHere(SourceSpan span, string what) =>
        Report(DiagnosticTable.StatementNotHere, span, what, kind switch
        {
            BodyKind.Statement => "a statement",
            BodyKind.Transition => "a transition",
            BodyKind.Invariant => "an invariant",
            BodyKind.Ensures => "an 'ensures'",
            BodyKind.Function => "a function",
            BodyKind.View => "a view",
            BodyKind.Test => "a test",
            _ => "a constant",
        });

    private void BindLet(LetStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        if (syntax.ElseError is { } elseError)
        {
            BindLetElse(syntax, elseError, into);
            return;
        }

        if (kind == BodyKind.Test && syntax.Pattern is BindingPatternSyntax machineName && BindNew(syntax.Value) is { } made)
        {
            into.Add(new BoundLet(syntax.Span, Declare(machineName.Name, LocalKind.Let, made.Type), made));
            return;
        }

        var type = syntax.Type is null ? null : context.BindType(syntax.Type);
        var value = type is null ? Bind(syntax.Value) : BindStored(syntax.Value, type);
        value = IsError(value) ? new BoundError(syntax.Value.Span) : value;
        if (type is null && syntax is { IsMutable: true, Pattern: BindingPatternSyntax } && !IsError(value) && !IsStorable(value.Type))
        {
            value = Report(DiagnosticTable.TypeUnknown, syntax.Pattern.Span, MutableNeedsType);
        }

        if (type is null && !syntax.IsMutable && value is BoundNumber && syntax.Pattern is BindingPatternSyntax named)
        {
            DeclareAlias(named.Name, value); // the name of a constant is a constant
            return;
        }

        BindLetValue(syntax, type ?? value.Type, value, into);
    }

    /// <summary><c>let x = e else Err;</c>: what is inside e; fails as Err where e is <c>none</c>.</summary>
    private void BindLetElse(LetStatementSyntax syntax, PathSyntax elseError, ImmutableArray<BoundStatement>.Builder into)
    {
        var error = FindError(elseError);
        var type = syntax.Type is null ? null : context.BindType(syntax.Type);
        if (!IsPure && BindOpen(syntax.Value, error) is { } opened)
        {
            BindLetValue(syntax, type ?? opened.Type, IsError(opened) || type is null ? opened : Store(opened, type, syntax.Value.Span), into);
            return;
        }

        var value = Bind(syntax.Value);
        if (!IsError(value) && value.Type is not OptionType)
        {
            value = Mismatch(syntax.Value.Span, "an optional value before 'else'", value.Type);
        }

        if (IsPure)
        {
            NotHere(elseError.Span, "let … else");
            value = new BoundError(syntax.Span);
        }

        if (error is null || IsError(value))
        {
            BindLetValue(syntax, type ?? ErrorType.Instance, new BoundError(syntax.Value.Span), into);
            return;
        }

        var option = (OptionType)value.Type;
        var local = Hidden("else", option, syntax.Value.Span);
        var read = new BoundLocal(syntax.Value.Span, local);
        into.Add(new BoundLet(syntax.Value.Span, local, value));
        into.Add(new BoundRequire(syntax.Span, new BoundIsVariant(syntax.Value.Span, read, 1), error));
        var inside = new BoundPayload(syntax.Value.Span, option.Element, read, 1, 0);
        BindLetValue(syntax, type ?? option.Element, type is null ? inside : Store(inside, type, syntax.Value.Span), into);
    }

    private void BindLetValue(LetStatementSyntax syntax, TenorType declared, BoundExpression value, ImmutableArray<BoundStatement>.Builder into)
    {
        switch (syntax.Pattern)
        {
            case BindingPatternSyntax binding:
                var local = Declare(binding.Name, syntax.IsMutable ? LocalKind.Mutable : LocalKind.Let, declared);
                if (!IsError(value))
                {
                    into.Add(new BoundLet(syntax.Span, local, value));
                }

                break;
            case WildcardPatternSyntax:
                into.Add(new BoundEffect(syntax.Span, value));
                break;
            case var pattern:
                BindLetPattern(pattern, syntax, value, into);
                break;
        }
    }

    private void BindLetPattern(PatternSyntax pattern, LetStatementSyntax syntax, BoundExpression value, ImmutableArray<BoundStatement>.Builder into)
    {
        if (IsError(value))
        {
            DeclareNames(pattern);
            return;
        }

        _patterns = 0;
        _bound = syntax.IsMutable ? LocalKind.Mutable : LocalKind.Let;
        var local = Hidden("let", value.Type, syntax.Value.Span);
        into.Add(new BoundLet(syntax.Span, local, value));
        var condition = BindPattern(pattern, new BoundLocal(syntax.Value.Span, local), into, out _);
        _bound = LocalKind.Let;
        if (condition is not null and not BoundError && !IsError(condition))
        {
            Report(DiagnosticTable.PatternMismatch, pattern.Span, $"every {value.Type}: a 'let' takes what always matches");
        }
    }

    /// <summary>Declares the names of a pattern whose value could not be bound, so that they are not reported where they are used.</summary>
    private void DeclareNames(PatternSyntax pattern)
    {
        switch (pattern)
        {
            case BindingPatternSyntax binding:
                Declare(binding.Name, LocalKind.Mutable, ErrorType.Instance);
                break;
            case TuplePatternSyntax tuple:
                tuple.Elements.ToList().ForEach(DeclareNames);
                break;
            case NamePatternSyntax name:
                name.Fields.ToList().ForEach(f => DeclareNames(f.Pattern));
                break;
            case SomePatternSyntax some:
                DeclareNames(some.Inner);
                break;
        }
    }

    private void BindRequire(RequireStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        if (IsPure)
        {
            NotHere(syntax.Span, "require");
            return;
        }

        var condition = BindRequirement(syntax.Condition);
        var error = FindError(syntax.Error);
        if (!IsError(condition) && error is not null)
        {
            into.Add(new BoundRequire(syntax.Span, condition, error));
        }
    }

    private ErrorSymbol? FindError(PathSyntax path)
    {
        switch (context.Resolve(path))
        {
            case null:
                return null;
            case Declaration { Syntax: ErrorDeclarationSyntax } declaration:
                return Compilation.Error(declaration, declaration.Name.Text);
            case { } other:
                context.WrongKind(path.Span, path.Text, other, "an error");
                return null;
        }
    }

    private void BindAssignment(AssignmentStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        var steps = ImmutableArray.CreateBuilder<BoundPathStep>();
        if (BindPlace(syntax.Target, steps) is not { } root)
        {
            Bind(syntax.Value, ErrorType.Instance);
            return;
        }

        var type = steps.Count == 0 ? root.Local?.Type ?? root.Field!.Type : steps[steps.Count - 1].Type;
        var value = syntax.Operator == AssignmentOperator.Set
            ? BindStored(syntax.Value, type)
            : BindIncrement(syntax, root, steps, type, into);
        if (!IsError(value) && type is not ErrorType)
        {
            into.Add(new BoundAssign(syntax.Span, root.Local, root.Field, steps.ToImmutable(), value));
        }
    }

    /// <summary><c>x += e</c> as <c>x = x + e</c>, with run-time indices on the way to x evaluated once.</summary>
    private BoundExpression BindIncrement(
        AssignmentStatementSyntax syntax,
        (LocalSymbol? Local, FieldSymbol? Field) root,
        ImmutableArray<BoundPathStep>.Builder steps,
        TenorType type,
        ImmutableArray<BoundStatement>.Builder into)
    {
        if (type is not (NumberType or ErrorType))
        {
            return Report(DiagnosticTable.OperandType, syntax.Target.Span, syntax.Operator == AssignmentOperator.Add ? "+=" : "-=", type);
        }

        BoundExpression place = root.Local is { } local ? new BoundLocal(syntax.Target.Span, local) : new BoundDataField(syntax.Target.Span, root.Field!);
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Index is { } index and not BoundNumber and not BoundLocal { Local.Kind: LocalKind.Loop })
            {
                var once = Hidden("in", index.Type, index.Span);
                into.Add(new BoundLet(index.Span, once, index));
                steps[i] = steps[i] with { Index = new BoundLocal(index.Span, once) };
            }

            var step = steps[i];
            place = step.Index is not null ? new BoundArrayElement(syntax.Target.Span, step.Type, place, step.Index)
                : place.Type is StructType ? new BoundStructElement(syntax.Target.Span, step.Type, place, step.Element)
                : new BoundTupleElement(syntax.Target.Span, step.Type, place, step.Element);
        }

        var value = Bind(syntax.Value, type is NumberType { IsTime: true } ? null : type);
        if (IsError(value) || type is ErrorType)
        {
            return new BoundError(syntax.Span);
        }

        if (!IsNumber(value))
        {
            return Report(DiagnosticTable.OperandType, syntax.Value.Span, syntax.Operator == AssignmentOperator.Add ? "+=" : "-=", value.Type);
        }

        // A bare literal takes the unit of the dec, here as in '='.
        if (Arithmetic.TypeOf(value).IsBare && type is NumberType { Kind: NumberKind.FixedPoint } fixedPoint && value is BoundNumber bare)
        {
            value = bare with { Type = ((ExactType)bare.Type) with { Unit = fixedPoint.Unit, IsBare = false } };
        }

        return Store(Sum(place, value, syntax.Operator == AssignmentOperator.Subtract, syntax.Span, syntax.Span), type, syntax.Span);
    }

    /// <summary>What is assigned: a local or data field, and the way from there; null, and reported, if it is none.</summary>
    private (LocalSymbol? Local, FieldSymbol? Field)? BindPlace(ExpressionSyntax syntax, ImmutableArray<BoundPathStep>.Builder steps)
    {
        switch (syntax)
        {
            case NameExpressionSyntax name:
                return BindPlaceRoot(name);
            case MemberExpressionSyntax member when BindPlace(member.Receiver, steps) is { } root:
                switch (PlaceType(root, steps))
                {
                    case ErrorType:
                        return null;
                    case StructType structure when structure.IndexOf(member.Name.Text) is >= 0 and var index:
                        steps.Add(new(member.Span, structure.Fields[index].Type, index, null));
                        return root;
                    case var other:
                        Report(DiagnosticTable.UnknownMember, member.Name.Span, other, member.Name.Text, "");
                        return null;
                }

            case TupleElementExpressionSyntax element when BindPlace(element.Receiver, steps) is { } root:
                if (PlaceType(root, steps) is TupleType tuple && element.Index >= 0 && element.Index < tuple.Elements.Length)
                {
                    steps.Add(new(element.Span, tuple.Elements[element.Index], element.Index, null));
                    return root;
                }

                Report(DiagnosticTable.UnknownMember, element.Span, PlaceType(root, steps), element.Index, "");
                return null;
            case IndexExpressionSyntax indexed when BindPlace(indexed.Receiver, steps) is { } root:
                if (PlaceType(root, steps) is ArrayType array)
                {
                    var index = BindArrayIndex(indexed.Index, array);
                    steps.Add(new(indexed.Span, array.Element, -1, index));
                    return IsError(index) ? null : root;
                }

                Mismatch(indexed.Receiver.Span, "an array", PlaceType(root, steps));
                return null;
            case MemberExpressionSyntax or TupleElementExpressionSyntax or IndexExpressionSyntax:
                return null;
            default:
                Report(DiagnosticTable.NotAssignable, syntax.Span, $"'{Context.Short(syntax.Span)}'", "it is no place");
                return null;
        }
    }

    private static TenorType PlaceType((LocalSymbol? Local, FieldSymbol? Field) root, ImmutableArray<BoundPathStep>.Builder steps) =>
        steps.Count > 0 ? steps[steps.Count - 1].Type : root.Local?.Type ?? root.Field!.Type;

    private (LocalSymbol? Local, FieldSymbol? Field)? BindPlaceRoot(NameExpressionSyntax syntax)
    {
        var name = syntax.Name.Text;
        if (FindLocal(name) is { } entry)
        {
            if (entry.Local is { Kind: LocalKind.Mutable } local)
            {
                return (local, null);
            }

            Report(DiagnosticTable.NotAssignable, syntax.Span, $"'{name}'", entry.Local is { Kind: LocalKind.Let } ? "it is not 'let mut'" : "it is no local of 'let mut'");
            return null;
        }

        if (FindData(name) is { } field)
        {
            if (kind == BodyKind.Transition && field is { IsMutable: true, StartsEmpty: false })
            {
                return field.Type is ErrorType ? null : (null, field);
            }

            Report(
                DiagnosticTable.NotAssignable,
                syntax.Span,
                $"'{name}'",
                field.IsVault ? "a vault changes by 'move' alone" : field.IsMap ? "a map changes by its methods alone" : kind == BodyKind.Transition ? "the data field is not 'mut'" : "only transitions change data");
            return null;
        }

        if (!IsError(BindName(syntax)))
        {
            Report(DiagnosticTable.NotAssignable, syntax.Span, $"'{name}'", "it is neither a 'let mut' local nor a 'mut' data field");
        }

        return null;
    }

    private void BindFor(ForStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        if (syntax.Range is { } range)
        {
            if (BindLoopEnd(range.Low) is { } low && (range.High is null ? NoEnd(range) : BindLoopEnd(range.High)) is { } high)
            {
                var count = System.Numerics.BigInteger.Max(0, high - low + (range.IncludesHigh ? 1 : 0));
                BindLoop(syntax, low, count, null, into);
            }

            return;
        }

        var array = Bind(syntax.Sequence!);
        if (IsError(array) || array.Type is not ArrayType type)
        {
            if (!IsError(array))
            {
                Mismatch(syntax.Sequence!.Span, "an array or a range", array.Type);
            }

            BindLoop(syntax, 0, 0, new BoundError(syntax.Span), into);
            return;
        }

        var walked = Hidden("for", array.Type, syntax.Sequence!.Span);
        into.Add(new BoundLet(syntax.Sequence.Span, walked, array));
        BindLoop(syntax, 0, type.Length, new BoundLocal(syntax.Sequence.Span, walked), into);
    }

    private System.Numerics.BigInteger? NoEnd(RangeSyntax range)
    {
        Report(DiagnosticTable.NotConstant, range.Span, "the end of a loop's range");
        return null;
    }

    private System.Numerics.BigInteger? BindLoopEnd(ExpressionSyntax syntax)
    {
        var bound = Bind(syntax);
        if (IsError(bound))
        {
            return null;
        }

        if (!IsNumber(bound) || Folding.ValueOf(bound) is not { IsInteger: true } value || Arithmetic.TypeOf(bound) is not { Unit.IsNone: true, IsTime: false })
        {
            Report(DiagnosticTable.NotConstant, syntax.Span, "a loop's bound, a whole number without unit,");
            return null;
        }

        return value.Numerator;
    }

    private void BindLoop(
        ForStatementSyntax syntax,
        System.Numerics.BigInteger from,
        System.Numerics.BigInteger count,
        BoundExpression? walked,
        ImmutableArray<BoundStatement>.Builder into)
    {
        if (count * _turns > MaxTurns)
        {
            Report(DiagnosticTable.LoopTooLong, syntax.Span, count * _turns, MaxTurns);
            return;
        }

        var outer = _turns;
        _turns *= Math.Max(1, (int)count);
        var (first, last) = (new Rational(from), new Rational(System.Numerics.BigInteger.Max(from, from + count - 1)));
        var bounds = new ExactType(Unit.None, 0, Direction.Exact, first, last)
        {
            NumeratorBits = ExactType.BitLength(System.Numerics.BigInteger.Max(System.Numerics.BigInteger.Abs(first.Numerator), System.Numerics.BigInteger.Abs(last.Numerator))),
        };
        Push();
        LocalSymbol variable;
        var head = ImmutableArray.CreateBuilder<BoundStatement>();
        if (walked is null)
        {
            variable = syntax.Variable is { } name ? Declare(name, LocalKind.Loop, bounds) : Hidden("in", bounds, syntax.Span, LocalKind.Loop);
        }
        else
        {
            variable = Hidden("in", bounds, syntax.Span, LocalKind.Loop);
            if (syntax.Variable is { } name)
            {
                var element = walked.Type is ArrayType array ? array.Element : ErrorType.Instance;
                var local = Declare(name, LocalKind.Let, element);
                head.Add(new BoundLet(name.Span, local, new BoundArrayElement(name.Span, element, walked, new BoundLocal(name.Span, variable))));
            }
        }

        _loops++;
        var body = BindBlock(syntax.Body, TupleType.Empty);
        _loops--;
        Pop();
        _turns = outer;
        if (walked is not BoundError && body.Value is null)
        {
            into.Add(new BoundFor(syntax.Span, variable, from, (int)count, body with { Statements = body.Statements.InsertRange(0, head) }));
        }
    }

    private void BindExpressionStatement(ExpressionStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        switch (syntax.Expression)
        {
            case IfExpressionSyntax or MatchExpressionSyntax or BlockSyntax:
                into.Add(new BoundEffect(syntax.Span, Bind(syntax.Expression, TupleType.Empty)));
                break;
            case CallExpressionSyntax call when BindMapWrite(call, into):
                break;
            case CallExpressionSyntax call when BindTestCall(call) is { } step:
                into.Add(step is BoundCall made ? BindSigners(made, syntax.Authority) : step);
                break;
            case var expression:
                if (!syntax.Authority.IsEmpty)
                {
                    Report(DiagnosticTable.NobodySigns, syntax.Authority[0].Span, "only calls of transitions are signed");
                }

                BindUnused(expression, into);
                break;
        }
    }
}
