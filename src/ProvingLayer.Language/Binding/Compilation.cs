using System.Collections.Immutable;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>
/// What the declarations of a program mean, each one computed once, when it is first needed: assets, measures, constants, errors, events,
/// and types, machines and statements for each list of arguments.
/// </summary>
internal sealed partial class Compilation(ModuleTable modules, Reporter reporter)
{
    /// <summary>How deep declarations may need each other.</summary>
    public const int MaxNesting = 64;

    private const int MaxExpressionNesting = 1_000;

    /// <summary>How many characters of source the instances of generic declarations may have together.</summary>
    public const int MaxInstantiated = 8_000_000;

    private readonly Dictionary<Declaration, AssetSymbol> _assets = [];
    private readonly Dictionary<string, ImmutableArray<GenericArgument>> _arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<Declaration, Unit> _measures = [];
    private readonly Dictionary<Declaration, Constant> _constants = [];
    private readonly Dictionary<(Declaration, string), ErrorSymbol> _errors = [];
    private readonly Dictionary<Declaration, EventSymbol> _events = [];
    private readonly Dictionary<(Declaration, string), TenorType> _types = [];
    private readonly HashSet<Declaration> _running = [];
    private int _depth;
    private int _expressions;
    private long _instantiated;

    public ModuleTable Modules => modules;

    public Reporter Reporter => reporter;

    /// <summary>Whether a declaration is being bound, so that what it needs cannot need it.</summary>
    public bool IsRunning(Declaration declaration) => _running.Contains(declaration);

    /// <summary>Goes one declaration deeper; false if that is too deep.</summary>
    public bool Enter() => _depth < MaxNesting && ++_depth > 0;

    public void Leave() => _depth--;

    /// <summary>Goes one expression deeper: constants inside constants, each deep itself, must not overflow the stack. False if that is too deep.</summary>
    public bool EnterExpression() => _expressions < MaxExpressionNesting && ++_expressions > 0;

    public void LeaveExpression() => _expressions--;

    /// <summary>Reports a generic declaration that is bound once too often.</summary>
    public void CountInstance(Declaration declaration, GenericScope scope)
    {
        var before = _instantiated;
        _instantiated += scope.Names.IsEmpty ? 0 : declaration.Syntax.Span.Length;
        if (before <= MaxInstantiated && _instantiated > MaxInstantiated)
        {
            reporter.Report(DiagnosticTable.TooManyInstances, declaration.Name.Span, MaxInstantiated);
        }
    }

    /// <summary>Whether nothing more is to be bound.</summary>
    public bool IsFull => _instantiated > MaxInstantiated;

    public AssetSymbol Asset(Declaration declaration)
    {
        if (!_assets.TryGetValue(declaration, out var asset))
        {
            var number = ((AssetDeclarationSyntax)declaration.Syntax).Decimals;
            var fits = number.IsInteger && number.Digits <= 38;
            if (!fits)
            {
                reporter.Report(DiagnosticTable.DecimalPlaces, number.Span, number.Span.Text.Length > 40 ? "more" : number.Span.Text);
            }

            _assets.Add(declaration, asset = new(declaration.Name.Text, declaration.QualifiedName, fits ? (int)number.Digits : 0));
        }

        return asset;
    }

    public Unit? Measure(Declaration declaration)
    {
        if (_measures.TryGetValue(declaration, out var unit))
        {
            return unit;
        }

        var syntax = (MeasureDeclarationSyntax)declaration.Syntax;
        if (syntax.Unit is null)
        {
            unit = Unit.Of(new MeasureSymbol(declaration.Name.Text, declaration.QualifiedName));
        }
        else if (_running.Add(declaration) && Enter())
        {
            unit = new Context(this, declaration.File, GenericScope.Empty).BindUnit(syntax.Unit);
            Leave();
            _running.Remove(declaration);
        }
        else
        {
            reporter.Report(DiagnosticTable.RecursiveType, declaration.Name.Span, declaration.Name.Text);
        }

        if (unit is not null)
        {
            _measures[declaration] = unit;
        }

        return unit;
    }

    public Constant Constant(Declaration declaration)
    {
        if (!_constants.TryGetValue(declaration, out var constant))
        {
            _constants.Add(declaration, constant = new(new(this, declaration.File, GenericScope.Empty), (ConstDeclarationSyntax)declaration.Syntax));
        }

        return constant;
    }

    public ErrorSymbol Error(Declaration declaration, string name)
    {
        if (!_errors.TryGetValue((declaration, name), out var error))
        {
            _errors.Add((declaration, name), error = new(name, declaration.QualifiedName));
        }

        return error;
    }

    public EventSymbol Event(Declaration declaration)
    {
        if (!_events.TryGetValue(declaration, out var symbol))
        {
            var syntax = (EventDeclarationSyntax)declaration.Syntax;
            var fields = new Context(this, declaration.File, GenericScope.Empty).BindFields(syntax.Fields, FieldPlace.Event);
            _events.Add(declaration, symbol = new(declaration.Name.Text, declaration.QualifiedName, fields, syntax.Header.Documentation, syntax.Name.Span));
        }

        return symbol;
    }

    /// <summary>The type that a declared name means with these arguments.</summary>
    public TenorType TypeOf(Declaration declaration, GenericScope scope, SourceSpan span)
    {
        if (_types.TryGetValue((declaration, scope.Key), out var type))
        {
            return type;
        }

        if (!_running.Add(declaration))
        {
            reporter.Report(DiagnosticTable.RecursiveType, declaration.Name.Span, declaration.Name.Text);
            return ErrorType.Instance;
        }

        if (!Enter())
        {
            reporter.Report(DiagnosticTable.TypeTooLarge, span, $"'{declaration.Name.Text}'", "too many names stand for each other");
            type = ErrorType.Instance;
        }
        else
        {
            type = BindType(declaration, scope, span);
            Leave();
        }

        _running.Remove(declaration);
        _types[(declaration, scope.Key)] = type;
        if (type is StructType or EnumType && declaration.Syntax is StructDeclarationSyntax or EnumDeclarationSyntax)
        {
            _arguments[type.Identity] = scope.Arguments;
        }

        return type;
    }

    /// <summary>What a generic struct or enum was made with; null of any other type.</summary>
    public ImmutableArray<GenericArgument>? ArgumentsOf(TenorType type) => type is StructType or EnumType && _arguments.TryGetValue(type.Identity, out var arguments) ? arguments : null;

    private TenorType BindType(Declaration declaration, GenericScope scope, SourceSpan span)
    {
        var context = new Context(this, declaration.File, scope);
        switch (declaration.Syntax)
        {
            case TypeDeclarationSyntax alias:
                var named = context.BindAnyType(alias.Type);
                return alias.Range is null ? named : context.Refine(named, alias.Range);
            case StructDeclarationSyntax structure:
                var fields = context.BindFields(structure.Fields, FieldPlace.Struct).Select(Context.PartOf).ToImmutableArray();
                var type = new StructType(declaration.Name.Text + scope.Suffix, declaration.QualifiedName + scope.Key, fields)
                {
                    Documentation = structure.Header.Documentation,
                };
                return context.FitsLimits(type, structure.Name.Span, type.Name) ? type : ErrorType.Instance;
            case MachineDeclarationSyntax:
                return new MachineType(BindSignature(declaration, scope));
            case EnumDeclarationSyntax enumeration:
                return context.BindEnum(declaration, enumeration);
            default:
                context.WrongKind(span, declaration.Name.Text, declaration, "a type");
                return ErrorType.Instance;
        }
    }
}
