using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding.Bodies;

/// <content>Maps: <c>get</c> and <c>find</c>, expressions; <c>set</c>, <c>insert</c> and <c>remove</c>, statements.</content>
internal sealed partial class BodyBinder
{
    /// <summary>The map of the machine itself that an expression names.</summary>
    private FieldSymbol? MapOf(ExpressionSyntax syntax) =>
        syntax is NameExpressionSyntax { Name.Text: var name } && FindLocal(name) is null && FindData(name) is { IsMap: true } map ? map : null;

    private BoundExpression BindMapGet(CallExpressionSyntax syntax, FieldSymbol map, bool isFind)
    {
        if (kind is not (BodyKind.Transition or BodyKind.Ensures or BodyKind.Invariant))
        {
            return NotSupported(syntax.Span, "reading a map in a function, a view or a test");
        }

        if (isFind && ((MapType)map.Type).Value is OptionType optional)
        {
            return NotSupported(syntax.Span, $"'find' in a map of {optional}");
        }

        return BindMapArguments(syntax, isFind ? "find" : "get", [((MapType)map.Type).KeyType]) is [var key]
            ? new BoundMapGet(syntax.Span, map, key, isFind)
            : new BoundError(syntax.Span);
    }

    /// <summary>Binds a call that writes a map; false if it is another call.</summary>
    private bool BindMapWrite(CallExpressionSyntax syntax, ImmutableArray<BoundStatement>.Builder into)
    {
        if (syntax.Callee is not MemberExpressionSyntax { Name.Text: "set" or "insert" or "remove" } callee || MapOf(callee.Receiver) is not { } map)
        {
            return false;
        }

        if (kind != BodyKind.Transition)
        {
            NotHere(syntax.Span, callee.Name.Text);
            return true;
        }

        var (type, write) = ((MapType)map.Type, callee.Name.Text switch
        {
            "set" => MapWriteKind.Set,
            "insert" => MapWriteKind.Insert,
            _ => MapWriteKind.Remove,
        });
        if (BindMapArguments(syntax, callee.Name.Text, write == MapWriteKind.Remove ? [type.KeyType] : [type.KeyType, type.Value]) is { } bound)
        {
            into.Add(new BoundMapWrite(syntax.Span, write, map, bound[0], bound.Length > 1 ? bound[1] : null));
        }

        return true;
    }

    /// <summary>Arguments without names, stored in their types; null, and reported, if they are not.</summary>
    private ImmutableArray<BoundExpression>? BindMapArguments(CallExpressionSyntax syntax, string name, ImmutableArray<TenorType> types)
    {
        if (syntax.Arguments.Length != types.Length || syntax.Arguments.Any(a => a.Name is not null || a.Value is null))
        {
            Report(DiagnosticTable.ArgumentCount, syntax.Span, name, Context.Count(types.Length, "argument") + " without names", syntax.Arguments.Length);
            return null;
        }

        var bound = syntax.Arguments.Select((a, i) => BindStored(a.Value!, types[i])).ToImmutableArray();
        return bound.Any(IsError) ? null : bound;
    }
}
