using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>Lies about sums, terminals and multiplicities.</summary>
public class BusForgeries
{
    private static readonly Forger Forger = new(ProvedSample.Named("everything"));

    [Fact]
    public void C13_terminal_altered_alone_is_rejected() =>
        Assert.Equal(VerificationError.BusImbalance, Forger.Try(new TerminalForger((Forger.TableOf("input"), Extension5.X))));

    [Fact]
    public void C13_terminal_altered_and_compensated_elsewhere_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger((Forger.TableOf("input"), Extension5.X), (Forger.TableOf("constant"), -Extension5.X))));

    /// <summary>Both sum columns are shifted with their terminals: every difference is right, only the starts are not.</summary>
    [Fact]
    public void C13_sum_that_does_not_start_at_zero_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger(0, (Forger.TableOf("input"), Extension5.X), (Forger.TableOf("constant"), -Extension5.X))));

    /// <summary>Starts and terminals fit; one step of each sum column is false.</summary>
    [Fact]
    public void C13_sum_that_jumps_between_rows_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger(5, (Forger.TableOf("input"), Extension5.X), (Forger.TableOf("constant"), -Extension5.X))));

    /// <summary>Every step of the sums is that of the helper columns; one row of them is not the sum of its fractions.</summary>
    [Fact]
    public void C13_helper_that_is_not_the_sum_of_its_fractions_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger(5, (Forger.TableOf("input"), Extension5.X), (Forger.TableOf("constant"), -Extension5.X)) { ChangesHelper = true }));

    [Fact]
    public void C13_every_table_with_messages_has_a_terminal_and_no_other()
    {
        var terminals = Forger.Shape.Terminals;
        Assert.Equal(Enumerable.Range(0, Forger.VerifyingKey.Tables.Length).Where(i => Forger.VerifyingKey.Tables[i].Layout.Interactions > 0), terminals);
        Assert.Contains(Forger.Shape.Steps, step => step.Name == Protocol.StepName.Terminals && step.Count == 5 * terminals.Length);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(KoalaBear.Modulus - 1)]
    [InlineData(2u)]
    public void C11_forged_count_of_a_lookup_is_rejected(uint change)
    {
        var trace = Changed(Forger.TableOf("byte"), (matrix, random) => matrix[random.Next(256), 0] += KoalaBear.FromCanonical(change));
        Assert.Equal(VerificationError.BusImbalance, Forger.Try(trace: trace));
    }

    [Fact]
    public void C11_one_count_moved_to_another_entry_is_rejected()
    {
        var trace = Changed(Forger.TableOf("byte"), (matrix, _) => (matrix[3, 0], matrix[4, 0]) = (matrix[3, 0] + KoalaBear.One, matrix[4, 0] - KoalaBear.One));
        Assert.Equal(VerificationError.BusImbalance, Forger.Try(trace: trace));
    }

    [Fact]
    public void C15_every_public_value_changed_alone_is_rejected()
    {
        var proof = Forger.Prove();
        var values = Forger.Sample.Trace.PublicValues;
        for (var i = 0; i < values.Length; i++)
        {
            var changed = values.SetItem(i, values[i] + KoalaBear.One);
            var result = Verifier.Verify(Forger.VerifyingKey, changed.AsSpan(), proof, Forger.Testing);
            Assert.Equal(VerificationError.BusImbalance, result.Error);

            // And where the prover's transcript holds the false value too.
            var trace = new Trace(Forger.Sample.Trace.Main, changed, 0);
            Assert.Equal(VerificationError.BusImbalance, Forger.Try(trace: trace));
        }
    }

    [Fact]
    public void C15_missing_or_additional_public_value_is_rejected()
    {
        var proof = Forger.Prove();
        var values = Forger.Sample.Trace.PublicValues;
        Assert.Equal(VerificationError.PublicValueCount, Verifier.Verify(Forger.VerifyingKey, values.AsSpan()[1..], proof, Forger.Testing).Error);
        Assert.Equal(VerificationError.PublicValueCount, Verifier.Verify(Forger.VerifyingKey, values.Add(default).AsSpan(), proof, Forger.Testing).Error);
    }

    /// <summary>
    /// Every table, a sample of its cells. The constraint checker, which changes all of them in its own tests, and prover with verifier give the
    /// same answer; few cells are free.
    /// </summary>
    [Fact]
    public void C1_verifier_rejects_the_changed_cells_that_the_checker_rejects()
    {
        var random = new Random(1);
        var accepted = 0;
        for (var table = 0; table < Forger.VerifyingKey.Tables.Length; table++)
        {
            var used = Forger.Sample.Circuit.Tables[table].UsedRows;
            for (var i = 0; i < 3 && Forger.VerifyingKey.Tables[table].MainWidth > 0; i++)
            {
                var trace = Changed(table, (matrix, _) => matrix[random.Next(Math.Min(used, matrix.Height)), random.Next(matrix.Width)] += KoalaBear.One);
                var error = Forger.Try(trace: trace);
                Assert.Equal(ConstraintChecker.Check(Forger.Sample.Circuit, trace).Holds, error == VerificationError.None);
                accepted += error == VerificationError.None ? 1 : 0;
            }
        }

        Assert.InRange(accepted, 0, 3);
    }

    [Fact]
    public void C11_shapes_whose_reads_reach_p_are_refused()
    {
        var key = Forger.VerifyingKey;
        var tall = new VerifyingKey(
            key.MachineId, key.SuiteId, key.Profile, [.. key.Tables.Select(table => table with { LogPeriod = 30 })], 0, key.PublicCount, key.PreprocessedRoots);
        Assert.True(KeyRules.ReadsAt(tall, InstanceCounts.Single) >= KoalaBear.Modulus);
        Assert.Equal("reads times heights reach p", KeyRules.FaultAt(tall, InstanceCounts.Single));
        Assert.Equal(VerificationError.TooManyReads, Forger.Verify(Forger.Prove(), key: tall).Error);
    }

    private static Trace Changed(int table, Action<Matrix, Random> change)
    {
        var honest = Forger.Sample.Trace;
        var matrix = honest.Main[table];
        var copy = new Matrix([.. matrix.Data], matrix.Height, matrix.Width);
        change(copy, new(7));
        return new(honest.Main.SetItem(table, copy), honest.PublicValues, honest.LogInstances);
    }

    private sealed class TerminalForger(params (int Table, Extension5 Change)[] changes) : Lenient
    {
        private readonly int firstRow = int.MaxValue;

        public TerminalForger(int firstRow, params (int Table, Extension5 Change)[] changes)
            : this(changes) => this.firstRow = firstRow;

        /// <summary>Whether the helper of the row before the shift accounts for it.</summary>
        public bool ChangesHelper { get; init; }

        public override void OnPermutation(int table, Matrix permutation, ref Extension5 terminal)
        {
            foreach (var (at, change) in changes)
            {
                if (at != table)
                    continue;
                terminal += change;
                if (ChangesHelper)
                    Add(permutation.Row(firstRow - 1), change);
                for (var row = firstRow; row < permutation.Height; row++)
                    Add(permutation.Row(row)[Forger.VerifyingKey.Tables[table].Layout.SumColumn..], change);
            }
        }

        private static void Add(Span<KoalaBear> columns, Extension5 change)
        {
            var value = columns[..Extension5.Degree];
            (new Extension5(value) + change).CopyTo(value);
        }
    }
}
