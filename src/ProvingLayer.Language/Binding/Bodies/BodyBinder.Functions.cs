using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Functions: their bodies, their calls, and type arguments that a call leaves to its arguments.</content>
internal sealed partial class BodyBinder
{
    /// <summary>How deep the expressions of a body may nest, those of called functions counted where they are called.</summary>
    private const int MaxHeight = 1_000;

    private int _nesting;

    /// <summary>How deep the body nests so far, calls included.</summary>
    private int _height;

    /// <summary>The longest chain of calls so far.</summary>
    private int _calls;

    public static BoundFunction BindFunction(Declaration declaration, string qualifiedName, Context context, MachineInstance? machine)
    {
        var view = declaration.Syntax as ViewDeclarationSyntax;
        var function = declaration.Syntax as FunctionDeclarationSyntax;
        var binder = new BodyBinder(context, view is null ? BodyKind.Function : BodyKind.View, machine)
        {
            _states = view is null ? ImmutableArray<StateSymbol>.Empty : machine!.Symbol.States.RemoveAt(0),
        };
        var parameters = context.BindFunctionParameters(view?.Parameters ?? function!.Parameters);
        var returned = view?.ReturnType ?? function!.ReturnType;
        var result = returned is null ? TupleType.Empty : context.BindType(returned);
        binder.AddParameters(parameters);
        var body = binder.BindBlock(view?.Body ?? function!.Body, result);
        var (shows, showsData) = Checks.PrivacyCheck.Flows(context.Reporter, parameters, body);
        return new(declaration.Name.Text + context.Generics.Suffix, qualifiedName, parameters, result, body, declaration.Name.Span)
        {
            Height = binder._height + 1,
            Calls = binder._calls + 1,
            ShowsArguments = shows,
            ShowsData = showsData,
        };
    }

    /// <summary>The function of the machine or of a module that a name means; null if none.</summary>
    private Declaration? FindFunction(string name) =>
        machine is not null && machine.Functions.TryGetValue(name, out var own) && own.Syntax is FunctionDeclarationSyntax ? own
        : context.FindBare(name) as Declaration is { Syntax: FunctionDeclarationSyntax } declaration ? declaration
        : null;

    private BoundExpression BindInvoke(CallExpressionSyntax syntax, Declaration declaration, ImmutableArray<TypeArgumentSyntax> typeArguments)
    {
        var owner = machine is not null && machine.Functions.TryGetValue(declaration.Name.Text, out var own) && ReferenceEquals(own, declaration) ? machine : null;
        var isOpen = typeArguments.IsDefaultOrEmpty && !declaration.Generics.IsEmpty;
        var inferred = isOpen ? Infer(syntax, declaration) : null;
        var scope = isOpen ? inferred?.Scope : context.BindArguments(declaration, typeArguments.IsDefault ? [] : typeArguments, syntax.Callee.Span);
        if (scope is null)
        {
            if (!isOpen)
            {
                BindOnlyForMistakes(syntax);
            }

            return new BoundError(syntax.Span);
        }

        if (Compilation.Function(declaration, scope, owner, syntax.Callee.Span) is not { } function)
        {
            BindOnlyForMistakes(syntax);
            return new BoundError(syntax.Span);
        }

        var given = BindCallArguments(syntax, function, inferred?.Values);
        var (height, calls) = (_nesting + function.Height, function.Calls);
        if (height > MaxHeight || calls >= Binding.Compilation.MaxNesting)
        {
            return Report(DiagnosticTable.CallsTooDeep, syntax.Callee.Span, height > MaxHeight ? MaxHeight : Binding.Compilation.MaxNesting);
        }

        (_height, _calls) = (Math.Max(_height, height), Math.Max(_calls, calls));
        return given is { } arguments && function.ResultType is not ErrorType
            ? new BoundInvoke(syntax.Span, function, arguments.Values, arguments.Order)
            : new BoundError(syntax.Span);
    }

    /// <summary>A view of a machine that a test holds; null if it has none of that name.</summary>
    private BoundExpression? BindViewCall(CallExpressionSyntax syntax, LocalSymbol local, string name)
    {
        var instance = Compilation.InstanceOf(((MachineType)local.Type).Machine);
        if (!instance.Functions.TryGetValue(name, out var declaration) || declaration.Syntax is not ViewDeclarationSyntax)
        {
            return null;
        }

        if (Compilation.Function(declaration, GenericScope.Empty, instance, syntax.Callee.Span) is not { } view)
        {
            BindOnlyForMistakes(syntax);
            return new BoundError(syntax.Span);
        }

        return BindCallArguments(syntax, view, null) is { } arguments && view.ResultType is not ErrorType
            ? new BoundViewCall(syntax.Span, local, view, arguments.Values, arguments.Order)
            : new BoundError(syntax.Span);
    }

    /// <summary>The arguments of a call, by place and then by name, stored; null, and reported, if they do not fit.</summary>
    private (ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order)? BindCallArguments(
        CallExpressionSyntax syntax, BoundFunction function, ImmutableArray<BoundExpression>? bound)
    {
        var parameters = function.Parameters;
        if (PlacesOf(syntax, function.Name, [.. parameters.Select(p => p.Name)]) is not { } places)
        {
            if (bound is null)
            {
                BindOnlyForMistakes(syntax);
            }

            return null;
        }

        var values = ImmutableArray.CreateBuilder<BoundExpression>(places.Length);
        for (var i = 0; i < places.Length; i++)
        {
            var (value, type) = (syntax.Arguments[i].Value!, parameters[places[i]].Type);
            values.Add(bound is { } known ? Store(known[i], type, value.Span) : BindStored(value, type));
        }

        return values.Any(IsError) ? null : (values.ToImmutable(), places);
    }

    /// <summary>Which parameter each argument is for; null, and reported, unless there is one for each.</summary>
    private ImmutableArray<int>? PlacesOf(CallExpressionSyntax syntax, string function, ImmutableArray<string> parameters)
    {
        var places = ImmutableArray.CreateBuilder<int>(syntax.Arguments.Length);
        var taken = new HashSet<int>();
        var failed = false;
        foreach (var argument in syntax.Arguments)
        {
            var place = argument.Name is null ? places.Count : parameters.IndexOf(argument.Name.Text);
            if (argument.Name is { } name && (place < 0 || !taken.Add(place)))
            {
                Report(place < 0 ? DiagnosticTable.UnknownField : DiagnosticTable.RepeatedField, name.Span, place < 0 ? [$"function {function}", name.Text] : [name.Text]);
                failed = true;
            }
            else if (argument.Name is null && places.Count < parameters.Length && !taken.Add(place))
            {
                Report(DiagnosticTable.UnnamedArgument, argument.Span, parameters[place]);
                failed = true;
            }

            failed |= argument.Value is null;
            places.Add(place);
        }

        if (!failed && (places.Count > parameters.Length || taken.Count < parameters.Length))
        {
            Report(DiagnosticTable.ArgumentCount, syntax.Span, function, Context.Count(parameters.Length, "argument"), syntax.Arguments.Length);
            return null;
        }

        return failed ? null : places.ToImmutable();
    }

    /// <summary>The arguments of a call without type arguments, bound by themselves, and the type arguments that they say.</summary>
    private (GenericScope Scope, ImmutableArray<BoundExpression> Values)? Infer(CallExpressionSyntax syntax, Declaration declaration)
    {
        var parameters = ((FunctionDeclarationSyntax)declaration.Syntax).Parameters;
        var values = syntax.Arguments.Select(a => a.Value is null ? new BoundError(a.Span) : Bind(a.Value)).ToImmutableArray();
        if (values.Any(IsError) || PlacesOf(syntax, declaration.Name.Text, [.. parameters.Select(p => p.Name.Text)]) is not { } places)
        {
            return null;
        }

        var found = new Dictionary<string, GenericArgument>(StringComparer.Ordinal);
        var inference = new Inference(context, declaration, found);
        for (var i = 0; i < values.Length; i++)
        {
            inference.Visit(parameters[places[i]].Type, values[i].Type);
        }

        if (declaration.Generics.FirstOrDefault(g => !found.ContainsKey(g.Name.Text)) is { } missing)
        {
            Report(DiagnosticTable.TypeArgumentsUnknown, syntax.Callee.Span, declaration.Name.Text, missing.Name.Text);
            return null;
        }

        var names = declaration.Generics.Select(g => g.Name.Text).ToImmutableArray();
        return (new(names, [.. names.Select(n => found[n])], context.Generics.IsSymbolic), values);
    }

    /// <summary>Finds what type parameters stand for where the types of parameters, as they are written, meet those of arguments.</summary>
    private sealed class Inference(Context context, Declaration declaration, Dictionary<string, GenericArgument> found, int depth = 0)
    {
        public void Visit(TypeSyntax syntax, TenorType type)
        {
            switch (syntax)
            {
                case OptionTypeSyntax option:
                    Visit(option.Element, type is OptionType optional ? optional.Element : type);
                    break;
                case ArrayTypeSyntax array when type is ArrayType given:
                    Visit(array.Element, given.Element);
                    if (array.Length is NameExpressionSyntax { Name.Text: var length })
                    {
                        Number(length, given.Length);
                    }

                    break;
                case TupleTypeSyntax tuple when type is TupleType parts && parts.Elements.Length == tuple.Elements.Length:
                    for (var i = 0; i < parts.Elements.Length; i++)
                    {
                        Visit(tuple.Elements[i], parts.Elements[i]);
                    }

                    break;
                case NamedTypeSyntax { Member: null, Path: { Parts.Length: 1, Text: var name } } named:
                    Visit(named, name, type);
                    break;
            }
        }

        private void Visit(NamedTypeSyntax syntax, string name, TenorType type)
        {
            var exact = type is NumberType or ExactType ? type as ExactType ?? ExactType.Of((NumberType)type) : null;
            switch (name)
            {
                case "lo" or "hi" or "near" when syntax.Arguments is [NamedArgumentSyntax inner]:
                    Visit(inner.Type, type is NumberType directed ? directed with { Direction = Direction.Exact } : type);
                    break;
                case "bytes" when type is BytesType { IsAddress: false } bytes && syntax.Arguments is [NamedArgumentSyntax { Type: NamedTypeSyntax { Path.Text: var count } }]:
                    Number(count, bytes.Length);
                    break;
                case "qty" when exact?.Unit.Asset is { } asset && syntax.Arguments is [NamedArgumentSyntax { Type: NamedTypeSyntax { Path.Text: var held } }]:
                    Add(held, GenericKind.Asset, new AssetArgument(asset));
                    break;
                case "signed" when type is SignedType signed && syntax.Arguments is [NamedArgumentSyntax held]:
                    Visit(held.Type, signed.Element);
                    break;
                case "dec" when exact is not null && syntax.Arguments.Length > 0:
                    if (type is NumberType { Kind: NumberKind.FixedPoint, Places: var places } && NameOf(syntax.Arguments[0]) is { } scale)
                    {
                        Number(scale, places);
                    }

                    if (syntax.Arguments.Length > 1 && NameOf(syntax.Arguments[1]) is { } unit)
                    {
                        AddUnit(unit, exact.Unit);
                    }
                    else if (syntax.Arguments.Length > 1 && syntax.Arguments[1] is UnitArgumentSyntax quotient)
                    {
                        VisitQuotient(quotient.Unit, exact.Unit);
                    }

                    break;
                default:
                    if (syntax.Arguments.IsEmpty && IsStorable(type))
                    {
                        Add(name, GenericKind.Type, new TypeArgument(type));
                    }

                    if (syntax.Arguments.IsEmpty)
                    {
                        break;
                    }

                    // A generic struct or enum tells its own arguments, and what an alias stands for tells the alias's.
                    VisitArguments(syntax, AliasOf(name) is { } alias ? ArgumentsOf(alias, type) : context.Compilation.ArgumentsOf(type)?.Cast<GenericArgument?>().ToList());
                    break;
            }
        }

        // Names may stand for each other in a circle, which is reported where they are declared.
        private TypeDeclarationSyntax? AliasOf(string name) => depth < Compilation.MaxNesting ? declaration.File.Find(name)?.Syntax as TypeDeclarationSyntax : null;

        private List<GenericArgument?> ArgumentsOf(TypeDeclarationSyntax alias, TenorType type)
        {
            var own = new Dictionary<string, GenericArgument>(StringComparer.Ordinal);
            new Inference(context, declaration.File.Find(alias.Name.Text)!, own, depth + 1).Visit(alias.Type, type);
            return [.. alias.Generics.Select(g => own.TryGetValue(g.Name.Text, out var argument) ? argument : null)];
        }

        // A/B of a unit that is one thing over another.
        private void VisitQuotient(UnitSyntax syntax, Unit unit)
        {
            if (syntax.Factors.Length == 2 && syntax.Factors[1].IsDivided && unit.Powers.Length == 2 && unit.Powers.Sum(p => p.Power) == 0 && unit.Powers.Any(p => p.Power == 1))
            {
                foreach (var factor in syntax.Factors.Where(f => f.Path is { Parts.Length: 1 }))
                {
                    AddUnit(factor.Path!.Text, Unit.Of(unit.Powers.First(p => p.Power == (factor.IsDivided ? -1 : 1)).Atom));
                }
            }
        }

        private void AddUnit(string name, Unit unit)
        {
            Add(name, GenericKind.Measure, new UnitArgument(unit));
            if (unit.Asset is { } single)
            {
                Add(name, GenericKind.Asset, new AssetArgument(single));
            }
        }

        private void VisitArguments(NamedTypeSyntax syntax, List<GenericArgument?>? arguments)
        {
            if (arguments?.Count == syntax.Arguments.Length)
            {
                for (var i = 0; i < arguments.Count; i++)
                {
                    switch (arguments[i])
                    {
                        case TypeArgument inner when syntax.Arguments[i] is NamedArgumentSyntax named:
                            Visit(named.Type, inner.Type);
                            break;
                        case ConstArgument constant when NameOf(syntax.Arguments[i]) is { } number:
                            Number(number, constant.Value);
                            break;
                        case AssetArgument asset when NameOf(syntax.Arguments[i]) is { } owner:
                            Add(owner, GenericKind.Asset, asset);
                            Add(owner, GenericKind.Measure, new UnitArgument(Unit.Of(asset.Asset)));
                            break;
                        case UnitArgument unit when NameOf(syntax.Arguments[i]) is { } measure:
                            Add(measure, GenericKind.Measure, unit);
                            break;
                    }
                }
            }
        }

        private static string? NameOf(TypeArgumentSyntax syntax) =>
            syntax is NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null, Path: { Parts.Length: 1, Text: var name } } } ? name : null;

        private void Number(string name, BigInteger value)
        {
            if (declaration.Generics.FirstOrDefault(g => g.Kind == GenericKind.Const && g.Name.Text == name) is { ConstType: { } syntax }
                && new Context(context.Compilation, declaration.File, GenericScope.Empty).BindType(syntax) is NumberType { IsInteger: true } type
                && value >= type.Min && value <= type.Max)
            {
                Add(name, GenericKind.Const, new ConstArgument(value, type));
            }
        }

        // The first that says it decides; the others must fit its type.
        private void Add(string name, GenericKind kind, GenericArgument argument)
        {
            if (!found.ContainsKey(name) && declaration.Generics.Any(g => g.Kind == kind && g.Name.Text == name))
            {
                found.Add(name, argument);
            }
        }
    }
}
