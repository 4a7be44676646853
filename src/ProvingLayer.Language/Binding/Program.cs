using System.Collections.Immutable;
using ProvingLayer.Language.Binding.Bodies;
using ProvingLayer.Language.Binding.Checks;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>A program while and after it is bound: what its files declare, in their order, then the bodies of the machines they need.</summary>
internal sealed partial class Program : BoundProgram
{
    private readonly DiagnosticBag _bag = new();
    private readonly Reporter _reporter;
    private readonly ModuleTable _modules;
    private readonly Compilation _compilation;
    private readonly List<(Declaration Declaration, MachineInstance? Machine, BoundStatementDeclaration? Statement)> _targets = [];
    private readonly List<BoundTest> _tests = [];
    private readonly object _gate = new(); // what is bound on demand goes into the same tables, and reports to the bag of whoever asks
    private int _bodies;

    public Program(IReadOnlyList<SourceFile> files)
    {
        _reporter = new(_bag);
        _modules = new(_reporter);
        _compilation = new(_modules, _reporter);
        var units = files.Select(f => Parser.Parse(f, _bag)).ToList();
        AddLibrary(units);
        if (!_bag.HasErrors)
        {
            Bind(units);
        }

        Diagnostics = _bag.ToSorted();
        Targets = HasErrors ? ImmutableArray<BuildTarget>.Empty : NameTargets();
        Modules = HasErrors ? ImmutableArray<BoundModule>.Empty : [.. _modules.Modules.Select(Describe)];
        Tests = HasErrors ? ImmutableArray<BoundTest>.Empty : [.. _tests];
    }

    public override ImmutableArray<Diagnostic> Diagnostics { get; }

    public override ImmutableArray<BuildTarget> Targets { get; }

    public override ImmutableArray<BoundModule> Modules { get; }

    public override ImmutableArray<BoundTest> Tests { get; }

    public override ImmutableArray<BoundMachine> Machines
    {
        get
        {
            lock (_gate)
            {
                return HasErrors ? ImmutableArray<BoundMachine>.Empty : [.. _compilation.Machines.Where(m => m.Bound is not null && !m.Context.Generics.IsSymbolic).Select(m => m.Bound!)];
            }
        }
    }

    public override ImmutableArray<BoundFunction> Functions
    {
        get
        {
            lock (_gate)
            {
                return HasErrors ? ImmutableArray<BoundFunction>.Empty : [.. _compilation.Functions.Where(f => !f.IsSymbolic).Select(f => f.Function)];
            }
        }
    }

    public override ImmutableArray<AssetSymbol> Assets
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _modules.Modules.SelectMany(m => m.Items.Values).Where(d => d.Syntax is AssetDeclarationSyntax).Select(_compilation.Asset)
                        .OrderBy(a => a.QualifiedName, StringComparer.Ordinal),
                ];
            }
        }
    }

    public override BuildTarget? Instantiate(string text, DiagnosticBag diagnostics)
    {
        var file = new SourceFile("instance", $"type Instance = {text};");
        var unit = Parser.Parse(file, diagnostics);
        if (HasErrors || diagnostics.HasErrors)
        {
            return null;
        }

        if (unit.Declarations.Length != 1 || unit.Declarations[0] is not TypeDeclarationSyntax { Type: NamedTypeSyntax named })
        {
            diagnostics.Report(DiagnosticTable.TypeMismatch, unit.Span, "a machine or a statement", "something else");
            return null;
        }

        lock (_gate)
        {
            _reporter.Bag = diagnostics;
            var target = Target(new Context(_compilation, ViewFromOutside(unit), GenericScope.Empty), named);
            BindMachineBodies();
            _reporter.Bag = _bag;
            return diagnostics.HasErrors ? null
                : target.Machine is { } machine ? new(target.Name, machine.Bound, null)
                : target.Statement is { } statement ? new(target.Name, null, statement)
                : null;
        }
    }

    public override BoundExpression? ReadValue(string text, TenorType type, DiagnosticBag diagnostics)
    {
        var file = new SourceFile("value", $"const VALUE: T = {text};");
        if (type is NumberType { IsTime: true } && BodyBinder.ReadTime(text.Trim()) is { } seconds)
        {
            return new BoundNumber(file.Span(17, text.Length), NumberType.Time, new(seconds));
        }

        var unit = Parser.Parse(file, diagnostics);
        if (HasErrors || diagnostics.HasErrors)
        {
            return null;
        }

        if (unit.Declarations.Length != 1 || unit.Declarations[0] is not ConstDeclarationSyntax constant)
        {
            diagnostics.Report(DiagnosticTable.TypeMismatch, unit.Span, type, "something else");
            return null;
        }

        lock (_gate)
        {
            _reporter.Bag = diagnostics;
            var value = new BodyBinder(new(_compilation, ViewFromOutside(unit), GenericScope.Empty), BodyKind.Test).BindStored(constant.Value, type);
            if (!diagnostics.HasErrors && value is not BoundTestKey && !Folding.IsConstant(value))
            {
                _reporter.Report(DiagnosticTable.NotConstant, constant.Value.Span, "a value in a scenario");
            }

            _reporter.Bag = _bag;
            return diagnostics.HasErrors || value is BoundError ? null : value;
        }
    }

    /// <summary>A file that uses every name that only one module declares, and every module whose last part is its own.</summary>
    private FileScope ViewFromOutside(CompilationUnitSyntax unit)
    {
        var view = new FileScope(new("?"), unit);
        foreach (var same in _modules.Modules.SelectMany(m => m.Items.Values).GroupBy(d => d.Name.Text, StringComparer.Ordinal).Where(g => g.Count() == 1))
        {
            view.UsedItems.Add(same.Key, same.First());
        }

        foreach (var same in _modules.Modules.GroupBy(m => m.Name.Split('.').Last(), StringComparer.Ordinal).Where(g => g.Count() == 1))
        {
            view.UsedModules.Add(same.Key, same.First());
        }

        return view;
    }

    private void Bind(List<CompilationUnitSyntax> units)
    {
        units.ForEach(_modules.Add);
        _modules.Link();
        foreach (var file in _modules.Files)
        {
            foreach (var declaration in file.Module.Items.Values.Where(d => ReferenceEquals(d.File, file)))
            {
                Bind(declaration);
            }

            BindNameless(file);
        }

        BindMachineBodies();
    }

    /// <summary>The targets by name. Where two modules have one of the same name, both are called with their modules'.</summary>
    private ImmutableArray<BuildTarget> NameTargets() =>
    [
        .. _targets.GroupBy(t => t.Declaration.Name.Text, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Select(t => new BuildTarget(
                same.Count() == 1 ? t.Declaration.Name.Text : t.Declaration.QualifiedName, t.Machine?.Bound, t.Statement)
            {
                Module = t.Declaration.Module.Name,
                Span = t.Declaration.Name.Span,
                Documentation = t.Declaration.Syntax.Header.Documentation ?? t.Machine?.Symbol.Documentation ?? t.Statement?.Documentation,
                Errors = ErrorsOf(t.Declaration.Module),
            }))
            .OrderBy(t => t.Name, StringComparer.Ordinal),
    ];

    private void Bind(Declaration declaration)
    {
        var context = new Context(_compilation, declaration.File, GenericScope.Empty);
        var isGeneric = !declaration.Generics.IsEmpty;
        if (declaration.Syntax is not (MachineDeclarationSyntax or StatementDeclarationSyntax) || (isGeneric && declaration.Syntax is StatementDeclarationSyntax))
        {
            context.CheckAttributes(declaration.Syntax.Header.Attributes);
        }

        switch (declaration.Syntax)
        {
            case AssetDeclarationSyntax:
                _compilation.Asset(declaration);
                break;
            case MeasureDeclarationSyntax:
                _compilation.Measure(declaration);
                break;
            case ConstDeclarationSyntax:
                _ = _compilation.Constant(declaration).Value;
                break;
            case SetDeclarationSyntax:
                _compilation.Set(declaration, declaration.Name.Span);
                break;
            case EventDeclarationSyntax:
                _compilation.Event(declaration);
                break;
            case FunctionDeclarationSyntax { HintSpan: { } hint }:
                _reporter.NotSupported(hint, "'hint fn'");
                break;
            case FunctionDeclarationSyntax when !isGeneric:
                _compilation.Function(declaration, GenericScope.Empty, null, declaration.Name.Span);
                break;
            case FunctionDeclarationSyntax when SymbolicScope(declaration) is { } open:
                _compilation.Function(declaration, open, null, declaration.Name.Span);
                break;
            case TypeDeclarationSyntax { Type: NamedTypeSyntax named, Range: null } when !isGeneric && context.IsTarget(named):
                var (_, machine, statement) = Target(context, named);
                _targets.Add((declaration, machine, statement));
                break;
            case TypeDeclarationSyntax or StructDeclarationSyntax or EnumDeclarationSyntax or MachineDeclarationSyntax or StatementDeclarationSyntax:
                if (!isGeneric)
                {
                    BindTypeOrTarget(declaration, GenericScope.Empty);
                }
                else if (SymbolicScope(declaration) is { } scope)
                {
                    BindTypeOrTarget(declaration, scope);
                }

                break;
        }
    }

    private void BindTypeOrTarget(Declaration declaration, GenericScope scope)
    {
        switch (declaration.Syntax)
        {
            case StatementDeclarationSyntax:
                var statement = _compilation.Statement(declaration, scope, declaration.Name.Span);
                if (!scope.IsSymbolic)
                {
                    _targets.Add((declaration, null, statement));
                }

                break;
            case MachineDeclarationSyntax when _compilation.Machine(declaration, scope) is { } machine:
                if (!scope.IsSymbolic)
                {
                    _targets.Add((declaration, machine, null));
                }

                break;
            default:
                _compilation.TypeOf(declaration, scope, declaration.Name.Span);
                break;
        }
    }

    /// <summary>Arguments that stand for any: of assets and measures. Constants and types cannot be left open, so there is none for them.</summary>
    private GenericScope? SymbolicScope(Declaration declaration)
    {
        var arguments = ImmutableArray.CreateBuilder<GenericArgument>();
        foreach (var parameter in declaration.Generics)
        {
            Names.Check(parameter.Name, capital: true, "Generic parameters", _reporter);
            var qualified = $"{declaration.QualifiedName}.{parameter.Name.Text}";
            switch (parameter.Kind)
            {
                case GenericKind.Asset:
                    arguments.Add(new AssetArgument(new(parameter.Name.Text, qualified, decimals: null)));
                    break;
                case GenericKind.Measure:
                    arguments.Add(new UnitArgument(Unit.Of(new MeasureSymbol(parameter.Name.Text, qualified))));
                    break;
                default:
                    return null;
            }
        }

        return new(declaration.Generics.Select(g => g.Name.Text).ToImmutableArray(), arguments.ToImmutable(), isSymbolic: true);
    }

    private void BindNameless(FileScope file)
    {
        var context = new Context(_compilation, file, GenericScope.Empty);
        foreach (var syntax in file.Unit.Declarations)
        {
            switch (syntax)
            {
                case TestDeclarationSyntax test:
                    _tests.Add(BodyBinder.BindTest(context, test));
                    break;
                case PropertyDeclarationSyntax property:
                    _tests.Add(BodyBinder.BindProperty(context, property));
                    break;
            }
        }
    }

    private (string Name, MachineInstance? Machine, BoundStatementDeclaration? Statement) Target(Context context, NamedTypeSyntax syntax)
    {
        if (context.Resolve(syntax.Path) is Declaration { Syntax: StatementDeclarationSyntax } declaration)
        {
            var statement = context.BindArguments(declaration, syntax.Arguments, syntax.Span) is { } scope ? _compilation.Statement(declaration, scope, syntax.Span) : null;
            return (statement?.Name ?? "", null, statement);
        }

        switch (context.BindAnyType(syntax))
        {
            case MachineType machine:
                return (syntax.Arguments.IsEmpty ? syntax.Path.Last.Text : machine.Name, _compilation.InstanceOf(machine.Machine), null);
            case ErrorType:
                return ("", null, null);
            case var other:
                _reporter.Report(DiagnosticTable.TypeMismatch, syntax.Span, "a machine or a statement", other);
                return ("", null, null);
        }
    }

    /// <summary>Binds the bodies of every machine that was needed and is not bound yet.</summary>
    private void BindMachineBodies()
    {
        for (; _bodies < _compilation.Machines.Count && !_compilation.IsFull; _bodies++)
        {
            var machine = _compilation.Machines[_bodies];
            var scope = machine.Context.Generics;
            _reporter.Instance = scope.Names.IsEmpty || scope.IsSymbolic ? null : machine.Symbol.Name;
            machine.Bound = Bind(machine);
            _reporter.Instance = null;
        }
    }

    private BoundMachine Bind(MachineInstance machine)
    {
        StateCheck.Check(_reporter, machine.Symbol);
        var transitions = ImmutableArray.CreateBuilder<BoundTransition>();
        var declared = machine.Syntax.Members.OfType<TransitionDeclarationSyntax>().GroupBy(t => t.Name.Text).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var symbol in machine.Symbol.Transitions)
        {
            var syntax = declared[symbol.Name];
            var transition = BodyBinder.BindTransition(machine, syntax, symbol);
            transition = transition with { Authority = [.. syntax.Authority.Select(a => BodyBinder.BindAuthority(machine, symbol, a))], Ensures = [.. syntax.Ensures.Select(e => BodyBinder.BindEnsures(machine, symbol, e))] };
            PathCheck.Check(_reporter, transition, syntax);
            PrivacyCheck.Check(_reporter, transition);
            VerifyCheck.Check(_reporter, symbol.Parameters, transition.Body);
            transitions.Add(transition);
        }

        foreach (var member in machine.Functions.Values)
        {
            if (member.Generics.IsEmpty)
            {
                _compilation.Function(member, GenericScope.Empty, machine, member.Name.Span);
            }
            else if (SymbolicScope(member) is { } open)
            {
                _compilation.Function(member, open, machine, member.Name.Span);
            }
        }

        var invariants = machine.Syntax.Members.OfType<InvariantDeclarationSyntax>().Select(i => BodyBinder.BindInvariant(machine, i)).ToImmutableArray();
        return new(machine.Symbol, transitions.ToImmutable(), invariants);
    }
}
