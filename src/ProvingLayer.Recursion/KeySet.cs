using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Recursion;

/// <summary>What a circuit of a key set does. The numbers enter the set's root and never change.</summary>
public enum KeyRole
{
    /// <summary>Verifies one leaf.</summary>
    Wrap = 1,

    /// <summary>Makes two aggregates one: wraps or sets.</summary>
    Set = 2,

    /// <summary>Verifies one history: a chain of one.</summary>
    Link = 3,

    /// <summary>Joins two chains, the right one of which goes on where the left one ended: links or chains.</summary>
    Chain = 4,

    /// <summary>Verifies one wrap or set with a hiding key: the last, never a child.</summary>
    Seal = 5,

    /// <summary>The same for a link or chain.</summary>
    ChainSeal = 6,
}

/// <summary>A leaf that a key set admits: proofs of a key at a number of instances.</summary>
/// <param name="Key">The key.</param>
/// <param name="Instances">How often each of its circuits is in the proof.</param>
public sealed record KeySetLeaf(VerifyingKey Key, InstanceCounts Instances)
{
    /// <summary>Whether a proof has the header and the lengths that a key gives it: whether it may be one of the key's.</summary>
    /// <param name="key">The key.</param>
    /// <param name="proof">The proof, from anyone.</param>
    public static bool HasLengthsOf(VerifyingKey key, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(proof);
        var instances = proof.Instances;
        if (instances.Circuits != key.Circuits || instances.Greatest < 0 || instances.Greatest > key.MaxLogInstances || proof.IsHiding != key.IsHiding)
            return false;
        var shape = new ProofShape(key, instances);
        return proof.Messages.Length == shape.MessageElements && proof.Openings.Length == shape.Inputs.Length + shape.FoldTrees.Length;
    }
}

/// <summary>A circuit of a key set.</summary>
/// <param name="Role">What it does.</param>
/// <param name="PreprocessedRoot">The commitment to its preprocessed columns; with the shape, its key.</param>
/// <param name="Leaf">Of a wrap or link: what it verifies.</param>
public sealed record KeySetMember(KeyRole Role, Digest PreprocessedRoot, KeySetLeaf? Leaf = null)
{
    /// <summary>Of a seal: its key, which is not one of the shape.</summary>
    public VerifyingKey? SealKey { get; init; }

    /// <summary>Whether its proof is the last of an aggregate, and hides what those before it know.</summary>
    public bool IsSeal => Role is KeyRole.Seal or KeyRole.ChainSeal;

    /// <summary>Whether it says what a chain of histories says.</summary>
    public bool IsChain => Role is KeyRole.Link or KeyRole.Chain or KeyRole.ChainSeal;
}

/// <summary>
/// The circuits whose proofs may be aggregated together. Its root, a Merkle tree over role, key digest and what it verifies of each, is part of every statement; whoever trusts the root (or makes the set
/// again from the leaves' keys: the same keys give the same set) knows which programs an aggregate can be about.
/// </summary>
public sealed class KeySet
{
    /// <summary>Levels of the tree.</summary>
    public const int Depth = 8;

    /// <summary>Most circuits in a set.</summary>
    public const int MostMembers = 1 << Depth;

    private readonly Digest[][] levels;
    private readonly ImmutableArray<VerifyingKey> keys;

    internal KeySet(RecursionShape shape, ImmutableArray<KeySetMember> members)
    {
        if (members.Length is 0 or > MostMembers)
            throw new ArgumentException($"A key set has 1 to {MostMembers} circuits.", nameof(members));
        Shape = shape;
        Members = members;
        keys = [.. members.Select(member => member.SealKey ?? shape.KeyOf(member.PreprocessedRoot))];
        levels = new Digest[Depth + 1][];
        levels[0] = new Digest[MostMembers];
        for (var i = 0; i < members.Length; i++)
            levels[0][i] = Suite.Hash((uint)DomainTag.KeyRole, [Number(members[i].Role), .. keys[i].Digest.AsSpan(), .. LeafDigestOf(members[i]).AsSpan()]);
        for (var level = 1; level <= Depth; level++)
            levels[level] = [.. Enumerable.Range(0, MostMembers >> level).Select(i => Compress(levels[level - 1][2 * i], levels[level - 1][(2 * i) + 1]))];
    }

    /// <summary>The shape of all its circuits.</summary>
    public RecursionShape Shape { get; }

    /// <summary>The circuits.</summary>
    public ImmutableArray<KeySetMember> Members { get; }

    /// <summary>vkRoot.</summary>
    public Digest Root => levels[Depth][0];

    private HashSuite Suite => HashSuites.Get(Shape.SuiteId);

    /// <summary>The verifying key of a member.</summary>
    public VerifyingKey KeyOf(KeySetMember member) => keys[IndexOf(member)];

    /// <summary>A member's place.</summary>
    internal int IndexOf(KeySetMember member) => Members.IndexOf(member) is >= 0 and var index ? index : throw new ArgumentException("The circuit is not of this key set.", nameof(member));

    /// <summary>The siblings from a member's leaf to the root.</summary>
    internal IEnumerable<Digest> PathOf(KeySetMember member)
    {
        var index = IndexOf(member);
        return Enumerable.Range(0, Depth).Select(level => levels[level][(index >> level) ^ 1]);
    }

    /// <summary>What a circuit verifies, so that the root binds what the file says of it: of a wrap or link the digest of key and instances; zero of the others.</summary>
    internal Digest LeafDigestOf(KeySetMember member) => member.Leaf is { } leaf
        ? Suite.Hash((uint)DomainTag.KeySetLeaf, [.. leaf.Key.Digest.AsSpan(), .. leaf.Instances.Logs.Select(log => KoalaBear.FromCanonical((uint)(log + 1)))])
        : default;

    /// <summary>The compression of two digests under the set's hash suite.</summary>
    internal Digest Compress(Digest left, Digest right) => Suite.Compress(left, right);

    /// <summary>The roles that an aggregate's children have.</summary>
    internal static (KeyRole Leaf, KeyRole Aggregate) RolesOf(bool isChain) => isChain ? (KeyRole.Link, KeyRole.Chain) : (KeyRole.Wrap, KeyRole.Set);

    /// <summary>The role of what seals an aggregate.</summary>
    internal static KeyRole SealOf(bool isChain) => isChain ? KeyRole.ChainSeal : KeyRole.Seal;

    internal static KoalaBear Number(KeyRole role) => KoalaBear.FromCanonical((uint)role);

    /// <summary>A leaf of the tree, in a circuit.</summary>
    internal static Cell LeafOf(WireRows rows, Wire role, HalfState digest, HalfState leaf) => CircuitSponge.Hash(
        rows, (uint)DomainTag.KeyRole, [Limb.Of(rows, role), .. Enumerable.Range(0, 2 * Digest.Length).Select(i => new Limb(i < Digest.Length ? digest : leaf, i % Digest.Length))]);
}
