using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Calls of the language's own functions, rounding words among them.</content>
internal sealed partial class BodyBinder
{
    private BoundExpression BindCall(CallExpressionSyntax syntax, TenorType? target)
    {
        switch (syntax.Callee)
        {
            case NameExpressionSyntax name when FindLocal(name.Name.Text) is null:
                return BindFunction(syntax, name.Name, target);
            case GenericExpressionSyntax { Target: NameExpressionSyntax name } generic when FindFunction(name.Name.Text) is { } function:
                return BindInvoke(syntax, function, generic.Arguments);
            case MemberExpressionSyntax { Receiver: NameExpressionSyntax { Name.Text: var module } } member when ModuleOf(module) is { } used:
                return BindModuleCall(syntax, used, member.Name, default);
            case GenericExpressionSyntax { Target: MemberExpressionSyntax { Receiver: NameExpressionSyntax { Name.Text: var module } } member } generic
                when ModuleOf(module) is { } used:
                return BindModuleCall(syntax, used, member.Name, generic.Arguments);
            case MemberExpressionSyntax member:
                return BindMethod(syntax, member, default, target is OptionType option ? option.Element : target);
            case GenericExpressionSyntax { Target: MemberExpressionSyntax member } generic:
                return BindMethod(syntax, member, generic.Arguments, target is OptionType optional ? optional.Element : target);
            default:
                return NotCallable(syntax);
        }
    }

    private BoundExpression BindFunction(CallExpressionSyntax syntax, NameSyntax name, TenorType? target)
    {
        switch (name.Text)
        {
            case "min":
                return BindMinimum(syntax, ArithmeticOperator.Min);
            case "max":
                return BindMinimum(syntax, ArithmeticOperator.Max);
            case "abs":
                return BindAbsolute(syntax);
            case "time":
                return BindTime(syntax);
            case "flow":
                return BindFlow(syntax);
            case "some":
                return BindSome(syntax, target);
            case "prove":
                return BindProve(syntax);
        }

        if (FindFunction(name.Text) is { } function)
        {
            return BindInvoke(syntax, function, default);
        }

        if (context.FindBare(name.Text) is null)
        {
            context.Unknown(name, ["min", "max", "abs", "time", "flow", .. context.File.Known, .. machine?.Functions.Keys ?? Enumerable.Empty<string>()]);
            return new BoundError(syntax.Span);
        }

        return NotCallable(syntax, context.FindBare(name.Text) as Declaration);
    }

    private BoundError NotCallable(CallExpressionSyntax syntax, Declaration? declaration = null)
    {
        var name = Context.Short(syntax.Callee.Span);
        return Report(
            DiagnosticTable.NotCallable, syntax.Callee.Span, declaration is { Syntax: StatementDeclarationSyntax } ? $"the statement '{name}', which a test runs as prove({name}(…))," : $"'{name}'");
    }

    private Module? ModuleOf(string name) =>
        FindLocal(name) is null && FindData(name) is null && context.FindBare(name) is null && context.File.UsedModules.TryGetValue(name, out var module) ? module : null;

    private BoundExpression BindModuleCall(CallExpressionSyntax syntax, Module module, NameSyntax name, ImmutableArray<TypeArgumentSyntax> arguments)
    {
        switch (context.FindIn(module, name))
        {
            case null:
                return new BoundError(syntax.Span);
            case { Syntax: FunctionDeclarationSyntax } function:
                return BindInvoke(syntax, function, arguments);
            case var other:
                return NotCallable(syntax, other);
        }
    }

    private BoundExpression BindMethod(CallExpressionSyntax syntax, MemberExpressionSyntax member, ImmutableArray<TypeArgumentSyntax> arguments, TenorType? target)
    {
        var name = member.Name.Text;
        switch (name)
        {
            case "floor":
                return BindRounding(syntax, member, arguments, Rounding.Floor, target);
            case "ceil":
                return BindRounding(syntax, member, arguments, Rounding.Ceil, target);
            case "nearest":
                return BindRounding(syntax, member, arguments, Rounding.HalfEven, target);
            case "exactly":
                return BindRounding(syntax, member, arguments, Rounding.Exactly, target);
            case "round":
                return BindRounding(syntax, member, arguments, null, target);
            case "trust_lo":
                return BindTrust(syntax, member, Direction.Lo);
            case "trust_hi":
                return BindTrust(syntax, member, Direction.Hi);
            case "trust_exact":
                return BindTrust(syntax, member, Direction.Exact);
            case "new":
                return Report(DiagnosticTable.StatementNotHere, syntax.Span, "new", "anything but 'let p = M.new(…);' in a test");
            case "get" or "find" or "set" or "insert" or "remove" when MapOf(member.Receiver) is { } map:
                return name is "get" or "find"
                    ? BindMapGet(syntax, map, name == "find")
                    : Report(DiagnosticTable.StatementNotHere, syntax.Span, name, "an expression: a map is written by a statement");
            case "get" or "find" when MachineMapOf(member.Receiver) is { } held:
                var read = BindMapGet(syntax, held.Map, name == "find");
                return IsError(read) ? read : new BoundMachineMapRead(syntax.Span, held.Machine, read);
            case "open":
                var data = Bind(member.Receiver);
                return IsError(data) ? data
                    : data.Type is SignedType ? Report(DiagnosticTable.StatementNotHere, syntax.Span, "open", "anything but 'let x = s.open(key) else Error;'")
                    : Report(DiagnosticTable.UnknownMember, member.Name.Span, data.Type, name, "; signed data has it");
            case "sign":
                return BindSign(syntax, member, target);
            case "get" or "find" or "set" or "insert" or "remove" or "history":
                return NotSupported(syntax.Span, $"'.{name}(…)'");
        }

        if (MachineOf(member.Receiver) is { } local)
        {
            var machineName = ((MachineType)local.Type).Machine;
            if (BindViewCall(syntax, local, name) is { } view)
            {
                return view;
            }

            return machineName.Transitions.Any(t => t.Name == name)
                ? Report(DiagnosticTable.StatementNotHere, syntax.Span, name, "an expression: a transition is called as a statement")
                : Report(DiagnosticTable.UnknownMember, member.Name.Span, $"machine {machineName}", name, Names.Suggest(name, machineName.Transitions.Select(t => t.Name)));
        }

        var receiver = BindBytes(member.Receiver);
        return IsError(receiver) ? receiver
            : BindBytesMethod(syntax, member, arguments, receiver) ?? BindDigestMethod(syntax, member, arguments, receiver)
            ?? Report(DiagnosticTable.UnknownMember, member.Name.Span, receiver.Type, name, "");
    }

    private BoundExpression BindRounding(
        CallExpressionSyntax syntax, MemberExpressionSyntax member, ImmutableArray<TypeArgumentSyntax> arguments, Rounding? word, TenorType? target)
    {
        var value = Bind(member.Receiver);
        var rounding = word ?? BindMode(syntax);
        if (word is not null && !syntax.Arguments.IsEmpty)
        {
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, member.Name.Text, "no arguments", syntax.Arguments.Length);
        }

        if (IsError(value) || rounding is not { } mode)
        {
            return new BoundError(syntax.Span);
        }

        if (!IsNumber(value))
        {
            return Report(DiagnosticTable.NotANumber, member.Name.Span, $".{member.Name.Text}()", value.Type);
        }

        var exact = Arithmetic.TypeOf(value);
        var written = arguments.IsDefaultOrEmpty ? null : BindRoundingTarget(arguments);
        if (written is ErrorType || target is ErrorType)
        {
            return new BoundError(syntax.Span);
        }

        if ((written ?? target as NumberType ?? (exact.Unit.Asset is { } asset ? NumberType.Quantity(asset) : null)) is not NumberType type)
        {
            return Report(DiagnosticTable.RoundingTarget, member.Name.Span, member.Name.Text, exact.Unit.Describe());
        }

        if (!CheckUnit(value, type, member.Receiver.Span))
        {
            return new BoundError(syntax.Span);
        }

        return Store(value, type with { Direction = Arithmetic.Rounded(exact.Direction, mode) }, mode, syntax.Span);
    }

    /// <summary>A number whose direction the source vouches for. Nothing happens at run time.</summary>
    private BoundExpression BindTrust(CallExpressionSyntax syntax, MemberExpressionSyntax member, Direction direction)
    {
        var value = Bind(member.Receiver);
        if (!syntax.Arguments.IsEmpty)
        {
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, member.Name.Text, "no arguments", syntax.Arguments.Length);
        }

        return value.Type switch
        {
            ErrorType => new BoundError(syntax.Span),
            NumberType { IsTime: false } number => new BoundTrust(syntax.Span, value, number with { Direction = direction }),
            ExactType { IsTime: false } exact => new BoundTrust(syntax.Span, value, exact with { Direction = direction }),
            _ => Report(DiagnosticTable.NotANumber, member.Name.Span, $".{member.Name.Text}()", value.Type),
        };
    }

    private TenorType BindRoundingTarget(ImmutableArray<TypeArgumentSyntax> arguments)
    {
        if (arguments.Length == 1 && arguments[0] is NamedArgumentSyntax argument)
        {
            return context.BindType(argument.Type) switch
            {
                NumberType { Direction: Direction.Exact } number => number,
                ErrorType error => error,
                var other => Mismatch(argument.Span, "an exact number type", other).Type,
            };
        }

        return Report(DiagnosticTable.TypeArgumentCount, arguments[0].Span, "a rounding word", "1 type", arguments.Length).Type;
    }

    private Rounding? BindMode(CallExpressionSyntax syntax)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not { Name: null, Value: NameExpressionSyntax name })
        {
            Report(DiagnosticTable.ArgumentCount, syntax.Span, "round", "1 rounding mode", syntax.Arguments.Length == 1 ? "something else" : syntax.Arguments.Length);
            return null;
        }

        switch (name.Name.Text)
        {
            case "half_even":
                return Rounding.HalfEven;
            case "half_up":
                return Rounding.HalfUp;
            case "half_down":
                return Rounding.HalfDown;
            case "toward_zero":
                return Rounding.TowardZero;
            case "away_from_zero":
                return Rounding.AwayFromZero;
            default:
                Report(DiagnosticTable.RoundingMode, name.Span, name.Name.Text);
                return null;
        }
    }

    private BoundExpression BindMinimum(CallExpressionSyntax syntax, ArithmeticOperator operation)
    {
        var name = operation == ArithmeticOperator.Min ? "min" : "max";
        if (BindArguments(syntax, name, 2) is not { } operands)
        {
            return new BoundError(syntax.Span);
        }

        var (left, right) = (operands[0], operands[1]);
        var (a, b) = (Arithmetic.TypeOf(left), Arithmetic.TypeOf(right));
        if (a.IsTime != b.IsTime)
        {
            return Report(DiagnosticTable.TimeArithmetic, syntax.Span, $"a time is compared with a time, not with {(a.IsTime ? right.Type : left.Type)}");
        }

        if (CommonUnit(left, a, right, b, syntax.Span) is not { } unit)
        {
            return new BoundError(syntax.Span);
        }

        var type = operation == ArithmeticOperator.Min ? Arithmetic.Minimum(a, b, unit) : Arithmetic.Maximum(a, b, unit);
        if (Folding.ValueOf(left) is { } x && Folding.ValueOf(right) is { } y)
        {
            return Number(syntax.Span, type, x < y == (operation == ArithmeticOperator.Min) ? x : y);
        }

        return Checked(new(syntax.Span, type, operation, left, right), name);
    }

    private BoundExpression BindAbsolute(CallExpressionSyntax syntax)
    {
        if (BindArguments(syntax, "abs", 1) is not { } operands)
        {
            return new BoundError(syntax.Span);
        }

        var type = Arithmetic.TypeOf(operands[0]);
        if (type.IsTime)
        {
            return Report(DiagnosticTable.TimeArithmetic, syntax.Span, "a point in time has no size");
        }

        return operands[0] is BoundNumber number
            ? Number(syntax.Span, Arithmetic.Absolute(type), number.Value.Sign < 0 ? -number.Value : number.Value)
            : new BoundAbsolute(syntax.Span, Arithmetic.Absolute(type), operands[0]);
    }

    /// <summary>Numbers as arguments without names; null, and reported, if they are not.</summary>
    private ImmutableArray<BoundExpression>? BindArguments(CallExpressionSyntax syntax, string name, int count)
    {
        if (syntax.Arguments.Length != count || syntax.Arguments.Any(a => a.Name is not null || a.Value is null))
        {
            Report(DiagnosticTable.ArgumentCount, syntax.Span, name, Context.Count(count, "argument") + " without names", syntax.Arguments.Length);
            return null;
        }

        var operands = syntax.Arguments.Select(a => BindOperand(a.Value!, name)).ToImmutableArray();
        return operands.Any(IsError) ? null : operands;
    }
}
