using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding.Checks;

/// <summary>
/// Follows private data through a body. What is derived from it, or happens under a condition that depends on it, reaches events, <c>pub</c>
/// fields and vaults, the next state and the result only through <c>disclose</c>. The state a machine is in is public, and so are receipts.
/// </summary>
internal sealed class PrivacyCheck(Reporter reporter)
{
    /// <summary>Locals that have held private data so far; arguments among them. What has once held some counts as private from then on.</summary>
    private readonly HashSet<LocalSymbol> _private = [];

    private const int MaxFollowed = 16;

    private bool _isInLoop;

    /// <summary>Whether what happens here shows private data.</summary>
    private bool _hidden;

    public static void Check(Reporter reporter, BoundTransition transition)
    {
        var check = new PrivacyCheck(reporter);
        check.Start(transition.Symbol.Parameters);
        check.Visit(transition.Body);
    }

    public static void Check(Reporter reporter, BoundStatementDeclaration statement)
    {
        var check = new PrivacyCheck(reporter);
        check.Start(statement.Parameters);
        if (check.Visit(statement.Body))
        {
            reporter.Report(DiagnosticTable.PrivateInResult, (statement.Body.Value ?? statement.Body).Span);
        }
    }

    /// <summary>What the result of a function shows: for each argument whether it does, and whether it shows private data.</summary>
    public static (ImmutableArray<bool> Arguments, bool Data) Flows(Reporter reporter, ImmutableArray<LocalSymbol> parameters, BoundBlock body)
    {
        // What shows is a union over what is private, so each argument is followed by itself; of many, all at once.
        var data = Shows([]);
        ImmutableArray<bool> arguments = parameters.Length <= MaxFollowed
            ? [.. parameters.Select(p => Shows([p]))]
            : [.. Enumerable.Repeat(Shows(parameters), parameters.Length)];
        return (arguments, data);

        bool Shows(IEnumerable<LocalSymbol> hidden)
        {
            var check = new PrivacyCheck(reporter);
            check._private.UnionWith(hidden);
            return check.Visit(body);
        }
    }

    private void Start(IEnumerable<LocalSymbol> parameters) => _private.UnionWith(parameters.Where(p => !p.IsPublic));

    /// <summary>Goes through an expression in the order of evaluation.</summary>
    /// <returns>Whether its value shows private data.</returns>
    private bool Visit(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundLocal local:
                return _private.Contains(local.Local);
            case BoundDataField data:
                return !data.Field.IsPublic;
            case BoundStateField state:
                return !state.Field.IsPublic;
            case BoundBalance balance:
                return !balance.Vault.IsPublic;
            case BoundMapGet get:
                return Visit(get.Key) | !get.Map.IsPublic;
            case BoundLedgerBalance balance:
                return Visit(balance.Key) | !balance.Ledger.IsPublic;
            case BoundOpen open:
                Visit(open.Key); // whose signature it is shows as little as any check that passed
                return Visit(open.Signed);
            case BoundVerify verify:
                foreach (var argument in verify.Arguments)
                {
                    Visit(argument); // that the proof says the same is no flow
                }

                return true;
            case BoundDisclose disclose:
                Visit(disclose.Operand);
                return false;
            case BoundInvoke call:
                var shown = call.Function.ShowsData;
                for (var i = 0; i < call.Arguments.Length; i++)
                {
                    shown |= Visit(call.Arguments[i]) && call.Function.ShowsArguments[call.Order[i]];
                }

                return shown;
            case BoundBlock block:
                foreach (var statement in block.Statements)
                {
                    Visit(statement);
                }

                return block.Value is not null && Visit(block.Value);
            case BoundConditional conditional:
                var condition = Visit(conditional.Condition);
                return VisitArms([conditional.Then, conditional.Else], condition, conditional.Condition.Span);
            case BoundStateMatch match:
                return VisitArms([.. match.Arms.Select(a => a.Value)], condition: false, match.Span);
            default:
                var shows = false;
                foreach (var child in expression.Children())
                {
                    shows |= Visit(child);
                }

                return shows;
        }
    }

    private bool VisitArms(IReadOnlyList<BoundExpression> arms, bool condition, SourceSpan span)
    {
        if (condition && arms.SelectMany(NextStates).Distinct().Skip(1).Any())
        {
            reporter.Report(DiagnosticTable.PrivateCondition, span, "the next state, which is public, depends on it");
        }

        var (outer, shows) = (_hidden, condition);
        _hidden |= condition;
        foreach (var arm in arms)
        {
            shows |= Visit(arm);
        }

        _hidden = outer;
        return shows;
    }

    private void Visit(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundLet let:
                Mark(let.Local, Visit(let.Value));
                break;
            case BoundAssign assign:
                VisitAssignment(assign);
                break;
            case BoundRequire require:
                Visit(require.Condition); // that a check has passed is no flow
                break;
            case BoundEffect effect:
                Visit(effect.Expression);
                break;
            case BoundFor loop:
                VisitLoop(loop);
                break;
            case BoundMove move:
                VisitMove(move);
                break;
            case BoundMapWrite write:
                VisitMapWrite(write);
                break;
            case BoundEmit emit:
                VisitFields(emit.Values, emit.Order, i => emit.Event.Fields[i], _ => true, DiagnosticTable.PrivateInEvent);
                if (_hidden)
                {
                    reporter.Report(DiagnosticTable.PrivateCondition, emit.Span, "an event is public");
                }

                break;
            case BoundBecome become:
                VisitFields(become.Values, become.Order, i => become.State.Fields[i], f => f.IsPublic, DiagnosticTable.PrivateInPublicField);
                break;
        }
    }

    // What one turn writes, the next may read: as many turns of the outermost loop as change something.
    private void VisitLoop(BoundFor loop)
    {
        var outer = _isInLoop;
        _isInLoop = true;
        int before;
        do
        {
            before = _private.Count;
            Visit(loop.Body);
        }
        while (!outer && before != _private.Count);

        _isInLoop = outer;
    }

    private void VisitAssignment(BoundAssign assign)
    {
        var shows = _hidden;
        foreach (var step in assign.Path.Where(s => s.Index is not null))
        {
            shows |= Visit(step.Index!);
        }

        shows |= Visit(assign.Value);
        if (assign.Local is { } local)
        {
            Mark(local, shows);
        }
        else if (assign.Field is { IsPublic: true } field && shows)
        {
            reporter.Report(DiagnosticTable.PrivateInPublicField, assign.Value.Span, field.Name);
        }
    }

    private void VisitMove(BoundMove move)
    {
        var shows = Visit(move.Amount) | _hidden;
        foreach (var end in new[] { move.Source, move.Sink })
        {
            if (end.Party is not null)
            {
                Visit(end.Party);
            }

            if (end.Key is not null && Visit(end.Key) && end.Vault!.IsPublic)
            {
                reporter.Report(DiagnosticTable.PrivateInPublicField, end.Key.Span, end.Vault.Name);
            }
        }

        // A receipt is public anyway: what a party pays or gets, or is minted or burned, is the one implicit disclosure.
        if (shows && move.Source.Vault is { } from && move.Sink.Vault is { } to && (from.IsPublic || to.IsPublic))
        {
            reporter.Report(DiagnosticTable.PrivateInPublicField, move.Amount.Span, (from.IsPublic ? from : to).Name);
        }
    }

    private void VisitMapWrite(BoundMapWrite write)
    {
        var shows = Visit(write.Key) | (write.Value is not null && Visit(write.Value)) | _hidden;
        if (shows && write.Map.IsPublic)
        {
            reporter.Report(DiagnosticTable.PrivateInPublicField, write.Span, write.Map.Name);
        }
    }

    private void VisitFields(
        IReadOnlyList<BoundExpression> values, IReadOnlyList<int> order, Func<int, FieldSymbol> field, Func<FieldSymbol, bool> isPublic, DiagnosticDescriptor row)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var target = field(order[i]);
            var shows = Visit(values[i]);
            if (isPublic(target) && (shows || (_hidden && row == DiagnosticTable.PrivateInPublicField)))
            {
                reporter.Report(row, values[i].Span, target.Name);
            }
        }
    }

    private void Mark(LocalSymbol local, bool shows)
    {
        if (shows || _hidden)
        {
            _private.Add(local);
        }
    }

    private static IEnumerable<StateSymbol?> NextStates(BoundExpression expression) => expression switch
    {
        BoundBlock block => block.Statements.SelectMany(NextStates),
        BoundConditional conditional => NextStates(conditional.Then).Concat(NextStates(conditional.Else)),
        BoundStateMatch match => match.Arms.SelectMany(a => NextStates(a.Value)),
        _ => [],
    };

    private static IEnumerable<StateSymbol?> NextStates(BoundStatement statement) => statement switch
    {
        BoundBecome become => [become.State],
        BoundStay => [null],
        BoundEffect effect => NextStates(effect.Expression),
        _ => [],
    };
}
