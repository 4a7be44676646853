using System.Numerics;
using CsCheck;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Constraints.Tests.Maps;

/// <summary>Map types of every kind, and a slow second way to a root.</summary>
internal static class MapSamples
{
    /// <summary>Dense and its own index; refined; too wide for its depth (so indexed by digest, with collisions); the greatest depth; a key of two scalars.</summary>
    public static readonly MapShape[] Shapes =
    [
        new(4, [ScalarLayout.Unsigned(4)], 4, [ScalarLayout.Unsigned(64)]),
        new(20, [ScalarLayout.Unsigned(32)], 20, [ScalarLayout.Unsigned(64)]),
        new(3, [ScalarLayout.Unsigned(16)], 16, [ScalarLayout.Quantity]),
        new(128, [ScalarLayout.Unsigned(128)], 128, [ScalarLayout.Boolean, ScalarLayout.Signed(64)]),
        new(128, [ScalarLayout.Unsigned(8), ScalarLayout.Quantity], 0, []),
    ];

    /// <summary>The key of a number below 16.</summary>
    public static Scalar[] Key(MapShape shape, int number) =>
    [
        .. shape.Key.Select((layout, i) => Scalar.Of(i == 0 && shape.Depth == 128 && shape.KeyBits == 128 ? (BigInteger)number << 120 : number)),
    ];

    /// <summary>The value of a number.</summary>
    public static Scalar[] Value(MapShape shape, int number) =>
        [.. shape.Value.Select(layout => layout.Kind == ScalarKind.Boolean ? Scalar.Of(number % 2 == 1) : Scalar.Of(layout.IsSigned ? -number : number))];

    /// <summary>The root by the definition: every level in turn, each node with its sibling or an empty subtree.</summary>
    public static Digest RootByLevels(MapShape shape, IEnumerable<MapEntry> entries)
    {
        var level = entries.ToDictionary(e => e.Index, MapShape.LeafOf);
        for (var height = 0; height < shape.Depth; height++)
        {
            var empty = EmptySubtrees.Of(height);
            level = level.Keys.Select(i => i >> 1).Distinct().ToDictionary(
                parent => parent,
                parent => Sponge<Poseidon2>.Compress(level.GetValueOrDefault(parent << 1, empty), level.GetValueOrDefault((parent << 1) | UInt128.One, empty)));
        }

        return level.GetValueOrDefault(UInt128.Zero, EmptySubtrees.Of(shape.Depth));
    }

    /// <summary>A run of changes: key, value, and which operation.</summary>
    public static readonly Gen<(int Shape, (int Key, int Value, int What)[] Steps)> Runs = Gen.Select(
        Gen.Int[0, Shapes.Length - 1],
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 1000], Gen.Int[0, 2]).Array[0, 24]);
}
