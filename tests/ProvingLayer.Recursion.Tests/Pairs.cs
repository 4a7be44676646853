using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Tests;

/// <summary>Two proofs become one.</summary>
public class Pairs
{
    private static readonly VerifiedProof Left = VerifiedProof.Arithmetic();
    private static readonly VerifiedProof Right = VerifiedProof.Named("publics");
    private static readonly PairCircuit Pair = PairCircuit.Create(Left.Key, Right.Key, VerifiedProof.Testing);

    [Fact]
    public void Two_proofs_of_two_circuits_become_one_proof_of_both_statements()
    {
        var key = ProvingKey.Generate(Pair.Circuit, Profile.Test);
        var result = CircuitExecutor.Run(Pair.Circuit, Pair.WitnessOf(Of(Left), Of(Right))!);
        Assert.True(result.Succeeded, string.Join('\n', result.Failures));
        var statement = Pair.StatementOf(Left.PublicValues, Right.PublicValues);
        Assert.Equal(statement, Sponge<Poseidon2>.Compress(Left.Verifier.StatementOf(Left.PublicValues), Right.Verifier.StatementOf(Right.PublicValues)));
        var proof = Prover.Prove(key, result.Trace!);
        Assert.True(Verifier.Verify(key.VerifyingKey, statement.AsSpan(), proof, VerifiedProof.Testing).IsAccepted);

        // The statement of another value of either child is not shown.
        for (var i = 0; i < Left.PublicValues.Length + Right.PublicValues.Length; i++)
        {
            var (left, right) = (Left.PublicValues.ToArray(), Right.PublicValues.ToArray());
            (i < left.Length ? left : right)[i < left.Length ? i : i - left.Length] += KoalaBear.One;
            Assert.False(Verifier.Verify(key.VerifyingKey, Pair.StatementOf(left, right).AsSpan(), proof, VerifiedProof.Testing).IsAccepted);
        }
    }

    [Fact]
    public void P11_children_swapped_or_duplicated_are_refused()
    {
        Assert.Null(Pair.WitnessOf(Of(Right), Of(Left)));
        Assert.Null(Pair.WitnessOf(Of(Left), Of(Left)));

        // Where both sides have one key, the order is the statement's.
        var twins = PairCircuit.Create(Left.Key, Left.Key, VerifiedProof.Testing);
        var result = CircuitExecutor.Run(twins.Circuit, twins.WitnessOf(Of(Left), Of(Left))!);
        Assert.True(result.Succeeded);
        var other = Left.PublicValues.ToArray();
        other[0] += KoalaBear.One;
        Assert.NotEqual(twins.StatementOf(Left.PublicValues, other), twins.StatementOf(other, Left.PublicValues));
        Assert.False(Accepts(Of(Left), new(other, Left.Proof)));
        Assert.False(Accepts(new(other, Left.Proof), Of(Left)));

        // Other public values lead to other queries, which the openings may or may not fit.
        bool Accepts(ProvedStatement left, ProvedStatement right) =>
            twins.WitnessOf(left, right) is { } witness && CircuitExecutor.Run(twins.Circuit, witness).Succeeded;
    }

    [Fact]
    public void Keys_of_different_hash_suites_are_refused() =>
        Assert.Throws<ArgumentException>(() => PairCircuit.Create(Left.Key, VerifiedProof.Arithmetic(suiteId: Poseidon1.SuiteId).Key, VerifiedProof.Testing));

    private static ProvedStatement Of(VerifiedProof verified) => new(verified.PublicValues, verified.Proof);
}
