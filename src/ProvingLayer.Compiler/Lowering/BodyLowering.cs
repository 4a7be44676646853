using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>Lowers the expressions and statements of one body, in their order.</summary>
internal partial class BodyLowering
{
    /// <summary>Nodes lowered, loops unrolled, before a text is refused as too large.</summary>
    public const int Limit = 2_000_000;

    private readonly Dictionary<SourceSpan, IrMark> marks = [];
    private int nodes;

    public BodyLowering(IrBuilder builder)
    {
        Builder = builder;
        Arithmetic = new(builder);
        Maps = new(builder);
        Signatures = new(builder);
    }

    /// <summary>What is forked and merged at choices.</summary>
    public Scope Scope { get; set; } = Scope.Empty;

    /// <summary>The state that <c>match self</c> sees: before the step, and for invariants after it.</summary>
    public StateValue? State { get; set; }

    /// <summary>The fields of all states, all zero; null where there is no machine.</summary>
    public ImmutableArray<ImmutableArray<Value>>? ZeroState { get; init; }

    /// <summary>The ends of the step's time interval.</summary>
    public (IrValue From, IrValue To)? Now { get; init; }

    /// <summary>Balances by the vaults' ordinals.</summary>
    public Dictionary<int, IrValue> Vaults { get; protected set; } = [];

    /// <summary>The keys that have signed the step.</summary>
    public List<IrValue> Signers { get; } = [];

    /// <summary>The record before the step: data by ordinal, state, balances by the vaults' ordinals. Null where there is no step.</summary>
    public (ImmutableArray<Value?> Data, StateValue State, Dictionary<int, IrValue> Vaults)? Before { get; set; }

    /// <summary>The statements so far and where each is reached, if somebody wants to know.</summary>
    public List<(IrMark Mark, IrValue Reached)>? Reached { get; init; }

    /// <summary>The receipt slots so far.</summary>
    public List<Receipt> Receipts { get; } = [];

    /// <summary>The event slots so far.</summary>
    public List<Emission> Events { get; } = [];

    /// <summary>The signatures so far.</summary>
    public SignatureAccesses Signatures { get; }

    /// <summary>What writes the instructions.</summary>
    protected IrBuilder Builder { get; }

    /// <summary>What computes with numbers.</summary>
    public Arithmetic Arithmetic { get; }

    /// <summary>A place in the source as the IR keeps it.</summary>
    public IrMark MarkOf(SourceSpan span)
    {
        if (!marks.TryGetValue(span, out var mark))
            marks.Add(span, mark = new(span.File.Path, span.Line, span.Column, span.EndLine, span.EndColumn, FailureText.Excerpt(span)));
        return mark;
    }

    /// <summary>Runs an action whose checks count only where a condition holds as well.</summary>
    private void Under(IrValue condition, Action action)
    {
        var outer = Arithmetic.Path;
        Arithmetic.Path = Builder.And(outer, condition);
        action();
        Arithmetic.Path = outer;
    }

    /// <summary>Lowers a part of the text whose checks tell that they stand in it.</summary>
    private T Within<T>(FrameKind kind, string text, SourceSpan span, Func<T> part)
    {
        var outer = Builder.Frame;
        Builder.Frame = new(outer, kind, text, MarkOf(span));
        var result = part();
        Builder.Frame = outer;
        return result;
    }

    /// <summary>An arm of a conditional, or of what a match is written out as.</summary>
    private T WithinArm<T>(BoundConditional conditional, bool isThen, Func<T> part) =>
        FailureText.Arm(conditional, isThen) is { } arm ? Within(arm.Kind, arm.Text, arm.Span, part) : part();

    /// <summary>Lowers the arms of a choice, of which exactly one holds, and merges what they give and leave behind.</summary>
    /// <param name="arms">Conditions and values; the last arm's condition is that no other holds.</param>
    private Value Choose(IReadOnlyList<(IrValue Condition, Func<Value> Value)> arms)
    {
        // An arm that is known to hold is the only one; arms known not to hold are not even lowered.
        var live = arms.Where(a => Builder.KnownTruth(a.Condition) != false).ToList();
        if (live.Find(a => Builder.KnownTruth(a.Condition) == true) is { Value: not null } sure)
            return sure.Value();
        if (live.Count == 1)
            return live[0].Value();

        var before = Scope;
        var results = new List<(IrValue Condition, Value Value, Scope Scope)>();
        foreach (var (condition, value) in live)
        {
            Scope = before;
            Value result = AggregateValue.Empty;
            Under(condition, () => result = value());
            results.Add((condition, result, Scope));
        }

        var (_, merged, scope) = results[^1];
        for (var i = results.Count - 2; i >= 0; i--)
        {
            var (condition, value, other) = results[i];
            merged = Select(condition, value, merged);
            scope = Merge(condition, other, scope, before);
        }

        Scope = scope;
        return merged;
    }

    private Scope Merge(IrValue condition, Scope whenTrue, Scope whenFalse, Scope before)
    {
        var locals = before.Locals.ToBuilder();
        foreach (var local in before.Locals.Keys.Where(l => l.Kind == LocalKind.Mutable).OrderBy(l => l.Span.Start).ThenBy(l => l.Name, StringComparer.Ordinal))
            locals[local] = Select(condition, whenTrue.Locals[local], whenFalse.Locals[local]);
        var data = before.Data.ToBuilder();
        for (var i = 0; i < data.Count; i++)
        {
            if (whenTrue.Data[i] is { } left && whenFalse.Data[i] is { } right)
                data[i] = Select(condition, left, right);
        }

        if ((whenTrue.After is null) != (whenFalse.After is null))
            throw new InvalidOperationException("compiler bug: one arm ends its path and another does not");
        var after = whenTrue.After is { } a && whenFalse.After is { } b ? Select(condition, a, b) : before.After;
        return new(locals.ToImmutable(), data.ToImmutable(), after);
    }

    private StateValue Select(IrValue condition, StateValue whenTrue, StateValue whenFalse) => new(
        Builder.Select(condition, whenTrue.Tag, whenFalse.Tag),
        [.. whenTrue.Fields.Zip(whenFalse.Fields, (l, r) => l.Zip(r, (x, y) => Select(condition, x, y)).ToImmutableArray())]);

    private Value Select(IrValue condition, Value whenTrue, Value whenFalse) => (whenTrue, whenFalse) switch
    {
        _ when ReferenceEquals(whenTrue, whenFalse) => whenTrue,
        (NumberValue l, NumberValue r) => Arithmetic.Select(condition, l, r),
        (ScalarValue l, ScalarValue r) => new ScalarValue(Builder.Select(condition, l.Scalar, r.Scalar)),
        (SignedValue l, SignedValue r) => l with
        {
            Content = Select(condition, l.Content, r.Content),
            Signer = l.Signer is null && r.Signer is null ? null : Builder.Select(condition, l.Signer ?? Nobody, r.Signer ?? Nobody),
        },
        (AggregateValue l, AggregateValue r) => new AggregateValue([.. l.Elements.Zip(r.Elements, (x, y) => Select(condition, x, y))]),
        _ => throw new InvalidOperationException("compiler bug: the arms of a choice differ in shape"),
    };

    private IrValue IsIn(ImmutableArray<StateSymbol> states)
    {
        var present = State ?? throw new InvalidOperationException("compiler bug: a state where there is none");
        var found = Builder.Constant(false);
        foreach (var state in states)
            found = Builder.Or(found, Builder.Equal(present.Tag, Builder.Constant(state.Tag)));
        return found;
    }

    private void Count(SourceSpan span)
    {
        if (++nodes > Limit)
            throw new TooLargeException(span);
    }
}

/// <summary>A receipt slot: all zero where it is not taken.</summary>
/// <param name="Slot">What the text fixes.</param>
/// <param name="Taken">Whether it is taken.</param>
/// <param name="Party">The party's key.</param>
/// <param name="Amount">The amount in smallest units.</param>
internal sealed record Receipt(IrReceiptSlot Slot, IrValue Taken, IrValue Party, IrValue Amount);

/// <summary>An event slot: all zero where it is not taken.</summary>
/// <param name="Event">The event.</param>
/// <param name="Taken">Whether it is taken.</param>
/// <param name="Fields">Its scalars.</param>
internal sealed record Emission(EventSymbol Event, IrValue Taken, ImmutableArray<(Leaf Leaf, IrValue Value)> Fields);
