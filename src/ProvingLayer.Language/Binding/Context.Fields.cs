using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <summary>What fields belong to: it decides which types and words they may have.</summary>
internal enum FieldPlace
{
    Data,
    State,
    Event,
    Struct,
}

/// <content>Fields of data, states, events and structs; parameters.</content>
internal sealed partial class Context
{
    public ImmutableArray<FieldSymbol> BindFields(ImmutableArray<FieldSyntax> syntax, FieldPlace place)
    {
        var (fields, seen) = (ImmutableArray.CreateBuilder<FieldSymbol>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var field in syntax)
        {
            Names.Check(field.Name, capital: false, "Fields", Reporter, isBare: place is FieldPlace.Data or FieldPlace.State);
            if (!seen.Add(field.Name.Text))
            {
                Reporter.Report(DiagnosticTable.DuplicateName, field.Name.Span, field.Name.Text);
                continue;
            }

            CheckAttributes(field.Header.Attributes);
            var type = place switch
            {
                FieldPlace.Data => Kept(BindDataType(field), field.Type.Span),
                FieldPlace.Struct => BindType(field.Type),
                _ => BindKeptType(field.Type),
            };
            fields.Add(new(
                field.Name.Text,
                fields.Count,
                type,
                field.Header.IsPublic,
                field.IsMutable,
                field.Default is null || place != FieldPlace.Data ? null : BindDefault(field.Default, type),
                field.Header.Documentation,
                field.Name.Span));
        }

        return fields.ToImmutable();
    }

    /// <summary>A field as a part of a struct or variant.</summary>
    public static StructField PartOf(FieldSymbol field) => new(field.Name, field.Type, field.Documentation);

    /// <summary>An enum: its variants in order.</summary>
    public TenorType BindEnum(Declaration declaration, EnumDeclarationSyntax syntax)
    {
        var (variants, seen) = (ImmutableArray.CreateBuilder<EnumVariant>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var variant in syntax.Variants)
        {
            Names.Check(variant.Name, capital: true, "Variants", Reporter);
            if (!seen.Add(variant.Name.Text))
            {
                Reporter.Report(DiagnosticTable.DuplicateName, variant.Name.Span, variant.Name.Text);
                continue;
            }

            variants.Add(new(variant.Name.Text, [.. BindFields(variant.Fields, FieldPlace.Struct).Select(PartOf)], variant.Documentation));
        }

        var type = new EnumType(declaration.Name.Text + generics.Suffix, declaration.QualifiedName + generics.Key, variants.ToImmutable())
        {
            Documentation = syntax.Header.Documentation,
        };
        if (variants.Count > MaxVariants)
        {
            Reporter.Report(DiagnosticTable.TypeTooLarge, syntax.Name.Span, $"'{type}'", FormattableString.Invariant($"more than {MaxVariants} variants"));
            return ErrorType.Instance;
        }

        return FitsLimits(type, syntax.Name.Span, type.Name) ? type : ErrorType.Instance;
    }

    /// <summary>Arguments. Their names must not hide what is visible inside: the body's binder checks that.</summary>
    public ImmutableArray<LocalSymbol> BindParameters(ImmutableArray<ParameterSyntax> syntax) => BindParameters(syntax, p => BindArgumentType(p.Type));

    /// <summary>Arguments of a transition or statement, proofs among them.</summary>
    /// <param name="syntax">The arguments.</param>
    /// <param name="attributes">What stands before the transition or statement: the room of histories among it.</param>
    public ImmutableArray<LocalSymbol> BindEntryParameters(ImmutableArray<ParameterSyntax> syntax, ImmutableArray<AttributeSyntax> attributes) =>
        WithRoom(BindParameters(syntax, BindEntryType), attributes);

    /// <summary>Arguments of a function: the caller has proved what direction they have.</summary>
    public ImmutableArray<LocalSymbol> BindFunctionParameters(ImmutableArray<ParameterSyntax> syntax) => BindParameters(syntax, p => BindType(p.Type));

    private ImmutableArray<LocalSymbol> BindParameters(ImmutableArray<ParameterSyntax> syntax, Func<ParameterSyntax, TenorType> bindType)
    {
        var (parameters, seen) = (ImmutableArray.CreateBuilder<LocalSymbol>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var parameter in syntax)
        {
            Names.Check(parameter.Name, capital: false, "Arguments", Reporter);
            if (!seen.Add(parameter.Name.Text))
            {
                Reporter.Report(DiagnosticTable.DuplicateName, parameter.Name.Span, parameter.Name.Text);
                continue;
            }

            var type = bindType(parameter);
            if (parameter.Range is not null)
            {
                type = Refine(type, parameter.Range);
            }

            parameters.Add(new(parameter.Name.Text, LocalKind.Parameter, type, parameter.IsPublic, parameter.Name.Span));
        }

        return parameters.ToImmutable();
    }

    /// <summary>Reports attributes that mean something this version does not do.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="own">Those that this kind of declaration has and its binder reads.</param>
    public void CheckAttributes(ImmutableArray<AttributeSyntax> attributes, params string[] own)
    {
        foreach (var attribute in attributes.Where(a => a.Name.Text != "allow" && !own.Contains(a.Name.Text)))
        {
            Reporter.NotSupported(attribute.Span, $"'@{attribute.Name.Text}'");
        }
    }

    private TenorType BindDataType(FieldSyntax field)
    {
        var type = BindAnyType(field.Type);
        switch (type)
        {
            case MachineType:
                Reporter.Report(DiagnosticTable.TypeNotHere, field.Type.Span, type, "a machine is not a type of values");
                return ErrorType.Instance;
            case ProofType:
                Reporter.Report(DiagnosticTable.TypeNotHere, field.Type.Span, type, ProofsBelong);
                return ErrorType.Instance;
            case VaultType when field.IsMutable:
                Reporter.Report(DiagnosticTable.NotAssignable, field.MutableSpan!.Value, "a vault", "it has no 'mut'; 'move' alone changes it");
                return type;
            case MapType when field.IsMutable:
                Reporter.Report(DiagnosticTable.NotAssignable, field.MutableSpan!.Value, "a map", "it has no 'mut'; its methods alone change it");
                return type;
            case not (VaultType or MapType) when field.Default is null && HasBound(type):
                Reporter.Report(DiagnosticTable.TypeNotHere, field.Type.Span, type, "'new' gives no 'lo' or 'hi', since nobody has proved the direction: give the field a default");
                return type;
            default:
                return type;
        }
    }

    private BoundExpression? BindDefault(ExpressionSyntax syntax, TenorType type)
    {
        if (type is VaultType or MapType)
        {
            Reporter.Report(DiagnosticTable.TypeNotHere, syntax.Span, type, "vaults and maps start empty, and have no default");
            return null;
        }

        var value = new Bodies.BodyBinder(this).BindStored(syntax, type);
        if (value is not BoundError && !Bodies.Folding.IsConstant(value) && !generics.IsSymbolic)
        {
            Reporter.Report(DiagnosticTable.NotConstant, syntax.Span, "a default");
        }

        return value;
    }
}
