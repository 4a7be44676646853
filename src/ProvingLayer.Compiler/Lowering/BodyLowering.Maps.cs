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
        var opening = get.IsFind
            ? Maps.Open(get.Map, RootOf(get.Map), key, Presence.May, Arithmetic.Path, FailureText.KeyTaken(get.Map, type.KeyType, key))
            : Maps.Open(get.Map, RootOf(get.Map), key, Presence.Must, Arithmetic.Path, FailureText.NoSuchKey(get.Map, type.KeyType, key));
        return Shape.Build(get.Type, new(opening.Value));
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
