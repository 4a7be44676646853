using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Tests;

/// <summary>A history cut into segments becomes one history.</summary>
public class Chains(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private Aggregator Aggregator => fixture.Aggregator;

    private KeySet Set => fixture.Aggregator.Set;

    [Fact]
    public void Segments_become_the_history_from_the_first_ones_beginning_to_the_last_ones_end()
    {
        var proof = Aggregator.Aggregate(fixture.Links)!;
        Assert.True(Verify(proof).IsAccepted, Verify(proof).Message);
        Assert.Equal(new HistoryBoundary(fixture.Carries[0], fixture.Carries[^1], fixture.Carries.Length - 1), proof.Statement.History);
        Assert.Equal(StatementTree.RootOf(1, [.. fixture.Segments.Select(segment => LeafStatement.Of(fixture.Key, segment.PublicValues))]), proof.Statement.Root);

        // Shown with another beginning, end or number of steps it is refused.
        var history = proof.Statement.History!.Value;
        foreach (var lie in new HistoryBoundary[]
        {
            history with { From = fixture.Carries[1] }, history with { To = fixture.Carries[1] }, history with { Steps = history.Steps + 1 }, history with { Steps = history.Steps - 1 },
        })
        {
            Assert.False(Verify(proof with { Statement = proof.Statement with { History = lie } }).IsAccepted);
        }

        Assert.False(Verify(proof with { Statement = proof.Statement with { History = null } }).IsAccepted);
    }

    [Fact]
    public void P11_segments_swapped_repeated_skipped_or_spliced_do_not_join()
    {
        var (a, b, c) = (fixture.Links[0], fixture.Links[1], fixture.Links[2]);
        Assert.NotNull(Aggregator.Join(b, c));
        Assert.Null(Aggregator.Join(b, a));
        Assert.Null(Aggregator.Join(a, a));
        Assert.Null(Aggregator.Join(a, c));
        Assert.Null(Aggregator.Join(a, fixture.Foreign)); // of another chain
        Assert.Null(Aggregator.Join(fixture.Foreign, b));

        // Nor where the statement is bent until the ends meet: the child's proof says otherwise.
        Assert.Null(Aggregator.Join(Bent(a, to: c.Statement.History!.Value.From), c));
        Assert.Null(Aggregator.Join(a, Bent(c, from: a.Statement.History!.Value.To)));

        static AggregateProof Bent(AggregateProof proof, Digest? from = null, Digest? to = null)
        {
            var history = proof.Statement.History!.Value;
            return proof with { Statement = proof.Statement with { History = history with { From = from ?? history.From, To = to ?? history.To } } };
        }
    }

    [Fact]
    public void P11_numbers_of_steps_that_would_wrap_are_refused()
    {
        var circuit = AggregateCircuit.Create(Set.Shape, isChain: true);
        var witness = circuit.WitnessOf(Set, fixture.Links[0], fixture.Links[1])!;
        Assert.True(CircuitExecutor.Run(circuit.Circuit, witness).Succeeded);
        const int steps = 6; // vkRoot, two roots, three carries
        Assert.Equal(CellValue.Value(KoalaBear.FromCanonical(2)), witness[steps]);
        witness[steps] = CellValue.Value(KoalaBear.FromCanonical(1 << 29));
        Assert.Contains(CircuitExecutor.Run(circuit.Circuit, witness, null, keepGoing: true).Failures, failure => failure.Name.Contains("number of steps", StringComparison.Ordinal));
    }

    [Fact]
    public void P12_a_history_is_a_leaf_of_a_set_too_but_a_link_is_not()
    {
        var wrap = Aggregator.Wrap(Set.Members.Single(member => member.Role == KeyRole.Wrap), fixture.Segments[0].PublicValues, fixture.Segments[0].Proof)!;
        Assert.True(Verify(wrap).IsAccepted);
        Assert.NotNull(Aggregator.Join(wrap, wrap));
        Assert.Null(Aggregator.Join(wrap, fixture.Links[1]));
        Assert.Null(Aggregator.Join(fixture.Links[0], wrap));
        Assert.False(Verify(fixture.Links[0] with { Member = wrap.Member }).IsAccepted);

        // A circuit's witness in which a link stands for a wrap: its role is another.
        var set = AggregateCircuit.Create(Set.Shape, isChain: false);
        var bare = fixture.Links[0] with { Statement = fixture.Links[0].Statement with { History = null } };
        Assert.True(set.WitnessOf(Set, bare, wrap) is not { } witness || !CircuitExecutor.Run(set.Circuit, witness).Succeeded);
    }

    [Fact]
    public void Key_of_no_history_makes_no_link() =>
        Assert.Throws<ArgumentException>(() => WrapCircuit.Create(Set.Shape, VerifiedProof.Arithmetic().Key, InstanceCounts.Single, isLink: true, VerifiedProof.Testing));

    private VerificationResult Verify(AggregateProof proof) => Aggregator.Verify(Set, proof, VerifiedProof.Testing);
}

/// <summary>A history of six steps in three segments of two, and a segment of another.</summary>
public sealed class ChainFixture
{
    public ChainFixture()
    {
        var sample = SampleCircuits.History();
        var union = CircuitUnion.Of(sample.Circuit);
        var key = ProvingKey.Generate(union, Profile.Test, 1);
        Key = key.VerifyingKey;
        Carries = [.. Chain(SampleCircuits.Digest(3)).Take(7)];
        Aggregator = Aggregator.Create(RecursionShape.Least(Profile.Test), [new(Key, InstanceCounts.Of(1))], VerifiedProof.Testing);
        Segments = [.. new[] { 0, 2, 4 }.Select(first => Segment(Carries[first]))];
        var link = Aggregator.Set.Members.Single(member => member.Role == KeyRole.Link);
        Links = [.. Segments.Select(segment => Aggregator.Wrap(link, segment.PublicValues, segment.Proof)!)];
        var foreign = Segment(SampleCircuits.Digest(9));
        Foreign = Aggregator.Wrap(link, foreign.PublicValues, foreign.Proof)!;

        (KoalaBear[] PublicValues, Proof Proof) Segment(Digest from)
        {
            Digest[] carries = [.. Chain(from).Take(3)];
            var batch = new BatchTrace(union, InstanceCounts.Of(1));
            for (var i = 0; i < 2; i++)
                batch.Write(0, i, CircuitExecutor.Run(sample.Circuit, [CellValue.Block(carries[i])]).Trace!, i);
            var said = new HistoryBoundary(carries[0], carries[2], 2).ToPublicValues();
            return (said, Prover.Prove(key, batch.Build([.. said])));
        }

        static IEnumerable<Digest> Chain(Digest carry)
        {
            while (true)
            {
                yield return carry;
                carry = Sponge<Poseidon2>.Compress(carry, carry);
            }
        }
    }

    public VerifyingKey Key { get; }

    public Aggregator Aggregator { get; }

    public Digest[] Carries { get; }

    public (KoalaBear[] PublicValues, Proof Proof)[] Segments { get; }

    public AggregateProof[] Links { get; }

    public AggregateProof Foreign { get; }
}
