using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using Sponge = ProvingLayer.Algebra.Sponge<ProvingLayer.Algebra.Poseidon2>;

namespace ProvingLayer.Constraints.Maps;

/// <summary>
/// What the type <c>map&lt;K, V, depth&gt;</c> fixes of a sparse Merkle map: its depth, how keys and values stand in a leaf, and which leaf a key
/// belongs to. <c>grammar/encodings.md</c> describes it; interpreter, circuit and store read this one text.
/// </summary>
/// <remarks>
/// A leaf is H(MapLeaf; key, value), an absent one H(EmptyLeaf;), a node P(left ‖ right)[0..8]. The permutation can be inverted, so a node alone
/// would bind nothing; but depth is the type's and every leaf the sponge of a tagged preimage, so another leaf under the same root means a
/// collision between inverted nodes and leaf digests, 2^124.
/// </remarks>
public sealed class MapShape
{
    /// <summary>The greatest depth: an index has at most 128 bits.</summary>
    public const int MaximumDepth = 128;

    /// <summary>
    /// Bits of a key's digest that each of its elements gives to the index, the low ones: p − 1 = 127·2^24, so these are uniform up to 2^-31.
    /// </summary>
    public const int BitsOfElement = KoalaBear.TwoAdicity;

    private readonly BlockPacking packing;

    /// <summary>The shape of a map type.</summary>
    /// <param name="depth">1 … <see cref="MaximumDepth"/>.</param>
    /// <param name="key">The key's scalars in order, at least one.</param>
    /// <param name="keyBits">
    /// Bits of the greatest key if the key is one boolean or one integer that is never negative (a refinement counts: <c>u32 in 0..1_000_000</c> has 20); 0 for any other key.
    /// </param>
    /// <param name="value">The value's scalars in order.</param>
    public MapShape(int depth, ImmutableArray<ScalarLayout> key, int keyBits, ImmutableArray<ScalarLayout> value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, MaximumDepth);
        if (key.IsEmpty)
            throw new InvalidOperationException("compiler bug: a map key without scalars");
        if (keyBits != 0 && (key is not [{ Kind: not ScalarKind.Digest } only] || keyBits < 1 || keyBits > only.Limbs * ScalarLayout.LimbBits))
            throw new InvalidOperationException($"compiler bug: a map key of {keyBits} bits that is not one such number");
        (Depth, Key, KeyBits, Value) = (depth, key, keyBits, value);
        packing = BlockPacking.Of([.. key, .. value]);
        KeyLength = packing.Offsets[key.Length - 1] + key[^1].Limbs;
    }

    /// <summary>Levels between the root and the leaves: a path has so many siblings.</summary>
    public int Depth { get; }

    /// <summary>The key's scalars.</summary>
    public ImmutableArray<ScalarLayout> Key { get; }

    /// <summary>Bits of a key that is one number; 0 for any other.</summary>
    public int KeyBits { get; }

    /// <summary>The value's scalars.</summary>
    public ImmutableArray<ScalarLayout> Value { get; }

    /// <summary>Whether a key is its own index, because it has no more bits than an index. Else its digest's first bits are.</summary>
    public bool IsDirect => KeyBits > 0 && KeyBits <= Depth;

    /// <summary>Elements of a leaf's preimage: key, then value, packed into blocks together.</summary>
    public int Length => packing.Length;

    /// <summary>Elements of the key: the beginning of the preimage.</summary>
    public int KeyLength { get; }

    /// <summary>The index of a key: the leaf it belongs to. Bit i says whether the path's node at height i is a right child.</summary>
    /// <param name="key">The key's scalars.</param>
    public UInt128 IndexOf(IReadOnlyList<Scalar> key) => KeyEntry(key).Index;

    /// <summary>The entry of a key and a value.</summary>
    /// <param name="key">The key's scalars.</param>
    /// <param name="value">The value's scalars.</param>
    public MapEntry Entry(IReadOnlyList<Scalar> key, IReadOnlyList<Scalar> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Count != Value.Length)
            throw new InvalidOperationException($"compiler bug: a map value of {value.Count} scalars, not {Value.Length}");
        var elements = new KoalaBear[Length];
        WriteKey(key, elements);
        for (var i = 0; i < Value.Length; i++)
            Value[i].Write(value[i], elements.AsSpan(packing.Offsets[Key.Length + i], Value[i].Limbs));
        return new(IndexOf(elements.AsSpan(0, KeyLength)), elements);
    }

    /// <summary>The entry whose preimage these elements are; false where they are no key and value of this map, whoever wrote them.</summary>
    /// <param name="elements">A leaf's preimage.</param>
    /// <param name="entry">The entry, with a copy of them.</param>
    public bool TryEntry(ReadOnlySpan<KoalaBear> elements, out MapEntry entry)
    {
        entry = default;
        if (elements.Length != Length)
            return false;
        var next = 0;
        for (var i = 0; i < packing.Offsets.Length; i++)
        {
            var layout = LayoutAt(i);
            if (elements[next..packing.Offsets[i]].ContainsAnyExcept(KoalaBear.Zero) || !layout.TryRead(elements.Slice(packing.Offsets[i], layout.Limbs), out _))
                return false;
            next = packing.Offsets[i] + layout.Limbs;
        }

        if (IsDirect && Joined(elements[..KeyLength]) >> (KeyBits - 1) > UInt128.One)
            return false;
        entry = new(IndexOf(elements[..KeyLength]), elements.ToArray());
        return true;
    }

    /// <summary>The key of an entry.</summary>
    public ImmutableArray<Scalar> KeyOf(MapEntry entry) => Read(entry, 0, Key.Length);

    /// <summary>The value of an entry.</summary>
    public ImmutableArray<Scalar> ValueOf(MapEntry entry) => Read(entry, Key.Length, Value.Length);

    /// <summary>The digest of an entry's leaf.</summary>
    public static Digest LeafOf(MapEntry entry) => Sponge.Hash((uint)DomainTag.MapLeaf, entry.Elements);

    /// <summary>The index of a key, given as its elements.</summary>
    /// <param name="key"><see cref="KeyLength"/> elements.</param>
    public UInt128 IndexOf(ReadOnlySpan<KoalaBear> key)
    {
        if (IsDirect)
        {
            var index = Joined(key);
            return index >> (KeyBits - 1) <= UInt128.One ? index : throw new InvalidOperationException($"compiler bug: a map key of more than {KeyBits} bits");
        }

        return FirstBits(Sponge.Hash((uint)DomainTag.MapKey, key), Depth);
    }

    /// <summary>The first bits of a digest: the low 24 of its first element, then those of the next, …</summary>
    /// <param name="digest">A digest.</param>
    /// <param name="count">1 … <see cref="MaximumDepth"/>.</param>
    public static UInt128 FirstBits(in Digest digest, int count)
    {
        var bits = UInt128.Zero;
        for (var taken = 0; taken < count; taken += BitsOfElement)
        {
            var some = Math.Min(BitsOfElement, count - taken);
            bits |= (UInt128)(digest[taken / BitsOfElement].Canonical & ((1u << some) - 1)) << taken;
        }

        return bits;
    }

    /// <summary>The beginning of an entry: its index and its key.</summary>
    internal MapEntry KeyEntry(IReadOnlyList<Scalar> key)
    {
        var elements = new KoalaBear[KeyLength];
        WriteKey(key, elements);
        return new(IndexOf(elements), elements);
    }

    private static UInt128 Joined(ReadOnlySpan<KoalaBear> limbs)
    {
        var number = UInt128.Zero;
        for (var i = limbs.Length - 1; i >= 0; i--)
            number = (number << ScalarLayout.LimbBits) | limbs[i].Canonical;
        return number;
    }

    private ScalarLayout LayoutAt(int scalar) => scalar < Key.Length ? Key[scalar] : Value[scalar - Key.Length];

    private void WriteKey(IReadOnlyList<Scalar> key, Span<KoalaBear> elements)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Count != Key.Length)
            throw new InvalidOperationException($"compiler bug: a map key of {key.Count} scalars, not {Key.Length}");
        for (var i = 0; i < Key.Length; i++)
            Key[i].Write(key[i], elements.Slice(packing.Offsets[i], Key[i].Limbs));
    }

    private ImmutableArray<Scalar> Read(MapEntry entry, int first, int count)
    {
        var scalars = ImmutableArray.CreateBuilder<Scalar>(count);
        for (var i = first; i < first + count; i++)
        {
            scalars.Add(LayoutAt(i).TryRead(entry.Elements.Slice(packing.Offsets[i], LayoutAt(i).Limbs), out var scalar)
                ? scalar
                : throw new InvalidOperationException("compiler bug: an entry of another map"));
        }

        return scalars.MoveToImmutable();
    }
}
