using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>A machine's state: its tag, and the fields of every state (zeros for those it is not in), by the states' tags.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Fields">By tag, then by ordinal.</param>
internal sealed record StateValue(IrValue Tag, ImmutableArray<ImmutableArray<Value>> Fields);

/// <summary>
/// What arms of a choice may change and what is therefore forked and merged. Vaults are not in it: an untaken move moves nothing, so one
/// balance serves all arms.
/// </summary>
/// <param name="Locals">The locals visible.</param>
/// <param name="Data">The data fields by ordinal; null for vaults.</param>
/// <param name="After">The state after the step; null until a <c>become</c> or <c>stay</c>.</param>
internal sealed record Scope(ImmutableDictionary<LocalSymbol, Value> Locals, ImmutableArray<Value?> Data, StateValue? After)
{
    public static Scope Empty { get; } = new(ImmutableDictionary.Create<LocalSymbol, Value>(ReferenceEqualityComparer.Instance), [], null);
}

/// <summary>A text that unrolls to more than the compiler takes on.</summary>
internal sealed class TooLargeException(Language.Text.SourceSpan span) : Exception("too large")
{
    public Language.Text.SourceSpan Span { get; } = span;
}
