using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Auditing;

/// <summary>Lists what the compiler accepts and a reviewer has to judge.</summary>
public static class Audit
{
    /// <summary>Audits a program: its machines, statements and functions, not its tests.</summary>
    /// <param name="program">The program, without errors.</param>
    /// <returns>The findings by file and place, each once however many instances have it.</returns>
    public static ImmutableArray<AuditFinding> Run(BoundProgram program)
    {
        var findings = new List<AuditFinding>();
        foreach (var machine in program.Machines)
        {
            foreach (var transition in machine.Transitions)
            {
                var walker = new BodyAudit(findings, transition.Symbol.Parameters) { IsEntry = true };
                walker.VisitAuthority(transition);
                walker.Visit(transition.Body);
                foreach (var ensures in transition.Ensures)
                {
                    walker.Visit(ensures);
                }

                walker.Finish();
                ArgumentAudit.Run(transition, findings);
            }

            foreach (var invariant in machine.Invariants)
            {
                Visit(findings, [], invariant.Condition);
            }

            MachineAudit.Run(machine, program.Functions, findings);
        }

        foreach (var statement in program.Targets.Select(t => t.Statement).OfType<BoundStatementDeclaration>())
        {
            Visit(findings, statement.Parameters, statement.Body, isEntry: true);
        }

        foreach (var function in program.Functions)
        {
            Visit(findings, function.Parameters, function.Body);
        }

        return
        [
            .. findings.GroupBy(f => (f.Kind, f.Span)).Select(g => g.First())
                .OrderBy(f => f.Span.File.Path, StringComparer.Ordinal).ThenBy(f => f.Span.Start).ThenBy(f => f.Kind),
        ];
    }

    /// <summary>A piece of source on one line.</summary>
    internal static string Excerpt(SourceSpan span)
    {
        var text = string.Join(" ", span.Text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 60 ? text : $"{text.Substring(0, 59)}…";
    }

    private static void Visit(List<AuditFinding> findings, ImmutableArray<LocalSymbol> parameters, BoundExpression body, bool isEntry = false)
    {
        var walker = new BodyAudit(findings, parameters) { IsEntry = isEntry };
        walker.Visit(body);
        walker.Finish();
    }
}

/// <summary>One body: escapes, disclosures, receipts, and names that nothing reads.</summary>
internal sealed class BodyAudit : BoundWalker
{
    private readonly List<AuditFinding> _findings;
    private readonly List<LocalSymbol> _declared;
    private readonly HashSet<LocalSymbol> _read = [];

    /// <summary>Whether the body is of a transition or statement: its arguments are what the prover likes.</summary>
    public bool IsEntry { get; init; }

    public BodyAudit(List<AuditFinding> findings, ImmutableArray<LocalSymbol> parameters)
    {
        _findings = findings;
        _declared = [.. parameters];
    }

    public override void Visit(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundLocal local:
                _read.Add(local.Local);
                break;
            case BoundTrust trust:
                Add(AuditKind.Trust, trust.Span, $"{Audit.Excerpt(trust.Operand.Span)} is taken as {trust.Type}, and nothing proves that direction");
                break;
            case BoundOpen { Key: BoundLocal { Local: { Kind: LocalKind.Parameter, IsPublic: false } asked } } open when IsEntry:
                Add(AuditKind.Authority, open.Key.Span, $"opens signed data with '{asked.Name}', a private argument: any key will do");
                break;
            case BoundDisclose disclose:
                Add(AuditKind.Disclosure, disclose.Span, $"{Audit.Excerpt(disclose.Operand.Span)} is made public");
                break;
        }

        base.Visit(expression);
    }

    public override void Visit(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundLet let when let.Local.Span.Text == let.Local.Name: // hidden ones have a keyword for a name
                _declared.Add(let.Local);
                break;
            case BoundMove move:
                if ((move.Source.Vault is null || move.Sink.Vault is null) && IsPrivate([move.Amount, move.Source.Party, move.Sink.Party]))
                {
                    Add(AuditKind.Receipt, move.Span, $"the receipt shows {Audit.Excerpt(move.Amount.Span)}, which is private otherwise");
                }

                break;
        }

        base.Visit(statement);
    }

    /// <summary>Says which signatures bind nobody: those of keys that whoever makes the step chooses, and that pay nothing.</summary>
    public void VisitAuthority(BoundTransition transition)
    {
        var payers = new Payers();
        payers.Visit(transition.Body);
        foreach (var party in transition.Authority)
        {
            Visit(party);
            if (party is BoundLocal { Local: var argument } && !payers.Found.Contains(argument))
            {
                Add(AuditKind.Authority, party.Span, $"asks '{argument.Name}' to sign, an argument that pays nothing: any key will do");
            }
        }
    }

    /// <summary>Says what was declared and never read.</summary>
    public void Finish()
    {
        foreach (var local in _declared.Where(l => !_read.Contains(l)))
        {
            Add(AuditKind.Unused, local.Span, $"nothing reads {(local.Kind == LocalKind.Parameter ? "argument" : "local")} '{local.Name}'");
        }
    }

    private void Add(AuditKind kind, SourceSpan span, string message) => _findings.Add(new(kind, span, message));

    // Directly: what a local holds is not followed.
    private static bool IsPrivate(IEnumerable<BoundExpression?> expressions)
    {
        var reads = new PrivateReads();
        foreach (var expression in expressions.Where(e => e is not null))
        {
            reads.Visit(expression!);
        }

        return reads.Found;
    }

    private sealed class Payers : BoundWalker
    {
        public HashSet<LocalSymbol> Found { get; } = [];

        public override void Visit(BoundStatement statement)
        {
            if (statement is BoundMove { Source.Party: BoundLocal { Local: var payer } })
            {
                Found.Add(payer);
            }

            base.Visit(statement);
        }
    }

    private sealed class PrivateReads : BoundWalker
    {
        public bool Found { get; private set; }

        public override void Visit(BoundExpression expression)
        {
            Found |= expression switch
            {
                BoundLocal local => !local.Local.IsPublic,
                BoundDataField field => !field.Field.IsPublic,
                BoundStateField field => !field.Field.IsPublic,
                BoundBalance balance => !balance.Vault.IsPublic,
                BoundMapGet get => !get.Map.IsPublic,
                BoundLedgerBalance balance => !balance.Ledger.IsPublic,
                BoundVerify => true,
                _ => false,
            };
            if (expression is not BoundDisclose)
            {
                base.Visit(expression);
            }
        }
    }
}
