using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Tests;

/// <summary>Proofs of several programs become one.</summary>
public class Aggregates(AggregateFixture fixture) : IClassFixture<AggregateFixture>
{
    private Aggregator Aggregator => fixture.Aggregator;

    private KeySet Set => fixture.Aggregator.Set;

    [Fact]
    public void Circuits_of_the_set_keep_the_rules_and_their_traces_the_constraints()
    {
        foreach (var circuit in new[] { AggregateCircuit.Create(Set.Shape, false).Circuit, AggregateCircuit.Create(Set.Shape, true).Circuit })
            Assert.Empty(CircuitRules.Check(circuit));
        var set = AggregateCircuit.Create(Set.Shape, false);
        var run = CircuitExecutor.Run(set.Circuit, set.WitnessOf(Set, fixture.Wraps[0], fixture.Wraps[1])!);
        Assert.True(run.Succeeded, string.Join('\n', run.Failures));
        Assert.True(ConstraintChecker.Check(set.Circuit, run.Trace!) is { Holds: true });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Proofs_become_one_whose_statement_is_the_tree_of_theirs(int count)
    {
        var wraps = fixture.Wraps.Take(count).ToArray();
        var proof = Aggregator.Aggregate(wraps)!;
        Assert.True(Verify(proof).IsAccepted, Verify(proof).Message);
        Digest[] leaves = [.. fixture.Leaves.Take(count).Select(leaf => LeafStatement.Of(leaf.Key, leaf.PublicValues))];
        Assert.Equal(StatementTree.RootOf(1, leaves), proof.Statement.Root);
        Assert.Equal(Set.Root, proof.Statement.VkRoot);
        for (var i = 0; i < count; i++)
        {
            var path = StatementTree.PathOf(1, leaves, i);
            Assert.Equal(proof.Statement.Root, StatementTree.RootOf(1, leaves[i], path));
            Assert.NotEqual(proof.Statement.Root, StatementTree.RootOf(1, leaves[(i + 1) % leaves.Length] is var other && count > 1 ? other : default, path));
        }

        // Every part of the statement is bound.
        Assert.False(Verify(proof with { Statement = proof.Statement with { Root = Set.Root } }).IsAccepted);
        Assert.False(Verify(proof with { Statement = proof.Statement with { VkRoot = proof.Statement.Root } }).IsAccepted);
        Assert.False(Verify(proof with { Member = Set.Members.First(member => member != proof.Member) }).IsAccepted);
    }

    [Fact]
    public void P11_children_swapped_duplicated_or_dropped_give_another_statement()
    {
        var (a, b) = (fixture.Wraps[0], fixture.Wraps[1]);
        var honest = Aggregator.Join(a, b)!;
        foreach (var other in new[] { Aggregator.Join(b, a)!, Aggregator.Join(a, a)! })
        {
            Assert.True(Verify(other).IsAccepted);
            Assert.NotEqual(honest.Statement.Root, other.Statement.Root);
            Assert.False(Verify(honest with { Proof = other.Proof }).IsAccepted);
        }

        Assert.NotEqual(honest.Statement.Root, a.Statement.Root);
    }

    [Fact]
    public void P11_a_statement_that_a_child_does_not_make_is_refused()
    {
        var (a, b) = (fixture.Wraps[0], fixture.Wraps[1]);
        Assert.Null(Aggregator.Join(a with { Statement = b.Statement }, b));
        Assert.Null(Aggregator.Join(a with { Statement = a.Statement with { VkRoot = a.Statement.Root } }, b) is { } joined && joined.Statement.VkRoot != Set.Root ? joined : null);
        Assert.Null(Aggregator.Wrap(a.Member, [.. fixture.Leaves[0].PublicValues.Select(value => value + KoalaBear.One)], fixture.Leaves[0].Proof));
    }

    [Fact]
    public void P12_a_leaf_stands_for_no_node_and_a_node_for_no_leaf()
    {
        var (a, b) = (fixture.Wraps[0], fixture.Wraps[1]);
        var node = Aggregator.Join(a, b)!;
        var setMember = node.Member;
        Assert.Null(Aggregator.Join(a with { Member = setMember }, b));
        Assert.Null(Aggregator.Join(node with { Member = a.Member }, b));
        Assert.Null(Aggregator.Wrap(a.Member, node.Statement.ToDigest(1).AsSpan(), node.Proof)); // a program's wrap of an aggregate

        // A circuit's witness with another role than the key has: the leaf of the set is another.
        var circuit = AggregateCircuit.Create(Set.Shape, false);
        var witness = circuit.WitnessOf(Set, a, b)!;
        Assert.True(CircuitExecutor.Run(circuit.Circuit, witness).Succeeded);
        const int role = 4; // vkRoot, two roots, the first child's key
        Assert.Equal(CellValue.Boolean(false), witness[role]);
        witness[role] = CellValue.Boolean(true);
        Assert.False(CircuitExecutor.Run(circuit.Circuit, witness).Succeeded);
        witness[role] = CellValue.Value(KoalaBear.FromCanonical(2)); // would be the role 3
        Assert.False(CircuitExecutor.Run(circuit.Circuit, witness).Succeeded);
    }

    [Fact]
    public void P18_proofs_of_another_set_or_of_a_key_outside_of_it_are_refused()
    {
        var other = Aggregator.Create(Set.Shape, [new(fixture.Leaves[0].Key, InstanceCounts.Of(0))], VerifiedProof.Testing);
        Assert.NotEqual(Set.Root, other.Set.Root);
        var foreign = other.Wrap(other.Set.Members[0], fixture.Leaves[0].PublicValues, fixture.Leaves[0].Proof)!;
        Assert.True(Aggregator.Verify(other.Set, foreign, VerifiedProof.Testing).IsAccepted);
        Assert.False(Verify(foreign).IsAccepted);

        // The same circuit is in both sets; what it was proved about is not.
        Assert.Equal(Set.Members[0].PreprocessedRoot, foreign.Member.PreprocessedRoot);
        Assert.Null(Aggregator.Join(foreign with { Member = Set.Members[0] }, fixture.Wraps[1]));

        // An attacker's root in place of the set's: the witness holds no path from a member's key to it.
        var circuit = AggregateCircuit.Create(Set.Shape, false);
        var witness = circuit.WitnessOf(Set, fixture.Wraps[0], fixture.Wraps[1])!;
        witness[0] = CellValue.Block(other.Set.Root);
        Assert.False(CircuitExecutor.Run(circuit.Circuit, witness).Succeeded);
    }

    [Fact]
    public void P18_every_field_of_a_key_is_in_its_role()
    {
        var circuit = AggregateCircuit.Create(Set.Shape, false);
        var honest = circuit.WitnessOf(Set, fixture.Wraps[0], fixture.Wraps[1])!;
        for (var slot = 3; slot < 3 + (2 * (4 + KeySet.Depth)); slot++)
        {
            var witness = honest.ToArray();
            var limbs = witness[slot].Limbs.ToArray();
            limbs[0] += KoalaBear.One;
            witness[slot] = CellValue.Of(witness[slot].Type, limbs);
            Assert.False(CircuitExecutor.Run(circuit.Circuit, witness).Succeeded, $"slot {slot}");
        }
    }

    [Fact]
    public void Same_leaves_make_the_same_set()
    {
        var again = Aggregator.Create(Set.Shape, Set.Members.Where(member => member.Role == KeyRole.Wrap).Select(member => member.Leaf!), VerifiedProof.Testing);
        Assert.Equal(Set.Root, again.Set.Root);
        Assert.Equal(Set.Members.Select(member => member.PreprocessedRoot), again.Set.Members.Select(member => member.PreprocessedRoot));
    }

    private VerificationResult Verify(AggregateProof proof) => Aggregator.Verify(Set, proof, VerifiedProof.Testing);
}

/// <summary>A key set over three programs, and five wrapped proofs.</summary>
public sealed class AggregateFixture
{
    public AggregateFixture()
    {
        VerifiedProof[] proofs = [VerifiedProof.Arithmetic(), VerifiedProof.Named("publics"), VerifiedProof.Arithmetic(isHiding: true)];
        Aggregator = Aggregator.Create(RecursionShape.Least(Profile.Test), proofs.Select(proof => new KeySetLeaf(proof.Key, InstanceCounts.Of(0))), VerifiedProof.Testing);
        Leaves = [.. Enumerable.Range(0, 5).Select(i => proofs[i % 3]).Select(proof => (proof.Key, proof.PublicValues, proof.Proof))];
        Wraps = [.. Enumerable.Range(0, 5).Select(i => Aggregator.Wrap(Aggregator.Set.Members[i % 3], Leaves[i].PublicValues, Leaves[i].Proof)!)];
    }

    public Aggregator Aggregator { get; }

    public (VerifyingKey Key, KoalaBear[] PublicValues, Proof Proof)[] Leaves { get; }

    public AggregateProof[] Wraps { get; }
}
