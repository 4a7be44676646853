using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// <c>m.get(k)</c>: the value of a key, as earlier writes left it. The key must be there (<see cref="ErrorSymbol.KeyNotFound"/>). Or <c>m.find(k)</c>: that, or
/// <c>none</c>; it fails only where another key has the place (<see cref="ErrorSymbol.KeyTaken"/>).
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Map">m.</param>
/// <param name="Key">k, stored.</param>
/// <param name="IsFind">Whether it is <c>find</c>.</param>
public sealed record BoundMapGet(SourceSpan Span, FieldSymbol Map, BoundExpression Key, bool IsFind = false)
    : BoundExpression(Span, IsFind ? new OptionType(((MapType)Map.Type).Value) : ((MapType)Map.Type).Value);

/// <summary><c>m[k].balance</c> of a ledger, as earlier moves left it: 0 of a key that it has not.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Ledger">m.</param>
/// <param name="Key">k, stored.</param>
public sealed record BoundLedgerBalance(SourceSpan Span, FieldSymbol Ledger, BoundExpression Key) : BoundExpression(Span, Ledger.Held!.Balance);

/// <summary><c>p.m.get(k)</c>, <c>p.m.find(k)</c> in a test, and of a ledger <c>p.m[k].balance</c>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="Read">What is read, as the machine itself would.</param>
public sealed record BoundMachineMapRead(SourceSpan Span, LocalSymbol Machine, BoundExpression Read) : BoundExpression(Span, Read.Type);

/// <summary>How a map is written.</summary>
public enum MapWriteKind
{
    /// <summary><c>set</c>: the key must be there.</summary>
    Set,

    /// <summary><c>insert</c>: the key must not be there.</summary>
    Insert,

    /// <summary><c>remove</c>: the key must be there.</summary>
    Remove,
}

/// <summary>
/// <c>m.set(k, v);</c>, <c>m.insert(k, v);</c>, <c>m.remove(k);</c> Fails as <see cref="ErrorSymbol.KeyNotFound"/> or <see cref="ErrorSymbol.KeyTaken"/>.
/// Key and value are evaluated first, in this order.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Kind">Which.</param>
/// <param name="Map">m.</param>
/// <param name="Key">k, stored.</param>
/// <param name="Value">v, stored; null for <c>remove</c>.</param>
public sealed record BoundMapWrite(SourceSpan Span, MapWriteKind Kind, FieldSymbol Map, BoundExpression Key, BoundExpression? Value) : BoundStatement(Span);
