using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Language.Auditing;

/// <summary>
/// Public arguments of a transition that nothing pins down: neither they nor what is computed from them is compared in a check, decides a
/// branch, is moved, or is written to the record. Whoever reads them in the statement reads what the prover liked to write.
/// </summary>
internal sealed class ArgumentAudit : BoundWalker
{
    /// <summary>For each local, the arguments that went into it.</summary>
    private readonly Dictionary<LocalSymbol, HashSet<LocalSymbol>> _sources = [];
    private readonly HashSet<LocalSymbol> _pinned = [];

    public static void Run(BoundTransition transition, List<AuditFinding> findings)
    {
        var audit = new ArgumentAudit();
        foreach (var parameter in transition.Symbol.Parameters)
        {
            audit._sources[parameter] = [parameter];
        }

        transition.Authority.ToList().ForEach(audit.Pin);
        audit.Visit(transition.Body);
        foreach (var ensures in transition.Ensures)
        {
            audit.Pin(ensures);
        }

        findings.AddRange(transition.Symbol.Parameters.Where(p => p.IsPublic && !audit._pinned.Contains(p))
            .Select(p => new AuditFinding(AuditKind.FreeArgument, p.Span, $"public argument '{p.Name}' is neither stored nor compared nor moved")));
    }

    public override void Visit(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundConditional conditional:
                Pin(conditional.Condition);
                break;
            case BoundMapGet get: // the key must be there
                Pin(get.Key);
                break;
            case BoundLedgerBalance balance:
                Pin(balance.Key);
                break;
            case BoundOpen open: // who has signed has signed this; but any key has signed something
                Pin(open.Signed);
                break;
            case BoundVerify verify: // the proof has to say the same
                Pin(verify);
                break;
            case BoundInvoke call: // its checks may compare them
                Pin(call);
                break;
        }

        base.Visit(expression);
    }

    public override void Visit(BoundStatement statement)
    {
        base.Visit(statement);
        switch (statement)
        {
            case BoundLet let:
                Add(let.Local, SourcesOf(let.Value));
                break;
            case BoundAssign { Local: { } local } assign:
                Add(local, SourcesOf(assign.Value));
                break;
            case BoundAssign assign:
                Pin(assign.Value);
                break;
            case BoundRequire require:
                Pin(require.Condition);
                break;
            case BoundMove move:
                Pin(move.Amount);
                foreach (var end in new[] { move.Source, move.Sink }.Where(e => e.Key is not null))
                {
                    Pin(end.Key!);
                }

                break;
            case BoundMapWrite write:
                Pin(write.Key);
                if (write.Value is { } value)
                {
                    Pin(value);
                }

                break;
            case BoundBecome become:
                become.Values.ToList().ForEach(Pin);
                break;
        }
    }

    private void Add(LocalSymbol local, IEnumerable<LocalSymbol> sources)
    {
        if (!_sources.TryGetValue(local, out var known))
        {
            _sources.Add(local, known = []);
        }

        known.UnionWith(sources);
    }

    private void Pin(BoundExpression expression) => _pinned.UnionWith(SourcesOf(expression));

    private HashSet<LocalSymbol> SourcesOf(BoundExpression expression)
    {
        var reads = new Reads();
        reads.Visit(expression);
        return [.. reads.Locals.SelectMany(l => _sources.TryGetValue(l, out var sources) ? sources : [])];
    }

    private sealed class Reads : BoundWalker
    {
        public HashSet<LocalSymbol> Locals { get; } = [];

        public override void Visit(BoundExpression expression)
        {
            if (expression is BoundOpen open)
            {
                Visit(open.Signed); // what it holds does not tell whose signature it is
                return;
            }

            if (expression is BoundLocal local)
            {
                Locals.Add(local.Local);
            }

            base.Visit(expression);
        }
    }
}
