using CsCheck;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Constraints.Tests.Maps;

public class MapLaws
{
    private const int Runs = 50;

    [Fact]
    public void A_map_does_what_a_dictionary_does_and_its_root_is_that_of_the_definition() =>
        MapSamples.Runs.Sample(
            run =>
            {
                var shape = MapSamples.Shapes[run.Shape];
                var map = SparseMerkleMap.Empty(shape);
                var model = new Dictionary<int, int>();
                foreach (var (key, value, what) in run.Steps)
                {
                    var index = shape.IndexOf(MapSamples.Key(shape, key));
                    var other = model.Keys.Any(k => k != key && shape.IndexOf(MapSamples.Key(shape, k)) == index);
                    var known = model.ContainsKey(key);
                    var before = map.Root;
                    var expected = other ? MapOutcome.Taken : (what, known) switch
                    {
                        (0, true) => MapOutcome.Present,
                        (0, false) => MapOutcome.Done,
                        (_, false) => MapOutcome.Absent,
                        _ => MapOutcome.Done,
                    };
                    var outcome = what switch
                    {
                        0 => map.Insert(MapSamples.Key(shape, key), MapSamples.Value(shape, value), out map),
                        1 => map.Set(MapSamples.Key(shape, key), MapSamples.Value(shape, value), out map),
                        _ => map.Remove(MapSamples.Key(shape, key), out map),
                    };
                    Assert.Equal(expected, outcome);
                    if (outcome != MapOutcome.Done)
                        Assert.Equal(before, map.Root);
                    else if (what == 2)
                        model.Remove(key);
                    else
                        model[key] = value;
                }

                Assert.Equal(model.Count, map.Count);
                Assert.Equal(MapSamples.RootByLevels(shape, map.Entries), map.Root);
                foreach (var (key, value) in model)
                {
                    Assert.Equal(MapOutcome.Done, map.Find(MapSamples.Key(shape, key), out var found));
                    Assert.Equal(MapSamples.Value(shape, value), found);
                }
            },
            iter: Runs);

    [Fact]
    public void P7_every_path_leads_from_its_leaf_to_the_root_and_from_no_other_leaf() =>
        MapSamples.Runs.Sample(
            run =>
            {
                var map = Filled(run);
                for (var key = 0; key < 16; key++)
                {
                    var path = map.PathOf(map.Shape.IndexOf(MapSamples.Key(map.Shape, key)));
                    Assert.Equal(map.Shape.Depth, path.Siblings.Length);
                    var leaf = map.TryGet(path.Index, out var entry) ? MapShape.LeafOf(entry) : EmptySubtrees.Leaf;
                    Assert.Equal(map.Root, path.RootOf(leaf));

                    // Absent is not zero, an entry is not absent, a stranger's entry is not one's own, and no node is a leaf.
                    Assert.NotEqual(map.Root, path.RootOf(default));
                    Assert.NotEqual(map.Root, path.RootOf(entry.Elements.IsEmpty ? MapShape.LeafOf(map.Shape.Entry(MapSamples.Key(map.Shape, key), MapSamples.Value(map.Shape, 0))) : EmptySubtrees.Leaf));
                    Assert.NotEqual(map.Root, path.RootOf(map.Root));

                    // Another bit, a level less, a level more.
                    if (path.Siblings[0] != leaf)
                        Assert.NotEqual(map.Root, (path with { Index = path.Index ^ UInt128.One }).RootOf(leaf));
                    Assert.NotEqual(map.Root, (path with { Siblings = path.Siblings.RemoveAt(path.Siblings.Length - 1) }).RootOf(leaf));
                    Assert.NotEqual(map.Root, (path with { Siblings = path.Siblings.Add(EmptySubtrees.Of(0)) }).RootOf(leaf));
                }
            },
            iter: Runs);

    [Fact]
    public void The_root_does_not_depend_on_the_order_of_insertions() =>
        MapSamples.Runs.Sample(
            run =>
            {
                var map = Filled(run);
                var backwards = map.Entries.Reverse().Aggregate(SparseMerkleMap.Empty(map.Shape), (m, e) => m.With(e));
                Assert.Equal(map.Root, backwards.Root);
                Assert.Equal(map.Count, backwards.Count);
                var atOnce = SparseMerkleMap.Of(map.Shape, map.Entries.Reverse());
                Assert.Equal(map.Root, atOnce.Root);
                Assert.Equal(map.Count, atOnce.Count);
                Assert.Empty(atOnce.ChangesSince(map));
                foreach (var entry in map.Entries)
                    Assert.True(map.PathOf(entry.Index).Siblings.SequenceEqual(atOnce.PathOf(entry.Index).Siblings));
            },
            iter: Runs);

    [Fact]
    public void Removing_what_was_inserted_restores_the_root_and_the_old_map_stays_as_it_was() =>
        MapSamples.Runs.Sample(
            run =>
            {
                var map = Filled(run);
                for (var key = 0; key < 16; key++)
                {
                    if (map.Insert(MapSamples.Key(map.Shape, key), MapSamples.Value(map.Shape, 77), out var grown) != MapOutcome.Done)
                        continue;
                    Assert.NotEqual(map.Root, grown.Root);
                    Assert.Equal(MapOutcome.Done, grown.Remove(MapSamples.Key(map.Shape, key), out var shrunk));
                    Assert.Equal(map.Root, shrunk.Root);
                    Assert.Equal(MapOutcome.Absent, map.Find(MapSamples.Key(map.Shape, key), out _));
                    Assert.Equal(MapOutcome.Done, grown.Find(MapSamples.Key(map.Shape, key), out _));
                }
            },
            iter: Runs);

    [Fact]
    public void The_changes_between_two_maps_turn_one_into_the_other() =>
        Gen.Select(MapSamples.Runs, MapSamples.Runs).Sample(
            (first, second) =>
            {
                var (before, after) = (Filled(first), Filled(first with { Steps = [.. first.Steps.Take(first.Steps.Length / 2), .. second.Steps] }));
                var changes = after.ChangesSince(before);
                Assert.Equal(changes.Count, changes.Select(c => c.Index).Distinct().Count());
                Assert.Equal(after.Root, changes.Aggregate(before, (m, c) => c.After is { } entry ? m.With(entry) : m.Without(c.Index)).Root);
            },
            iter: Runs);

    [Fact]
    public void Two_entries_with_one_index_are_no_map()
    {
        var shape = MapSamples.Shapes[1];
        var entry = shape.Entry(MapSamples.Key(shape, 5), MapSamples.Value(shape, 1));
        Assert.Throws<ArgumentException>(() => SparseMerkleMap.Of(shape, [entry, shape.Entry(MapSamples.Key(shape, 5), MapSamples.Value(shape, 2))]));
    }

    [Fact]
    public void C14_one_key_set_twice_has_its_last_value_and_counts_once()
    {
        var shape = MapSamples.Shapes[1];
        SparseMerkleMap.Empty(shape).Insert(MapSamples.Key(shape, 5), MapSamples.Value(shape, 1), out var once);
        Assert.Equal(MapOutcome.Present, once.Insert(MapSamples.Key(shape, 5), MapSamples.Value(shape, 2), out _));
        Assert.Equal(MapOutcome.Done, once.Set(MapSamples.Key(shape, 5), MapSamples.Value(shape, 2), out var twice));
        Assert.Equal(1, twice.Count);
        SparseMerkleMap.Empty(shape).Insert(MapSamples.Key(shape, 5), MapSamples.Value(shape, 2), out var directly);
        Assert.Equal(directly.Root, twice.Root);
    }

    [Fact]
    public void P7_the_same_balance_under_another_key_is_another_leaf()
    {
        // Also where both keys share an index, so that the path alone would not tell them apart.
        var shape = MapSamples.Shapes[2];
        var leaves = Enumerable.Range(0, 16).Select(key => MapShape.LeafOf(shape.Entry(MapSamples.Key(shape, key), MapSamples.Value(shape, 9))));
        Assert.Equal(16, leaves.Distinct().Count());
        Assert.True(Enumerable.Range(0, 16).Select(key => shape.IndexOf(MapSamples.Key(shape, key))).Distinct().Count() < 16);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void P7_a_depth_out_of_range_is_refused(int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MapShape(depth, [ScalarLayout.Digest], 0, []));

    [Fact]
    public void P7_a_key_beyond_its_bits_never_becomes_the_index_of_another()
    {
        // 2^20 + 5 cut to twenty bits would be the account 5.
        var shape = MapSamples.Shapes[1];
        Assert.Throws<InvalidOperationException>(() => shape.IndexOf([Scalar.Of((1 << 20) + 5)]));
        Assert.Throws<InvalidOperationException>(() => SparseMerkleMap.Empty(shape).PathOf((UInt128)(1 << 20) + 5));
    }

    [Fact]
    public void Elements_that_are_no_entry_are_refused_whoever_wrote_them()
    {
        var shape = new MapShape(20, [ScalarLayout.Unsigned(32)], 20, [ScalarLayout.Boolean, ScalarLayout.Quantity]);
        var good = shape.Entry([Scalar.Of(9)], [Scalar.Of(true), Scalar.Of(100)]).Elements.ToArray();
        Assert.True(shape.TryEntry(good, out var entry));
        Assert.Equal((UInt128)9, entry.Index);
        Assert.False(shape.TryEntry(good.AsSpan(0, good.Length - 1), out _));
        Assert.False(shape.TryEntry([.. good, default], out _));
        Assert.False(shape.TryEntry([], out _));
        foreach (var (place, value) in (ReadOnlySpan<(int, uint)>)[(0, 65536), (1, 16), (2, 2), (3, 1), (7, 1), (8, KoalaBear.Modulus - 1)])
        {
            var bad = good.ToArray();
            bad[place] = KoalaBear.FromCanonical(value);
            Assert.False(shape.TryEntry(bad, out _), $"{value} at {place}");
        }
    }

    private static SparseMerkleMap Filled((int Shape, (int Key, int Value, int What)[] Steps) run)
    {
        var shape = MapSamples.Shapes[run.Shape];
        var map = SparseMerkleMap.Empty(shape);
        foreach (var (key, value, _) in run.Steps)
            map.Insert(MapSamples.Key(shape, key), MapSamples.Value(shape, value), out map);
        return map;
    }
}
