using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>
/// Makes many proofs one. Holds the proving keys of a key set's circuits, each generated when it is first needed; one instance may be used by one thread at a time, and each proof uses all cores.
/// </summary>
public sealed class Aggregator
{
    private readonly VerifierOptions options;
    private readonly Dictionary<KeySetMember, MemberProver> provers = [];

    /// <summary>An aggregator for a key set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="options">What to allow beyond the default.</param>
    public Aggregator(KeySet set, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        Set = set;
        this.options = options ?? VerifierOptions.Default;
    }

    private Aggregator(RecursionShape shape, IEnumerable<KeySetLeaf> leaves, VerifierOptions options, CancellationToken cancellation)
    {
        this.options = options;
        var members = ImmutableArray.CreateBuilder<KeySetMember>();
        var hasLinks = false;
        foreach (var leaf in leaves)
        {
            if (members.Any(member => member.Leaf is { } other && other.Key.Digest == leaf.Key.Digest && other.Instances.Equals(leaf.Instances)))
                throw new ArgumentException("A key is named twice with the same instances.", nameof(leaves));
            Add(KeyRole.Wrap, LeafProver.Create(shape, leaf, isLink: false, options), leaf);
            if (leaf.Key.IsHistory)
            {
                Add(KeyRole.Link, LeafProver.Create(shape, leaf, isLink: true, options), leaf);
                hasLinks = true;
            }
        }

        if (members.Count == 0)
            throw new ArgumentException("A key set admits at least one key.", nameof(leaves));
        Add(KeyRole.Set, new JoinProver(shape, AggregateCircuit.Create(shape, isChain: false)), null);
        if (hasLinks)
            Add(KeyRole.Chain, new JoinProver(shape, AggregateCircuit.Create(shape, isChain: true)), null);
        Add(KeyRole.Seal, new SealProver(shape, SealCircuit.Create(shape, isChain: false)), null);
        if (hasLinks)
            Add(KeyRole.ChainSeal, new SealProver(shape, SealCircuit.Create(shape, isChain: true)), null);
        Set = new(shape, members.ToImmutable());

        void Add(KeyRole role, MemberProver prover, KeySetLeaf? leaf)
        {
            cancellation.ThrowIfCancellationRequested();
            if (members.Count == KeySet.MostMembers)
                throw new ArgumentException($"A key set has at most {KeySet.MostMembers} circuits.", nameof(leaves));
            var key = prover.Key.VerifyingKey;
            var member = new KeySetMember(role, key.PreprocessedRoots[0], leaf) { SealKey = prover is SealProver ? key : null };
            members.Add(member);
            provers.Add(member, prover);
        }
    }

    /// <summary>The key set.</summary>
    public KeySet Set { get; }

    /// <summary>Makes the key set that admits these leaves, with the proving keys of its circuits. The same leaves in the same order give the same set.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="leaves">Keys, each at a number of instances.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ArgumentException">There are none or too many, one is there twice, or the verifier would refuse every proof of one.</exception>
    public static Aggregator Create(RecursionShape shape, IEnumerable<KeySetLeaf> leaves, VerifierOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(leaves);
        return new(shape, leaves, options ?? VerifierOptions.Default, cancellation);
    }

    /// <summary>Verifies a leaf in a circuit: an aggregate of one. Null if the leaf does not hold.</summary>
    /// <param name="member">A wrap or a link of the set.</param>
    /// <param name="publicValues">What the leaf states.</param>
    /// <param name="proof">The leaf.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public AggregateProof? Wrap(KeySetMember member, ReadOnlySpan<KoalaBear> publicValues, Proof proof, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(proof);
        var prover = (LeafProver)ProverOf(member);
        return prover.Prove(Set.Root, publicValues, proof, Set.Shape.SuiteId, cancellation) is { } proved ? new(member, proved.Statement, proved.Proof) : null;
    }

    /// <summary>Makes two aggregates one: two sets a set, two chains of which the right one goes on where the left one ended a chain. Null if they do not hold or fit together.</summary>
    /// <param name="left">The left one.</param>
    /// <param name="right">The right one.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public AggregateProof? Join(AggregateProof left, AggregateProof right, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var role = KeySet.RolesOf(left.Statement.History is not null).Aggregate;
        if (Set.Members.FirstOrDefault(member => member.Role == role) is not { } member)
            return null;
        return ((JoinProver)ProverOf(member)).Prove(Set, left, right, cancellation) is { } proved ? new(member, proved.Statement, proved.Proof) : null;
    }

    /// <summary>Proves again what an aggregate says, with a hiding key: a proof that shows the statement alone, and goes into no other. Null if the aggregate does not hold, or is sealed.</summary>
    /// <param name="proof">The aggregate.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public AggregateProof? Seal(AggregateProof proof, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var role = KeySet.SealOf(proof.Statement.History is not null);
        if (Set.Members.FirstOrDefault(member => member.Role == role) is not { } member)
            return null;
        return ((SealProver)ProverOf(member)).Prove(Set, proof, cancellation) is { } hidden ? new(member, proof.Statement, hidden) : null;
    }

    /// <summary>Makes any number of aggregates one, in the form that their number gives the tree of statements. Null if two do not fit together.</summary>
    /// <param name="leaves">Wraps, or links; at least one.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public AggregateProof? Aggregate(IReadOnlyList<AggregateProof> leaves, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        return StatementTree.Build<AggregateProof>(leaves.Count, (_, _) => null, (first, _, left, right) => left is null ? leaves[first] : Join(left, right!, cancellation));
    }

    /// <summary>Whether a proof of the set shows its statement, and what of it does not hold.</summary>
    /// <param name="set">The set; its root must be known from a source that the verifier trusts.</param>
    /// <param name="proof">The proof, from anyone.</param>
    /// <param name="options">What to allow beyond the default.</param>
    public static VerificationResult Verify(KeySet set, AggregateProof proof, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(proof);
        if (!set.Members.Contains(proof.Member))
            return new(VerificationError.InvalidKey, "the proof is of a circuit that is not of the key set");
        if (proof.Statement.VkRoot != set.Root)
            return new(VerificationError.InvalidKey, "the statement is about another key set");
        if (proof.Statement.History is not null != proof.Member.IsChain)
            return new(VerificationError.HeaderMismatch, "a chain is proved by a link or a chain, a set by a wrap or a set");
        return Verifier.Verify(set.KeyOf(proof.Member), proof.Statement.ToDigest(set.Shape.SuiteId).AsSpan(), proof.Proof, options);
    }

    private MemberProver ProverOf(KeySetMember member)
    {
        if (provers.TryGetValue(member, out var prover))
            return prover;
        var shape = Set.Shape;
        prover = member.Leaf is { } leaf ? LeafProver.Create(shape, leaf, member.IsChain, options)
            : member.IsSeal ? new SealProver(shape, SealCircuit.Create(shape, member.IsChain))
            : new JoinProver(shape, AggregateCircuit.Create(shape, member.IsChain));
        if (prover.Key.VerifyingKey.Digest != Set.KeyOf(member).Digest)
            throw new InvalidOperationException("The key set was made by another version: its circuits are not those that this version makes of its leaves.");
        provers.Add(member, prover);
        return prover;
    }
}
