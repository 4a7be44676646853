using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Formats;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Tests;

/// <summary>The last proof of an aggregate hides what its parts know, and says the same.</summary>
public class Seals(AggregateFixture fixture, ChainFixture chains) : IClassFixture<AggregateFixture>, IClassFixture<ChainFixture>
{
    private KeySet Set => fixture.Aggregator.Set;

    [Fact]
    public void Sealed_aggregate_says_what_it_said_before()
    {
        var whole = fixture.Aggregator.Join(fixture.Wraps[0], fixture.Wraps[1])!;
        foreach (var open in new[] { whole, fixture.Wraps[2] })
        {
            var hidden = fixture.Aggregator.Seal(open)!;
            Assert.Equal(open.Statement, hidden.Statement);
            Assert.Equal(KeyRole.Seal, hidden.Member.Role);
            Assert.True(hidden.Proof.IsHiding);
            Assert.False(open.Proof.IsHiding);
            Assert.True(Verify(hidden).IsAccepted, Verify(hidden).Message);
            Assert.False(Verify(hidden with { Member = open.Member }).IsAccepted);
            Assert.False(Verify(hidden with { Statement = hidden.Statement with { Root = Set.Root } }).IsAccepted);
            Assert.False(Verify(open with { Member = hidden.Member }).IsAccepted);
        }
    }

    [Fact]
    public void Sealed_chain_says_what_it_said_before()
    {
        var chain = chains.Aggregator.Join(chains.Links[0], chains.Links[1])!;
        var hidden = chains.Aggregator.Seal(chain)!;
        Assert.Equal(chain.Statement, hidden.Statement);
        Assert.Equal(KeyRole.ChainSeal, hidden.Member.Role);
        Assert.True(Aggregator.Verify(chains.Aggregator.Set, hidden, VerifiedProof.Testing).IsAccepted);
        var longer = hidden.Statement with { History = hidden.Statement.History!.Value with { Steps = 5 } };
        Assert.False(Aggregator.Verify(chains.Aggregator.Set, hidden with { Statement = longer }, VerifiedProof.Testing).IsAccepted);
        Assert.False(Aggregator.Verify(chains.Aggregator.Set, hidden with { Statement = hidden.Statement with { History = null } }, VerifiedProof.Testing).IsAccepted);
        Assert.False(Aggregator.Verify(chains.Aggregator.Set, hidden with { Member = chains.Aggregator.Set.Members.Single(member => member.Role == KeyRole.Seal) }, VerifiedProof.Testing).IsAccepted);
    }

    [Fact]
    public void P13_two_sealed_proofs_of_one_aggregate_share_no_opened_value()
    {
        Proof[] proofs = [fixture.Aggregator.Seal(fixture.Wraps[0])!.Proof, fixture.Aggregator.Seal(fixture.Wraps[0])!.Proof];
        Assert.NotEqual(ProofFormat.Write(proofs[0]), ProofFormat.Write(proofs[1]));
        HashSet<KoalaBear>[] messages = [.. proofs.Select(proof => proof.Messages.ToHashSet())];
        var shared = messages[0].Intersect(messages[1]).Count(element => element.Canonical > 1 << 16);
        Assert.True(shared < proofs[0].Messages.Length / 100, $"{shared} of {proofs[0].Messages.Length} elements of the messages are in both"); // by chance, a few in two billion

        // Not sealed, the same aggregate gives the same proof twice.
        var again = fixture.Aggregator.Wrap(fixture.Wraps[0].Member, fixture.Leaves[0].PublicValues, fixture.Leaves[0].Proof)!;
        Assert.Equal(ProofFormat.Write(fixture.Wraps[0].Proof), ProofFormat.Write(again.Proof));
    }

    [Fact]
    public void P11_seal_is_no_child_of_an_aggregate_or_of_a_seal()
    {
        var hidden = fixture.Aggregator.Seal(fixture.Wraps[0])!;
        Assert.Null(fixture.Aggregator.Join(hidden, fixture.Wraps[1]));
        Assert.Null(fixture.Aggregator.Join(fixture.Wraps[1], hidden));
        Assert.Null(fixture.Aggregator.Seal(hidden));

        // Its key in place of a child's, with its own place in the tree: no circuit takes its role.
        var join = AggregateCircuit.Create(Set.Shape, isChain: false);
        var seal = SealCircuit.Create(Set.Shape, isChain: false);
        CellValue[] key = [CellValue.Block(hidden.Member.PreprocessedRoot), CellValue.Boolean(false), CellValue.Block(default), CellValue.Value(KoalaBear.FromCanonical((uint)Set.IndexOf(hidden.Member))), .. Set.PathOf(hidden.Member).Select(CellValue.Block)];
        foreach (var (circuit, honest, at) in new[] { (join.Circuit, join.WitnessOf(Set, fixture.Wraps[0], fixture.Wraps[1])!, 3), (seal.Circuit, seal.WitnessOf(Set, fixture.Wraps[0])!, 2) })
        {
            Assert.True(CircuitExecutor.Run(circuit, honest).Succeeded);
            foreach (var isAggregate in new[] { false, true })
            {
                var witness = honest.ToArray();
                key.CopyTo(witness, at);
                witness[at + 1] = CellValue.Boolean(isAggregate);
                var run = CircuitExecutor.Run(circuit, witness, null, keepGoing: true);
                Assert.Contains(run.Failures, failure => failure.Name.Contains("the child's key is of the set", StringComparison.Ordinal));
                Assert.False(ConstraintChecker.Check(circuit, run.Trace!).Holds);
            }
        }
    }

    [Fact]
    public void P18_proof_of_another_set_or_another_statement_is_not_sealed()
    {
        var (a, b) = (fixture.Wraps[0], fixture.Wraps[1]);
        Assert.Null(fixture.Aggregator.Seal(a with { Member = b.Member }));
        Assert.Null(fixture.Aggregator.Seal(a with { Statement = b.Statement }));
        Assert.Null(fixture.Aggregator.Seal(chains.Links[0]));
        Assert.Null(chains.Aggregator.Seal(a with { Member = chains.Aggregator.Set.Members[0] }));

        // Laid out as it would fit best: another root of the set, and every field of the key.
        var seal = SealCircuit.Create(Set.Shape, isChain: false);
        var honest = seal.WitnessOf(Set, a)!;
        for (var slot = 0; slot < 2 + 4 + KeySet.Depth; slot++)
        {
            var witness = honest.ToArray();
            var limbs = witness[slot].Limbs.ToArray();
            limbs[0] += KoalaBear.One;
            witness[slot] = CellValue.Of(witness[slot].Type, limbs);
            Assert.False(CircuitExecutor.Run(seal.Circuit, witness).Succeeded, $"slot {slot}");
        }
    }

    [Fact]
    public void Seals_are_in_the_sets_file_and_another_key_is_another_set()
    {
        foreach (var set in new[] { Set, chains.Aggregator.Set })
        {
            var bytes = KeySetFormat.Write(set);
            Assert.True(KeySetFormat.TryRead(bytes, out var read, out var error, VerifiedProof.Testing), error?.ToString());
            Assert.Equal(set.Root, read.Root);
            Assert.Equal(bytes, KeySetFormat.Write(read));
            Assert.Equal(set.Members.Where(member => member.IsSeal).Select(member => set.KeyOf(member).Digest), read.Members.Where(member => member.IsSeal).Select(member => read.KeyOf(member).Digest));
        }

        var hidden = Set.Members.Single(member => member.IsSeal);
        var other = new KeySet(Set.Shape, [.. Set.Members.Select(member => member == hidden ? hidden with { SealKey = chains.Aggregator.Set.KeyOf(chains.Aggregator.Set.Members.Single(m => m.Role == KeyRole.ChainSeal)) } : member)]);
        Assert.NotEqual(Set.Root, other.Root);
        Assert.False(KeySetFormat.TryRead(KeySetFormat.Write(other), out _, out _, VerifiedProof.Testing)); // the commitment is not that key's
        Assert.False(KeySetFormat.TryRead(KeySetFormat.Write(new(Set.Shape, [.. Set.Members.Where(member => !member.IsSeal)])), out _, out _, VerifiedProof.Testing));
    }

    private VerificationResult Verify(AggregateProof proof) => Aggregator.Verify(Set, proof, VerifiedProof.Testing);
}
