using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Runtime;

/// <summary>A proof that goes into an aggregate, with what it says.</summary>
public sealed class TenorLeaf
{
    private TenorLeaf(KoalaBear[] publicValues, byte[] proof) => (PublicValues, Proof) = (publicValues, proof);

    /// <summary>A proof of a transition or statement.</summary>
    /// <param name="statement">What it says.</param>
    /// <param name="proof">The bytes of its file.</param>
    public static TenorLeaf Of(TenorStatement statement, byte[] proof)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return new(statement.ToPublicValues(), proof);
    }

    /// <summary>A proof of a history.</summary>
    /// <param name="history">What it says.</param>
    /// <param name="proof">The bytes of its file.</param>
    public static TenorLeaf Of(TenorHistory history, byte[] proof)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new(history.ToPublicValues(), proof);
    }

    internal KoalaBear[] PublicValues { get; }

    internal byte[] Proof { get; }
}

/// <summary>How far an aggregation is.</summary>
/// <param name="Done">Proofs made: wraps and joins.</param>
/// <param name="Total">Proofs to make.</param>
public readonly record struct AggregationProgress(int Done, int Total);

/// <summary>A proof of an aggregate.</summary>
/// <param name="Keys">The key set under which it is proved.</param>
/// <param name="Aggregate">What it says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
/// <param name="Leaves">The statements of the leaves, in their order.</param>
public sealed record TenorAggregateProof(TenorKeySet Keys, TenorAggregate Aggregate, byte[] Proof, ImmutableArray<Digest> Leaves)
{
    /// <summary>That a leaf's statement is in it.</summary>
    /// <param name="leaf">The leaf's place, from 0.</param>
    /// <returns>What shows it; <see cref="TenorInclusion"/> writes it.</returns>
    public InclusionPath PathOf(int leaf)
    {
        ArgumentNullException.ThrowIfNull(Keys);
        return StatementTree.PathOf(Keys.Set.Shape.SuiteId, Leaves.AsSpan(), leaf);
    }

    /// <summary>Writes what a verifier needs besides the key set: two files, <c>NAME.proof</c> and <c>NAME.json</c>.</summary>
    /// <param name="name">Their path without extension.</param>
    public void Save(string name)
    {
        ArgumentNullException.ThrowIfNull(Aggregate);
        DurableFile.Write(name + ".proof", Proof);
        DurableFile.Write(name + ".json", Aggregate.ToJson());
    }
}

/// <summary>Where finished parts of an aggregation are kept, so that one that was interrupted goes on where it stopped.</summary>
public interface IAggregationParts
{
    /// <summary>A part that was kept before, or null. What it says is checked.</summary>
    /// <param name="first">The place of its first leaf.</param>
    /// <param name="count">How many leaves it has.</param>
    (TenorAggregate Aggregate, byte[] Proof)? Find(int first, int count);

    /// <summary>Keeps a part.</summary>
    /// <param name="first">The place of its first leaf.</param>
    /// <param name="count">How many leaves it has.</param>
    /// <param name="aggregate">What it says.</param>
    /// <param name="proof">The bytes of its proof.</param>
    void Keep(int first, int count, TenorAggregate aggregate, byte[] proof);
}

/// <summary>Makes many proofs one. One instance is used by one thread at a time; each proof uses all cores.</summary>
public sealed class TenorAggregator
{
    private readonly Aggregator aggregator;
    private readonly VerifierOptions options;

    internal TenorAggregator(Aggregator aggregator, VerifierOptions options) => (this.aggregator, this.options, Keys) = (aggregator, options, new(aggregator.Set));

    /// <summary>An aggregator for a key set that was read from a file. Proving keys are generated when they are first needed.</summary>
    /// <param name="keys">The set.</param>
    public TenorAggregator(TenorKeySet keys)
        : this(new(Checked(keys).Set), VerifierOptions.Default)
    {
    }

    /// <summary>The key set.</summary>
    public TenorKeySet Keys { get; }

    /// <summary>
    /// Makes proofs one, in the order in which they are given. Histories of which each goes on where the one before it ended become a chain, which says where it begins and ends and how
    /// many steps it has; all else becomes a set.
    /// </summary>
    /// <param name="leaves">The proofs with what they say; at least one.</param>
    /// <param name="parts">Where finished parts are kept; nowhere if null.</param>
    /// <param name="progress">Told of each proof made.</param>
    /// <param name="cancellation">Ends the work early; finished parts are kept.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="TenorException">A proof does not hold, or the set does not admit it: the message says which.</exception>
    public TenorAggregateProof Aggregate(IReadOnlyList<TenorLeaf> leaves, IAggregationParts? parts = null, IProgress<AggregationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (leaves.Count == 0)
            throw new TenorException(new(TenorErrorKind.Execution, "an aggregate has at least one proof"));

        var found = new (KeySetMember Wrap, KeySetMember? Link, Proof Proof)[leaves.Count];
        var statements = new Digest[leaves.Count];
        for (var i = 0; i < found.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            found[i] = Admitted(leaves[i], i);
            statements[i] = LeafStatement.Of(found[i].Wrap.Leaf!.Key, leaves[i].PublicValues);
        }

        var isChain = found.All(leaf => leaf.Link is not null) && Enumerable.Range(1, found.Length - 1).All(i => GoesOn(leaves[i - 1], leaves[i]));
        var done = 0;
        var whole = StatementTree.Build<AggregateProof>(leaves.Count, Find, Make)!;
        return new(Keys, Described(whole, leaves.Count), ProofFormat.Write(whole.Proof), [.. statements]);

        AggregateProof? Find(int first, int count)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Kept(first, count) is not { } kept)
                return null;
            progress?.Report(new(done += (2 * count) - 1, (2 * leaves.Count) - 1));
            return kept;
        }

        AggregateProof Make(int first, int count, AggregateProof? left, AggregateProof? right)
        {
            cancellation.ThrowIfCancellationRequested();
            var (wrap, link, proof) = found[first];
            var part = left is null
                ? aggregator.Wrap(isChain ? link! : wrap, leaves[first].PublicValues, proof, cancellation)
                : aggregator.Join(left, right!, cancellation);
            if (part is null)
                throw new InvalidOperationException("compiler bug: proofs that the verifier accepts cannot be aggregated");
            parts?.Keep(first, count, Described(part, count), ProofFormat.Write(part.Proof));
            progress?.Report(new(++done, (2 * leaves.Count) - 1));
            return part;
        }

        AggregateProof? Kept(int first, int count)
        {
            if (parts?.Find(first, count) is not { } part
                || part.Aggregate.Circuit >= Keys.Set.Members.Length
                || Keys.Set.Members[part.Aggregate.Circuit].IsSeal
                || part.Aggregate.Statement.Root != StatementTree.RootOf(Keys.Set.Shape.SuiteId, statements.AsSpan(first, count))
                || part.Aggregate.Statement.History is not null != isChain
                || !ProofFormat.TryRead(part.Proof, out var proof, out _))
            {
                return null;
            }

            var kept = new AggregateProof(Keys.Set.Members[part.Aggregate.Circuit], part.Aggregate.Statement, proof);
            return Aggregator.Verify(Keys.Set, kept, options).IsAccepted ? kept : null;
        }
    }

    /// <summary>The same, away from the caller's thread.</summary>
    /// <param name="leaves">The proofs with what they say; at least one.</param>
    /// <param name="parts">Where finished parts are kept; nowhere if null.</param>
    /// <param name="progress">Told of each proof made.</param>
    /// <param name="cancellation">Ends the work early; finished parts are kept.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="TenorException">A proof does not hold, or the set does not admit it: the message says which.</exception>
    public Task<TenorAggregateProof> AggregateAsync(IReadOnlyList<TenorLeaf> leaves, IAggregationParts? parts = null, IProgress<AggregationProgress>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => Aggregate(leaves, parts, progress, cancellation), cancellation);

    /// <summary>
    /// Proves again what an aggregate says, so that the proof hides what its parts know: it shows the statement alone, where an aggregate's own proof is not zero-knowledge. The sealed proof goes into no other aggregate.
    /// </summary>
    /// <param name="aggregate">The aggregate, of this key set.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="TenorException">The proof does not hold, or is sealed.</exception>
    public TenorAggregateProof Seal(TenorAggregateProof aggregate, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        var verdict = TenorVerifier.Verify(Keys, aggregate.Aggregate, aggregate.Proof, options);
        if (!verdict.IsAccepted || !ProofFormat.TryRead(aggregate.Proof, out var proof, out _))
            throw new TenorException(new(TenorErrorKind.Mismatch, $"this is no aggregate of the key set: {verdict.Message}"));
        var member = Keys.Set.Members[aggregate.Aggregate.Circuit];
        if (member.IsSeal)
            throw new TenorException(new(TenorErrorKind.Mismatch, "the aggregate is sealed"));
        var made = aggregator.Seal(new(member, aggregate.Aggregate.Statement, proof), cancellation)
            ?? throw new InvalidOperationException("compiler bug: an aggregate that the verifier accepts cannot be sealed");
        return new(Keys, Described(made, aggregate.Aggregate.Leaves), ProofFormat.Write(made.Proof), aggregate.Leaves);
    }

    private TenorAggregate Described(AggregateProof proof, int leaves) => new(Keys.Set.Members.IndexOf(proof.Member), proof.Statement, leaves);

    /// <summary>The circuits of the set that verify a leaf.</summary>
    private (KeySetMember Wrap, KeySetMember? Link, Proof Proof) Admitted(TenorLeaf leaf, int index)
    {
        if (!ProofFormat.TryRead(leaf.Proof, out var proof, out var fault))
            throw new TenorException(new(TenorErrorKind.Format, $"proof {index + 1} cannot be read: {fault}"));
        VerificationResult? refused = null;
        foreach (var member in Keys.Set.Members.Where(member => member is { Role: KeyRole.Wrap, Leaf: { } admitted } && admitted.Instances.Equals(proof.Instances) && KeySetLeaf.HasLengthsOf(admitted.Key, proof)))
        {
            var admitted = member.Leaf!;
            if (leaf.PublicValues.Length != admitted.Key.StatementCount)
                continue;
            var verdict = Verifier.Verify(admitted.Key, leaf.PublicValues, proof, options);
            if (!verdict.IsAccepted)
            {
                refused = verdict;
                continue;
            }

            var link = Keys.Set.Members.FirstOrDefault(other => other.Role == KeyRole.Link && other.Leaf!.Key.Digest == admitted.Key.Digest && other.Leaf.Instances.Equals(admitted.Instances));
            return (member, link, proof);
        }

        throw new TenorException(refused is null
            ? new(TenorErrorKind.Mismatch, $"proof {index + 1} is of no program and number of instances that the key set admits; make a set that does: tenor keys … --for PROOF")
            : new(TenorErrorKind.Mismatch, $"proof {index + 1} does not hold with its statement: {refused.Message}"));
    }

    private static bool GoesOn(TenorLeaf earlier, TenorLeaf later) =>
        Constraints.Execution.HistoryBoundary.TryRead(earlier.PublicValues, out var before) && Constraints.Execution.HistoryBoundary.TryRead(later.PublicValues, out var after) && before.To == after.From;

    private static TenorKeySet Checked(TenorKeySet keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys;
    }
}
