using System.Collections.Immutable;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary><c>test "…" { … }</c>: a body of statements, the nodes of this file among them.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Body">What it does.</param>
/// <param name="Span">What of the source it stands for.</param>
public sealed record BoundTest(string Title, BoundBlock Body, SourceSpan Span)
{
    /// <summary>What a <c>property</c> holds for: values are made up for them. None of a <c>test</c>.</summary>
    public ImmutableArray<LocalSymbol> Parameters { get; init; } = ImmutableArray<LocalSymbol>.Empty;
}

/// <summary><c>K.name</c>: a test key; equal names are equal keys.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Name">The name after the point.</param>
public sealed record BoundTestKey(SourceSpan Span, string Name) : BoundExpression(Span, DigestType.Key);

/// <summary><c>M.new(f: v, …)</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Values">Values in the order they are evaluated: those written, then the defaults; stored. Vaults have none.</param>
/// <param name="Order">For each value, its data field's ordinal.</param>
public sealed record BoundConstruct(SourceSpan Span, MachineType Machine, ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order) : BoundExpression(Span, Machine);

/// <summary><c>p.exercise(spot: e) by K.bob;</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="Transition">The transition.</param>
/// <param name="Values">Values in the order they are written, stored.</param>
/// <param name="Order">For each value, its parameter's index.</param>
public sealed record BoundCall(SourceSpan Span, LocalSymbol Machine, TransitionSymbol Transition, ImmutableArray<BoundExpression> Values, ImmutableArray<int> Order)
    : BoundStatement(Span)
{
    /// <summary>The test keys that sign.</summary>
    public ImmutableArray<BoundTestKey> Signers { get; init; } = ImmutableArray<BoundTestKey>.Empty;
}

/// <summary><c>at t;</c>: now is [t, t] from here on.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Time">t, stored as <c>time</c>.</param>
public sealed record BoundAt(SourceSpan Span, BoundExpression Time) : BoundStatement(Span);

/// <summary><c>reject E { … }</c>: the first check that fails in the block must fail as E; then the block is undone.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Error">E.</param>
/// <param name="Body">The block.</param>
public sealed record BoundReject(SourceSpan Span, ErrorSymbol Error, BoundBlock Body) : BoundStatement(Span);

/// <summary><c>flow(party, A)</c>: what the party received less what it paid so far, exact and signed, in whole units.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Exact">Its type.</param>
/// <param name="Party">A key.</param>
/// <param name="Asset">A.</param>
public sealed record BoundFlow(SourceSpan Span, ExactType Exact, BoundExpression Party, AssetSymbol Asset) : BoundExpression(Span, Exact);

/// <summary><c>p.field</c> of a data field that is no vault.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="Field">The field.</param>
public sealed record BoundMachineField(SourceSpan Span, LocalSymbol Machine, FieldSymbol Field) : BoundExpression(Span, Field.Type);

/// <summary><c>p.root</c>: the root of its record.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="Root">Its type.</param>
public sealed record BoundMachineRoot(SourceSpan Span, LocalSymbol Machine, DigestType Root) : BoundExpression(Span, Root);

/// <summary><c>p.vault.balance</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="Vault">The vault.</param>
public sealed record BoundMachineBalance(SourceSpan Span, LocalSymbol Machine, FieldSymbol Vault) : BoundExpression(Span, ((VaultType)Vault.Type).Balance);

/// <summary><c>p is Settled</c></summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="State">The state.</param>
public sealed record BoundMachineIsState(SourceSpan Span, LocalSymbol Machine, StateSymbol State) : BoundExpression(Span, BooleanType.Instance);
