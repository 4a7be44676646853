using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>What only transitions do: <c>move</c>, <c>become</c>, <c>stay</c>, <c>emit</c>.</content>
internal sealed partial class BodyBinder
{
    private int _loops;

    /// <summary>How many blocks around this place have a value that something waits for.</summary>
    private int _values;

    /// <summary>The one state that the transition leaves, if it is one and not <c>init</c>: its fields are read by their names.</summary>
    private StateSymbol? _source;

    private TransitionSymbol? _transition;

    private void BindMove(MoveStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        var (source, sink) = (FindEnd(syntax.Source, isSource: true), FindEnd(syntax.Sink, isSource: false));
        var held = source?.Vault?.Held?.Asset ?? sink?.Vault?.Held?.Asset;

        // The vault says which asset it is; between two parties the amount does.
        var amount = Bind(syntax.Amount, held is null ? null : NumberType.Quantity(held) with { Direction = Direction.Near });
        var parties = (Source: BindParty(syntax.Source), Sink: BindParty(syntax.Sink));
        var keys = (Source: BindLedgerKey(syntax.Source), Sink: BindLedgerKey(syntax.Sink));
        if (IsError(amount) || source is null || sink is null || new[] { parties.Source, parties.Sink, keys.Source, keys.Sink }.Any(e => e is not null && IsError(e)))
        {
            return;
        }

        if (!IsNumber(amount))
        {
            Report(DiagnosticTable.MoveAsset, syntax.Amount.Span, amount.Type);
            return;
        }

        var exact = Arithmetic.TypeOf(amount);
        if ((exact.Unit.Asset ?? (IsZero(amount) ? held : null)) is not { } asset || exact.IsTime)
        {
            Report(DiagnosticTable.MoveAsset, syntax.Amount.Span, amount.Type);
            return;
        }

        var fits = CheckVault(source.Value.Vault, asset, exact.Direction, Direction.Lo, syntax.Source) & CheckVault(sink.Value.Vault, asset, exact.Direction, Direction.Hi, syntax.Sink);
        if (source.Value.Vault is { IsLedger: false } vault && ReferenceEquals(vault, sink.Value.Vault))
        {
            Report(DiagnosticTable.SameVault, syntax.Span);
            return;
        }

        foreach (var end in new[] { syntax.Source, syntax.Sink })
        {
            if (end is IssueEndSyntax && !machine!.Symbol.Issues.Contains(asset))
            {
                Report(DiagnosticTable.NotTheIssuer, end.Span, end.Span.Text, asset, machine.Symbol);
                fits = false;
            }
        }

        var stored = Store(amount, NumberType.Quantity(asset) with { Direction = exact.Direction }, syntax.Amount.Span);
        if (fits && !IsError(stored))
        {
            into.Add(new BoundMove(
                syntax.Span,
                asset,
                stored,
                new(syntax.Source.Span, source.Value.Vault, parties.Source) { Key = keys.Source },
                new(syntax.Sink.Span, sink.Value.Vault, parties.Sink) { Key = keys.Sink }));
        }
    }

    /// <summary>The vault of an end, or none for a party; null, and reported, if it is neither.</summary>
    private (FieldSymbol? Vault, bool IsParty)? FindEnd(MoveEndSyntax syntax, bool isSource)
    {
        switch (syntax)
        {
            case PartyEndSyntax party:
                if (isSource && _transition!.SignerCount == 0)
                {
                    Report(DiagnosticTable.PayerDidNotSign, party.Span, _transition, party.Party.Span.Text);
                }

                return (null, true);
            case VaultEndSyntax { Place: var place } when VaultOf(place) is { Machine: null } vault:
                return (vault.Vault, false);
            case VaultEndSyntax { Place: IndexExpressionSyntax place } when MapOf(place.Receiver) is { IsLedger: true } ledger:
                return (ledger, false);
            case VaultEndSyntax { Place: var place }:
                var other = Bind(place);
                if (!IsError(other))
                {
                    Report(DiagnosticTable.NotAVault, place.Span, $"this is {other.Type}");
                }

                return null;
            default:
                return (null, false); // which asset it is, the amount says
        }
    }

    private BoundExpression? BindLedgerKey(MoveEndSyntax syntax) =>
        syntax is VaultEndSyntax { Place: IndexExpressionSyntax place } && MapOf(place.Receiver) is { IsLedger: true } ledger ? BindStored(place.Index, ((MapType)ledger.Type).KeyType) : null;

    private BoundExpression? BindParty(MoveEndSyntax syntax) => syntax is PartyEndSyntax party ? BindStored(party.Party, DigestType.Key) : null;

    private bool CheckVault(FieldSymbol? vault, AssetSymbol asset, Direction amount, Direction bound, MoveEndSyntax syntax)
    {
        if (vault?.Held is not { } type)
        {
            return true;
        }

        if (!ReferenceEquals(type.Asset, asset))
        {
            Report(DiagnosticTable.AssetMismatch, syntax.Span, $"'{vault.Name}'", type.Asset, asset);
            return false;
        }

        if (type.IsGuarded && !Arithmetic.Converts(amount, bound))
        {
            Report(
                DiagnosticTable.GuardedVault,
                syntax.Span,
                bound == Direction.Lo ? "pays out" : "takes in",
                $"'{bound.ToString().ToLowerInvariant()}'",
                $"'{amount.ToString().ToLowerInvariant()}'");
            return false;
        }

        return true;
    }

    private void BindBecome(BecomeStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        CheckEndsPath(syntax);
        if (syntax.State.Text == "init")
        {
            Report(DiagnosticTable.InitMisplaced, syntax.State.Span, "no transition leads to it");
        }

        if (machine!.Symbol.States.Skip(1).FirstOrDefault(s => s.Name == syntax.State.Text) is not { } state)
        {
            if (syntax.State.Text is not ("init" or ""))
            {
                context.Unknown(syntax.State, machine.Symbol.States.Skip(1).Select(s => s.Name));
            }

            BindOnlyForMistakes(syntax.Body);
            into.Add(new BoundEffect(syntax.Span, new BoundError(syntax.Span)));
            return;
        }

        if (!_transition!.Targets.Contains(state) && !_transition.Targets.IsEmpty)
        {
            Report(DiagnosticTable.OffEdge, syntax.State.Span, state, string.Join(" | ", _transition.Targets));
        }

        var body = BindBody(syntax.Body, state.Fields, $"state {state}", null, syntax.State.Span);
        if (state.IsFinal)
        {
            foreach (var vault in machine.Symbol.Data.Where(f => f.IsVault))
            {
                var empty = new BoundComparison(syntax.Span, ComparisonOperator.Equal, new BoundBalance(syntax.Span, vault), Whole(syntax.Span, 0));
                into.Add(new BoundRequire(syntax.Span, empty, ErrorSymbol.VaultNotEmpty));
            }
        }

        into.Add(body is { } values ? new BoundBecome(syntax.Span, state, values.Values, values.Order) : new BoundEffect(syntax.Span, new BoundError(syntax.Span)));
    }

    private void BindStay(StayStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        CheckEndsPath(syntax);
        var leaving = _states.Where(s => !_transition!.Targets.Contains(s)).ToList();
        if (leaving.Count > 0)
        {
            Report(DiagnosticTable.StayOffEdge, syntax.Span, string.Join(", ", leaving));
        }

        into.Add(new BoundStay(syntax.Span));
    }

    private void CheckEndsPath(StatementSyntax syntax)
    {
        if (_loops > 0 || _values > 0)
        {
            Report(DiagnosticTable.BecomeInLoop, syntax.Span, _loops > 0 ? "a loop" : "a block with a value");
        }
    }

    private void BindEmit(EmitStatementSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        if (FindEvent(syntax.Event) is not { } symbol)
        {
            BindOnlyForMistakes(syntax.Body);
            return;
        }

        if (BindBody(syntax.Body, symbol.Fields, $"event {symbol}", null, syntax.Event.Span) is { } body)
        {
            into.Add(new BoundEmit(syntax.Span, symbol, body.Values, body.Order));
        }
    }

    private EventSymbol? FindEvent(PathSyntax path)
    {
        if (path.Parts.Length == 1 && machine!.Symbol.Events.FirstOrDefault(e => e.Name == path.Text) is { } own)
        {
            return own;
        }

        switch (context.Resolve(path))
        {
            case null:
                return null;
            case Declaration { Syntax: EventDeclarationSyntax } declaration:
                return Compilation.Event(declaration);
            case { } other:
                context.WrongKind(path.Span, path.Text, other, "an event");
                return null;
        }
    }
}
