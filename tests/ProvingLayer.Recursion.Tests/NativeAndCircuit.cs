using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion.Tests;

/// <summary>The verifier's one text over both engines: what one accepts the other accepts.</summary>
public class NativeAndCircuit
{
    public static TheoryData<string, bool> Names()
    {
        var names = new TheoryData<string, bool>();
        foreach (var sample in SampleCircuits.All())
        {
            names.Add(sample.Name, false);
            names.Add(sample.Name, true);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Circuit_accepts_an_honest_proof_of_every_chip(string name, bool isHiding)
    {
        var verified = VerifiedProof.Named(name, isHiding);
        Assert.True(verified.Native(verified.PublicValues, verified.Proof).IsAccepted);
        var result = verified.InCircuit(verified.PublicValues, verified.Proof)!;
        Assert.True(result.Succeeded, string.Join('\n', result.Failures));
        Assert.Equal(verified.Verifier.StatementOf(verified.PublicValues).AsSpan(), result.Trace!.PublicValues.AsSpan());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Honest_trace_of_the_verifier_satisfies_constraints_and_rules(bool isHiding)
    {
        var verified = VerifiedProof.Arithmetic(isHiding: isHiding);
        Assert.Empty(CircuitRules.Check(verified.Verifier.Circuit));
        var result = verified.InCircuit(verified.PublicValues, verified.Proof)!;
        var report = ConstraintChecker.Check(verified.Verifier.Circuit, result.Trace!);
        Assert.True(report.Holds, report.ToString());
    }

    [Fact]
    public void Circuit_verifies_under_the_second_hash_suite_and_with_grinding_everywhere()
    {
        var grinding = Profile.Test with { Parameters = Profile.Test.Parameters with { QueryGrindingBits = 3, BatchGrindingBits = 2, FoldGrindingBits = 1 } };
        foreach (var (suite, isHiding) in new[] { (Poseidon1.SuiteId, false), (Poseidon2.SuiteId, false), (Poseidon2.SuiteId, true) })
        {
            var verified = VerifiedProof.Arithmetic(grinding, suite, isHiding);
            Assert.True(verified.InCircuit(verified.PublicValues, verified.Proof)!.Succeeded);
            Agree(verified, seed: (int)suite, count: 12);
        }
    }

    [Fact]
    public void P12_native_and_circuit_verdicts_agree_on_changed_proofs() => Agree(VerifiedProof.Arithmetic(), seed: 20261125, count: 120);

    [Fact]
    public void P12_native_and_circuit_verdicts_agree_on_changed_hiding_proofs() => Agree(VerifiedProof.Arithmetic(isHiding: true), seed: 20261126, count: 120);

    [Fact]
    [Trait("Category", "Long")]
    public void P12_native_and_circuit_verdicts_agree_on_ten_thousand_changed_proofs()
    {
        Agree(VerifiedProof.Arithmetic(), seed: 1, count: 8_000);
        Agree(VerifiedProof.Named("everything"), seed: 2, count: 2_000);
        Agree(VerifiedProof.Arithmetic(isHiding: true), seed: 3, count: 2_000);
    }

    /// <summary>
    /// Unpruned openings can be changed one query at a time, which no file can express: every element of every input that the text reads is pinned by
    /// some instruction. Only what stands beyond a message's end is free; nothing reads it.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_element_of_the_witness_is_pinned(bool isHiding)
    {
        var verified = VerifiedProof.Arithmetic(isHiding: isHiding);
        var circuit = verified.Verifier.Circuit;
        var honest = verified.Verifier.WitnessOf(verified.PublicValues, verified.Proof)!;
        var random = new Random(42);
        var values = verified.PublicValues.Length;
        var slots = Enumerable.Range(0, values).Concat(Enumerable.Range(0, 150).Select(_ => random.Next(values, honest.Length))).Distinct();
        foreach (var slot in slots)
        {
            var witness = honest.ToArray();
            var limbs = witness[slot].Limbs.ToArray();
            var limb = slot < values ? 0 : random.Next(limbs.Length);
            if (limbs[limb].IsZero)
                limb = 0; // a message's last block: what stands beyond its end
            limbs[limb] += KoalaBear.FromCanonical((uint)random.Next(1, 1 << 20));
            witness[slot] = CellValue.Of(witness[slot].Type, limbs);
            Assert.False(CircuitExecutor.Run(circuit, witness).Succeeded, $"input {slot}, limb {limb}");
        }
    }

    [Fact]
    public void Public_value_outside_the_base_field_is_refused()
    {
        var verified = VerifiedProof.Arithmetic();
        var witness = verified.Verifier.WitnessOf(verified.PublicValues, verified.Proof)!;
        for (var slot = 0; slot < verified.PublicValues.Length; slot++)
        {
            var changed = witness.ToArray();
            changed[slot] = CellValue.Value(changed[slot].ToExtension() + Extension5.X);
            Assert.False(CircuitExecutor.Run(verified.Verifier.Circuit, changed).Succeeded);
        }
    }

    [Fact]
    public void Proof_of_other_lengths_has_no_witness()
    {
        var verified = VerifiedProof.Arithmetic();
        var proof = verified.Proof;
        Assert.Null(verified.Verifier.WitnessOf([.. verified.PublicValues, default], proof));
        Assert.Null(verified.Verifier.WitnessOf(verified.PublicValues, new(proof.Instances, proof.Messages[1..], proof.Openings)));
        Assert.Null(verified.Verifier.WitnessOf(verified.PublicValues, new(proof.Instances, proof.Messages, proof.Openings[1..])));
        Assert.Null(verified.Verifier.WitnessOf(verified.PublicValues, new(InstanceCounts.Of(proof.Instances.LogOf(0) + 1), proof.Messages, proof.Openings)));
        Assert.Null(verified.Verifier.WitnessOf(verified.PublicValues, new(proof.Instances, proof.Messages, proof.Openings, isHiding: true)));
    }

    [Fact]
    public void P10_circuit_of_one_key_refuses_proofs_of_another_of_the_same_shape()
    {
        var verified = VerifiedProof.Named("poseidon2");
        var other = VerifiedProof.Of(SampleCircuits.Poseidon(1) with { Inputs = [CellValue.Block(SampleCircuits.Digest(9)), CellValue.Word(3)] });
        Assert.Equal(verified.Key.Digest, other.Key.Digest);
        Assert.True(verified.InCircuit([], other.Proof)!.Succeeded); // another witness of the same program

        var builder = new Constraints.Circuits.CircuitBuilder();
        var block = builder.Input(Constraints.CellType.Block, 0);
        var (_, capacity) = builder.Permute(builder.Input(Constraints.CellType.Word, 1), builder.ConstantBlock(SampleCircuits.Digest(8).AsSpan()));
        var (rate, _) = builder.Permute(block, capacity);
        builder.Output("digest", [builder.Compress(rate, block)]);
        var program = VerifiedProof.Of(new("another", builder.Build(), SampleCircuits.Poseidon(1).Inputs));
        Assert.Equal(verified.Proof.Messages.Length, program.Proof.Messages.Length);
        Assert.NotEqual(verified.Key.Digest, program.Key.Digest);
        Assert.False(verified.InCircuit([], program.Proof) is { Succeeded: true });
    }

    [Fact]
    public void Proof_of_the_verifier_is_a_proof_of_the_statement()
    {
        var verified = VerifiedProof.Arithmetic();
        var key = ProvingKey.Generate(verified.Verifier.Circuit, Profile.Test);
        var trace = verified.InCircuit(verified.PublicValues, verified.Proof)!.Trace!;
        var proof = Prover.Prove(key, trace);
        var statement = verified.Verifier.StatementOf(verified.PublicValues).AsSpan().ToArray();
        Assert.True(Verifier.Verify(key.VerifyingKey, statement, proof, VerifiedProof.Testing).IsAccepted);
        for (var i = 0; i < statement.Length; i++)
        {
            var other = statement.ToArray();
            other[i] += KoalaBear.One;
            Assert.False(Verifier.Verify(key.VerifyingKey, other, proof, VerifiedProof.Testing).IsAccepted);
        }
    }

    [Fact]
    public void Test_profile_and_impossible_instances_are_refused_when_the_circuit_is_made()
    {
        var verified = VerifiedProof.Arithmetic();
        Assert.Throws<ArgumentException>(() => VerifierCircuit.Create(verified.Key));
        Assert.ThrowsAny<ArgumentException>(() => VerifierCircuit.Create(verified.Key, 1, VerifiedProof.Testing));
        Assert.ThrowsAny<ArgumentException>(() => VerifierCircuit.Create(verified.Key, -1, VerifiedProof.Testing));
    }

    /// <summary>Both engines over proofs in which one element was changed: of the messages, the rows, the siblings or the public values.</summary>
    private static void Agree(VerifiedProof verified, int seed, int count)
    {
        var random = new Random(seed);
        var rejected = 0;
        for (var i = 0; i < count; i++)
        {
            var (values, proof) = Changed(random, verified);
            var native = verified.Native(values, proof);
            var circuit = verified.InCircuit(values, proof);
            Assert.True(native.IsAccepted == circuit is { Succeeded: true }, $"seed {seed}, change {i}: {native} natively, in the circuit {circuit?.Succeeded}");
            rejected += native.IsAccepted ? 0 : 1;
        }

        Assert.Equal(count, rejected); // a changed element is never without effect
    }

    private static (KoalaBear[] Values, Proof Proof) Changed(Random random, VerifiedProof verified)
    {
        var proof = verified.Proof;
        var values = verified.PublicValues.ToArray();
        var messages = proof.Messages.ToArray();
        var openings = proof.Openings.Select(opening => new PrunedOpening([.. opening.Rows], [.. opening.Siblings])).ToImmutableArray();
        var delta = KoalaBear.FromCanonical((uint)random.NextInt64(1, KoalaBear.Modulus));
        var opening = openings[random.Next(openings.Length)];
        switch (random.Next(values.Length > 0 ? 4 : 3))
        {
            case 0:
                messages[random.Next(messages.Length)] += delta;
                break;
            case 1:
                opening.Rows[random.Next(opening.Rows.Length)] += delta;
                break;
            case 2 when opening.Siblings.Length > 0:
                var elements = opening.Siblings[0].AsSpan().ToArray();
                elements[random.Next(elements.Length)] += delta;
                opening.Siblings[random.Next(opening.Siblings.Length)] = new(elements);
                break;
            case 2:
                messages[^1] += delta;
                break;
            default:
                values[random.Next(values.Length)] += delta;
                break;
        }

        return (values, new(proof.Instances, messages, openings, proof.IsHiding));
    }
}
