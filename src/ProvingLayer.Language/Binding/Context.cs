using System.Collections.Immutable;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>
/// Where a declaration's types and expressions are looked up: its file, its generic arguments and, inside a machine, the machine's constants.
/// </summary>
internal sealed partial class Context(Compilation compilation, FileScope file, GenericScope generics)
{
    public Compilation Compilation => compilation;

    public Reporter Reporter => compilation.Reporter;

    public FileScope File => file;

    public GenericScope Generics => generics;

    /// <summary>Constants of the machine, by name; filled while its signature is bound.</summary>
    public Dictionary<string, Constant> Constants { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>The same with the type arguments of a member inside.</summary>
    public Context With(GenericScope scope) => scope.Names.IsEmpty ? this : new(compilation, file, generics.And(scope)) { Constants = Constants };

    /// <summary>What a path names: a <see cref="GenericArgument"/>, a <see cref="Constant"/> of the machine or a <see cref="Declaration"/>; null, and reported, if nothing.</summary>
    public object? Resolve(PathSyntax path)
    {
        var first = path.Parts[0];
        if (path.Parts.Length == 1)
        {
            if (first.Text.Length == 0)
            {
                return null; // the parser has said so
            }

            if (FindBare(first.Text) is { } found)
            {
                return found;
            }

            Unknown(first, file.Known.Concat(generics.Names).Concat(Constants.Keys));
            return null;
        }

        if (path.Parts.Length > 2 || !file.UsedModules.TryGetValue(first.Text, out var module))
        {
            if (FindBare(first.Text) is null)
            {
                Unknown(first, file.UsedModules.Keys);
            }
            else
            {
                Reporter.Report(DiagnosticTable.UnknownMember, path.Span, $"'{first.Text}'", path.Last.Text, "");
            }

            return null;
        }

        return FindIn(module, path.Last);
    }

    /// <summary>An item of another module, if it may be used here.</summary>
    public Declaration? FindIn(Module module, NameSyntax name)
    {
        if (!module.Items.TryGetValue(name.Text, out var item))
        {
            Reporter.Report(DiagnosticTable.UnknownItem, name.Span, module.Name, name.Text);
            return null;
        }

        if (!item.IsPublic && !ReferenceEquals(module, file.Module))
        {
            Reporter.Report(DiagnosticTable.PrivateItem, name.Span, name.Text, module.Name);
            return null;
        }

        return item;
    }

    public object? FindBare(string name) =>
        generics.Find(name) ?? (Constants.TryGetValue(name, out var constant) ? constant : (object?)file.Find(name));

    /// <summary>Reports an unknown name, unless it is known to be missing from another module.</summary>
    public void Unknown(NameSyntax name, IEnumerable<string> known)
    {
        if (!file.Missing.Contains(name.Text))
        {
            Reporter.Report(DiagnosticTable.UnknownName, name.Span, name.Text, Reporter.MaySuggest ? Names.Suggest(name.Text, known) : "");
        }
    }

    /// <summary>Whether an alias names a machine or a statement, which are built, and not a type of values.</summary>
    public bool IsTarget(NamedTypeSyntax syntax) =>
        syntax.Path.Parts.Length > 2 ? false
        : (syntax.Path.Parts.Length == 1 ? FindBare(syntax.Path.Text)
            : file.UsedModules.TryGetValue(syntax.Path.Parts[0].Text, out var module) && module.Items.TryGetValue(syntax.Path.Last.Text, out var item) ? item : null)
            is Declaration { Syntax: MachineDeclarationSyntax or StatementDeclarationSyntax };

    /// <summary>What kind of thing <see cref="Resolve"/> has found, for messages.</summary>
    public static string KindOf(object found) => found switch
    {
        Declaration d => d.Kind,
        GenericArgument a => a.Kind,
        _ => "a constant",
    };

    public void WrongKind(SourceSpan span, string name, object found, string needed) =>
        Reporter.Report(DiagnosticTable.WrongKind, span, name, KindOf(found), needed);

    /// <summary>The asset that a path names; null, and reported, if none.</summary>
    public AssetSymbol? FindAsset(PathSyntax path)
    {
        switch (Resolve(path))
        {
            case null:
                return null;
            case AssetArgument argument:
                return argument.Asset;
            case Declaration { Syntax: AssetDeclarationSyntax } declaration:
                return compilation.Asset(declaration);
            case { } other:
                WrongKind(path.Span, path.Text, other, "an asset");
                return null;
        }
    }

    /// <summary>The unit that a path names: an asset's or a measure's; null, and reported, if none.</summary>
    public Unit? FindUnit(PathSyntax path)
    {
        switch (Resolve(path))
        {
            case null:
                return null;
            case AssetArgument argument:
                return Unit.Of(argument.Asset);
            case UnitArgument argument:
                return argument.Unit;
            case Declaration { Syntax: AssetDeclarationSyntax } declaration:
                return Unit.Of(compilation.Asset(declaration));
            case Declaration { Syntax: MeasureDeclarationSyntax } declaration:
                return compilation.Measure(declaration);
            case { } other:
                WrongKind(path.Span, path.Text, other, "an asset or a measure");
                return null;
        }
    }

    public Unit? BindUnit(UnitSyntax syntax)
    {
        Unit? unit = Unit.None;
        foreach (var factor in syntax.Factors)
        {
            var found = factor.Path is null ? Unit.None : FindUnit(factor.Path);
            unit = unit is null || found is null ? null : factor.IsDivided ? unit / found : unit * found;
        }

        return unit;
    }

    /// <summary>The arguments for the parameters of a declaration; null, and reported, if they do not fit.</summary>
    public GenericScope? BindArguments(Declaration declaration, ImmutableArray<TypeArgumentSyntax> arguments, SourceSpan span)
    {
        var parameters = declaration.Generics;
        if (parameters.Length != arguments.Length)
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, span, $"'{declaration.Name.Text}'", Count(parameters.Length, "type argument"), arguments.Length);
            return null;
        }

        if (parameters.IsEmpty)
        {
            return GenericScope.Empty;
        }

        var bound = ImmutableArray.CreateBuilder<GenericArgument>();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (BindArgument(declaration, parameters[i], arguments[i]) is { } argument)
            {
                bound.Add(argument);
            }
        }

        return bound.Count == parameters.Length
            ? new(parameters.Select(p => p.Name.Text).ToImmutableArray(), bound.ToImmutable(), generics.IsSymbolic)
            : null;
    }

    /// <summary>A piece of source for a message, cut if it is long.</summary>
    public static string Short(SourceSpan span) => span.Length <= 40 ? span.Text : $"{new SourceSpan(span.File, span.Start, 40).Text}…";

    public static string Count(int number, string thing) => number switch
    {
        0 => $"no {thing}s",
        1 => $"1 {thing}",
        _ => FormattableString.Invariant($"{number} {thing}s"),
    };

    private GenericArgument? BindArgument(Declaration declaration, GenericParameterSyntax parameter, TypeArgumentSyntax syntax)
    {
        var path = syntax is NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named } ? named.Path : null;
        switch (parameter.Kind)
        {
            case GenericKind.Asset when path is not null:
                return FindAsset(path) is { } asset ? new AssetArgument(asset) : null;
            case GenericKind.Measure when path is not null:
                return FindUnit(path) is { } single ? new UnitArgument(single) : null;
            case GenericKind.Measure when syntax is UnitArgumentSyntax unit:
                return BindUnit(unit.Unit) is { } product ? new UnitArgument(product) : null;
            case GenericKind.Const when path is not null || syntax is NumberArgumentSyntax:
                return BindConstArgument(declaration, parameter, syntax, path);
            case GenericKind.Type when syntax is NamedArgumentSyntax type:
                return BindType(type.Type) is { } bound and not ErrorType ? new TypeArgument(bound) : null;
            default:
                var needed = parameter.Kind switch
                {
                    GenericKind.Asset => "an asset",
                    GenericKind.Measure => "a measure",
                    GenericKind.Const => "a constant",
                    _ => "a type",
                };
                Reporter.Report(DiagnosticTable.TypeArgumentKind, syntax.Span, $"'{declaration.Name.Text}'", needed, $"'{Short(syntax.Span)}'");
                return null;
        }
    }

    private ConstArgument? BindConstArgument(Declaration declaration, GenericParameterSyntax parameter, TypeArgumentSyntax syntax, PathSyntax? path)
    {
        var type = parameter.ConstType is null ? null : new Context(compilation, declaration.File, GenericScope.Empty).BindType(parameter.ConstType);
        if (type is not NumberType { IsInteger: true } number)
        {
            if (type is not null and not ErrorType)
            {
                compilation.Reporter.NotSupported(parameter.Span, "const parameters that are not whole numbers");
            }

            return null;
        }

        if ((syntax is NumberArgumentSyntax literal ? new Rational(literal.Value.Digits, System.Numerics.BigInteger.Pow(10, literal.Value.Places)) : ConstantOf(path!)) is not { } value)
        {
            return null;
        }

        if (!value.IsInteger || value.Numerator < number.Min || value.Numerator > number.Max)
        {
            Reporter.Report(DiagnosticTable.ConstantRange, syntax.Span, value, number, number.MinValue, number.MaxValue);
            return null;
        }

        return new(value.Numerator, number);
    }

    /// <summary>The whole number that a type argument is, not negative; null, and reported, if it is none.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="name">Of what, for messages.</param>
    public System.Numerics.BigInteger? NumberOf(TypeArgumentSyntax argument, string name)
    {
        switch (argument)
        {
            case NumberArgumentSyntax { Value.IsInteger: true } number:
                return number.Value.Digits;
            case NamedArgumentSyntax { Type: NamedTypeSyntax { Arguments.IsEmpty: true, Member: null } named }:
                if (ConstantOf(named.Path) is not { } constant)
                {
                    return null; // that has been said
                }

                if (constant.IsInteger && constant.Sign >= 0)
                {
                    return constant.Numerator;
                }

                break;
        }

        Reporter.Report(DiagnosticTable.TypeArgumentKind, argument.Span, $"'{name}'", "a whole number", $"'{Short(argument.Span)}'");
        return null;
    }

    private Rational? ConstantOf(PathSyntax path)
    {
        var value = Resolve(path) switch
        {
            null => null,
            ConstArgument argument => new Rational(argument.Value),
            Constant constant => (constant.Value as Bound.BoundNumber)?.Value,
            Declaration { Syntax: ConstDeclarationSyntax } declaration => (compilation.Constant(declaration).Value as Bound.BoundNumber)?.Value,
            _ => (Rational?)null,
        };
        if (value is null)
        {
            Reporter.Report(DiagnosticTable.NotConstant, path.Span, $"'{path.Text}'");
        }

        return value;
    }
}
