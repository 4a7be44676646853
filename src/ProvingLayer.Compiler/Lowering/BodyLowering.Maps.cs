using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <content>Maps. A map's root stands among the data fields: arms fork and merge it as they do those.</content>
internal partial class BodyLowering
{
    /// <summary>The accesses so far.</summary>
    public MapAccesses Maps { get; }

    private Value LowerMapGet(BoundMapGet get)
    {
        var type = (MapType)get.Map.Type;
        var key = ScalarsOf(type.KeyType, get.Key);
        return Shape.Build(get.Type, new(get.IsFind
            ? Read(get.Map, key, Presence.May, FailureText.KeyTaken(get.Map, type.KeyType, key))
            : Read(get.Map, key, Presence.Must, FailureText.NoSuchKey(get.Map, type.KeyType, key))));
    }

    private NumberValue LowerLedgerBalance(BoundLedgerBalance balance)
    {
        var type = (MapType)balance.Ledger.Type;
        var key = ScalarsOf(type.KeyType, balance.Key);
        var found = Read(balance.Ledger, key, Presence.May, FailureText.KeyTaken(balance.Ledger, type.KeyType, key));
        return new(found[1], null, balance.Ledger.Held!.Balance.Places); // 0 where there is none, as of every optional value
    }

    /// <summary>A key's value: its scalars; after whether it is there, if it may.</summary>
    protected virtual ImmutableArray<IrValue> Read(FieldSymbol map, ImmutableArray<IrValue> key, Presence presence, IrFailure failure) =>
        Maps.Open(map, RootOf(map), key, presence, Arithmetic.Path, failure).Value;

    /// <summary>Changes what a key of a ledger holds. A key that holds nothing any more stays, with 0: so each move takes one path.</summary>
    private void ChangeBalance(FieldSymbol ledger, ImmutableArray<IrValue> key, Func<string, IrValue, IrValue> change)
    {
        var type = (MapType)ledger.Type;
        var root = RootOf(ledger);
        var opening = Maps.Open(ledger, root, key, Presence.May, Arithmetic.Path, FailureText.KeyTaken(ledger, type.KeyType, key));
        var after = change($"{ledger.Name}[…]", opening.Value[1]);
        Scope = Scope with { Data = Scope.Data.SetItem(ledger.Ordinal, new ScalarValue(Maps.Write(opening, root, [after]))) };
    }

    private void LowerMapWrite(BoundMapWrite write)
    {
        var type = (MapType)write.Map.Type;
        var key = ScalarsOf(type.KeyType, write.Key);
        var value = write.Value is { } written ? ScalarsOf(type.Value, written) : (ImmutableArray<IrValue>?)null;
        var inserts = write.Kind == MapWriteKind.Insert;
        var failure = inserts ? FailureText.KeyTaken(write.Map, type.KeyType, key) : FailureText.NoSuchKey(write.Map, type.KeyType, key);
        var root = RootOf(write.Map);
        var opening = Maps.Open(write.Map, root, key, inserts ? Presence.MustNot : Presence.Must, Arithmetic.Path, failure);
        Scope = Scope with { Data = Scope.Data.SetItem(write.Map.Ordinal, new ScalarValue(Maps.Write(opening, root, value))) };
    }

    private IrValue RootOf(FieldSymbol map) => ((ScalarValue)Scope.Data[map.Ordinal]!).Scalar;

    private ImmutableArray<IrValue> ScalarsOf(TenorType type, BoundExpression expression) => [.. Shape.ScalarsOf(type, Lower(expression))];
}
