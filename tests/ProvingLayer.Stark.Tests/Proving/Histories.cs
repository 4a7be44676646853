using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Proving;

/// <summary>Histories of two kinds of step: one hashes an entry into the carry, the other two of them. One key proves every mixture.</summary>
public class Histories
{
    private const int Single = 0;
    private const int Double = 1;

    private static readonly CircuitUnion Union = CircuitUnion.Of(Kind(1), Kind(2));

    private static readonly ProvingKey<Poseidon2> Key = (ProvingKey<Poseidon2>)ProvingKey.Generate(Union, Profile.Test, maxLogInstances: 3);

    private static readonly ProvingKey<Poseidon2> HidingKey = (ProvingKey<Poseidon2>)ProvingKey.Generate(Union, Profile.Test, maxLogInstances: 3, isHiding: true);

    private static readonly Digest Genesis = new([.. Enumerable.Range(1, Digest.Length).Select(i => KoalaBear.FromCanonical((uint)i))]);

    [Theory]
    [InlineData(false, Single)]
    [InlineData(false, Double, Double)]
    [InlineData(false, Single, Double, Single)]
    [InlineData(false, Single, Single, Single, Double, Single)]
    [InlineData(true, Single, Double, Double)]
    public void One_key_proves_a_history_of_any_kinds_and_length(bool isHiding, params int[] kinds)
    {
        var key = isHiding ? HidingKey : Key;
        var steps = Run(kinds);
        var trace = Trace(steps);
        var result = Verify(key, trace, Prove(key, trace));
        Assert.True(result.IsAccepted, result.ToString());

        // It says what happened and nothing else.
        foreach (var statement in new[]
        {
            Statement(steps[0].Before, steps[^1].After, steps.Length + 1),
            Statement(steps[0].Before, steps[0].Before, steps.Length),
            Statement(steps[^1].After, steps[^1].After, steps.Length),
            Statement(steps[0].After, steps[^1].After, Math.Max(1, steps.Length - 1)),
        })
        {
            Assert.False(Verifier.Verify(key.VerifyingKey, statement, Prove(key, trace), Forger.Testing).IsAccepted);
        }
    }

    [Fact]
    public void Checker_follows_a_single_step()
    {
        var step = Run(Single)[0];
        var trace = new Trace(step.Trace.Main, [.. Statement(step.Before, step.After, 1)], 0);
        Assert.True(ConstraintChecker.Check(Union.Circuits[Single], trace).Holds);
        var wrong = new Trace(step.Trace.Main, [.. Statement(step.Before, step.Before, 1)], 0);
        Assert.False(ConstraintChecker.Check(Union.Circuits[Single], wrong).Holds);
    }

    [Fact]
    public void C21_a_skipped_step_is_rejected()
    {
        var steps = Run(Single, Single, Single, Single);
        Rejected([steps[0], steps[2], steps[3]], steps[0].Before, steps[3].After, 3);
        Rejected([steps[0], null, steps[2], steps[3]], steps[0].Before, steps[3].After, 4);
    }

    [Fact]
    public void C21_a_repeated_step_is_rejected()
    {
        var steps = Run(Single, Single, Double);
        Rejected([steps[0], steps[0], steps[1], steps[2]], steps[0].Before, steps[2].After, 4);
        Rejected([steps[0], steps[1], steps[1], steps[2]], steps[0].Before, steps[2].After, 4);
    }

    [Fact]
    public void C21_reordered_steps_are_rejected()
    {
        var steps = Run(Single, Double, Single);
        Rejected([steps[1], steps[0], steps[2]], steps[0].Before, steps[2].After, 3);
        Rejected([steps[2], steps[1], steps[0]], steps[0].Before, steps[2].After, 3);
    }

    /// <summary>Two histories side by side: the second begins where the first does not end.</summary>
    [Fact]
    public void C21_a_history_spliced_from_two_is_rejected()
    {
        var steps = Run(Single, Single);
        var others = Run([Single, Single], new Digest([.. Genesis.AsSpan().ToArray().Reverse()]));
        Rejected([steps[0], others[1]], steps[0].Before, others[1].After, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(KoalaBear.Modulus - 1)]
    public void C21_a_wrong_number_of_steps_is_rejected(uint claimed)
    {
        var steps = Run(Single, Single);
        var trace = Trace(steps);
        var statement = Statement(steps[0].Before, steps[^1].After, 0);
        statement[^1] = KoalaBear.FromCanonical(claimed);
        var forged = new Trace(trace.Main, [.. statement], trace.Instances);
        Assert.NotEqual(VerificationError.None, Verify(Key, forged, Prove(Key, forged)).Error);
    }

    /// <summary>Whoever wants no step at all has no proof: a history of none says nothing.</summary>
    [Fact]
    public void C21_a_history_without_steps_is_refused()
    {
        var steps = Run(Single);
        var batch = new BatchTrace(Union, new([0, InstanceCounts.Absent]));
        batch.Write(Single, 0, steps[0].Trace);
        var trace = batch.Build([.. Statement(Genesis, Genesis, 0)]);
        Assert.Equal(VerificationError.StepCount, Verify(Key, trace, Prove(Key, trace)).Error);
    }

    /// <summary>One step in two instances whose activities add up to one: all messages cancel, and only the constraint is left to see it.</summary>
    [Theory]
    [InlineData((KoalaBear.Modulus + 1) / 2, (KoalaBear.Modulus + 1) / 2)]
    [InlineData(2u, KoalaBear.Modulus - 1)]
    public void C21_activity_that_is_not_boolean_is_rejected(uint first, uint second)
    {
        var step = Run(Single)[0];
        var trace = Trace([step, step], step.Before, step.After, 1);
        var period = Union.Tables[HistoryTable].Table.Period;
        Change(trace, period, Constraints.Chips.HistoryChip.StepColumn, KoalaBear.Zero);
        Change(trace, 0, Constraints.Chips.HistoryChip.ActiveColumn, KoalaBear.FromCanonical(first));
        Change(trace, period, Constraints.Chips.HistoryChip.ActiveColumn, KoalaBear.FromCanonical(second));
        Assert.Equal(VerificationError.ConstraintMismatch, Verify(Key, trace, Prove(Key, trace)).Error);
    }

    /// <summary>A row that no instruction fills reads no carry: what it sends would be free.</summary>
    [Fact]
    public void C21_a_padding_row_that_sends_is_rejected()
    {
        var steps = Run(Single);
        var trace = Trace(steps);
        var forged = new Trace(trace.Main, [.. Statement(Genesis, Genesis, 2)], trace.Instances);
        var row = Table(trace).Row(1);
        row[Constraints.Chips.HistoryChip.StepColumn] = KoalaBear.One;
        row[Constraints.Chips.HistoryChip.ActiveColumn] = KoalaBear.One;
        steps[0].After.AsSpan().CopyTo(row[2..]);
        Genesis.AsSpan().CopyTo(row[(2 + Cells.Limbs)..]);
        Assert.NotEqual(VerificationError.None, Verify(Key, forged, Prove(Key, forged)).Error);
    }

    /// <summary>An instance that fills up and is yet made part of the history.</summary>
    [Fact]
    public void C21_an_inactive_step_that_sends_is_rejected()
    {
        var steps = Run(Single, Single, Single);
        var trace = Trace(steps); // the fourth instance repeats the first
        var period = Union.Tables[HistoryTable].Table.Period;
        Change(trace, 3 * period, Constraints.Chips.HistoryChip.ActiveColumn, KoalaBear.One);
        Change(trace, 3 * period, Constraints.Chips.HistoryChip.StepColumn, KoalaBear.FromCanonical(3));
        Assert.Equal(VerificationError.BusImbalance, Verify(Key, trace, Prove(Key, trace)).Error);
    }

    /// <summary>The step's own rows say another carry than its history row: the cell's message does not cancel.</summary>
    [Fact]
    public void C21_a_carry_that_no_step_computed_is_rejected()
    {
        var steps = Run(Single, Single);
        var trace = Trace(steps);
        Table(trace)[0, 2 + Cells.Limbs] += KoalaBear.One;
        Change(trace, Union.Tables[HistoryTable].Table.Period, 2, Table(trace)[0, 2 + Cells.Limbs]);
        Assert.Equal(VerificationError.BusImbalance, Verify(Key, trace, Prove(Key, trace)).Error);
    }

    [Fact]
    public void Circuits_of_a_history_are_all_steps_and_have_no_public_values()
    {
        var other = Samples.ProvedSample.Sums(1, 2).Circuit;
        Assert.False(ProvingKey.TryGenerate(CircuitUnion.Of(Kind(1), other), Profile.Test, 0, Poseidon2.SuiteId, out _, out var fault));
        Assert.Contains("steps of a history", fault, StringComparison.Ordinal);
        Assert.False(ProvingKey.TryGenerate(CircuitUnion.Of(Kind(1, hasPublic: true)), Profile.Test, 0, Poseidon2.SuiteId, out _, out fault));
        Assert.Contains("public values", fault, StringComparison.Ordinal);
        var twice = new CircuitBuilder();
        var block = twice.Input(CellType.Block, 0);
        twice.History(block, block);
        Assert.Throws<InvalidOperationException>(() => twice.History(block, block));
    }

    private static int HistoryTable => Enumerable.Range(0, Union.Tables.Length).First(table => Union.Tables[table].Table.Chip is Constraints.Chips.HistoryChip);

    private static Matrix Table(Trace trace) => trace.Main[HistoryTable];

    private static void Change(Trace trace, int row, int column, KoalaBear value) => Table(trace)[row, column] = value;

    private static Circuit Kind(int entries, bool hasPublic = false)
    {
        var builder = new CircuitBuilder();
        var before = builder.Input(CellType.Block, 0);
        var after = before;
        for (var i = 0; i < entries; i++)
            after = builder.Compress(after, builder.Input(CellType.Block, 1 + i));
        builder.History(before, after);
        builder.Output("after", [after]);
        if (hasPublic)
            builder.Public(before, Cells.Limbs);
        return builder.Build();
    }

    private static HistoryStep[] Run(params int[] kinds) => Run(kinds, Genesis);

    private static HistoryStep[] Run(int[] kinds, Digest genesis)
    {
        var steps = new HistoryStep[kinds.Length];
        var carry = genesis;
        for (var i = 0; i < kinds.Length; i++)
        {
            var entries = Enumerable.Range(0, kinds[i] + 1)
                .Select(j => CellValue.Block(new Digest([.. Enumerable.Range(0, Digest.Length).Select(k => KoalaBear.FromCanonical((uint)((100 * i) + (10 * j) + k)))])));
            var result = CircuitExecutor.Run(Union.Circuits[kinds[i]], [CellValue.Block(carry), .. entries]);
            var after = new Digest(result.Outputs[0].Values[0].Limbs);
            steps[i] = new(kinds[i], result.Trace!, carry, after);
            carry = after;
        }

        return steps;
    }

    /// <summary>The steps, numbered as they stand; null leaves a number out. Each kind is filled up with its first instance.</summary>
    private static Trace Trace(HistoryStep?[] steps, Digest? from = null, Digest? to = null, int? count = null)
    {
        var counts = Enumerable.Range(0, Union.Circuits.Length).Select(kind => steps.Count(step => step?.Kind == kind)).ToArray();
        var batch = new BatchTrace(Union, new([.. counts.Select(n => n == 0 ? InstanceCounts.Absent : int.Log2(n) + (int.IsPow2(n) ? 0 : 1))]));
        for (var kind = 0; kind < counts.Length; kind++)
        {
            var own = steps.Index().Where(step => step.Item?.Kind == kind).ToArray();
            for (var i = 0; i < own.Length; i++)
                batch.Write(kind, i, own[i].Item!.Trace, own[i].Index);
            for (var i = own.Length; own.Length > 0 && !int.IsPow2(i); i++)
                batch.Write(kind, i, own[0].Item!.Trace);
        }

        return batch.Build([.. Statement(from ?? steps[0]!.Before, to ?? steps[^1]!.After, count ?? steps.Length)]);
    }

    private static KoalaBear[] Statement(Digest from, Digest to, int steps) => new HistoryBoundary(from, to, steps).ToPublicValues();

    private static void Rejected(HistoryStep?[] steps, Digest from, Digest to, int count)
    {
        var trace = Trace(steps, from, to, count);
        Assert.Equal(VerificationError.BusImbalance, Verify(Key, trace, Prove(Key, trace)).Error);
    }

    private static Proof Prove(ProvingKey<Poseidon2> key, Trace trace) => key.Prove(trace, Forger.NewTranscript(), new Lenient(), null, CancellationToken.None);

    private static VerificationResult Verify(ProvingKey<Poseidon2> key, Trace trace, Proof proof) =>
        Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), proof, Forger.Testing);

    private sealed record HistoryStep(int Kind, Trace Trace, Digest Before, Digest After);
}
