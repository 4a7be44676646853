using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>A machine for one list of arguments.</summary>
internal sealed class MachineInstance(Declaration declaration, Context context, MachineSymbol symbol)
{
    public Declaration Declaration => declaration;

    public Context Context => context;

    public MachineSymbol Symbol => symbol;

    public MachineDeclarationSyntax Syntax => (MachineDeclarationSyntax)declaration.Syntax;

    public BoundMachine? Bound { get; set; }

    /// <summary>Its functions and views, by name.</summary>
    public Dictionary<string, Declaration> Functions { get; } = ((MachineDeclarationSyntax)declaration.Syntax).Members
        .Select(m => m switch
        {
            FunctionDeclarationSyntax f => new Declaration(declaration.File, f.Name, f),
            ViewDeclarationSyntax v => new Declaration(declaration.File, v.Name, v),
            _ => null,
        })
        .OfType<Declaration>().GroupBy(d => d.Name.Text, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>The fields of its data, by name.</summary>
    public Dictionary<string, FieldSymbol> Data { get; } = symbol.Data.ToDictionary(f => f.Name, StringComparer.Ordinal);
}

/// <content>Machines' signatures.</content>
internal sealed partial class Compilation
{
    private readonly Dictionary<MachineSymbol, MachineInstance> _bySymbol = [];

    /// <summary>Every instance so far, in the order they were needed; those of asset parameters among them.</summary>
    public List<MachineInstance> Machines { get; } = [];

    public MachineInstance InstanceOf(MachineSymbol symbol) => _bySymbol[symbol];

    /// <summary>A machine for a list of arguments: its signature now, its bodies later. Null, and reported, if it contains itself.</summary>
    public MachineInstance? Machine(Declaration declaration, GenericScope scope) =>
        TypeOf(declaration, scope, declaration.Name.Span) is MachineType type ? InstanceOf(type.Machine) : null;

    private MachineSymbol BindSignature(Declaration declaration, GenericScope scope)
    {
        CountInstance(declaration, scope);
        var context = new Context(this, declaration.File, scope);
        var symbol = new Signature(context, declaration).Bind();
        var instance = new MachineInstance(declaration, context, symbol);
        _bySymbol.Add(symbol, instance);
        Machines.Add(instance);
        return symbol;
    }

    /// <summary>Binds one machine's signature: constants, data, states, events, transitions.</summary>
    private sealed class Signature(Context context, Declaration declaration)
    {
        private readonly MachineDeclarationSyntax _syntax = (MachineDeclarationSyntax)declaration.Syntax;
        private readonly Dictionary<string, NameSyntax> _names = new(StringComparer.Ordinal);
        private readonly Dictionary<string, StateSymbol> _states = new(StringComparer.Ordinal);

        public MachineSymbol Bind()
        {
            foreach (var generic in context.Generics.Names.Where(n => declaration.File.Find(n) is not null))
            {
                context.Reporter.Report(DiagnosticTable.Shadowing, _syntax.Generics.First(g => g.Name.Text == generic).Name.Span, generic, "declaration");
            }

            foreach (var constant in _syntax.Members.OfType<ConstDeclarationSyntax>().Where(c => Declare(c.Name, capital: true, "Constants")))
            {
                context.Constants.Add(constant.Name.Text, new(context, constant));
            }

            var data = BindData();
            var states = BindStates();
            var events = BindEvents();
            foreach (var member in _syntax.Members)
            {
                CheckMember(member);
            }

            if (states.FirstOrDefault(s => s.IsFinal) is { } final)
            {
                foreach (var ledger in data.Where(f => f.IsLedger))
                {
                    context.Reporter.Report(DiagnosticTable.LedgerBesideFinal, ledger.Span, ledger, final);
                }
            }

            var name = declaration.Name.Text + context.Generics.Suffix;
            return new(
                name,
                declaration.QualifiedName + context.Generics.Key,
                data,
                states,
                BindTransitions(),
                events,
                _syntax.Header.Documentation,
                _syntax.Name.Span)
            {
                Issues = BindIssued(),
            };
        }

        /// <summary>The assets of <c>@issuer</c>: those that this module declares.</summary>
        private ImmutableArray<AssetSymbol> BindIssued()
        {
            context.CheckAttributes(_syntax.Header.Attributes, "issuer");
            var issued = ImmutableArray.CreateBuilder<AssetSymbol>();
            foreach (var attribute in _syntax.Header.Attributes.Where(a => a.Name.Text == "issuer"))
            {
                var paths = attribute.Arguments.Select(a => a.Name is null ? Bodies.BodyBinder.PathOf(a.Value) : null).ToList();
                if (paths.Count == 0 || paths.Contains(null))
                {
                    context.Reporter.Report(DiagnosticTable.AttributeArguments, attribute.Span, "issuer", "@issuer(A, …) with assets");
                }

                foreach (var path in paths.OfType<PathSyntax>())
                {
                    if (context.FindAsset(path) is not { } asset)
                    {
                        continue;
                    }

                    if (asset.QualifiedName != ModuleOf(declaration.QualifiedName) + asset.Name)
                    {
                        context.Reporter.Report(DiagnosticTable.IssuerElsewhere, path.Span, asset);
                    }

                    issued.Add(asset);
                }
            }

            return issued.ToImmutable();
        }

        private static string ModuleOf(string name) => name.Substring(0, name.LastIndexOf('.') + 1);

        /// <summary>What <c>@budget(rows = n, verifications = m)</c> of a transition says.</summary>
        private RowBudget? BindBudget(TransitionDeclarationSyntax syntax)
        {
            foreach (var attribute in syntax.Header.Attributes.Where(a => a.Name.Text == "budget"))
            {
                var names = attribute.Arguments.Select(a => a.Name?.Text).ToList();
                if (names.Count == 0 || names.Distinct().Count() < names.Count || names.Any(n => n is not ("rows" or "verifications")))
                {
                    context.Reporter.Report(DiagnosticTable.AttributeArguments, attribute.Span, "budget", "@budget(rows = 4_096), or with verifications = 2");
                    continue;
                }

                var limits = attribute.Arguments.ToDictionary(a => a.Name!.Text, a => new Bodies.BodyBinder(context).BindLength(a.Value, "a budget"), StringComparer.Ordinal);
                return new(limits.TryGetValue("rows", out var rows) ? rows : null, limits.TryGetValue("verifications", out var verifications) ? verifications : null, attribute.Span);
            }

            return null;
        }

        private ImmutableArray<FieldSymbol> BindData()
        {
            var declared = _syntax.Members.OfType<DataDeclarationSyntax>().ToList();
            foreach (var second in declared.Skip(1))
            {
                context.Reporter.Report(DiagnosticTable.DuplicateData, second.Span);
            }

            if (declared.Count == 0)
            {
                return ImmutableArray<FieldSymbol>.Empty;
            }

            var fields = context.BindFields(declared[0].Fields, FieldPlace.Data);
            foreach (var field in declared[0].Fields)
            {
                Declare(field.Name, capital: false, "Fields");
            }

            return fields;
        }

        private ImmutableArray<StateSymbol> BindStates()
        {
            var states = ImmutableArray.CreateBuilder<StateSymbol>();
            states.Add(new("init", 0, isFinal: false, ImmutableArray<FieldSymbol>.Empty, null, _syntax.Name.Span));
            foreach (var syntax in _syntax.Members.OfType<StateDeclarationSyntax>().Where(s => Declare(s.Name, capital: true, "States")))
            {
                var fields = context.BindFields(syntax.Fields, FieldPlace.State);
                var state = new StateSymbol(syntax.Name.Text, states.Count, syntax.IsFinal, fields, syntax.Header.Documentation, syntax.Name.Span);
                states.Add(state);
                _states.Add(state.Name, state);
            }

            _states["init"] = states[0];
            if (states.Count == 1)
            {
                context.Reporter.Report(DiagnosticTable.NoStates, _syntax.Name.Span, _syntax.Name.Text);
            }

            return states.ToImmutable();
        }

        private ImmutableArray<EventSymbol> BindEvents() =>
        [
            .. _syntax.Members.OfType<EventDeclarationSyntax>().Where(e => Declare(e.Name, capital: true, "Events"))
                .Select(e => new EventSymbol(
                    e.Name.Text,
                    $"{declaration.QualifiedName}.{e.Name.Text}",
                    context.BindFields(e.Fields, FieldPlace.Event),
                    e.Header.Documentation,
                    e.Name.Span)),
        ];

        private ImmutableArray<TransitionSymbol> BindTransitions()
        {
            var transitions = ImmutableArray.CreateBuilder<TransitionSymbol>();
            foreach (var syntax in _syntax.Members.OfType<TransitionDeclarationSyntax>().Where(t => Declare(t.Name, capital: false, "Transitions")))
            {
                transitions.Add(new(
                    syntax.Name.Text,
                    transitions.Count,
                    context.BindEntryParameters(syntax.Parameters, syntax.Header.Attributes),
                    BindEdge(syntax.Edge.Sources, isTarget: false),
                    BindEdge(syntax.Edge.Targets, isTarget: true),
                    syntax.Header.Documentation,
                    syntax.Name.Span)
                {
                    SignerCount = syntax.Authority.Length,
                    Budget = BindBudget(syntax),
                });
            }

            return transitions.ToImmutable();
        }

        private ImmutableArray<StateSymbol> BindEdge(ImmutableArray<NameSyntax> names, bool isTarget)
        {
            var states = new SortedDictionary<int, StateSymbol>();
            foreach (var name in names.Where(n => n.Text.Length > 0))
            {
                if (!_states.TryGetValue(name.Text, out var state))
                {
                    context.Unknown(name, _states.Keys);
                }
                else if (isTarget && state.IsInitial)
                {
                    context.Reporter.Report(DiagnosticTable.InitMisplaced, name.Span, "no transition leads to it");
                }
                else if (states.ContainsKey(state.Tag))
                {
                    context.Reporter.Report(DiagnosticTable.DuplicateName, name.Span, name.Text);
                }
                else
                {
                    states.Add(state.Tag, state);
                }
            }

            return [.. states.Values];
        }

        private void CheckMember(DeclarationSyntax member)
        {
            context.CheckAttributes(member.Header.Attributes, member is TransitionDeclarationSyntax ? ["budget", "steps"] : []);
            switch (member)
            {
                case InvariantDeclarationSyntax invariant:
                    Declare(invariant.Name, capital: false, "Invariants");
                    break;
                case ViewDeclarationSyntax view:
                    Declare(view.Name, capital: false, "Views");
                    break;
                case FunctionDeclarationSyntax function:
                    Declare(function.Name, capital: false, "Functions");
                    break;
            }
        }

        private bool Declare(NameSyntax name, bool capital, string what)
        {
            if (name.Text.Length == 0)
            {
                return false;
            }

            Names.Check(name, capital, what, context.Reporter);
            if (_names.TryGetValue(name.Text, out var first))
            {
                context.Reporter.Report(new Diagnostic(DiagnosticTable.DuplicateName, name.Span, [name.Text], []).WithNote("first declared here", first.Span));
                return false;
            }

            _names.Add(name.Text, name);
            if (context.Generics.Find(name.Text) is not null || declaration.File.Find(name.Text) is not null)
            {
                context.Reporter.Report(DiagnosticTable.Shadowing, name.Span, name.Text, context.Generics.Find(name.Text) is { } g ? g.Kind.Split(' ')[1] : declaration.File.Find(name.Text)!.Kind.Split(' ')[1]);
            }

            return true;
        }
    }
}
