using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Bound;

/// <summary><c>let x = e;</c> and <c>let mut x = e;</c>; a name of an exact number, or a stored value.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Local">x.</param>
/// <param name="Value">e.</param>
public sealed record BoundLet(SourceSpan Span, LocalSymbol Local, BoundExpression Value) : BoundStatement(Span);

/// <summary><c>x.f[i] = e;</c>: writes one part of a <c>let mut</c> or of a <c>mut</c> data field. <c>+=</c> and <c>-=</c> are written out.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Local">The local written to; null if it is data.</param>
/// <param name="Field">The data field written to; null if it is a local.</param>
/// <param name="Path">The way from there to the part; empty for the whole. Indices are evaluated before the value.</param>
/// <param name="Value">The value, stored.</param>
public sealed record BoundAssign(SourceSpan Span, LocalSymbol? Local, FieldSymbol? Field, ImmutableArray<BoundPathStep> Path, BoundExpression Value)
    : BoundStatement(Span);

/// <summary>A step from a value to a part of it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Type">The part's type.</param>
/// <param name="Element">Which field of a struct or element of a tuple; −1 for an array.</param>
/// <param name="Index">Which element of an array, as in <see cref="BoundArrayElement"/>; else null.</param>
public sealed record BoundPathStep(SourceSpan Span, Types.TenorType Type, int Element, BoundExpression? Index) : BoundNode(Span);

/// <summary><c>require c else E;</c>, <c>assert c;</c>, and an empty vault before a final state.</summary>
/// <param name="Span">What of the source it stands for: the whole statement.</param>
/// <param name="Condition">c.</param>
/// <param name="Error">E, or one of the language's own.</param>
public sealed record BoundRequire(SourceSpan Span, BoundExpression Condition, ErrorSymbol Error) : BoundStatement(Span);

/// <summary>
/// <c>move q from SRC to DST;</c> First the amount is evaluated, then the parties. A vault pays only what it holds
/// (<see cref="ErrorSymbol.InsufficientBalance"/>) and holds only what fits a <c>qty</c> (<see cref="ErrorSymbol.OutOfRange"/>). A party end is a
/// receipt slot: +q for <c>in</c>, −q for <c>out</c>; source before sink.
/// </summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">q, stored as a <c>qty</c> of the asset.</param>
/// <param name="Source">SRC.</param>
/// <param name="Sink">DST.</param>
public sealed record BoundMove(SourceSpan Span, Types.AssetSymbol Asset, BoundExpression Amount, BoundMoveEnd Source, BoundMoveEnd Sink) : BoundStatement(Span);

/// <summary>An end of a move: a vault, a key of a ledger, a party, or neither: <c>mint</c> as source, <c>burn</c> as sink.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Vault">The vault, or null.</param>
/// <param name="Party">The party's key, or null.</param>
public sealed record BoundMoveEnd(SourceSpan Span, FieldSymbol? Vault, BoundExpression? Party) : BoundNode(Span)
{
    /// <summary>The key, stored, if <see cref="Vault"/> is a ledger; evaluated as a party is.</summary>
    public BoundExpression? Key { get; init; }
}

/// <summary><c>become S { … };</c> The last of its path. Empty vaults of a final state are required just before it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="State">S.</param>
/// <param name="Values">A value for each field in the order they are written, stored.</param>
/// <param name="Order">For each value, its field's index.</param>
public sealed record BoundBecome(SourceSpan Span, StateSymbol State, ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order) : BoundStatement(Span);

/// <summary><c>stay;</c> The last of its path: the machine keeps its state and the state's fields.</summary>
/// <param name="Span">What of the source it stands for.</param>
public sealed record BoundStay(SourceSpan Span) : BoundStatement(Span);

/// <summary><c>emit E { … };</c>: an event slot; zeros when its arm is not taken.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Event">E.</param>
/// <param name="Values">A value for each field in the order they are written, stored.</param>
/// <param name="Order">For each value, its field's index.</param>
public sealed record BoundEmit(SourceSpan Span, EventSymbol Event, ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order) : BoundStatement(Span);

/// <summary><c>for i in 0..N { … }</c>, to be unrolled. <c>for x in array</c> is written out with a hidden index.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Variable">The variable: in each turn a constant.</param>
/// <param name="From">Its first value.</param>
/// <param name="Count">How many turns.</param>
/// <param name="Body">What is done in each; of type <c>()</c>.</param>
public sealed record BoundFor(SourceSpan Span, LocalSymbol Variable, BigInteger From, int Count, BoundBlock Body) : BoundStatement(Span);

/// <summary>An expression for its effect: a conditional, a state match, a block.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Expression">The expression; its value is dropped.</param>
public sealed record BoundEffect(SourceSpan Span, BoundExpression Expression) : BoundStatement(Span);
