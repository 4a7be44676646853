using ProvingLayer.Cli.Commands;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime;

namespace ProvingLayer.Cli.Bench;

/// <summary>Proofs of W1 verified in circuits: one, two, many.</summary>
internal static class SettlementAggregates
{
    /// <summary>A wrap of one proof.</summary>
    public static Work Wrap(CancellationToken cancellation) => Aggregate(1, cancellation);

    /// <summary>The join of two wraps; these are made before.</summary>
    public static Work Join(CancellationToken cancellation)
    {
        var (aggregator, leaves) = Prepare(2, cancellation);
        var wraps = new KeptParts();
        aggregator.Aggregate(leaves, wraps, null, cancellation);
        return Of(aggregator, leaves, wraps, cancellation);
    }

    /// <summary>An aggregate of so many proofs of the one program.</summary>
    public static Work Aggregate(int count, CancellationToken cancellation)
    {
        var (aggregator, leaves) = Prepare(count, cancellation);
        return Of(aggregator, leaves, null, cancellation);
    }

    /// <summary>The seal of an aggregate of one, which is made before.</summary>
    public static Work Seal(CancellationToken cancellation)
    {
        var (aggregator, leaves) = Prepare(1, cancellation);
        var aggregate = aggregator.Aggregate(leaves, null, null, cancellation);
        TenorAggregateProof? last = null;
        var set = aggregator.Keys;
        return new(
            () => (last = aggregator.Seal(aggregate, cancellation)).Proof.Length,
            () => Workload.Accepted(TenorVerifier.Verify(set, last!.Aggregate, last.Proof)),
            set.ToBytes().Length,
            Hiding: true,
            CircuitSize.Of(SealCircuit.Create(set.Set.Shape, isChain: false).Circuit, set.Set.KeyOf(set.Set.Members.Single(member => member.Role == KeyRole.Seal))));
    }

    private static (TenorAggregator Aggregator, List<TenorLeaf> Leaves) Prepare(int count, CancellationToken cancellation)
    {
        var (prover, inputs) = SettlementLedger.Settle(count, isHiding: true, cancellation);
        var leaves = new List<TenorLeaf>();
        byte[]? first = null;
        foreach (var input in inputs)
        {
            if (!prover.TryExecute(input, out var execution, out var error))
                throw new InvalidOperationException($"compiler bug: the inputs do not satisfy the program: {error}");
            var proof = prover.Prove(execution, null, cancellation);
            first ??= proof.Proof;
            leaves.Add(TenorLeaf.Of(proof.Statement, proof.Proof));
        }

        return (TenorKeySet.BuildFor([prover.Key], [first!], cancellation), leaves);
    }

    private static Work Of(TenorAggregator aggregator, List<TenorLeaf> leaves, IAggregationParts? parts, CancellationToken cancellation)
    {
        TenorAggregateProof? last = null;
        var set = aggregator.Keys;
        var key = set.Set.KeyOf(set.Set.Members.Single(member => member.Role == KeyRole.Set));
        return new(
            () => (last = aggregator.Aggregate(leaves, parts, null, cancellation)).Proof.Length,
            () => Workload.Accepted(TenorVerifier.Verify(set, last!.Aggregate, last.Proof)),
            set.ToBytes().Length,
            Hiding: false,
            CircuitSize.Of(AggregateCircuit.Create(set.Set.Shape, isChain: false).Circuit, key));
    }

    /// <summary>Keeps wraps only, so that what is measured is the join of them.</summary>
    private sealed class KeptParts : IAggregationParts
    {
        private readonly Dictionary<(int, int), (TenorAggregate Aggregate, byte[] Proof)> parts = [];

        public (TenorAggregate Aggregate, byte[] Proof)? Find(int first, int count) => parts.TryGetValue((first, count), out var part) ? part : null;

        public void Keep(int first, int count, TenorAggregate aggregate, byte[] proof)
        {
            if (count == 1)
                parts[(first, count)] = (aggregate, proof);
        }
    }
}
