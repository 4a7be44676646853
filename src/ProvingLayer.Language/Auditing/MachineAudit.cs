using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Language.Auditing;

/// <summary>A machine as a whole: value without a way out, and data that nothing reads.</summary>
internal sealed class MachineAudit : BoundWalker
{
    private readonly HashSet<FieldSymbol> _read = [];
    private readonly HashSet<FieldSymbol> _paidIn = [];
    private readonly HashSet<FieldSymbol> _paidOut = [];

    public static void Run(BoundMachine machine, IEnumerable<BoundFunction> functions, List<AuditFinding> findings)
    {
        var all = new MachineAudit();
        var paysOut = new Dictionary<TransitionSymbol, HashSet<FieldSymbol>>();
        foreach (var transition in machine.Transitions)
        {
            var own = new MachineAudit();
            own.Visit(transition.Body);
            all.Visit(transition.Body);
            transition.Authority.ToList().ForEach(all.Visit);
            transition.Ensures.ToList().ForEach(all.Visit);
            paysOut.Add(transition.Symbol, own._paidOut);
        }

        machine.Invariants.ToList().ForEach(i => all.Visit(i.Condition));
        functions.ToList().ForEach(f => all.Visit(f.Body)); // those of others read no field of this one
        findings.AddRange(machine.Symbol.Data.Where(f => !f.IsVault && !f.IsPublic && !all._read.Contains(f))
            .Select(f => new AuditFinding(AuditKind.Unused, f.Span, $"nothing reads data field '{f.Name}'")));
        foreach (var vault in all._paidIn.OrderBy(v => v.Ordinal))
        {
            var released = Released(machine.Symbol, t => paysOut[t].Contains(vault));
            findings.AddRange(machine.Symbol.States.Skip(1).Where(s => !s.IsFinal && !released.Contains(s))
                .Select(s => new AuditFinding(AuditKind.StuckValue, s.Span, $"no way out of state '{s.Name}' pays anything from vault '{vault.Name}'")));
        }
    }

    public override void Visit(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundDataField field:
                _read.Add(field.Field);
                break;
            case BoundBalance balance:
                _read.Add(balance.Vault);
                break;
            case BoundMapGet get:
                _read.Add(get.Map);
                break;
            case BoundLedgerBalance balance:
                _read.Add(balance.Ledger);
                break;
        }

        base.Visit(expression);
    }

    public override void Visit(BoundStatement statement)
    {
        if (statement is BoundMapWrite write)
        {
            _read.Add(write.Map); // every write asks whether the key is there
        }

        if (statement is BoundMove move)
        {
            _read.UnionWith(new[] { move.Source, move.Sink }.Where(e => e.Key is not null).Select(e => e.Vault!));
            _paidIn.UnionWith(move.Sink.Vault is { } to ? [to] : []);
            _paidOut.UnionWith(move.Source.Vault is { } from ? [from] : []);
        }

        base.Visit(statement);
    }

    /// <summary>The states from which some way leads to a transition that pays.</summary>
    private static HashSet<StateSymbol> Released(MachineSymbol machine, Func<TransitionSymbol, bool> pays)
    {
        var released = new HashSet<StateSymbol>();
        int before;
        do
        {
            before = released.Count;
            foreach (var transition in machine.Transitions.Where(t => pays(t) || t.Targets.Any(released.Contains)))
            {
                released.UnionWith(transition.Sources);
            }
        }
        while (released.Count > before);
        return released;
    }
}
