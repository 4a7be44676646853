using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Proving;

/// <summary>Keys of several circuits: each in a proof with its own N or absent, under one key, and none reaches the cells of another.</summary>
public class SeveralCircuits
{
    private static readonly ProvedSample[] Sums = [.. Enumerable.Range(0, 4).Select(i => ProvedSample.Sums((UInt128)i, 1000))];

    private static readonly ProvedSample[] Differences = [.. Enumerable.Range(0, 4).Select(i => Difference(5000, (UInt128)(10 * i)))];

    private static readonly CircuitUnion Union = CircuitUnion.Of(Sums[0].Circuit, Differences[0].Circuit);

    private static readonly ProvingKey Key = ProvingKey.Generate(Union, Profile.Test, maxLogInstances: 3);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    [InlineData(InstanceCounts.Absent, 1)]
    [InlineData(2, InstanceCounts.Absent)]
    public void Each_circuit_has_its_own_number_of_instances_or_is_absent(int sums, int differences)
    {
        var proof = Prover.Prove(Key, Trace(sums, differences));
        Assert.Equal(new InstanceCounts([sums, differences]), proof.Instances);
        Assert.True(ProofFormat.TryRead(ProofFormat.Write(proof), out var read, out _));
        var result = Verifier.Verify(Key.VerifyingKey, [], read, Forger.Testing);
        Assert.True(result.IsAccepted, result.ToString());
    }

    /// <summary>
    /// The rows that add are exchanged between two circuits that are the same but for their inputs: each reads what the other has written. Were
    /// their cells numbered alike, all messages would cancel.
    /// </summary>
    [Fact]
    public void C21_cell_borrowed_from_another_circuit_is_rejected()
    {
        var union = CircuitUnion.Of(Sums[0].Circuit, Sums[1].Circuit);
        var key = ProvingKey.Generate(union, Profile.Test, maxLogInstances: 1);
        var honest = Batch.Of(union, [Sums[0].Trace], [Sums[1].Trace]);
        Assert.True(Verifier.Verify(key.VerifyingKey, [], Prover.Prove(key, honest), Forger.Testing).IsAccepted);

        var tables = Enumerable.Range(0, union.Tables.Length).Where(table => union.Tables[table].Table.Chip.Name == "word sum").ToArray();
        var main = honest.Main.SetItem(tables[0], honest.Main[tables[1]]).SetItem(tables[1], honest.Main[tables[0]]);
        var forged = ((ProvingKey<Poseidon2>)key).Prove(new(main, [], honest.Instances), Forger.NewTranscript(), new Lenient(), null, CancellationToken.None);
        Assert.Equal(VerificationError.BusImbalance, Verifier.Verify(key.VerifyingKey, [], forged, Forger.Testing).Error);
    }

    [Fact]
    public void Cells_of_one_circuit_are_numbered_behind_those_of_the_one_before()
    {
        Assert.Empty(CircuitRules.Check(Union, 3));
        var offset = KoalaBear.FromCanonical((uint)Sums[0].Circuit.CellCount);
        var input = Union.Tables.Single(table => table is { Circuit: 1, Table.Chip.Name: "input" });
        var own = Differences[0].Circuit.Tables[input.Source];
        for (var row = 0; row < own.UsedRows; row++)
            Assert.Equal(own.Preprocessed[row, 0] + offset, input.Table.Preprocessed[row, 0]);
    }

    [Fact]
    public void C21_absent_circuit_claimed_present_and_present_one_claimed_absent_are_rejected()
    {
        var one = Prover.Prove(Key, Trace(1, InstanceCounts.Absent));
        var both = Prover.Prove(Key, Trace(1, 0));
        foreach (var (proof, logs) in new (Proof, int[])[] { (one, [1, 0]), (one, [InstanceCounts.Absent, 1]), (both, [1, InstanceCounts.Absent]), (both, [0, 1]) })
            Assert.False(Verifier.Verify(Key.VerifyingKey, [], new Proof(new([.. logs]), proof.Messages, proof.Openings), Forger.Testing).IsAccepted);
    }

    [Theory]
    [InlineData(VerificationError.HeaderMismatch, InstanceCounts.Absent, InstanceCounts.Absent)]
    [InlineData(VerificationError.HeaderMismatch, 1)]
    [InlineData(VerificationError.HeaderMismatch, 1, 1, 1)]
    [InlineData(VerificationError.TooManyInstances, 1, 4)]
    [InlineData(VerificationError.TooManyInstances, 31, 0)]
    [InlineData(VerificationError.TooManyInstances, 1, -2)]
    public void P17_presence_and_log_N_outside_the_keys_bounds_are_refused_before_allocation(VerificationError expected, params int[] logs)
    {
        var honest = Prover.Prove(Key, Trace(1, 0));
        var proof = new Proof(new([.. logs]), honest.Messages, honest.Openings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(expected, Verifier.Verify(Key.VerifyingKey, [], proof, Forger.Testing).Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Key_of_several_circuits_reads_back_and_their_order_is_part_of_it()
    {
        Assert.True(VerifyingKeyFormat.TryRead(VerifyingKeyFormat.Write(Key.VerifyingKey), out var read, out var error), error?.ToString());
        Assert.Equal(Key.VerifyingKey.Digest, read.Digest);
        var other = ProvingKey.Generate(CircuitUnion.Of(Differences[0].Circuit, Sums[0].Circuit), Profile.Test, maxLogInstances: 3);
        Assert.NotEqual(Key.VerifyingKey.Digest, other.VerifyingKey.Digest);
    }

    [Fact]
    public void Public_values_belong_to_a_key_of_one_circuit() => Assert.False(ProvingKey.TryGenerate(
        CircuitUnion.Of(Sums[0].Circuit, ProvedSample.Arithmetic().Circuit), Profile.Test, 0, Poseidon2.SuiteId, out _, out _));

    private static Trace Trace(int sums, int differences) => Batch.Of(Union, Instances(Sums, sums), Instances(Differences, differences));

    private static Trace[] Instances(ProvedSample[] samples, int log) =>
        log < 0 ? [] : [.. samples.Take(1 << log).Select(sample => sample.Trace)];

    private static ProvedSample Difference(UInt128 a, UInt128 b)
    {
        var builder = new CircuitBuilder();
        var left = builder.Input(Constraints.CellType.Word, 0);
        var right = builder.Input(Constraints.CellType.Word, 1);
        var (difference, borrow) = builder.Subtract(left, right);
        builder.AssertZero(borrow, "the difference is not negative");
        builder.AssertAtMost(difference, left, "it does not wrap");
        builder.AssertEqual(builder.Select(builder.Equal(left, right), left, left), left, "a selection");
        var circuit = builder.Build();
        var result = CircuitExecutor.Run(circuit, [CellValue.Word(a), CellValue.Word(b)]);
        Assert.True(result.Succeeded, string.Join("; ", result.Failures));
        return new(circuit, result.Trace!);
    }
}
