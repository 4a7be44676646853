using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Values of enums, and optional ones.</content>
internal sealed partial class BodyBinder
{
    private BoundExpression BindNone(NoneLiteralSyntax syntax, TenorType? target) => target switch
    {
        OptionType option => new BoundVariant(syntax.Span, option, 0, [], []),
        ErrorType => new BoundError(syntax.Span),
        null => Report(DiagnosticTable.TypeUnknown, syntax.Span, "'none' is of some type 'T?', and nothing here says which"),
        _ => Mismatch(syntax.Span, target, "'none', which only an optional type 'T?' has"),
    };

    private BoundExpression BindSome(CallExpressionSyntax syntax, TenorType? target)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not { Name: null, Value: { } inner })
        {
            return Report(DiagnosticTable.ArgumentCount, syntax.Span, "some", "1 argument without name", syntax.Arguments.Length);
        }

        if (target is not (OptionType or null or ErrorType))
        {
            Bind(inner, ErrorType.Instance);
            return Mismatch(syntax.Span, target, "'some(…)', an optional value");
        }

        var value = target is OptionType option ? BindStored(inner, option.Element) : Bind(inner, target);
        if (IsError(value) || target is ErrorType)
        {
            return new BoundError(syntax.Span);
        }

        return IsStorable(value.Type)
            ? new BoundVariant(syntax.Span, target as OptionType ?? new OptionType(value.Type), 1, [value], [0])
            : Report(DiagnosticTable.TypeUnknown, inner.Span, "'some(…)' stores its value, and nothing here says as what");
    }

    /// <summary>An optional value as one of another type: none stays none, and what is inside is stored.</summary>
    private BoundExpression StoreOption(BoundExpression value, OptionType from, OptionType target, SourceSpan span)
    {
        var local = Hidden("let", from, span);
        var read = new BoundLocal(span, local);
        var inside = Store(new BoundPayload(span, from.Element, read, 1, 0), target.Element, span);
        return IsError(inside)
            ? inside
            : new BoundBlock(
                span,
                [new BoundLet(span, local, value)],
                new BoundConditional(
                    span, target, new BoundIsVariant(span, read, 1), new BoundVariant(span, target, 1, [inside], [0]), new BoundVariant(span, target, 0, [], [])));
    }

    /// <summary>The variant that a bare name means where an enum is expected.</summary>
    private static (EnumType Choice, int Index)? VariantOf(TenorType? target, string name) =>
        (target is OptionType option ? option.Element : target) is EnumType choice && choice.IndexOf(name) is >= 0 and var index ? (choice, index) : null;

    /// <summary>
    /// The enum that a path names, with the arguments of the expected one where it has parameters; an <see cref="ErrorType"/> for one that is wrong
    /// and reported; null if the path names no enum.
    /// </summary>
    private TenorType? EnumOf(PathSyntax path, TenorType? target, ImmutableArray<TypeArgumentSyntax> arguments = default)
    {
        var first = path.Parts[0].Text;
        if (!path.Last.IsCapital || path.Parts.Length > 2 || FindLocal(first) is not null)
        {
            return null;
        }

        var found = path.Parts.Length == 1 ? context.FindBare(first)
            : context.File.UsedModules.TryGetValue(first, out var module) && module.Items.TryGetValue(path.Last.Text, out var item) ? item : null;
        switch (found)
        {
            case TypeArgument { Type: EnumType argument }:
                return argument;
            case Declaration { Syntax: EnumDeclarationSyntax } declaration when arguments.IsDefaultOrEmpty && !declaration.Generics.IsEmpty
                && (target is OptionType option ? option.Element : target) is EnumType expected
                && expected.QualifiedName.StartsWith(declaration.QualifiedName + "<", StringComparison.Ordinal):
                return expected;
            case Declaration { Syntax: EnumDeclarationSyntax }:
            case Declaration { Syntax: TypeDeclarationSyntax { Range: null, Type: NamedTypeSyntax } } declared when IsEnumAlias(declared, 0):
                return context.BindType(new NamedTypeSyntax(path.Span, path, arguments.IsDefault ? [] : arguments, null)) switch
                {
                    EnumType type => type,
                    _ => ErrorType.Instance,
                };
            default:
                return null;
        }
    }

    // Silently, and no further than names of types may stand for each other.
    private static bool IsEnumAlias(Declaration declaration, int depth) =>
        depth < Binding.Compilation.MaxNesting
        && declaration.Syntax is TypeDeclarationSyntax { Type: NamedTypeSyntax { Member: null } named }
        && named.Path.Parts.Length == 1
        && declaration.File.Find(named.Path.Text) is { } next
        && (next.Syntax is EnumDeclarationSyntax || IsEnumAlias(next, depth + 1));

    private BoundError UnknownVariant(NameSyntax name, EnumType choice) =>
        Report(DiagnosticTable.UnknownMember, name.Span, $"enum {choice}", name.Text, Names.Suggest(name.Text, choice.Cases.Select(c => c.Name)));

    /// <summary><c>Side.Short { fee: 3 }</c>, or <c>Short { fee: 3 }</c> where the enum is expected; null if it is none.</summary>
    private BoundExpression? BindVariantBody(StructExpressionSyntax syntax, TenorType? target)
    {
        var parts = syntax.Path.Parts;
        if (parts.Length == 1)
        {
            return syntax.Arguments.IsEmpty && context.FindBare(parts[0].Text) is null && VariantOf(target, parts[0].Text) is { } bare
                ? BindVariant(syntax.Span, bare.Choice, bare.Index, syntax.Body, syntax.Path.Span)
                : null;
        }

        var owner = new PathSyntax(parts[0].Span.To(parts[parts.Length - 2].Span), parts.RemoveAt(parts.Length - 1));
        switch (EnumOf(owner, target, syntax.Arguments))
        {
            case null:
                return null;
            case EnumType choice when choice.IndexOf(syntax.Path.Last.Text) is >= 0 and var index:
                return BindVariant(syntax.Span, choice, index, syntax.Body, syntax.Path.Span);
            case var type:
                BindOnlyForMistakes(syntax.Body);
                return type is EnumType known ? UnknownVariant(syntax.Path.Last, known) : new BoundError(syntax.Span);
        }
    }

    private BoundExpression BindVariant(SourceSpan span, EnumType choice, int index, StructBodySyntax? body, SourceSpan nameSpan)
    {
        var variant = choice.Cases[index];
        var fields = variant.Fields.Select((f, i) => new FieldSymbol(f.Name, i, f.Type, false, false, null, null, nameSpan)).ToImmutableArray();
        return BindBody(body, fields, $"{choice}.{variant.Name}", null, nameSpan) is { } values
            ? new BoundVariant(span, choice, index, values.Values, values.Order)
            : new BoundError(span);
    }
}
