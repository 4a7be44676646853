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
        Assert.Equal(VerificationError.BusImbalance, Forger.Try(new TerminalForger((Forger.Shape.Terminals[0], Extension5.X))));

    [Fact]
    public void C13_terminal_altered_and_compensated_elsewhere_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger((Forger.Shape.Terminals[0], Extension5.X), (Forger.Shape.Terminals[1], -Extension5.X))));

    /// <summary>Both sum columns are shifted with their terminals: every difference is right, only the starts are not.</summary>
    [Fact]
    public void C13_sum_that_does_not_start_at_zero_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger(0, (Forger.Shape.Terminals[0], Extension5.X), (Forger.Shape.Terminals[1], -Extension5.X))));

    /// <summary>Starts and terminals fit; one step of each sum column is false.</summary>
    [Fact]
    public void C13_sum_that_jumps_between_rows_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger(5, (Forger.Shape.Terminals[0], Extension5.X), (Forger.Shape.Terminals[1], -Extension5.X))));

    /// <summary>Every step of the sums is that of the helper columns; one row of them is not the sum of its fractions.</summary>
    [Fact]
    public void C13_helper_that_is_not_the_sum_of_its_fractions_is_rejected() => Assert.Equal(
        VerificationError.ConstraintMismatch,
        Forger.Try(new TerminalForger(5, (Forger.Shape.Terminals[0], Extension5.X), (Forger.Shape.Terminals[1], -Extension5.X)) { ChangesHelper = true }));

    /// <summary>A helper of a table that does not lead its group is not the sum of its fractions; the group's sum follows it, and another group's terminal makes up for it.</summary>
    [Fact]
    public void C13_helper_of_a_table_that_another_one_sums_up_is_rejected()
    {
        var members = Enumerable.Range(0, Forger.VerifyingKey.Tables.Length).Where(table => Forger.VerifyingKey.Tables[table].Layout is { Leads: false, Interactions: > 0 }).ToArray();
        Assert.NotEmpty(members);
        foreach (var member in members)
        {
            var leader = Forger.VerifyingKey.Tables[member].Layout.Group.Leader;
            var other = Forger.Shape.Terminals.First(table => table != leader);
            Assert.Equal(
                VerificationError.ConstraintMismatch,
                Forger.Try(new TerminalForger(5, (leader, Extension5.X), (other, -Extension5.X)) { HelperOf = member }));
        }
    }

    /// <summary>A helper as its fractions have it, and a group's sum that leaves it out.</summary>
    [Fact]
    public void C13_sum_that_leaves_out_a_table_of_its_group_is_rejected()
    {
        // Those that come before their leader: so their helpers are there when the sum is.
        var members = Enumerable.Range(0, Forger.VerifyingKey.Tables.Length)
            .Where(table => Forger.VerifyingKey.Tables[table].Layout is { Leads: false, Interactions: > 0 } layout && table < layout.Group.Leader).ToArray();
        Assert.NotEmpty(members);
        foreach (var member in members)
            Assert.Equal(VerificationError.ConstraintMismatch, Forger.Try(new Forgetful(member)));
    }

    [Fact]
    public void C13_every_group_of_tables_with_messages_has_a_terminal_and_no_other()
    {
        var terminals = Forger.Shape.Terminals;
        var tables = Forger.VerifyingKey.Tables;
        Assert.Equal(tables.Where(table => table.Layout.Interactions > 0).Select(table => table.Layout.Group.Leader).Distinct().Order(), terminals);
        Assert.All(tables, table => Assert.Equal(tables[table.Layout.Group.Leader].LogPeriod, table.LogPeriod));
        Assert.Equal(Enumerable.Range(0, tables.Length), tables.Select(table => table.Layout.Group).Distinct().SelectMany(group => group.Members).Order());
        Assert.Contains(Forger.Shape.Steps, step => step.Name == Protocol.StepName.Terminals && step.Count == 5 * terminals.Length);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(KoalaBear.Modulus - 1)]
    [InlineData(2u)]
    public void C11_forged_count_of_a_lookup_is_rejected(uint change)
    {
        var trace = Changed(Forger.TableOf("byte"), (matrix, random) => matrix[random.Next(128), random.Next(2)] += KoalaBear.FromCanonical(change));
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

    /// <summary>
    /// Tables of 16 rows, of more and of many: sums of two groups that do not start at zero, that jump onto the second or the last row, or whose terminals are not the sums behind them; together the
    /// terminals fit. Each is forbidden by one constraint alone: of the first row, of those that have a next, of the last.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(400)]
    public void C10_first_and_last_rows_are_bound_at_every_height(int steps)
    {
        var forger = new Forger(ProvedSample.Arithmetic(steps));
        Assert.Equal(VerificationError.None, forger.Try());
        Assert.InRange(forger.Shape.Terminals.Length, 2, int.MaxValue);
        foreach (var leader in forger.Shape.Terminals)
        {
            var other = forger.Shape.Terminals.First(table => table != leader);
            foreach (var firstRow in new Index[] { 0, 1, ^1, ^0 })
                Assert.Equal(VerificationError.ConstraintMismatch, forger.Try(new TerminalForger(firstRow, (leader, Extension5.X), (other, -Extension5.X)) { Key = forger.VerifyingKey }));
        }
    }

    /// <summary>Cells of the first and the last row of every table: the checker, which tells of each whether it is bound, and prover with verifier give the same answer.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void C10_cells_of_first_and_last_rows_are_bound_at_every_height(int steps)
    {
        var forger = new Forger(ProvedSample.Arithmetic(steps));
        var refused = 0;
        for (var table = 0; table < forger.VerifyingKey.Tables.Length; table++)
        {
            var width = forger.VerifyingKey.Tables[table].MainWidth;
            foreach (var column in new[] { 0, width / 2, width - 1 }.Where(column => column >= 0 && column < width).Distinct())
            {
                foreach (var isLast in new[] { false, true })
                {
                    var trace = Changed(forger.Sample.Trace, table, (matrix, _) => matrix[isLast ? matrix.Height - 1 : 0, column] += KoalaBear.One);
                    var error = forger.Try(trace: trace);
                    Assert.Equal(ConstraintChecker.Check(forger.Sample.Circuit, trace).Holds, error == VerificationError.None);
                    refused += error == VerificationError.None ? 0 : 1;
                }
            }
        }

        Assert.InRange(refused, forger.VerifyingKey.Tables.Length, int.MaxValue);
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

    private static Trace Changed(int table, Action<Matrix, Random> change) => Changed(Forger.Sample.Trace, table, change);

    private static Trace Changed(Trace honest, int table, Action<Matrix, Random> change)
    {
        var matrix = honest.Main[table];
        var copy = new Matrix([.. matrix.Data], matrix.Height, matrix.Width);
        change(copy, new(7));
        return new(honest.Main.SetItem(table, copy), honest.PublicValues, honest.LogInstances);
    }

    private sealed class TerminalForger(params (int Table, Extension5 Change)[] changes) : Lenient
    {
        private readonly Index firstRow = ^0;

        public TerminalForger(Index firstRow, params (int Table, Extension5 Change)[] changes)
            : this(changes) => this.firstRow = firstRow;

        /// <summary>Whether the helper of the row before the shift accounts for it.</summary>
        public bool ChangesHelper { get; init; }

        /// <summary>A table that does not lead, whose helper accounts for the first shift; −1 for none.</summary>
        public int HelperOf { get; init; } = -1;

        /// <summary>Of the circuit.</summary>
        public VerifyingKey Key { get; init; } = Forger.VerifyingKey;

        public override void OnPermutation(int table, Matrix permutation, ref Extension5 terminal)
        {
            var first = firstRow.GetOffset(permutation.Height);
            if (table == HelperOf)
                Add(permutation.Row(first - 1), changes[0].Change);
            foreach (var (at, change) in changes)
            {
                if (at != table)
                    continue;
                terminal += change;
                if (ChangesHelper)
                    Add(permutation.Row(first - 1), change);
                for (var row = first; row < permutation.Height; row++)
                    Add(permutation.Row(row)[Key.Tables[table].Layout.SumColumn..], change);
            }
        }

        private static void Add(Span<KoalaBear> columns, Extension5 change)
        {
            var value = columns[..Extension5.Degree];
            (new Extension5(value) + change).CopyTo(value);
        }
    }

    /// <summary>Takes the first helper of a table on the first row out of its group's sum, and puts it in on the next row.</summary>
    private sealed class Forgetful(int member) : Lenient
    {
        private readonly int leader = Forger.VerifyingKey.Tables[member].Layout.Group.Leader;
        private Matrix? helpers;

        public override void OnPermutation(int table, Matrix permutation, ref Extension5 terminal)
        {
            if (table == member)
                helpers = permutation;
            if (table != leader)
                return;
            var column = Forger.VerifyingKey.Tables[table].Layout.SumColumn;
            var value = permutation.Row(1).Slice(column, Extension5.Degree);
            (new Extension5(value) - new Extension5(helpers!.Row(0)[..Extension5.Degree])).CopyTo(value);
        }
    }
}
