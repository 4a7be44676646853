using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>What only tests do: make machines, call transitions, look at them from outside.</content>
internal sealed partial class BodyBinder
{
    /// <summary>The machine that a name holds in a test.</summary>
    private LocalSymbol? MachineOf(ExpressionSyntax syntax) =>
        syntax is NameExpressionSyntax { Name.Text: var name } && FindLocal(name) is { Local: { Type: MachineType } local } ? local : null;

    private BoundExpression BindMachineField(MemberExpressionSyntax syntax, LocalSymbol local)
    {
        var symbol = ((MachineType)local.Type).Machine;
        return symbol.Data.FirstOrDefault(f => f.Name == syntax.Name.Text) switch
        {
            null when syntax.Name.Text == "root" => new BoundMachineRoot(syntax.Span, local, DigestType.RootOf(symbol.Name, symbol.QualifiedName)),
            null => Report(DiagnosticTable.UnknownMember, syntax.Name.Span, $"machine {symbol}", syntax.Name.Text, Names.Suggest(syntax.Name.Text, symbol.Data.Select(f => f.Name))),
            { IsMap: true } map => Report(
                DiagnosticTable.TypeNotHere, syntax.Span, map.Type, map.IsLedger ? $"a ledger is no value; '{syntax.Span.Text}[key].balance' is" : $"a map is no value; '{syntax.Span.Text}.get(key)' is"),
            { IsVault: true } vault => Report(DiagnosticTable.TypeNotHere, syntax.Span, vault.Type, $"a vault is no value; '{syntax.Span.Text}.balance' is"),
            { Type: ErrorType } => new BoundError(syntax.Span),
            var field => new BoundMachineField(syntax.Span, local, field),
        };
    }

    /// <summary><c>M.new(…)</c>; null if it is none.</summary>
    private BoundExpression? BindNew(ExpressionSyntax syntax)
    {
        if (syntax is not CallExpressionSyntax { Callee: MemberExpressionSyntax { Name.Text: "new" } callee } call)
        {
            return null;
        }

        var (target, arguments) = callee.Receiver is GenericExpressionSyntax generic
            ? (generic.Target, generic.Arguments)
            : (callee.Receiver, ImmutableArray<TypeArgumentSyntax>.Empty);
        if (PathOf(target) is not { } path)
        {
            return null;
        }

        var type = context.BindAnyType(new NamedTypeSyntax(callee.Receiver.Span, path, arguments, null));
        if (type is not MachineType machineType)
        {
            BindOnlyForMistakes(call);
            return type is ErrorType ? new BoundError(syntax.Span) : Mismatch(callee.Receiver.Span, "a machine", type);
        }

        var symbol = machineType.Machine;
        var takes = symbol.Data.Where(f => !f.StartsEmpty).ToImmutableArray();
        var given = BindNamedArguments(call, symbol.Data.Where(f => !f.StartsEmpty && !Context.HasBound(f.Type)).ToImmutableArray(), $"machine {symbol}");
        var (values, order) = (given.Values.ToBuilder(), given.Order.ToBuilder());
        var missing = new List<string>();
        foreach (var field in takes.Where(f => !order.Contains(f.Ordinal)))
        {
            if (field.Default is { } value)
            {
                values.Add(value);
                order.Add(field.Ordinal);
            }
            else
            {
                missing.Add(field.Name);
            }
        }

        if (missing.Count > 0 && !given.Failed)
        {
            return Report(DiagnosticTable.MissingField, callee.Span, $"machine {symbol}", string.Join(", ", missing));
        }

        // The local is a machine even if a value is wrong: what is done with it is still checked.
        return new BoundConstruct(syntax.Span, machineType, values.ToImmutable(), order.ToImmutable());
    }

    /// <summary><c>p.exercise(…)</c>; null if it is no call of a machine that a test holds.</summary>
    private BoundStatement? BindTestCall(CallExpressionSyntax syntax)
    {
        if (syntax.Callee is not MemberExpressionSyntax callee || MachineOf(callee.Receiver) is not { } local)
        {
            return null;
        }

        var symbol = ((MachineType)local.Type).Machine;
        var transition = symbol.Transitions.FirstOrDefault(t => t.Name == callee.Name.Text);
        if (transition is null)
        {
            if (Compilation.InstanceOf(symbol).Functions.TryGetValue(callee.Name.Text, out var member) && member.Syntax is ViewDeclarationSyntax)
            {
                return null; // a value, which nobody uses
            }

            BindOnlyForMistakes(syntax);
            return new BoundEffect(
                syntax.Span,
                Report(DiagnosticTable.UnknownMember, callee.Name.Span, $"machine {symbol}", callee.Name.Text, Names.Suggest(callee.Name.Text, symbol.Transitions.Select(t => t.Name))));
        }

        var parameters = transition.Parameters.Select((p, i) => new FieldSymbol(p.Name, i, p.Type, p.IsPublic, false, null, null, p.Span)).ToImmutableArray();
        var given = BindNamedArguments(syntax, parameters, $"transition {transition}");
        var missing = parameters.Where(p => !given.Order.Contains(p.Ordinal)).Select(p => p.Name).ToList();
        if (missing.Count > 0 && !given.Failed)
        {
            Report(DiagnosticTable.MissingField, callee.Name.Span, $"transition {transition}", string.Join(", ", missing));
        }

        return new BoundCall(syntax.Span, local, transition, given.Values, given.Order);
    }

    private BoundCall BindSigners(BoundCall call, ImmutableArray<ExpressionSyntax> syntax)
    {
        if (syntax.Length > call.Transition.SignerCount)
        {
            var asked = call.Transition.SignerCount == 0 ? "nobody" : call.Transition.SignerCount == 1 ? "one party" : $"{call.Transition.SignerCount} parties";
            Report(DiagnosticTable.NobodySigns, syntax[call.Transition.SignerCount].Span, $"transition '{call.Transition}' asks {asked} to sign");
        }

        var signers = ImmutableArray.CreateBuilder<BoundTestKey>();
        foreach (var signer in syntax)
        {
            switch (BindStored(signer, DigestType.Key))
            {
                case BoundTestKey key:
                    signers.Add(key);
                    break;
                case { } other when !IsError(other):
                    Report(DiagnosticTable.NoSecret, signer.Span);
                    break;
            }
        }

        return call with { Signers = signers.ToImmutable() };
    }

    private (ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order, bool Failed) BindNamedArguments(
        CallExpressionSyntax syntax, ImmutableArray<FieldSymbol> fields, string owner)
    {
        var unnamed = syntax.Arguments.Where(a => a.Name is null).ToList();
        foreach (var argument in unnamed)
        {
            Report(DiagnosticTable.UnnamedArgument, argument.Span, fields.IsEmpty ? "name" : fields[Math.Min(syntax.Arguments.IndexOf(argument), fields.Length - 1)].Name);
        }

        var given = BindNamed(syntax.Arguments.Where(a => a.Name is not null).Select(a => (a.Name!, a.Value)), fields, owner);
        return given with { Failed = given.Failed || unnamed.Count > 0 };
    }

    private void BindOnlyForMistakes(CallExpressionSyntax call)
    {
        foreach (var argument in call.Arguments.Where(a => a.Value is not null))
        {
            Bind(argument.Value!, ErrorType.Instance);
        }
    }

    private void BindReject(RejectStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        var error = syntax.Error.Parts.Length == 1 && context.FindBare(syntax.Error.Text) is null
            ? ErrorSymbol.BuiltIns.FirstOrDefault(e => e.Name == syntax.Error.Text)
            : null;
        error ??= FindError(syntax.Error);
        var body = BindBlock(syntax.Body, TupleType.Empty);
        if (error is not null)
        {
            into.Add(new BoundReject(syntax.Span, error, body));
        }
    }

    private BoundExpression BindFlow(CallExpressionSyntax syntax)
    {
        if (kind != BodyKind.Test)
        {
            NotHere(syntax.Span, "flow");
            return new BoundError(syntax.Span);
        }

        if (syntax.Arguments.Length != 2 || syntax.Arguments.Any(a => a.Name is not null || a.Value is null) || PathOf(syntax.Arguments[1].Value!) is not { } path)
        {
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, "flow", "a party and an asset", syntax.Arguments.Length);
        }

        var party = BindStored(syntax.Arguments[0].Value!, DigestType.Key);
        if (context.FindAsset(path) is not { } asset || IsError(party))
        {
            return new BoundError(syntax.Span);
        }

        var quantity = ExactType.Of(NumberType.Quantity(asset));
        return new BoundFlow(syntax.Span, quantity with { Min = null, Max = null, NumeratorBits = quantity.NumeratorBits + 16 }, party, asset);
    }

    /// <summary>The path that an expression is, if it is one.</summary>
    public static PathSyntax? PathOf(ExpressionSyntax syntax) => syntax switch
    {
        NameExpressionSyntax name => new(name.Span, [name.Name]),
        MemberExpressionSyntax { Receiver: NameExpressionSyntax first } member => new(member.Span, [first.Name, member.Name]),
        _ => null,
    };
}
