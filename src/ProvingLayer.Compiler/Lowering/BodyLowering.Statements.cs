using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Statements.</content>
internal partial class BodyLowering
{
    /// <summary>Lowers a statement.</summary>
    public void Lower(BoundStatement statement)
    {
        Count(statement.Span);
        var outer = Builder.Mark;
        Builder.Mark = MarkOf(statement.Span);
        if (statement is not BoundEffect { Expression: BoundBlock or BoundConditional or BoundStateMatch })
            Reached?.Add((Builder.Mark, Arithmetic.Path)); // of a choice, what is in its arms
        LowerNode(statement);
        Builder.Mark = outer;
    }

    private void LowerNode(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundLet let:
                Set(let.Local, Lower(let.Value));
                break;
            case BoundAssign assign:
                LowerAssign(assign);
                break;
            case BoundRequire require:
                Require(require.Condition, require.Error.QualifiedName, FailureText.KindOf(require.Error), "");
                break;
            case BoundMove move:
                LowerMove(move);
                break;
            case BoundMapWrite write:
                LowerMapWrite(write);
                break;
            case BoundEmit emit:
                LowerEmit(emit);
                break;
            case BoundBecome become:
                var fields = Ordered(become.Values, become.Order);
                Scope = Scope with { After = new(Builder.Constant(become.State.Tag), FieldsOf(become.State.Tag, [.. fields])) };
                break;
            case BoundStay:
                Scope = Scope with { After = State };
                break;
            case BoundFor loop:
                for (var i = 0; i < loop.Count; i++)
                {
                    Set(loop.Variable, new NumberValue(Builder.Constant(loop.From + i), null, 0));
                    Within(FrameKind.Turn, FailureText.Turn(loop, i), loop.Span, () => Lower(loop.Body));
                }

                break;
            case BoundEffect effect:
                Lower(effect.Expression);
                break;
            default:
                throw new InvalidOperationException($"compiler bug: no lowering for {statement.GetType().Name}");
        }
    }

    /// <summary>
    /// Requires a condition; of a conjunction each part, and of a choice each arm by itself, so that the message tells which, and with what values.
    /// </summary>
    /// <param name="condition">The condition.</param>
    /// <param name="name">The failure's qualified name.</param>
    /// <param name="kind">The failure's kind.</param>
    /// <param name="prefix">What the message starts with.</param>
    public void Require(BoundExpression condition, string name, FailureKind kind, string prefix)
    {
        Count(condition.Span);
        switch (condition)
        {
            case BoundLogical { Operator: LogicalOperator.And } both:
                // The right part is reached only where the left holds, for else the run has failed.
                Require(both.Left, name, kind, prefix);
                Require(both.Right, name, kind, prefix);
                break;
            case BoundBlock { Statements: [], Value: { } value }:
                Require(value, name, kind, prefix);
                break;
            case BoundStateMatch match:
                Choose([.. match.Arms.Select(arm => (IsIn(arm.States), (Func<Value>)(() => Within(FrameKind.Match, FailureText.Arm(arm), arm.Span, Requirement(arm.Value)))))]);
                break;
            case BoundConditional choice:
                var chosen = Scalar(choice.Condition);
                Choose(
                [
                    (chosen, () => WithinArm(choice, true, Requirement(choice.Then))),
                    (Builder.Not(chosen), () => WithinArm(choice, false, Requirement(choice.Else))),
                ]);
                break;
            case BoundComparison comparison:
                var (left, right) = (Number(comparison.Left), Number(comparison.Right));
                Arithmetic.Require(Compare(comparison.Operator, left, right), new(kind, name, FailureText.Comparison(prefix, comparison, left, right)));
                break;
            case BoundEquality { Left.Type: DigestType or BytesType { Pieces: 1 } } equality:
                var (one, other) = (Scalar(equality.Left), Scalar(equality.Right));
                var same = Builder.Equal(one, other);
                Arithmetic.Require(equality.IsNegated ? Builder.Not(same) : same, new(kind, name, FailureText.Equality(prefix, equality, one, other)));
                break;
            default:
                Arithmetic.Require(Scalar(condition), IrFailure.Of(kind, name, $"{prefix}{FailureText.Unmet(condition)}"));
                break;
        }

        Func<Value> Requirement(BoundExpression arm) => () =>
        {
            Require(arm, name, kind, prefix);
            return AggregateValue.Empty;
        };
    }

    private Value LowerBlock(BoundBlock block)
    {
        // Its locals end with it, but what it wrote to others stays.
        var outside = Scope.Locals;
        foreach (var statement in block.Statements)
            Lower(statement);
        var value = block.Value is { } last ? Lower(last) : AggregateValue.Empty;
        if (Scope.Locals.Count != outside.Count)
            Scope = Scope with { Locals = Scope.Locals.RemoveRange(Scope.Locals.Keys.Where(l => !outside.ContainsKey(l)).ToList()) };
        return value;
    }

    private void Set(Language.Symbols.LocalSymbol local, Value value) => Scope = Scope with { Locals = Scope.Locals.SetItem(local, value) };

    private void LowerAssign(BoundAssign assign)
    {
        var whole = assign.Local is { } local ? Scope.Locals[local] : Scope.Data[assign.Field!.Ordinal]!;
        var indices = new List<(int Element, IrValue? Index)>();
        var part = whole;
        foreach (var step in assign.Path)
        {
            var elements = ((AggregateValue)part).Elements;
            var index = step.Index is { } i ? LowerIndex(i, elements.Length) : (IrValue?)null;
            indices.Add((step.Element, index));
            part = index is { } at ? Choose(at, elements) : elements[step.Element];
        }

        var updated = Replace(whole, [.. indices], Lower(assign.Value));
        if (assign.Local is { } target)
            Set(target, updated);
        else
            Scope = Scope with { Data = Scope.Data.SetItem(assign.Field!.Ordinal, updated) };
    }

    private Value Replace(Value whole, ReadOnlySpan<(int Element, IrValue? Index)> path, Value value)
    {
        if (path.IsEmpty)
            return value;
        var elements = ((AggregateValue)whole).Elements.ToBuilder();
        var (element, index) = path[0];
        if (index is { } at && Builder.KnownValue(at) is { } known)
            (element, index) = ((int)known.Number, null);
        for (var i = 0; i < elements.Count; i++)
        {
            if (index is null && i != element)
                continue;
            var replaced = Replace(elements[i], path[1..], value);
            elements[i] = index is { } dynamic ? Select(Builder.Equal(dynamic, Builder.Constant(i)), replaced, elements[i]) : replaced;
        }

        return new AggregateValue(elements.ToImmutable());
    }

    private void LowerMove(BoundMove move)
    {
        var quantity = NumberType.Quantity(move.Asset);
        var amount = Number(move.Amount);
        if (amount is not { Denominator: null } || amount.Places != quantity.Places)
            throw new InvalidOperationException("compiler bug: an amount that is not stored as a quantity");

        // An untaken move moves nothing.
        var moved = Builder.Select(Arithmetic.Path, amount.Numerator, Builder.Constant(0));
        var source = move.Source.Party is { } payer ? Scalar(payer) : default;
        var sourceKey = move.Source.Key is { } k ? ScalarsOf(((MapType)move.Source.Vault!.Type).KeyType, k) : [];
        var sink = move.Sink.Party is { } payee ? Scalar(payee) : default;
        var sinkKey = move.Sink.Key is { } l ? ScalarsOf(((MapType)move.Sink.Vault!.Type).KeyType, l) : [];
        var held = new Interval(quantity.Min, quantity.Max);
        var format = Shape.FormatOf(quantity);
        IrValue Take(string name, IrValue balance) => Builder.Narrow(Builder.Subtract(balance, moved), held, FailureText.Overdraft(name, balance, moved, format));
        IrValue Give(string name, IrValue balance) => Builder.Narrow(Builder.Add(balance, moved), held, FailureText.VaultOverflow(name, balance, moved, format));
        if (move.Source.Vault is { IsLedger: true } fromLedger)
        {
            ChangeBalance(fromLedger, sourceKey, Take);
        }
        else if (move.Source.Vault is { } from)
        {
            Vaults[from.Ordinal] = Take(from.Name, Vaults[from.Ordinal]);
        }
        else if (move.Source.Party is { } party)
        {
            RequireSigned(party, source);
            AddReceipt(move.Asset, ReceiptDirection.In, source, moved);
        }
        else
        {
            AddReceipt(move.Asset, ReceiptDirection.Mint, Nobody, moved);
        }

        if (move.Sink.Vault is { IsLedger: true } toLedger)
        {
            ChangeBalance(toLedger, sinkKey, Give);
        }
        else if (move.Sink.Vault is { } to)
        {
            Vaults[to.Ordinal] = Give(to.Name, Vaults[to.Ordinal]);
        }
        else
        {
            AddReceipt(move.Asset, move.Sink.Party is null ? ReceiptDirection.Burn : ReceiptDirection.Out, move.Sink.Party is null ? Nobody : sink, moved);
        }
    }

    private IrValue Nobody => Builder.Constant(default(Algebra.Digest));

    // Who pays is among those who signed. Where the text names the same key in both places there is nothing to check.
    private void RequireSigned(BoundExpression party, IrValue payer)
    {
        var hasSigned = Builder.Constant(false);
        foreach (var signer in Signers)
            hasSigned = Builder.Or(hasSigned, Builder.Equal(payer, signer));
        Arithmetic.Require(hasSigned, FailureText.NotSigned(party.Span, isAsked: false));
    }

    private void AddReceipt(AssetSymbol asset, ReceiptDirection direction, IrValue party, IrValue moved)
    {
        var slot = new IrReceiptSlot(asset.QualifiedName, asset.Decimals!.Value, direction);
        Receipts.Add(new(slot, Arithmetic.Path, Taken(party), moved));
    }

    private void LowerEmit(BoundEmit emit)
    {
        var values = Ordered(emit.Values, emit.Order);
        var fields = emit.Event.Fields
            .SelectMany((f, i) => Shape.LeavesOf(f.Type, f.Name).Zip(Shape.ScalarsOf(f.Type, values[i]), (leaf, value) => (leaf, Taken(value))));
        Events.Add(new(emit.Event, Arithmetic.Path, [.. fields]));
    }

    /// <summary>The value where the text is reached, else zero.</summary>
    private IrValue Taken(IrValue value) =>
        Builder.Select(Arithmetic.Path, value, Builder.Constant(Constraints.Encoding.Scalar.Zero(Builder.TypeOf(value).Kind)));

    private ImmutableArray<ImmutableArray<Value>> FieldsOf(int tag, ImmutableArray<Value> fields) => ZeroState is { } zero
        ? zero.SetItem(tag, fields)
        : throw new InvalidOperationException("compiler bug: a state where there is none");
}
