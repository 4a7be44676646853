using System.Collections.Immutable;
using System.Globalization;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>
/// The accesses to maps in one function. An access opens a key under a root: the leaf's value and the siblings of its path are inputs, the path of the leaf
/// they make must lead to the root. A write takes another leaf up the same siblings: that root is the map's from then on, so each access sees all
/// earlier ones, the same key's too. What has been opened is not opened again while the root is the same.
/// </summary>
internal sealed class MapAccesses(IrBuilder builder)
{
    private readonly List<IrMapAccess> accesses = [];
    private readonly Dictionary<(int Field, IrValue Root, string Key, Presence Presence), List<Opening>> openings = [];

    /// <summary>The accesses, in order.</summary>
    public ImmutableArray<IrMapAccess> All => [.. accesses];

    /// <summary>Opens a key that must, must not or may be there where the path is reached.</summary>
    /// <param name="field">The map.</param>
    /// <param name="root">Its root.</param>
    /// <param name="key">The key's scalars.</param>
    /// <param name="presence">Whether the key must be there.</param>
    /// <param name="path">Whether the text is reached.</param>
    /// <param name="failure">The failure where the map has, or has not, the key.</param>
    public Opening Open(FieldSymbol field, IrValue root, ImmutableArray<IrValue> key, Presence presence, IrValue path, IrFailure failure)
    {
        var id = (field.Ordinal, root, string.Join(",", key), presence);
        if (!openings.TryGetValue(id, out var known))
            openings.Add(id, known = []);
        if (known.Find(o => o.Path == path || builder.KnownTruth(o.Path) == true) is { } earlier)
            return earlier;
        var opening = Ask(field, root, key, presence, path);
        var leaf = presence switch
        {
            Presence.Must => Leaf(opening, opening.Value),
            Presence.MustNot => Empty,

            // A witness says which of the two leaves it is; only one of them is under the root.
            _ => builder.Select(opening.Value[0], Leaf(opening, opening.Value[1..]), Empty),
        };
        var holds = builder.Equal(builder.Write(opening.PathOf(leaf)).First, root);
        builder.Require(builder.Select(path, holds, builder.Constant(true)), failure);
        if (presence != Presence.MustNot)
        {
            var type = TypeOf(field, presence);
            Shape.RequireCanonical(builder, type, Shape.Build(type, new(opening.Value)), field.Name, path);
        }

        known.Add(opening);
        return opening;
    }

    /// <summary>The root after the opened key's leaf holds another value, or nothing.</summary>
    public IrValue Write(Opening opening, IrValue root, ImmutableArray<IrValue>? value)
    {
        var after = builder.Write(opening.PathOf(value is { } written ? Leaf(opening, written) : Empty)).First;
        builder.Write(new IrTell(opening.Access, root, opening.Key, value, after));
        return after;
    }

    private IrValue Empty => builder.Constant(EmptySubtrees.Leaf);

    private Opening Ask(FieldSymbol field, IrValue root, ImmutableArray<IrValue> key, Presence presence, IrValue path)
    {
        var shape = Shape.ShapeOf((MapType)field.Type);
        var name = string.Create(CultureInfo.InvariantCulture, $"maps.{accesses.Count}.{field.Name}");
        builder.Write(new IrAsk(accesses.Count, root, key));
        var first = builder.InputCount;
        var value = ImmutableArray<IrValue>.Empty;
        if (presence != Presence.MustNot)
            value = [.. Shape.LeavesOf(TypeOf(field, presence), $"{name}.value").Select(l => builder.Input(new(l.Path, IrInputRole.MapValue, l.Type, l.Layout, l.Format)))];
        ImmutableArray<IrValue> siblings =
        [
            .. Enumerable.Range(0, shape.Depth).Select(i => builder.Input(new(
                string.Create(CultureInfo.InvariantCulture, $"{name}.siblings[{i}]"), IrInputRole.MapSibling, IrType.Digest, ScalarLayout.Digest, ScalarFormat.Digest))),
        ];
        accesses.Add(new($"record.data.{field.Name}", shape, [.. Enumerable.Range(first, value.Length)], [.. Enumerable.Range(first + value.Length, siblings.Length)])
        {
            IsOptional = presence == Presence.May,
        });
        var parts = Parts(key, shape.Key);
        var (index, layout) = shape.IsDirect ? (key[0], shape.Key[0]) : (builder.Hash(DomainTag.MapKey, [.. parts]), ScalarLayout.Digest);
        return new(accesses.Count - 1, shape, key, value, index, layout, siblings, path);
    }

    private static TenorType TypeOf(FieldSymbol field, Presence presence) =>
        presence == Presence.May ? new OptionType(((MapType)field.Type).Value) : ((MapType)field.Type).Value;

    private IrValue Leaf(Opening opening, ImmutableArray<IrValue> value) =>
        builder.Hash(DomainTag.MapLeaf, [.. Parts(opening.Key, opening.Shape.Key), .. Parts(value, opening.Shape.Value)]);

    private static IEnumerable<IrPart> Parts(ImmutableArray<IrValue> scalars, ImmutableArray<ScalarLayout> layouts) =>
        scalars.Zip(layouts, (scalar, layout) => new IrPart(scalar, layout));
}

/// <summary>What is said of a key that is opened.</summary>
internal enum Presence
{
    /// <summary>The map has it.</summary>
    Must,

    /// <summary>The map has it not, nor another in its place.</summary>
    MustNot,

    /// <summary>The map has it, or nothing in its place.</summary>
    May,
}

/// <summary>A key that was opened.</summary>
/// <param name="Access">The number of the access.</param>
/// <param name="Shape">The map's type.</param>
/// <param name="Key">The key's scalars.</param>
/// <param name="Value">The value's scalars; none if the key must not be there; after whether it is there, if it may.</param>
/// <param name="Index">What tells the leaf's place.</param>
/// <param name="Layout">Its limbs.</param>
/// <param name="Siblings">The path's siblings.</param>
/// <param name="Path">Where the opening was checked.</param>
internal sealed record Opening(
    int Access,
    MapShape Shape,
    ImmutableArray<IrValue> Key,
    ImmutableArray<IrValue> Value,
    IrValue Index,
    ScalarLayout Layout,
    ImmutableArray<IrValue> Siblings,
    IrValue Path)
{
    /// <summary>The path from a leaf.</summary>
    public IrPath PathOf(IrValue leaf) => new(leaf, Index, Layout, Siblings);
}
