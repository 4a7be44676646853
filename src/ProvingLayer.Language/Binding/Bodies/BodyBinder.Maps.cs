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

    /// <summary>The map of a machine that a test holds, <c>p.m</c>.</summary>
    private (LocalSymbol Machine, FieldSymbol Map)? MachineMapOf(ExpressionSyntax syntax) =>
        syntax is MemberExpressionSyntax member && MachineOf(member.Receiver) is { Type: MachineType type } local
        && type.Machine.Data.FirstOrDefault(f => f.Name == member.Name.Text) is { IsMap: true } map ? (local, map) : null;

    /// <summary><c>m[k]</c> of a ledger, of the machine itself or of one that a test holds; null if it is something else, an error if the key is wrong.</summary>
    private (LocalSymbol? Machine, FieldSymbol Ledger, BoundExpression Key)? BindLedgerPlace(ExpressionSyntax syntax) =>
        syntax is not IndexExpressionSyntax place ? null
        : MapOf(place.Receiver) is { IsLedger: true } own ? (null, own, BindStored(place.Index, ((MapType)own.Type).KeyType))
        : MachineMapOf(place.Receiver) is { Map.IsLedger: true } held ? (held.Machine, held.Map, BindStored(place.Index, ((MapType)held.Map.Type).KeyType))
        : null;

    private BoundExpression BindLedgerBalance(MemberExpressionSyntax syntax, (LocalSymbol? Machine, FieldSymbol Ledger, BoundExpression Key) place)
    {
        if (syntax.Name.Text != "balance")
        {
            return Report(DiagnosticTable.UnknownMember, syntax.Name.Span, place.Ledger.Held!, syntax.Name.Text, "; it has 'balance'");
        }

        var balance = new BoundLedgerBalance(syntax.Span, place.Ledger, place.Key);
        return IsError(place.Key) ? place.Key : place.Machine is { } machine ? new BoundMachineMapRead(syntax.Span, machine, balance) : balance;
    }

    private BoundExpression BindMapGet(CallExpressionSyntax syntax, FieldSymbol map, bool isFind)
    {
        if (map.IsLedger)
        {
            return Report(DiagnosticTable.LedgerMethod, syntax.Callee.Span, map, isFind ? "find" : "get");
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

        if (map.IsLedger)
        {
            Report(DiagnosticTable.LedgerMethod, callee.Span, map, callee.Name.Text);
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
